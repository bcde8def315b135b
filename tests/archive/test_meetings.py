"""Which documents are of one meeting, and what becomes of meetings when their documents go elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.undo import undo
from kpss_desktop.catalogue.meetings import all_meetings
from kpss_desktop.model import Dated, Document, Kind, PartialDate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.archive.conftest import Desk

PAPERS = (
    "Zápis č. 4 PS Péče 16 1 2020.txt",
    "Pozvánka PS Péče 16 1 2020.txt",
    "Prezenční listina PS Péče 16 1 2020.txt",
)


@pytest.fixture
def desk_of_one(desk: Desk, inbox: Path) -> Desk:
    """An archive with the papers of one meeting, the fourth."""
    for name in PAPERS:
        (inbox / name).write_text(name, encoding="utf-8")
    desk.take(inbox)
    return desk


def by_kind(desk: Desk) -> dict[Kind, Document]:
    return {document.kind: document for document in desk.documents()}


def meetings(desk: Desk) -> dict[str, tuple[str, int | None]]:
    return {i: (date, number) for i, date, _home, number in all_meetings(desk.archive.catalogue.db)}


def day(text: str) -> Edit:
    return Edit(dated=Dated(PartialDate.parse(text)))


def test_the_papers_of_a_day_and_group_are_of_one_meeting(desk_of_one: Desk) -> None:
    assert len({document.meeting for document in desk_of_one.documents()}) == 1
    assert list(meetings(desk_of_one).values()) == [("2020-01-16", 4)]


def test_a_paper_that_alone_moves_to_another_group_leaves_its_meeting(desk_of_one: Desk) -> None:
    before, papers = desk_of_one.state(), by_kind(desk_of_one)
    editing.edit(desk_of_one.archive, [papers[Kind.INVITATION].id], Edit(groups=("prevence",)))
    after = by_kind(desk_of_one)
    assert after[Kind.MINUTES].meeting == after[Kind.ATTENDANCE].meeting == papers[Kind.MINUTES].meeting
    assert after[Kind.INVITATION].meeting not in {None, papers[Kind.MINUTES].meeting}
    assert sorted(meetings(desk_of_one).values(), key=str) == [("2020-01-16", 4), ("2020-01-16", None)]
    undo(desk_of_one.archive)
    assert desk_of_one.state() == before


def test_a_paper_of_another_day_leaves_its_meeting_and_comes_back(desk_of_one: Desk) -> None:
    papers = by_kind(desk_of_one)
    editing.edit(desk_of_one.archive, [papers[Kind.INVITATION].id], day("2020-02-20"))
    assert sorted(meetings(desk_of_one).values()) == [("2020-01-16", 4), ("2020-02-20", None)]
    editing.edit(desk_of_one.archive, [papers[Kind.INVITATION].id], day("2020-01-16"))
    assert list(meetings(desk_of_one).values()) == [("2020-01-16", 4)]
    assert len({document.meeting for document in desk_of_one.documents()}) == 1


@pytest.mark.parametrize("changes", [day("2020-01-17"), Edit(groups=("prevence",))], ids=["day", "group"])
def test_a_meeting_whose_papers_all_move_stays_one_and_keeps_its_number(desk_of_one: Desk, changes: Edit) -> None:
    [meeting] = meetings(desk_of_one)
    editing.edit(desk_of_one.archive, [document.id for document in desk_of_one.documents()], changes)
    date = "2020-01-17" if isinstance(changes.dated, Dated) else "2020-01-16"
    assert meetings(desk_of_one) == {meeting: (date, 4)}
    assert {document.meeting for document in desk_of_one.documents()} == {meeting}


def test_papers_that_move_together_stay_together(desk_of_one: Desk) -> None:
    papers = by_kind(desk_of_one)
    moved = [papers[Kind.INVITATION].id, papers[Kind.ATTENDANCE].id]
    editing.edit(desk_of_one.archive, moved, Edit(groups=("prevence",)))
    after = by_kind(desk_of_one)
    assert after[Kind.INVITATION].meeting == after[Kind.ATTENDANCE].meeting != after[Kind.MINUTES].meeting
    assert meetings(desk_of_one)[str(after[Kind.MINUTES].meeting)] == ("2020-01-16", 4)


def test_minutes_of_a_corrected_day_join_the_invitation_that_waits_there(desk: Desk, inbox: Path) -> None:
    for name in ("Zápis č. 4 PS Péče 16 1 2020.txt", "Pozvánka PS Péče 17 1 2020.txt"):
        (inbox / name).write_text(name, encoding="utf-8")
    desk.take(inbox)
    assert len(meetings(desk)) == 2
    editing.edit(desk.archive, [by_kind(desk)[Kind.MINUTES].id], day("2020-01-17"))
    assert list(meetings(desk).values()) == [("2020-01-17", 4)]


def test_joint_minutes_hold_the_papers_of_both_groups_together(desk: Desk, inbox: Path) -> None:
    for name in (
        "Zápis PS Péče a Prevence 16 1 2020.txt",
        "Pozvánka PS Péče 16 1 2020.txt",
        "Pozvánka PS Prevence 16 1 2020.txt",
    ):
        (inbox / name).write_text(name, encoding="utf-8")
    desk.take(inbox)
    joint = by_kind(desk)[Kind.MINUTES]
    editing.edit(desk.archive, [document.id for document in desk.documents()], day("2020-03-05"))
    assert {document.meeting for document in desk.documents()} == {joint.meeting}
    editing.edit(desk.archive, [joint.id], Edit(groups=("pece",)))
    left = {document.groups: document.meeting for document in desk.documents() if document.kind is Kind.INVITATION}
    assert left["pece",] == by_kind(desk)[Kind.MINUTES].meeting != left["prevence",]


def test_a_paper_that_is_of_no_meeting_any_more_leaves_it(desk_of_one: Desk) -> None:
    papers = by_kind(desk_of_one)
    editing.edit(desk_of_one.archive, [papers[Kind.INVITATION].id], Edit(kind=Kind.PLAN))
    assert by_kind(desk_of_one)[Kind.PLAN].meeting is None
    editing.edit(desk_of_one.archive, [papers[Kind.MINUTES].id], Edit(dated=Dated(PartialDate(2020))))
    assert by_kind(desk_of_one)[Kind.MINUTES].meeting is None
    assert list(meetings(desk_of_one).values()) == [("2020-01-16", 4)]
