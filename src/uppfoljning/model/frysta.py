"""A closed quarter or half-year: what its folder holds, what is known of it, and the text of its own files.

``data/frysta/2022-K1/`` is made once and never changed. Opened again, it is moved whole to ``data/frysta/historik/``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from uppfoljning.model.frysning import Frysningsfil, Frystfil, Tidigare
from uppfoljning.model.period import Halvar, Kvartal

FORMAT = 1
MANIFEST = "frysning.yaml"
SUMMOR = "kontrollsummor.sha256"
AVTRYCK = "avtryck.json"
VY = "rapport.json"
LAGET = "laget.txt"
SAMMANHANG = "sammanhang.json"
RAPPORTER = "rapporter"
UNDERLAG = "underlag"
HISTORIK = "historik"
OPPNAD = "oppnad.yaml"
INNEHALL = "frysning"
"""In the history, the closed period's own folder; beside it lies why it was opened."""

Frysperiod = Kvartal | Halvar

_MANIFEST_COMMENT = """\
# {period} är stängt. Här står vad som rapporterades och vad det gjordes av. Ändra ingenting i den här mappen.
# Rapporterna ligger i rapporter/, underlaget i underlag/data/ och läget i ord i laget.txt.
# Kontrollera filerna för hand med:  sha256sum -c kontrollsummor.sha256
# Kontrollera dem med verktyget med: uppfoljning frys {period} --kontrollera
"""
_OPPNAD_COMMENT = """\
# {period} öppnades igen. Mappen frysning/ bredvid är det som var stängt, så som det låg.
"""
_TEXT_ENDINGS = (".yaml", ".json", ".csv", ".txt", ".sha256")


def parse_frysperiod(text: str) -> Frysperiod | None:
    """A quarter or half-year as people write them; None when it is neither."""
    return Kvartal.parse(text) or Halvar.parse(text)


def last_quarter(period: Frysperiod, known: Collection[Kvartal] = ()) -> Kvartal:
    """The quarter that a period ends with: of those in ``known``, where the agreement ends within a half-year."""
    mine = quarters_of(period)
    return next((q for q in reversed(mine) if q in known), mine[-1])


def quarters_of(period: Frysperiod) -> tuple[Kvartal, ...]:
    """The quarters that a period holds."""
    if isinstance(period, Kvartal):
        return (period,)
    return (Kvartal(period.ar, 2 * period.nr - 1), Kvartal(period.ar, 2 * period.nr))


@dataclass(frozen=True, slots=True)
class Frysning:
    """A closed period, whole and verified. ``avtryck`` is the text of its imprint, not yet read."""

    period: Frysperiod
    manifest: Frysningsfil
    avtryck: bytes = field(repr=False)

    @property
    def avtryck_sha256(self) -> str:
        """The checksum of the imprint: what a later report says that it was compared with."""
        return next(f.sha256 for f in self.manifest.filer if f.fil == AVTRYCK)


@dataclass(frozen=True, slots=True)
class Frysta:
    """The closed periods of a project, by name, and the earlier closings of periods that were opened again.

    ``skadade`` are those whose folder is damaged or edited: they are closed, and nothing of them is used.
    """

    stangda: Mapping[str, Frysning] = field(default_factory=dict)
    tidigare: Mapping[str, tuple[Tidigare, ...]] = field(default_factory=dict)
    skadade: frozenset[str] = frozenset()

    def kvartal(self) -> dict[Kvartal, Frysning]:
        """The closed quarters, in order."""
        found = {f.period: f for f in self.stangda.values() if isinstance(f.period, Kvartal)}
        return {kvartal: found[kvartal] for kvartal in sorted(found)}


def checksum(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def with_lf(content: bytes) -> bytes:
    """A text with its lines ended by LF, as version control may rewrite it."""
    return content.replace(b"\r\n", b"\n")


def describe(fil: str, content: bytes) -> Frystfil:
    """A file as the manifest lists it."""
    plain = with_lf(content)
    other = checksum(plain) if is_text(fil) and plain != content else None
    return Frystfil(fil=fil, sha256=checksum(content), bytes=len(content), sha256_lf=other)


def is_text(fil: str) -> bool:
    """Whether the ends of a file's lines may differ without harm."""
    return fil.endswith(_TEXT_ENDINGS)


def is_same(content: bytes, listed: Frystfil) -> bool:
    """Whether a file is as it was, but for how the lines of a text end."""
    if checksum(content) == listed.sha256:
        return True
    return is_text(listed.fil) and checksum(with_lf(content)) in {listed.sha256, listed.sha256_lf}


def manifest_text(manifest: Frysningsfil) -> bytes:
    """``frysning.yaml``, with a comment on top for who opens it."""
    return _yaml(_MANIFEST_COMMENT.format(period=manifest.period), manifest.model_dump(exclude_defaults=True))


def oppnad_text(fields: Mapping[str, Any]) -> bytes:
    """``oppnad.yaml``, with a comment on top for who opens it."""
    return _yaml(_OPPNAD_COMMENT.format(period=fields["period"]), fields)


def sums_text(filer: Iterable[Frystfil]) -> bytes:
    """The checksums in the form that ``sha256sum -c`` reads."""
    return "".join(f"{f.sha256}  {f.fil}\n" for f in sorted(filer, key=lambda f: f.fil)).encode("utf-8")


def parse_sums(content: bytes) -> dict[str, str] | None:
    """The checksums by file; None when the text is something else."""
    found: dict[str, str] = {}
    for line in with_lf(content).decode("utf-8", "replace").splitlines():
        sha, mark, fil = line.partition("  ")
        if not mark or len(sha) != 64 or fil in found:
            return None
        found[fil] = sha
    return found or None


def _yaml(comment: str, fields: Mapping[str, Any]) -> bytes:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Quotes every text, so that none is read back as a number or a date, and refers to nothing above."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    Dumper.add_representer(str, lambda d, text: d.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
    Dumper.add_representer(tuple, lambda d, items: d.represent_list(items))
    # A key is a word, and needs no quotation marks.
    Dumper.add_representer(_Key, lambda d, key: d.represent_scalar("tag:yaml.org,2002:str", str(key)))
    text = yaml.dump(_with_keys(fields), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return f"{comment}{text}".encode()


class _Key(str):
    """A key of the manifest."""

    __slots__ = ()


def _with_keys(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_Key(key): _with_keys(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_with_keys(item) for item in value]
    return value
