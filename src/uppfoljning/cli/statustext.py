"""The report's view as text for a terminal: the same sentences, without the pages."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.cli.radbrytning import item, wrap
from uppfoljning.problem import visible
from uppfoljning.report.motesvy import Motespunktvy
from uppfoljning.report.view import Rapportvy
from uppfoljning.swedish import plain_spaces


def format_status(vy: Rapportvy) -> str:
    """What is late, who has not answered, what needs a decision and which dates come, then a line per insats."""
    page = vy.forsta_sidan
    lines = [f"{vy.rubrik}, läget per {vy.per}", vy.underrubrik]
    if vy.exempel:
        lines.append(f"[{vy.exempel}]")
    lines += ["", *wrap(page.huvudmening), *wrap(" ".join(page.meningar)), *wrap(page.problemet)]
    asked = [f"{b.insats} {b.fraga} {b.villkor}" for b in page.beslut]
    lines += _section("Beslut behövs", [*asked, *filter(None, (page.beslut_fler,))])
    settled = [f"{b.insats} {b.fraga} {b.utfall}" for b in vy.beslut.rader if b.status.kod == "avgjord"]
    lines += _section("Avgjorda frågor", settled)
    late = [f"{r.status.ord} – {r.insats} {r.rubrik}. {r.text}" for r in (*page.sent, *page.aktorens_risk)]
    lines += _section(
        "Försenat eller risk för försening", [*late, *filter(None, (page.sent_fler, page.aktorens_risk_fler))]
    )
    silent = [
        f"{s.aktor}{f' ({s.tillagg})' if s.tillagg else ''}: {', '.join(i.insats for i in s.insatser)}{s.fler}"
        for s in page.saknas
    ]
    lines += _section("Inget svar", [*silent, *filter(None, (page.saknas_fler,))])
    happened = [" ".join(filter(None, (r.status.ord, r.insats, f"{r.rubrik}.", r.text))) for r in page.andrat]
    more = ["Alla ändringar: uppfoljning jamfor."] if page.andrat_fler else []
    lines += _section(page.andrat_rubrik, [*happened, *more])
    for k in vy.stangt.kvartal:
        changed = [f"{' '.join(filter(None, (r.insats, r.rubrik)))}. {r.mening}" for r in k.rader]
        lines += _section(f"Ändrat efter stängning: {k.rubrik}. {k.ingress}", [*changed, *filter(None, (k.fler,))])
    lines += _section("Kommande datum", (f"{d.datum}: {d.text}" if d.datum else d.text for d in page.datum))
    points = [_point(p) for p in (*vy.motet.punkter, *vy.motet.resten)]
    lines += _section("Mötets ordning (minut)", [*points, vy.motet.ingress] if points else [vy.motet.ingress])
    asked = [f"{f.aktor}, {f.insats} {f.rubrik}. {f.fraga}" for f in vy.motet.fragor]
    lines += _section("Frågor till aktörerna", asked)
    for omrade in vy.huvudomraden:
        lines += ["", omrade.rubrik]
        for insats in omrade.insatser:
            answers = ", ".join(f"{s.aktor}: {s.status.ord.lower()}" for s in insats.svar) or "ingen ansvarig"
            lines.append(f"  {insats.insats:<7} {insats.status.ord:<22} {insats.rubrik}")
            lines += wrap(answers, " " * 10)
    return plain_spaces("\n".join(visible(line) for line in lines))


def _point(punkt: Motespunktvy) -> str:
    ids = ", ".join(i.insats for i in punkt.insatser)
    about = " ".join(filter(None, (ids, punkt.rubrik)))
    text = f"{punkt.tid} {about}. {punkt.skal.etikett}: {punkt.skal.text}"
    return " ".join(filter(None, (text, punkt.aven)))


def _section(title: str, rows: Iterable[str]) -> list[str]:
    found = list(rows)
    if not found:
        return []
    lines = ["", title]
    for row in found:
        lines += item(row)
    return lines
