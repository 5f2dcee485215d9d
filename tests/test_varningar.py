"""A warning about an intern note says something of it, and reaches only who may see the note."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_pdf.projekt import agreement, answer, answers, area, insats, write_project
from uppfoljning.pipeline.granska import granska
from uppfoljning.pipeline.kvartal import kvartalsvy

YAML = """\
kvartal: 2022-K1
aktor: a1
lamnad: 2022-04-11
svar:
  - insats: OMR-1
    genomforande: pagar
    kommentar: Tecknet ☂ i en öppen text.
    intern: |
      Första raden.
      Tecknet ☃ i en intern, och
      tre ungdomar.
    nasta_steg: Tecknet ☁ i en öppen text.
"""


@pytest.mark.parametrize(
    ("forum", "seen"),
    [("styrgrupp", ["2601", "2602", "2603", "hur få"]), ("utskott", ["2601", "2602"]), (None, ["2601", "2602"])],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_warning_about_an_intern_note_reaches_only_who_may_see_it(
    forum: str | None, seen: list[str], last: bool, tmp_path: Path
) -> None:
    folder = write_project(tmp_path / "p", agreement(), [area([insats(individinsats=True)])], [answers([answer()])])
    text = YAML.replace("    nasta_steg: Tecknet ☁", "    orsak: Tecknet ☁")
    if last:
        note = text[text.index("    intern:") : text.index("    orsak:")]
        text = text.replace(note, "") + note
    (folder / "data/aterkoppling/2022-K1/a1.yaml").write_text(text, encoding="utf-8")
    granskat = granska(folder)
    assert granskat.underlag is not None
    receiver = next((f for f in granskat.underlag.overenskommelse.forum if f.id == forum), None)
    told = [f.text for f in kvartalsvy(granskat, None, None, receiver).varningar]
    assert sorted(word for word in ("2601", "2602", "2603", "hur få") if word in " ".join(told)) == seen
