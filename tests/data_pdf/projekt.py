"""Small projects made from plain values, for tests that need data the repository doesn't have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

Yaml = dict[str, Any]
Rader = list[tuple[str, list[str]]]
"""Series: a name and a value for each year."""


def agreement(**changes: Any) -> Yaml:
    """An agreement with one party, one aktör and one forum that may see intern notes."""
    return {
        "rubrik": "Överenskommelse",
        "kommun": "Provkommunen",
        "kommunkod": "0001",
        "giltig_fran": date(2022, 1, 1),
        "giltig_till": date(2022, 12, 31),
        "kalla": {"dokument": "Överenskommelsen", "datum": date(2022, 1, 1)},
        "parter": [{"id": "kommunen", "namn": "Provkommunen", "uppfoljare": "samordnare"}],
        "aktorer": [{"id": "a1", "namn": "Aktör 1", "del_av": "kommunen"}],
        "forum": [
            {"id": "styrgrupp", "namn": "Styrgruppen", "ser_intern": True},
            {"id": "utskott", "namn": "Utskottet"},
        ],
        **changes,
    }


def insats(insats_id: str = "OMR-1", **changes: Any) -> Yaml:
    """An insats with one ansvarig, a milestone and a source."""
    return {
        "id": insats_id,
        "rubrik": f"Insats {insats_id}",
        "beskrivning": "Det som ska göras.",
        "ansvariga": ["a1"],
        "moment": [{"id": "klar", "rubrik": "Klart", "senast": date(2022, 11, 30)}],
        "kalla": {"avsnitt": "avsnitt 1"},
        **changes,
    }


def area(insatser: list[Yaml], area_id: str = "OMR", **changes: Any) -> Yaml:
    """A huvudområde."""
    return {
        "id": area_id,
        "forkortning": area_id,
        "rubrik": f"Område {area_id}",
        "beskrivning": "Vad området handlar om.",
        "kalla": {"avsnitt": "avsnitt 1"},
        "insatser": insatser,
        **changes,
    }


def answer(insats_id: str = "OMR-1", **changes: Any) -> Yaml:
    """An answer that says that the work is under way."""
    return {"insats": insats_id, "genomforande": "pagar", "kommentar": "Arbetet pågår.", **changes}


def answers(svar: list[Yaml], aktor: str = "a1", kvartal: str = "2022-K1", **changes: Any) -> Yaml:
    """A file of answers."""
    return {"kvartal": kvartal, "aktor": aktor, "lamnad": date(2022, 4, 11), "svar": svar, **changes}


def write_project(folder: Path, avtal: Yaml, areas: list[Yaml], filer: list[Yaml] | None = None) -> Path:
    """Write the project as YAML files and give its folder."""
    data = folder / "data"
    data.mkdir(parents=True)
    _dump(data / "overenskommelse.yaml", avtal)
    _dump(data / "insatser.yaml", {"huvudomraden": areas})
    for fil in filer or []:
        target = data / "aterkoppling" / fil["kvartal"]
        target.mkdir(parents=True, exist_ok=True)
        _dump(target / f"{fil['aktor']}.yaml", fil)
    return folder


def write_figures(folder: Path, counts: Rader, shares: Rader, first: int) -> None:
    """Add a table of crimes and one of a survey to a project of one huvudområde, OMR, with every row an indicator.

    The last year of both is the first year of the agreement, 2022, when ``first`` fits the number of values.
    """
    data = folder / "data"
    kallor = [{"id": "compstat", "namn": "Compstat", "beskrivning": "Anmälda brott."}]
    kallor.append({"id": "enkat", "namn": "Enkäten", "beskrivning": "En enkät."})
    _table(
        data / "compstat" / "2022-03.csv",
        {"kalla": "compstat", "rubrik": "Anmälda brott", "period": "jan–mar"},
        counts,
        first,
    )
    head = {"kalla": "enkat", "rubrik": "Andel som ser ett problem", "enhet": "procent"}
    _table(data / "enkater" / "enkat-2022.csv", head, shares, first)
    indikatorer = [
        {"id": f"{kalla}-{n}", "namn": namn, "huvudomrade": "OMR", "kalla": kalla, "serie": namn}
        for kalla, rader in (("compstat", counts), ("enkat", shares))
        for n, (namn, _) in enumerate(rader)
    ]
    _dump(data / "indikatorer.yaml", {"kallor": kallor, "indikatorer": indikatorer})


def _table(path: Path, head: dict[str, str], rader: Rader, first: int) -> None:
    path.parent.mkdir(parents=True)
    years = [str(first + n) for n in range(len(rader[0][1]))]
    kind = "brott" if head["kalla"] == "compstat" else "fraga"
    lines = [f"{key};{value}" for key, value in head.items()]
    lines += ["omrade;Provkommunen", "", ";".join([kind, *years])]
    lines += [";".join([namn, *varden]) for namn, varden in rader]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def write_half_year(folder: Path, uppgifter: Yaml, name: str = "2022-H1") -> None:
    """Add the file of a half-yearly report to a project; ``2022-H1-slut`` for the final one."""
    target = folder / "data" / "halvar"
    target.mkdir(exist_ok=True)
    _dump(target / f"{name}.yaml", {"halvar": name[:7], **uppgifter})


def write_file(folder: Path, name: str, content: Yaml) -> None:
    """Add any other file to a project's data, by its path there."""
    target = folder / "data" / name
    target.parent.mkdir(exist_ok=True)
    _dump(target, content)


class _NoAliases(yaml.SafeDumper):
    """The tool refuses YAML aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _dump(path: Path, value: Yaml) -> None:
    path.write_text(yaml.dump(value, Dumper=_NoAliases, allow_unicode=True, sort_keys=False), encoding="utf-8")
