"""Reads closed periods. A folder is used only when every file in it is what its checksums say, and no other is there.

Whether the ends of a text's lines are LF or CRLF makes no difference: version control may rewrite them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from uppfoljning.errors import SkadadError
from uppfoljning.formats.yaml.read import read_yaml
from uppfoljning.load.discover import list_folder
from uppfoljning.load.files import Refusal, describe_os_error, read_regular
from uppfoljning.load.names import copy_of_closed, not_closed
from uppfoljning.model.frysning import Frysningsfil, Frystfil, Oppnadfil, Tidigare
from uppfoljning.model.frysta import (
    AVTRYCK,
    FORMAT,
    HISTORIK,
    INNEHALL,
    MANIFEST,
    OPPNAD,
    SUMMOR,
    Frysning,
    Frysperiod,
    Frysta,
    checksum,
    is_same,
    parse_frysperiod,
    parse_sums,
    with_lf,
)
from uppfoljning.text.file_names import copied_from
from uppfoljning.text.personal_data.find import SLAG, find_uppgifter, mask
from uppfoljning.text.plaintext import nfc
from uppfoljning.text.problem import Plats, Problem

M = TypeVar("M", bound=BaseModel)

MAX_BYTES = 50_000_000
"""What a file of a closed period may be; a report is some hundred kilobytes."""
_LINKED = ("lank", "Det här är en länk till en annan mapp, och sådana följs inte.", "Lägg själva mappen här i stället.")
_MAX_TOLD = 5


class Granskadfrysning(NamedTuple):
    """A folder of a closed period: what it is, or everything that is wrong with it."""

    frysning: Frysning | None
    problem: tuple[Problem, ...]


def frysta_mapp(project: Path) -> Path:
    """Where the closed periods of a project lie."""
    return project / "data" / "frysta"


def read_frysta(project: Path) -> tuple[Frysta, list[Problem]]:
    """Every closed period, verified, and every problem. Paths in problems are as seen from the project folder."""
    folder = frysta_mapp(project)
    stangda: dict[str, Frysning] = {}
    tidigare: dict[str, tuple[Tidigare, ...]] = {}
    skadade: set[str] = set()
    problems: list[Problem] = []
    entries = list_folder(folder)
    if isinstance(entries, OSError):
        problems.append(_unreadable("data/frysta", entries))
        entries = []
    for path in entries:
        fil = f"data/frysta/{mask(nfc(path.name))}"
        period = parse_frysperiod(path.name)
        if path.name == HISTORIK:
            tidigare, found = _read_history(path, fil)
            problems += found
        elif period is not None and path.name == str(period):
            frysning, told = read_frysning(path, period)
            problems += told
            if frysning is not None:
                stangda[str(period)] = frysning
            else:
                skadade.add(str(period))
        else:
            problems.append(Problem(Plats(fil), *not_closed(path.name, {p.name for p in entries})))
    return Frysta(stangda, tidigare, frozenset(skadade)), problems


def read_frysning(folder: Path, period: Frysperiod) -> Granskadfrysning:
    """The closed period in a folder, verified."""
    problems = list(_first(_Granskning(folder, period).run()))
    if problems:
        return Granskadfrysning(None, tuple(problems))
    manifest = _read_model(_content(folder / MANIFEST), Frysningsfil)
    avtryck = _content(folder / AVTRYCK)
    if manifest is None or avtryck is None:  # changed since it was verified
        return Granskadfrysning(None, (_problem(period, MANIFEST, "Filen ändrades medan den lästes."),))
    return Granskadfrysning(Frysning(period, manifest, avtryck), ())


def read_fryst(project: Path, frysning: Frysning, fil: str) -> bytes:
    """A file of a closed period, byte for byte as it was. Raises :class:`SkadadError` when it isn't."""
    listed = next(f for f in frysning.manifest.filer if f.fil == fil)
    content = _content(frysta_mapp(project) / str(frysning.period) / fil)
    if content is None or not is_same(content, listed):
        raise SkadadError(f"data/frysta/{frysning.period}/{fil} är skadad eller ändrad. {_way_out(frysning.period)}")
    return content


def numbers_in_history(project: Path, period: Frysperiod) -> Iterator[int]:
    """The numbers of a period's earlier closings; one that was never finished has none."""
    for path in _readable(frysta_mapp(project) / HISTORIK):
        name, _, nr = path.name.rpartition("-")
        if name == str(period) and nr.isdecimal() and os.path.lexists(path / INNEHALL):
            yield int(nr)


