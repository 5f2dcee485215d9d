"""``frysning.yaml`` and ``oppnad.yaml``: what a closed period is. Written by the tool and read back, never by hand."""

from datetime import date
from typing import Annotated

from pydantic import Field

from uppfoljning.model.fields import Id, Lista, Modell, Text, Textform

Sha256 = Annotated[str, Textform(pattern=r"^[0-9a-f]{64}$")]


class Frystfil(Modell):
    """A file of the closed period: its path in the folder, its checksum and its size in bytes.

    ``sha256_lf`` is the checksum with every line ended by LF alone, where the file has other ends.
    """

    fil: Text
    sha256: Sha256
    bytes: int = Field(ge=0)
    sha256_lf: Sha256 | None = None


class Frystrapport(Modell):
    """A report as it was given out: its file, the forum it was for, and the checksums of its HTML and its data."""

    fil: Text
    forum: Id | None = None
    html_sha256: Sha256
    data: Text


class Frystavstamning(Modell):
    """Who had agreed to the period, and when."""

    part: Id
    funktion: Text
    datum: date
    exempel: bool = False


class Tidigare(Modell):
    """An earlier closing of the same period: when it was closed, and why it was opened again.

    ``stangd`` is missing when the closing was damaged so that it couldn't be read.
    """

    nr: int = Field(ge=1)
    stangd: date | None = None
    skal: Text
    skadad: bool = False


class Jamford(Modell):
    """The closed period that the report was compared with, and the checksum of its imprint."""

    period: Text
    sha256: Sha256


class Frysningsfil(Modell):
    """``frysning.yaml``: all that is known of a closed period, but for the files themselves."""

    frysningsformat: int
    period: Text
    per: date
    stangd: date
    avstamd: Lista[Frystavstamning]
    verktyg: Text
    bibliotek: dict[str, Text]
    rapporter: Lista[Frystrapport]
    jamfort_med: Lista[Jamford] = ()
    tidigare: Lista[Tidigare] = ()
    filer: Lista[Frystfil]


class Oppnadfil(Modell):
    """``oppnad.yaml``: why a closed period was opened again, and which closing it was."""

    period: Text
    nr: int = Field(ge=1)
    stangd: date | None = None
    skal: Text
    skadad: bool = False
    kontrollsumma: Sha256 | None = None
