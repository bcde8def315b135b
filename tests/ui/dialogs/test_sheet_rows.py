"""What a row says and how it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpss_desktop.archive.intake.planning import IntakeItem, ItemState, Origin
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.czech.context import CONTRADICTION
from kpss_desktop.messages import doubt_text
from kpss_desktop.model import Certainty, Dated, Group, Kind, PartialDate, Reading, Recognition, Source
from kpss_desktop.ui.dialogs.sheet_rows import (
    Doubt,
    Status,
    can_be_edited,
    can_be_taken,
    confirmed,
    doubts,
    offered_groups,
    status,
    status_text,
    with_date,
    with_groups,
    with_kind,
    with_year,
)

SURE = Dated(PartialDate(2020, 1, 16), Source.NAME)
READ = Recognition(kind=Reading(Kind.MINUTES, Source.NAME))
GOOD = IntakeItem(
    Origin(Path("Zápis.doc")), "Zápis.doc", "Zápis.doc",
    kind=Kind.MINUTES, groups=("g1",), dated=SURE, recognition=READ,
)  # fmt: skip
GROUPS = {"g1": Group("g1", "Péče"), "g2": Group("g2", "Prevence")}


def test_a_row_without_doubt_is_new() -> None:
    assert status(GOOD) is Status.NEW
    assert status_text(GOOD, GROUPS) == status_text(replace(GOOD, take=False), GROUPS)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (replace(GOOD, groups=()), (Doubt.GROUP,)),
        (replace(GOOD, groups=(), kind=Kind.PLAN), ()),
        (replace(GOOD, dated=None), (Doubt.DATE,)),
        (replace(GOOD, dated=Dated(PartialDate(None, 3, 6))), (Doubt.YEAR,)),
        (replace(GOOD, dated=replace(SURE, certainty=Certainty.UNCERTAIN)), (Doubt.UNCERTAIN_DATE,)),
        (replace(GOOD, dated=replace(SURE, certainty=Certainty.INFERRED)), ()),
        (replace(GOOD, kind=Kind.OTHER, recognition=Recognition()), (Doubt.KIND,)),
        (
            replace(GOOD, groups=(), new_groups=("Bydlení",), recognition=replace(READ, proposed=("Bydlení",))),
            (Doubt.NEW_GROUP,),
        ),
        (
            replace(
                GOOD,
                recognition=replace(READ, groups=Reading(("g1",), Source.NAME, Certainty.UNCERTAIN)),
            ),
            (Doubt.UNCERTAIN_GROUP,),
        ),
    ],
)
def test_doubts(item: IntakeItem, expected: tuple[Doubt, ...]) -> None:
    assert doubts(item) == expected
    assert status(item) is (Status.CHECK if expected else Status.NEW)
    for doubt in expected:
        assert doubt_text(doubt) in status_text(item, GROUPS)


def test_a_duplicate_can_be_taken_only_when_it_joins_a_group() -> None:
    known = replace(GOOD, state=ItemState.DUPLICATE, duplicate_of="d", take=False)
    joins = replace(known, joins=("g2",), take=True)
    assert (status(known), status(joins)) == (Status.DUPLICATE, Status.JOINS)
    assert (can_be_taken(known), can_be_taken(joins)) == (False, True)
    assert not can_be_edited(joins)
    assert "Prevence" in status_text(joins, GROUPS)
    assert status_text(known, GROUPS) != status_text(replace(known, duplicate_of=None, duplicate_item=0), GROUPS)


def test_a_refused_file_says_why() -> None:
    refused = replace(GOOD, state=ItemState.REFUSED, refusal=Refusal.PASSWORD, take=False)
    assert status(refused) is Status.REFUSED
    assert not can_be_taken(refused)
    other = replace(refused, refusal=Refusal.BOMB)
    assert status_text(refused, GROUPS) != status_text(other, GROUPS)


def test_a_typed_year_keeps_day_and_month() -> None:
    assert with_year(replace(GOOD, dated=Dated(PartialDate(None, 3, 6))), 2019).dated == Dated(PartialDate(2019, 3, 6))
    assert with_year(GOOD, 2018).dated == Dated(PartialDate(2018, 1, 16))
    assert with_year(replace(GOOD, dated=None), 2019).dated == Dated(PartialDate(2019))
    assert with_year(replace(GOOD, dated=Dated(PartialDate(2020, 2, 29))), 2019).dated == Dated(PartialDate(2019))


def test_what_the_clerk_sets_is_no_longer_in_doubt() -> None:
    lost = replace(
        GOOD, kind=Kind.OTHER, groups=(), dated=None, new_groups=("Bydlení",),
        recognition=Recognition(proposed=("Bydlení",)),
    )  # fmt: skip
    assert set(doubts(lost)) == {Doubt.KIND, Doubt.NEW_GROUP, Doubt.DATE}
    found = with_groups(with_date(with_kind(lost, Kind.OTHER), PartialDate(2020)), (), ("Bydlení",))
    assert doubts(found) == ()
    assert found.new_groups == ("Bydlení",)


def test_confirming_keeps_the_values_and_takes_the_doubts() -> None:
    item = replace(
        GOOD, dated=replace(SURE, certainty=Certainty.UNCERTAIN), new_groups=("Bydlení",),
        recognition=replace(READ, proposed=("Bydlení",)),
    )  # fmt: skip
    right = confirmed(item)
    assert doubts(right) == ()
    assert (right.kind, right.groups, right.new_groups) == (item.kind, item.groups, item.new_groups)
    assert right.dated == Dated(SURE.date, Source.CLERK)


def test_a_proposed_group_that_was_refused_is_offered_again() -> None:
    item = replace(GOOD, recognition=replace(READ, proposed=("Bydlení",)))
    assert offered_groups(item) == ("Bydlení",)
    assert offered_groups(replace(item, new_groups=("Bydlení",))) == ()


def test_a_file_that_came_twice_is_not_called_one_of_the_archive() -> None:
    again = replace(GOOD, state=ItemState.DUPLICATE, duplicate_item=0, joins=("g2",))
    assert status_text(again, GROUPS) == "v tomto příjmu dvakrát, přidá se do Prevence"
    assert status_text(replace(again, duplicate_of="d"), GROUPS) == "už v archivu, přidá se do Prevence"


def test_a_zip_that_nobody_could_look_into_says_why_and_is_to_be_checked() -> None:
    closed = replace(GOOD, kind=Kind.YEAR_ZIP, refusal=Refusal.DAMAGED_ZIP)
    assert status(closed) is Status.CHECK
    assert status_text(closed, GROUPS) == "zůstane zabalený: ZIP je v tomto místě poškozený"
    assert status(confirmed(closed)) is Status.NEW
    assert status_text(confirmed(closed), GROUPS) == "nový"


def test_where_the_text_says_otherwise_the_state_says_of_what() -> None:
    home: tuple[str, ...] = ("g1",)
    groups = Reading(home, Source.NAME, Certainty.UNCERTAIN, f"PS Péče{CONTRADICTION}PS Prevence")
    day = Reading(SURE.date, Source.NAME, Certainty.UNCERTAIN, f"16. 1. 2020{CONTRADICTION}1. 6. 2020")
    odd = replace(
        GOOD,
        dated=replace(SURE, certainty=Certainty.UNCERTAIN),
        recognition=replace(READ, groups=groups, date=day),
    )
    assert status_text(odd, GROUPS) == "v textu jiná skupina, v textu jiné datum"