class _Granskning:
    """Verifies one folder."""

    def __init__(self, folder: Path, period: Frysperiod) -> None:
        self.folder = folder
        self.period = period

    def run(self) -> Iterator[Problem]:
        """Everything that is wrong with the folder; with a damaged manifest, only that."""
        if self.folder.is_symlink() or not self.folder.is_dir():
            yield _problem(self.period, "", "Här ska det ligga en mapp, inte en länk eller en fil.")
            return
        found: dict[str, Path | None] = {}
        for name, path in _walk(self.folder):
            if isinstance(path, OSError):
                yield _unreadable(_shown(self.period, name), path)
                return
            if name in found:
                yield _problem(self.period, name, "Två filer har samma namn, men å, ä eller ö skrivna på olika sätt.")
                return
            found[name] = path
        sums_file, manifest_file = found.get(SUMMOR), found.get(MANIFEST)
        if sums_file is None or manifest_file is None:
            missing = MANIFEST if manifest_file is None else SUMMOR
            yield _problem(self.period, missing, "Filen saknas, och utan den går inget i mappen att lita på.")
            return
        sums = self.read_sums(sums_file)
        content = _content(manifest_file)
        if sums is None:
            yield _problem(self.period, SUMMOR, "Filen är skadad eller ändrad: den är ingen lista med kontrollsummor.")
            return
        if content is None or not {checksum(content), checksum(with_lf(content))} & {sums.get(MANIFEST)}:
            yield _problem(self.period, MANIFEST, "Filen är skadad eller ändrad: kontrollsumman stämmer inte.")
            return
        manifest = _read_model(content, Frysningsfil)
        if manifest is not None and manifest.frysningsformat > FORMAT:
            text = f"Det stängdes med en nyare version av verktyget ({manifest.verktyg})."
            yield _problem(self.period, MANIFEST, text, "Installera den versionen eller en nyare.")
            return
        if manifest is None or manifest.frysningsformat != FORMAT:
            yield _problem(self.period, MANIFEST, "Filen går inte att läsa.")
            return
        if manifest.period != str(self.period):
            yield _problem(self.period, MANIFEST, f"Filen gäller {manifest.period} men ligger i mappen {self.period}.")
            return
        yield from self.compare(manifest, sums, found)

    def read_sums(self, path: Path) -> dict[str, str] | None:
        """The list of checksums."""
        content = _content(path)
        return parse_sums(content) if content is not None else None

    def compare(
        self, manifest: Frysningsfil, sums: Mapping[str, str], found: Mapping[str, Path | None]
    ) -> Iterator[Problem]:
        """Every file against what is said of it."""
        listed = {nfc(f.fil): f for f in manifest.filer}
        known = {nfc(fil): s for fil, s in sums.items() if fil != MANIFEST}
        if {fil: f.sha256 for fil, f in listed.items()} != known or len(listed) < len(manifest.filer):
            yield _problem(self.period, SUMMOR, f"Filen är ändrad: den stämmer inte med {MANIFEST}.")
        for fil, wanted in listed.items():
            path = found.get(fil)
            if fil not in found:
                yield _problem(self.period, fil, "Filen saknas.")
            elif path is None:
                yield _problem(self.period, fil, "Här ligger en länk eller specialfil i stället för filen.")
            elif (what := _fault(path, wanted)) is not None:
                yield _problem(self.period, fil, what)
        for fil in sorted(set(found) - set(listed) - {MANIFEST, SUMMOR}):
            yield _problem(
                self.period,
                fil,
                "Filen hör inte till det som stängdes.",
                "Ta bort filen, eller flytta den ut ur data/frysta/.",
            )
        reports = {r.forum: r.fil for r in manifest.rapporter}
        if AVTRYCK not in listed or None not in reports or not set(reports.values()) <= set(listed):
            yield _problem(self.period, MANIFEST, "Filen är ändrad: den räknar inte upp alla filer som ska finnas.")


def _fault(path: Path, wanted: Frystfil) -> str | None:
    """What is wrong with a file, or None."""
    content = read_regular(path, MAX_BYTES)
    if isinstance(content, Refusal):
        return content.meddelande
    return None if is_same(content, wanted) else "Filen är skadad eller ändrad: kontrollsumman stämmer inte."


