"""A drop that is planned again, for a password or another reading of names, while the sheet stays open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.intake.planning import FileAs, IntakeItem, IntakePlan, ItemState, Lesson, Origin
from kpss_desktop.model import Dated, Group, Kind, PartialDate, Source
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.jobs import Jobs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

GROUPS = (Group("g1", "Péče"), Group("g2", "Prevence", colour=1))


def row(name: str) -> IntakeItem:
    """A file of a day, of which no group is known."""
    date = Dated(PartialDate(2020, 1, 16), Source.NAME)
    return IntakeItem(Origin(Path(name)), name, name, 1000, name, kind=Kind.MINUTES, dated=date)


PLAN = IntakePlan((row("Zápis Domovinka 16. 1. 2020.doc"), row("Zápis 16. 1. 2020.doc")))


def first_of(sheet: IntakeSheet) -> IntakeItem:
    """The row that is spoken of, wherever it is seen."""
    return next(item for item in sheet.plan.items if "Domovinka" in item.name)


def correct(sheet: IntakeSheet, qtbot: QtBot) -> None:
    """Say that the first file is an invitation."""
    place = sheet.plan.items.index(first_of(sheet))
    sheet.rows.edits.set_kind(sheet.rows.rows_of([place]), Kind.INVITATION)
    qtbot.waitUntil(lambda: first_of(sheet).kind is Kind.INVITATION)


def test_a_correction_stays_also_of_a_row_that_a_lesson_has_made_clearer(qtbot: QtBot) -> None:
    sheet = IntakeSheet(GROUPS)
    qtbot.addWidget(sheet)
    sheet.finish(PLAN)
    correct(sheet, qtbot)
    sheet.teaching._learn(Lesson("Domovinka", "g1"))
    assert first_of(sheet).groups == ("g1",)
    assert sheet.rows.tally().changed == 1
    sheet.start_again()
    sheet.finish(PLAN)
    assert first_of(sheet).kind is Kind.INVITATION
    assert first_of(sheet).groups == ("g1",)


def test_what_was_recognised_again_for_the_rows_of_before_is_not_told_to_those_that_come(
    jobs: Jobs, qtbot: QtBot
) -> None:
    sheet = IntakeSheet(GROUPS, jobs=jobs)
    qtbot.addWidget(sheet)
    sheet.finish(PLAN)
    correct(sheet, qtbot)
    sheet.teaching._learn(Lesson("Domovinka", "g1"))  # is answered after the drop was begun anew
    sheet.start_again()
    qtbot.waitUntil(lambda: not jobs.awaits("recognise again"))
    assert sheet.rows.rowCount() == 0
    sheet.finish(IntakePlan((row("Z hesla 5. 5. 2021.doc"), *PLAN.items)))
    qtbot.waitUntil(lambda: first_of(sheet).groups == ("g1",))
    assert [item.kind for item in sheet.plan.items] == [Kind.OTHER, Kind.INVITATION, Kind.MINUTES]
    sheet.end()


def similar(item: IntakeItem, target: str) -> IntakeItem:
    """The row when it is nearly the same as another document."""
    return replace(item, state=ItemState.SIMILAR, similar_to=target, resembles=f"{target}.doc")


def test_what_the_clerk_said_of_a_likeness_stays_as_long_as_the_likeness(qtbot: QtBot) -> None:
    sheet = IntakeSheet(GROUPS)
    qtbot.addWidget(sheet)
    first, second, third = (*PLAN.items, row("Zápis 17. 1. 2020.doc"))
    sheet.finish(IntakePlan((similar(first, "d1"), similar(second, "d2"), similar(third, "d3"))))
    sheet.rows.edits.choose([0, 1], FileAs.VERSION)
    sheet.rows.edits.choose([2], FileAs.OWN)
    qtbot.waitUntil(lambda: [item.belongs_to for item in sheet.plan.items] == ["d1", "d2", None])
    sheet.start_again()
    sheet.finish(IntakePlan((similar(first, "d1"), similar(second, "of the ZIP"), similar(third, "d3"))))
    assert [item.belongs_to for item in sheet.plan.items] == ["d1", None, None]
    assert [item.state for item in sheet.plan.items] == [ItemState.SIMILAR, ItemState.SIMILAR, ItemState.NEW]
