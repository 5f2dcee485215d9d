"""Följer upp en överenskommelse om lokalt brottsförebyggande arbete. Så hänger koden ihop: docs/arkitektur.md."""

__version__ = "0.3.0"