def _walk(folder: Path) -> Iterator[tuple[str, Path | OSError | None]]:
    """Every file below a folder by its path, å as one character there.

    None stands for what is neither file nor folder, an error for what is closed.
    """
    folders = [(folder, "")]
    while folders:
        where, prefix = folders.pop()
        entries = list_folder(where)
        if isinstance(entries, OSError):
            yield prefix.rstrip("/"), entries
            continue
        for path in entries:
            name, mode = f"{prefix}{nfc(path.name)}", path.lstat().st_mode
            if stat.S_ISDIR(mode):
                folders.append((path, f"{name}/"))
            else:
                yield name, path if stat.S_ISREG(mode) else None


def _readable(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where there is none, and where it can't be read, which has been told."""
    entries = list_folder(folder)
    return [] if isinstance(entries, OSError) else entries


def _read_history(folder: Path, fil: str) -> tuple[dict[str, tuple[Tidigare, ...]], list[Problem]]:
    """The earlier closings by period, oldest first; the closed folders in it are kept and not read."""
    found: dict[str, list[Tidigare]] = {}
    problems = []
    entries = list_folder(folder)
    if folder.is_symlink():
        return {}, [Problem(Plats(fil), *_LINKED)]
    if isinstance(entries, OSError):
        return {}, [_unreadable(fil, entries)]
    for path in entries:
        place = f"{fil}/{mask(nfc(path.name))}"
        right = copied_from(path.name, {p.name for p in entries})
        if path.is_symlink():
            problems.append(Problem(Plats(place), *_LINKED))
            continue
        if right is not None:
            problems.append(Problem(Plats(place), *copy_of_closed(right)))
            continue
        if not os.path.lexists(path / INNEHALL):
            continue  # an opening that was interrupted before it had any effect
        content = _content(path / OPPNAD)
        oppnad = _read_model(content, Oppnadfil) if content is not None else None
        if oppnad is None or path.name != f"{oppnad.period}-{oppnad.nr}":
            problems.append(
                Problem(
                    Plats(f"{place}/{OPPNAD}"),
                    "frysning-skadad",
                    "Filen som säger varför perioden öppnades igen saknas, är skadad eller ligger i fel mapp.",
                    "Lägg tillbaka den ur versionshanteringen eller en säkerhetskopia.",
                )
            )
            continue
        for personal in find_uppgifter(oppnad.skal):
            told = f"Skälet innehåller {SLAG[personal.slag]}, och det står i rapporten.", "Skriv skälet utan det."
            problems.append(Problem(Plats(f"{place}/{OPPNAD}"), personal.slag, *told))
        found.setdefault(oppnad.period, []).append(
            Tidigare(nr=oppnad.nr, stangd=oppnad.stangd, skal=oppnad.skal, skadad=oppnad.skadad)
        )
    return {period: tuple(sorted(items, key=lambda t: t.nr)) for period, items in found.items()}, problems


def _content(path: Path) -> bytes | None:
    content = read_regular(path, MAX_BYTES)
    return None if isinstance(content, Refusal) else content


def _read_model(content: bytes | None, model: type[M]) -> M | None:
    """What a file written by the tool says, or None when it isn't as it was written."""
    file = read_yaml(content or b"", "")
    if file.problem or file.rot is None:
        return None
    try:
        return model.model_validate(file.rot.varde)
    except ValidationError:
        return None


def _first(problems: Iterator[Problem]) -> Iterator[Problem]:
    """The first few problems of a folder, and a last one that counts the rest."""
    found = list(problems)
    yield from found[:_MAX_TOLD]
    if len(found) > _MAX_TOLD:
        yield found[_MAX_TOLD]._replace(
            meddelande=f"{found[_MAX_TOLD].meddelande} Och {len(found) - _MAX_TOLD - 1} fel till i samma mapp."
        )


def _problem(period: Frysperiod, fil: str, meddelande: str, atgard: str = "") -> Problem:
    return Problem(Plats(_shown(period, fil)), "frysning-skadad", meddelande, atgard or _way_out(period))


def _shown(period: Frysperiod, fil: str) -> str:
    """A file of a closed period, or its folder, as seen from the project."""
    return f"data/frysta/{period}/{mask(fil)}".rstrip("/")


def _unreadable(place: str, error: OSError) -> Problem:
    text = describe_os_error("Mappen", error)
    return Problem(Plats(place), "far-inte-lasas", text, "Be den som äger mappen om läsrättighet.")


def _way_out(period: Frysperiod) -> str:
    return (
        "Lägg tillbaka mappen ur versionshanteringen eller en säkerhetskopia. Går inte det: öppna igen med "
        f'uppfoljning frys {period} --oppna --skal "…"; det skadade läggs då i historiken.'
    )
