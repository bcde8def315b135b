"""What the reader processes recognise is what this process would: nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.intake.planning import ItemState, plan_intake
from kpss_desktop.archive.intake.recognising import recognised
from kpss_desktop.archive.intake.wire import context_of, recognition_of, told_context, told_recognition
from kpss_desktop.archive.reading.prints import letters_of
from kpss_desktop.catalogue.documents import load_groups
from kpss_desktop.czech.context import Context
from kpss_desktop.model import Certainty, Kind, PartialDate, Reading, Recognition, Source
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

_SHARED = Path(__file__).resolve().parents[4] / "shared"


def test_rows_read_elsewhere_are_as_if_they_had_been_read_here(desk: Desk) -> None:
    drive = _SHARED / "minutes" / "drive"
    if not drive.is_dir():
        pytest.skip(f"no samples at {drive}")
    plan = plan_intake(desk.archive, [drive], silent)
    groups = load_groups(desk.archive.catalogue.db)
    read = [item for item in plan.items if item.sha256 in plan.extracts and item.state is not ItemState.DUPLICATE]
    assert len(read) > 100
    for item in read:
        text = plan.extracts[item.sha256].text
        here = recognised(item, groups, text)
        assert (here.recognition, here.kind, here.groups, here.dated) == (
            item.recognition,
            item.kind,
            item.groups,
            item.dated,
        )


def test_every_value_comes_back() -> None:
    full = Recognition(
        Reading(Kind.MINUTES, Source.NAME, Certainty.SURE, "zápis"),
        Reading(("1", "2"), Source.FOLDER, Certainty.UNCERTAIN, "Péče ≠ Prevence"),
        Reading(PartialDate(None, 5, 7), Source.TEXT, Certainty.INFERRED, "dne 7. 5."),
        ("Senioři",),
        12,
    )
    for seen in (full, Recognition()):
        assert recognition_of(told_recognition(seen)) == seen
    context = Context(("Péče", "2020"), "rok.zip", ("a.doc",), "Zápis", PartialDate(2020, 1), 2021, ("1",))
    for lay in (context, Context()):
        assert context_of(told_context(lay)) == lay


def test_the_same_letters_are_one_print_whatever_stands_between_them() -> None:
    text = "Zápis z jednání pracovní skupiny Péče: pečovatelská služba, odlehčení a doprava klientů. " * 2
    assert letters_of(text) == letters_of(text.upper().replace(" ", "\n").replace(":", " -"))
    assert letters_of(text) != letters_of(text + "a")
    assert letters_of("Zápis") == ""


@pytest.mark.parametrize("amount", [1, 20])
def test_what_only_the_text_says_is_read_by_the_reader_of_the_preview_and_by_many(
    desk: Desk, tmp_path: Path, amount: int
) -> None:
    (tmp_path / "drop").mkdir()
    for number in range(amount):
        text = f"Zápis z jednání PS Péče konaného dne {number + 1}. 5. 2020\nProgram: doprava."
        (tmp_path / "drop" / f"papír {chr(97 + number)}.txt").write_text(text, "utf-8")
    items = plan_intake(desk.archive, [tmp_path / "drop"], silent).items
    assert [str(item.dated.date) for item in items if item.dated] == [f"2020-05-{n + 1:02d}" for n in range(amount)]
    assert {(item.kind, len(item.groups)) for item in items} == {(Kind.MINUTES, 1)}
