"""The report's view, and its figures, as text for a terminal: the same sentences and verdicts, without the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from uppfoljning.cli.terminal import item, wrap
from uppfoljning.report.sections.avsnitt import FRAGOR, MOTET, STANGT
from uppfoljning.report.views.figures import Sifferradvy, Siffertabellvy
from uppfoljning.report.views.kvartal import Rapportvy
from uppfoljning.report.views.parts import Motespunktvy
from uppfoljning.text.problem import visible
from uppfoljning.text.swedish import cut_short, plain_spaces, sentence
from uppfoljning.words.codes import DEVIATES

_NAME = 34
_CHART = re.compile(r" ?I diagrammet [^.]*\.")  # how to read a chart that isn't there


def format_figures(vy: Rapportvy) -> str:
    """How the problem of each huvudområde develops, every table with its verdicts, and what no figure covers."""
    lines = [f"{vy.rubrik}, statistik och enkäter", vy.statistik.sammanfattning]
    if vy.exempel:
        lines.insert(1, f"[{vy.exempel}]")
    for rad in vy.statistik.lasning:
        lines += item(f"{rad.etikett}: {rad.text}")
    lines += ["", "Så utvecklas problemet"]
    for omrade in vy.huvudomraden:
        lines += item(f"{omrade.rubrik}: {omrade.problemet}")
    for tabell in vy.statistik.tabeller:
        lines += ["", tabell.rubrik, *wrap(_CHART.sub("", tabell.ingress)), "", *_table(tabell)]
        lines += ["", *wrap(tabell.fot)] if tabell.fot else []
    lines += ["", "Det som siffrorna inte täcker"]
    for fynd in vy.statistik.fynd:
        lines += item(f"{fynd.etikett}: {fynd.text}")
    return plain_spaces("\n".join(visible(line) for line in lines))


def _table(tabell: Siffertabellvy) -> list[str]:
    """The rows in columns that line up; a verdict stands last, however long it is."""
    rows = [rad for grupp in tabell.grupper for rad in grupp.rader]
    values = [_cells(tabell, rad) for rad in rows]
    head = [*tabell.ar, *filter(None, (tabell.jamforelse, tabell.vantat))]
    widths = [max(len(cell) for cell in column) for column in zip(head, *values, strict=True)]
    lines = [_line("", head, widths, "Bedömning")]
    number = 0
    for grupp in tabell.grupper:
        if grupp.rubrik:
            lines.append(grupp.rubrik)
        for rad in grupp.rader:
            lines.append(_line(rad.namn, values[number], widths, rad.bedomning))
            lines += [f"    {notis}" for notis in rad.tillagg]
            number += 1
    return lines


def _cells(tabell: Siffertabellvy, rad: Sifferradvy) -> list[str]:
    extra = [cell for shown, cell in ((tabell.jamforelse, rad.jamforelse), (tabell.vantat, rad.vantat)) if shown]
    return [*rad.varden, *extra]


def _line(name: str, cells: list[str], widths: list[int], verdict: str) -> str:
    shown = cut_short(name, _NAME)
    columns = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return f"  {shown:<{_NAME}}  {columns}  {verdict}".rstrip()


def format_status(vy: Rapportvy) -> str:
    """What is late, who has not answered, what needs a decision and which dates come, then a line per insats."""
    page = vy.forsta_sidan
    lines = [f"{vy.rubrik}, läget per {vy.per}", vy.underrubrik]
    if vy.exempel:
        lines.append(f"[{vy.exempel}]")
    lines += ["", *wrap(page.huvudmening), *wrap(" ".join(page.meningar)), *wrap(page.problemet)]
    asked = [" ".join(filter(None, (b.insats, b.fraga, b.villkor))) for b in page.beslut]
    lines += _section("Beslut behövs", [*asked, *filter(None, (page.beslut_fler,))])
    settled = [
        " ".join(filter(None, (b.insats, b.fraga, b.utfall))) for b in vy.beslut.rader if b.status.kod == "avgjord"
    ]
    lines += _section("Avgjorda frågor", settled)
    late = [f"{r.status.ord} – {r.insats} {sentence(r.rubrik)} {r.text}" for r in (*page.sent, *page.aktorens_risk)]
    lines += _section(DEVIATES, [*late, *filter(None, (page.sent_fler, page.aktorens_risk_fler))])
    silent = [
        f"{s.aktor}{f' ({s.tillagg})' if s.tillagg else ''}: {', '.join(i.insats for i in s.insatser)}{s.fler}"
        for s in page.saknas
    ]
    lines += _section("Inget svar", [*silent, *filter(None, (page.saknas_fler,))])
    happened = [" ".join(filter(None, (r.status.ord, r.insats, sentence(r.rubrik), r.text))) for r in page.andrat]
    more = ["Alla ändringar: uppfoljning jamfor."] if page.andrat_fler else []
    lines += _section(page.andrat_rubrik, [*happened, *more])
    for k in vy.stangt.kvartal:
        changed = [f"{sentence(' '.join(filter(None, (r.insats, r.rubrik))))} {r.mening}" for r in k.rader]
        lines += _section(f"{STANGT.rubrik}: {k.rubrik}. {k.ingress}", [*changed, *filter(None, (k.fler,))])
    lines += _section("Kommande datum", (f"{d.datum}: {d.text}" if d.datum else d.text for d in page.datum))
    points = [_point(p) for p in (*vy.motet.punkter, *vy.motet.resten)]
    lines += _section(f"{MOTET.rubrik} (minut)", [*points, vy.motet.ingress] if points else [vy.motet.ingress])
    asked = [f"{f.aktor}, {f.insats} {sentence(f.rubrik)} {f.fraga}" for f in vy.motet.fragor]
    lines += _section(FRAGOR.rubrik, asked)
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
    text = f"{punkt.tid} {sentence(about)} {punkt.skal.etikett}: {punkt.skal.text}"
    return " ".join(filter(None, (text, punkt.aven)))


def _section(title: str, rows: Iterable[str]) -> list[str]:
    found = list(rows)
    if not found:
        return []
    lines = ["", title]
    for row in found:
        lines += item(row)
    return lines
