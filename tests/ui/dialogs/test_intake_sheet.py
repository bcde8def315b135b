"""The review sheet with real events: filters, ticks, edits in place and of many rows, and the plan it gives back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake.planning import IntakeItem, IntakePlan, ItemState, Origin, plan_intake
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.model import Certainty, Dated, Group, Kind, PartialDate, Reading, Recognition, Source
from kpss_desktop.progress import silent
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.sheet_model import Column
from kpss_desktop.ui.dialogs.sheet_rows import Status
from kpss_desktop.ui.jobs import Jobs
from tests import keyboard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

GROUPS = (Group("g1", "Péče"), Group("g2", "Prevence", colour=1))


def row(name: str, **changes: object) -> IntakeItem:
    """Minutes of Péče of 16. 1. 2020, but for the changes."""
    good = IntakeItem(
        Origin(Path(name)), f"2020.zip!{name}", name, 1000, "0" * 64,
        kind=Kind.MINUTES, groups=("g1",), dated=Dated(PartialDate(2020, 1, 16), Source.NAME),
        recognition=Recognition(kind=Reading(Kind.MINUTES, Source.NAME)),
    )  # fmt: skip
    return replace(good, **changes)  # type: ignore[arg-type]


PLAN = IntakePlan(
    (
        row("Zápis 10.doc"),
        row("Zápis 2.doc"),
        row("Známý.doc", state=ItemState.DUPLICATE, duplicate_of="d", take=False),
        row("Společný.doc", state=ItemState.DUPLICATE, duplicate_of="e", joins=("g2",)),
        row("Heslo.zip", state=ItemState.REFUSED, refusal=Refusal.PASSWORD, take=False),
        row(
            "Zápis 6 3.doc",
            dated=Dated(PartialDate(None, 3, 6), Source.NAME, Certainty.INFERRED),
            groups=(),
            new_groups=("Bydlení",),
            recognition=Recognition(kind=Reading(Kind.MINUTES, Source.NAME), proposed=("Bydlení",)),
        ),
    )
)


@pytest.fixture
def sheet(qtbot: QtBot) -> IntakeSheet:
    """A sheet with the rows of PLAN, on the screen."""
    made = IntakeSheet(GROUPS)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.finish(PLAN)
    return made


def show(sheet: IntakeSheet, plan: IntakePlan) -> None:
    """Show other rows instead, as clear as they will be."""
    sheet.start_again()
    sheet.finish(plan)


def names(sheet: IntakeSheet) -> list[str]:
    """The names of the rows as they are seen."""
    model = sheet.view.model()
    return [model.index(number, Column.FILE).data() for number in range(model.rowCount())]


def cell(sheet: IntakeSheet, name: str, column: Column) -> QModelIndex:
    """A cell by the name of its file."""
    return sheet.view.model().index(names(sheet).index(name), column)


def select(sheet: IntakeSheet, *wanted: str) -> None:
    """Select rows by the names of their files."""
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    sheet.view.selectionModel().clearSelection()
    for name in wanted:
        sheet.view.selectionModel().select(cell(sheet, name, Column.FILE), flags)


def item(sheet: IntakeSheet, name: str) -> IntakeItem:
    """A row of the plan as it is now."""
    return next(one for one in sheet.plan.items if one.name == name)


def test_while_planning_there_is_only_progress(qtbot: QtBot) -> None:
    sheet = IntakeSheet(GROUPS)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.progress.show_progress(3, None, "Zápis.doc")
    assert sheet.progress.doing.isVisible()
    assert "3" in sheet.progress.doing.text()
    assert "Zápis.doc" in sheet.progress.doing.text()
    assert not sheet._file.isEnabled()
    with qtbot.waitSignal(sheet.rejected):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)


def test_problems_come_first_and_names_in_czech_order(sheet: IntakeSheet) -> None:
    assert names(sheet)[:2] == ["Zápis 6 3.doc", "Heslo.zip"]
    sheet.view.sortByColumn(Column.FILE, Qt.SortOrder.AscendingOrder)
    expected = ["Heslo.zip", "Společný.doc", "Zápis 2.doc", "Zápis 6 3.doc", "Zápis 10.doc", "Známý.doc"]
    assert names(sheet) == expected


def test_filters_count_and_show_their_rows(sheet: IntakeSheet) -> None:
    chips = sheet.filter._chips
    assert [chip.text().split()[-1] for chip in chips.values()] == ["6", "1", "3", "2", "1"]
    sheet.filter.press(frozenset({Status.FURTHER, Status.JOINS, Status.DUPLICATE}))
    assert sorted(names(sheet)) == ["Společný.doc", "Známý.doc"]
    sheet.filter.press(frozenset(Status))
    assert len(names(sheet)) == 6


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 dokument"), (2, "2 dokumenty"), (5, "5 dokumentů")],
)
def test_the_button_says_how_many_with_the_right_plural(sheet: IntakeSheet, count: int, words: str) -> None:
    show(sheet, IntakePlan(tuple(row(f"Zápis {number}.doc") for number in range(count))))
    assert sheet._file.text() == f"Zařadit {words}"


def test_nothing_ticked_nothing_to_file(sheet: IntakeSheet) -> None:
    sheet.rows.edits.take(range(len(PLAN.items)), taken=False)
    assert not sheet._file.isEnabled()


def test_space_ticks_all_selected_rows_but_not_what_cannot_be_taken(sheet: IntakeSheet) -> None:
    select(sheet, "Zápis 10.doc", "Zápis 2.doc", "Heslo.zip", "Známý.doc")
    QTest.keyClick(sheet.view, Qt.Key.Key_Space)
    QTest.keyClick(sheet.view, Qt.Key.Key_Space)
    taken = {one.name for one in sheet.plan.items if one.take}
    assert taken == {"Zápis 10.doc", "Zápis 2.doc", "Společný.doc", "Zápis 6 3.doc"}


def test_a_kind_is_chosen_in_place(sheet: IntakeSheet) -> None:
    index = cell(sheet, "Zápis 2.doc", Column.KIND)
    sheet.view.setCurrentIndex(index)
    QTest.keyClick(sheet.view, Qt.Key.Key_Return)
    editor = sheet.view.findChild(QComboBox)
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData(Kind.INVITATION.value))
    editor.activated.emit(editor.currentIndex())
    assert item(sheet, "Zápis 2.doc").kind is Kind.INVITATION
    assert item(sheet, "Zápis 10.doc").kind is Kind.MINUTES


@pytest.mark.parametrize(
    ("typed", "date"),
    [("7. 5. 2020", PartialDate(2020, 5, 7)), ("březen 2019", PartialDate(2019, 3)), ("2018", PartialDate(2018))],
)
def test_a_date_is_typed_in_place(sheet: IntakeSheet, typed: str, date: PartialDate, qtbot: QtBot) -> None:
    sheet.view.setCurrentIndex(cell(sheet, "Zápis 2.doc", Column.DATE))
    QTest.keyClick(sheet.view, Qt.Key.Key_F2)
    editor = sheet.view.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    keyboard.type_text(editor, typed)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: item(sheet, "Zápis 2.doc").dated == Dated(date))


def test_what_is_no_date_changes_nothing(sheet: IntakeSheet, qtbot: QtBot) -> None:
    sheet.view.setCurrentIndex(cell(sheet, "Zápis 2.doc", Column.DATE))
    QTest.keyClick(sheet.view, Qt.Key.Key_F2)
    editor = sheet.view.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    keyboard.type_text(editor, "příští týden")
    assert editor.toolTip()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.view.state() is QAbstractItemView.State.NoState)
    assert item(sheet, "Zápis 2.doc") == PLAN.items[1]


def test_looking_at_a_date_does_not_confirm_it(sheet: IntakeSheet, qtbot: QtBot) -> None:
    sheet.view.setCurrentIndex(cell(sheet, "Zápis 6 3.doc", Column.DATE))
    QTest.keyClick(sheet.view, Qt.Key.Key_F2)
    editor = sheet.view.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.view.state() is QAbstractItemView.State.NoState)
    assert item(sheet, "Zápis 6 3.doc") == PLAN.items[5]


def test_groups_are_ticked_in_a_popup_and_a_new_one_is_named(sheet: IntakeSheet) -> None:
    sheet.view.setCurrentIndex(cell(sheet, "Zápis 2.doc", Column.GROUPS))
    QTest.keyClick(sheet.view, Qt.Key.Key_Return)
    picker = sheet.view._picker
    assert picker.isVisible()
    QTest.keyClick(picker._list, Qt.Key.Key_Down)
    QTest.keyClick(picker._list, Qt.Key.Key_Space)
    keyboard.type_text(picker._new, "Děti a mládež")
    QTest.keyClick(picker._new, Qt.Key.Key_Return)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert not picker.isVisible()
    changed = item(sheet, "Zápis 2.doc")
    assert (changed.groups, changed.new_groups) == (("g1", "g2"), ("Děti a mládež",))


def test_escape_in_the_popup_changes_nothing(sheet: IntakeSheet) -> None:
    sheet.view.setCurrentIndex(cell(sheet, "Zápis 2.doc", Column.GROUPS))
    QTest.keyClick(sheet.view, Qt.Key.Key_Return)
    QTest.keyClick(sheet.view._picker._list, Qt.Key.Key_Space)
    QTest.keyClick(sheet.view._picker, Qt.Key.Key_Escape)
    assert sheet.plan == PLAN


def test_a_click_on_a_name_ticks_it_once(sheet: IntakeSheet) -> None:
    sheet.view.edit(cell(sheet, "Zápis 2.doc", Column.GROUPS))
    rows = sheet.view._picker._list
    place = rows.visualItemRect(rows.item(1)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    sheet.view._picker.hide()
    assert item(sheet, "Zápis 2.doc").groups == ("g1", "g2")


def test_a_known_document_is_not_edited(sheet: IntakeSheet) -> None:
    for column in (Column.KIND, Column.GROUPS, Column.DATE):
        index = cell(sheet, "Známý.doc", column)
        assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    sheet.view.edit(cell(sheet, "Známý.doc", Column.GROUPS))
    assert not sheet.view._picker.isVisible()


def test_many_rows_change_at_once(sheet: IntakeSheet) -> None:
    select(sheet, "Zápis 10.doc", "Zápis 6 3.doc", "Známý.doc")
    kinds = sheet.bulk._kind
    kinds.activated.emit(kinds.findData(Kind.ATTENDANCE.value))
    keyboard.type_text(sheet.bulk._date, "2019")
    QTest.keyClick(sheet.bulk._date, Qt.Key.Key_Return)
    sheet.bulk._pick.click()
    QTest.keyClick(sheet.bulk._picker._list, Qt.Key.Key_Down)
    QTest.keyClick(sheet.bulk._picker._list, Qt.Key.Key_Space)
    QTest.keyClick(sheet.bulk._picker, Qt.Key.Key_Return)
    for name, date in (("Zápis 10.doc", PartialDate(2019, 1, 16)), ("Zápis 6 3.doc", PartialDate(2019, 3, 6))):
        changed = item(sheet, name)
        assert changed.kind is Kind.ATTENDANCE
        assert changed.groups == ("g2",)
        assert changed.dated == Dated(date)
    assert item(sheet, "Známý.doc") == PLAN.items[2]
    assert item(sheet, "Zápis 2.doc") == PLAN.items[1]


def test_confirming_takes_rows_from_those_to_check(sheet: IntakeSheet) -> None:
    assert sheet.rows.tally().by_status[Status.CHECK] == 1
    select(sheet, "Zápis 6 3.doc")
    sheet.bulk.date_typed.emit(PartialDate(2020))
    sheet.bulk.confirmed.emit()
    assert sheet.rows.tally().by_status[Status.CHECK] == 0
    assert names(sheet)[0] == "Zápis 6 3.doc"  # it does not jump away under the clerk's hand


def test_the_bar_says_how_many_rows_it_reaches(sheet: IntakeSheet) -> None:
    select(sheet, "Zápis 10.doc", "Zápis 2.doc")
    assert "2" in sheet.bulk._label.text()
    assert sheet.bulk._kind.isEnabled()
    sheet.view.selectionModel().clearSelection()
    assert not sheet.bulk._kind.isEnabled()


def test_accepting_gives_the_plan_back_in_its_own_order(sheet: IntakeSheet, qtbot: QtBot) -> None:
    select(sheet, "Zápis 10.doc")
    QTest.keyClick(sheet.view, Qt.Key.Key_Space)
    with qtbot.waitSignal(sheet.plan_accepted) as told:
        sheet._file.click()
    assert told.args is not None
    plan = told.args[0]
    assert [one.name for one in plan.items] == [one.name for one in PLAN.items]
    assert [one.take for one in plan.items] == [False, True, False, True, False, True]
    assert plan.items[1:] == PLAN.items[1:]


def test_return_in_the_table_edits_and_files_nothing(sheet: IntakeSheet, qtbot: QtBot) -> None:
    sheet.view.setCurrentIndex(cell(sheet, "Heslo.zip", Column.FILE))
    with qtbot.assertNotEmitted(sheet.plan_accepted):
        QTest.keyClick(sheet.view, Qt.Key.Key_Return)
    assert sheet.isVisible()


def test_every_value_says_where_it_was_read(sheet: IntakeSheet) -> None:
    tip = cell(sheet, "Zápis 6 3.doc", Column.DATE).data(Qt.ItemDataRole.ToolTipRole)
    spoken = cell(sheet, "Zápis 6 3.doc", Column.DATE).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert tip == spoken
    assert tip != cell(sheet, "Zápis 2.doc", Column.DATE).data(Qt.ItemDataRole.ToolTipRole)
    assert cell(sheet, "Zápis 6 3.doc", Column.DATE).data(Qt.ItemDataRole.DecorationRole) is not None
    assert cell(sheet, "Zápis 2.doc", Column.DATE).data(Qt.ItemDataRole.DecorationRole) is None


def test_thousands_of_rows_are_sorted_and_filtered(sheet: IntakeSheet, qtbot: QtBot) -> None:
    many = tuple(row(f"Zápis {number}.doc", take=number % 2 == 0) for number in range(5000))
    show(sheet, IntakePlan(many))
    sheet.view.sortByColumn(Column.FILE, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: names(sheet)[0] == "Zápis 4999.doc")
    assert sheet.rows.tally().taken == 2500


def test_the_chosen_file_is_seen_beside_the_rows(archive: Archive, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> None:
    for name, text in (("Zápis PS Péče 3 3 2021.txt", "o dluzích"), ("Zápis PS Péče 4 4 2021.txt", "o bydlení")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    sheet = IntakeSheet(GROUPS, jobs=jobs)
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
    show(sheet, plan_intake(archive, sorted(tmp_path.glob("*.txt")), silent))
    beside = sheet.beside
    assert beside is not None
    assert not beside.pane.isVisible()
    select(sheet, "Zápis PS Péče 4 4 2021.txt")
    QTest.keyClick(sheet.view, Qt.Key.Key_F4)
    assert beside.pane.isVisible()
    qtbot.waitUntil(lambda: "o bydlení" in beside.pane.views.paper.toPlainText())
    select(sheet, "Zápis PS Péče 3 3 2021.txt")
    qtbot.waitUntil(lambda: "o dluzích" in beside.pane.views.paper.toPlainText())
    select(sheet, "Zápis PS Péče 3 3 2021.txt", "Zápis PS Péče 4 4 2021.txt")
    assert "2" in beside.pane.views.message.sentence
    sheet.reject()
    assert beside.pane.preview is None


def spoken(sheet: IntakeSheet, name: str, column: Column) -> tuple[str, str]:
    """What a screen reader says of a cell: its name and its description."""
    table = QAccessible.queryAccessibleInterface(sheet.view)
    assert table is not None
    columns = len(Column) + 1  # those of the model and the heading of the row
    of_cell = table.child((names(sheet).index(name) + 1) * columns + 1 + column)
    assert of_cell is not None
    return of_cell.text(QAccessible.Text.Name), of_cell.text(QAccessible.Text.Description)


def test_a_screen_reader_says_what_a_cell_holds_and_where_it_was_read(sheet: IntakeSheet) -> None:
    assert spoken(sheet, "Zápis 6 3.doc", Column.FILE)[0] == "Zápis 6 3.doc"
    value, where = spoken(sheet, "Zápis 6 3.doc", Column.DATE)
    assert value == "6. 3."
    assert where.startswith("z názvu souboru")
    assert spoken(sheet, "Zápis 2.doc", Column.KIND) == ("zápis", "z názvu souboru")
    assert spoken(sheet, "Zápis 2.doc", Column.TAKE)[0] == "Přijmout"
    assert "heslem" in spoken(sheet, "Heslo.zip", Column.STATE)[0]


def test_keys_show_where_the_values_of_a_row_were_read(sheet: IntakeSheet) -> None:
    sheet.view.setCurrentIndex(cell(sheet, "Zápis 6 3.doc", Column.FILE))
    assert "Druh: z názvu souboru" in sheet.sources.text()
    assert "Datum: z názvu souboru" in sheet.sources.text()
    for _step in range(Column.DATE - Column.FILE):
        QTest.keyClick(sheet.view, Qt.Key.Key_Right)
    assert sheet.sources.text().startswith("Datum: z názvu souboru")
    assert "Druh" not in sheet.sources.text()
    sheet.bulk.date_typed.emit(PartialDate(2019))
    assert "z názvu souboru" not in sheet.sources.text()


def test_the_chips_above_the_rows_are_walked_by_arrows(sheet: IntakeSheet) -> None:
    chips = list(sheet.filter._chips.values())
    chips[0].setFocus()
    QTest.keyClick(chips[0], Qt.Key.Key_Right)
    assert names(sheet) == ["Zápis 6 3.doc"]
    QTest.keyClick(chips[1], Qt.Key.Key_Left)
    assert len(names(sheet)) == len(PLAN.items)


@pytest.mark.parametrize(
    ("name", "evidence", "words"),
    [
        ("PS Prezenční Listina.doc", "prezencni listina", "Prezenční Listina"),
        ("Bez názvu.doc", "účastníci", "účastníci"),
    ],
)
def test_the_words_a_kind_was_read_from_are_shown_as_they_are_written(
    sheet: IntakeSheet, name: str, evidence: str, words: str
) -> None:
    read = Recognition(kind=Reading(Kind.ATTENDANCE, Source.NAME, evidence=evidence))
    show(sheet, IntakePlan((row(name, recognition=read),)))
    tip = cell(sheet, name, Column.KIND).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"z názvu souboru: „{words}“"
