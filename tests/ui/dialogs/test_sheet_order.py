"""The order of the review sheet: problems on top while rows come, and nothing that jumps under the clerk's hands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.intake.planning import IntakeItem, IntakePlan, Origin
from kpss_desktop.model import Certainty, Dated, Group, Kind, PartialDate, Reading, Recognition, Source
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.sheet_model import Column
from kpss_desktop.ui.dialogs.sheet_rows import Status

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

TO_CHECK = frozenset({Status.CHECK, Status.SIMILAR})


def clear(name: str) -> IntakeItem:
    """A row that needs nobody."""
    return IntakeItem(
        Origin(Path(name)), name, name, 1000, "0" * 64,
        kind=Kind.MINUTES, groups=("g1",), dated=Dated(PartialDate(2020, 1, 16), Source.NAME),
        recognition=Recognition(kind=Reading(Kind.MINUTES, Source.NAME)),
    )  # fmt: skip


def doubtful(name: str) -> IntakeItem:
    """A row whose date is not sure."""
    return replace(clear(name), dated=Dated(PartialDate(2020, 1, 16), Source.NAME, Certainty.UNCERTAIN))


@pytest.fixture
def sheet(qtbot: QtBot) -> IntakeSheet:
    """A sheet that waits for its rows."""
    made = IntakeSheet((Group("g1", "Péče"),))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def names(sheet: IntakeSheet) -> list[str]:
    model = sheet.view.model()
    return [model.index(row, Column.FILE).data() for row in range(model.rowCount())]


def select(sheet: IntakeSheet, name: str) -> None:
    sheet.view.selectRow(names(sheet).index(name))


def selected(sheet: IntakeSheet) -> list[str]:
    return [names(sheet)[row] for row in sheet.view.selected_rows()]


def test_problems_rise_to_the_top_while_rows_come(sheet: IntakeSheet, qtbot: QtBot) -> None:
    sheet.take_rows([(0, clear("a")), (1, doubtful("b"))])
    qtbot.waitUntil(lambda: names(sheet) == ["b", "a"])
    sheet.take_rows([(2, clear("c")), (3, doubtful("d"))])
    qtbot.waitUntil(lambda: names(sheet) == ["b", "d", "a", "c"])
    sheet.take_rows([(0, doubtful("a")), (1, clear("b"))])
    qtbot.waitUntil(lambda: names(sheet) == ["a", "d", "b", "c"])
    assert sheet.busy
    assert sheet.view.horizontalHeader().sortIndicatorSection() == Column.STATE


def test_the_first_problem_is_chosen_when_all_have_come(sheet: IntakeSheet) -> None:
    rows = (clear("a"), doubtful("b"))
    sheet.take_rows(list(enumerate(rows)))
    sheet.finish(IntakePlan(rows))
    assert names(sheet) == ["b", "a"]
    assert selected(sheet) == ["b"]


def test_nothing_moves_once_a_row_was_chosen(sheet: IntakeSheet) -> None:
    sheet.take_rows([(0, clear("a")), (1, clear("b"))])
    select(sheet, "b")
    sheet.take_rows([(1, doubtful("b")), (2, doubtful("c"))])
    rows = (clear("a"), doubtful("b"), doubtful("c"), doubtful("d"))
    sheet.finish(IntakePlan(rows))
    assert names(sheet) == ["a", "b", "c", "d"]
    assert selected(sheet) == ["b"]
    header = sheet.view.horizontalHeader()
    assert header.sortIndicatorSection() == -1  # the rows are in no order now, and the heading claims none
    place = header.sectionViewportPosition(Column.STATE) + 10
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 5))
    assert names(sheet) == ["b", "c", "d", "a"]
    assert selected(sheet) == ["b"]


@pytest.mark.parametrize("hand", ["scroll", "edit", "tick"])
def test_whatever_she_does_with_the_rows_keeps_them_where_they_are(sheet: IntakeSheet, hand: str) -> None:
    many = [(number, clear(f"{number}")) for number in range(100)]
    sheet.take_rows(many)
    sheet.view.setCurrentIndex(sheet.rows.index(0, Column.DATE))
    sheet.view.clearSelection()
    if hand == "scroll":
        sheet.view.verticalScrollBar().triggerAction(sheet.view.verticalScrollBar().SliderAction.SliderPageStepAdd)
    elif hand == "edit":
        QTest.keyClick(sheet.view, Qt.Key.Key_F2)
    else:
        sheet.view.selectRow(3)
        QTest.keyClick(sheet.view, Qt.Key.Key_Space)
    seen = names(sheet)
    sheet.finish(IntakePlan((*(item for _place, item in many[:-1]), doubtful("99"))))
    assert names(sheet) == seen


def test_a_drop_that_is_planned_again_puts_problems_first_again(sheet: IntakeSheet) -> None:
    sheet.take_rows([(0, clear("a"))])
    select(sheet, "a")
    sheet.start_again()
    sheet.take_rows([(0, clear("a")), (1, doubtful("b"))])
    sheet.finish(IntakePlan((clear("a"), doubtful("b"))))
    assert names(sheet) == ["b", "a"]


def test_a_row_that_turns_out_to_be_a_problem_joins_those_to_check(sheet: IntakeSheet) -> None:
    sheet.take_rows([(0, clear("a")), (1, doubtful("b")), (2, clear("c"))])
    sheet.filter.press(TO_CHECK)
    assert names(sheet) == ["b"]
    sheet.take_rows([(2, doubtful("c")), (3, clear("d")), (4, doubtful("e"))])
    assert names(sheet) == ["b", "c", "e"]
    select(sheet, "b")
    sheet.bulk.confirmed.emit()
    assert names(sheet) == ["b", "c", "e"]  # it stays under her hand until she filters again
    sheet.filter.press(TO_CHECK)
    assert names(sheet) == ["c", "e"]
    assert [item.name for item in sheet.plan.items] == ["a", "b", "c", "d", "e"]


def test_what_a_filter_leaves_stays_selected_and_the_bar_counts_only_that(sheet: IntakeSheet) -> None:
    sheet.take_rows([(0, doubtful("a")), (1, clear("b")), (2, doubtful("c")), (3, doubtful("d"))])
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (0, 1, 3):
        sheet.view.selectionModel().select(sheet.rows.index(row, 0), flags)
    sheet.filter.press(TO_CHECK)
    assert selected(sheet) == ["a", "d"]
    assert "2" in sheet.bulk._label.text()
    sheet.bulk.kind_chosen.emit(Kind.PLAN)
    assert [item.kind is Kind.PLAN for item in sheet.plan.items] == [True, False, False, True]
    sheet.filter.press(frozenset({Status.REFUSED}))
    assert selected(sheet) == []
    assert not sheet.bulk._kind.isEnabled()


def test_thousands_of_rows_are_changed_at_once_and_only_then_filed(sheet: IntakeSheet, qtbot: QtBot) -> None:
    rows = tuple(doubtful(f"{number}") for number in range(5000))
    sheet.finish(IntakePlan(rows))
    sheet.view.selectAll()
    states = list[bool]()
    sheet.rows.edited.connect(lambda: states.append(sheet._file.isEnabled() and sheet.rows.edits.busy))
    sheet.bulk.kind_chosen.emit(Kind.PLAN)
    sheet.bulk.confirmed.emit()
    qtbot.waitUntil(lambda: not sheet.rows.edits.busy)
    assert {item.kind for item in sheet.plan.items} == {Kind.PLAN}
    assert sheet.rows.tally().by_status == {Status.NEW: 5000}
    assert not any(states)
    assert sheet._file.isEnabled()
    assert len(sheet.view.selected_rows()) == 5000
