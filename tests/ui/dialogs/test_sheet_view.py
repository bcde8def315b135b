"""The table of the review sheet by keyboard alone, on small screens, and as a screen reader tells it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QContextMenuEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.intake.planning import IntakeItem, IntakePlan, ItemState, Origin
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.model import Certainty, Dated, Group, Kind, PartialDate, Reading, Recognition, Source
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.sheet_delegates import two_lines
from kpss_desktop.ui.dialogs.sheet_model import Column
from kpss_desktop.ui.status import StatusBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

GROUPS = (Group("g1", "Péče"), Group("g2", "Prevence", colour=1))
KIND = Reading(Kind.MINUTES, Source.NAME)


def row(name: str) -> IntakeItem:
    """Minutes of Péče that nobody doubts."""
    return IntakeItem(
        Origin(Path(name)), f"disk/{name}", name,
        kind=Kind.MINUTES, groups=("g1",), dated=Dated(PartialDate(2020, 1, 16), Source.NAME),
        recognition=Recognition(kind=KIND),
    )  # fmt: skip


EITHER = replace(
    row("Zápis PS Rodina.doc"),
    groups=(),
    recognition=Recognition(kind=KIND, groups=Reading(("g1", "g2"), Source.NAME, Certainty.UNCERTAIN, "PS Rodina")),
)
LOCKED = replace(row("tajné.doc"), state=ItemState.REFUSED, refusal=Refusal.PASSWORD, take=False)


@pytest.fixture
def sheet(qtbot: QtBot) -> IntakeSheet:
    made = IntakeSheet(GROUPS)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.finish(IntakePlan((EITHER, LOCKED, row("Zápis 1.doc"), row("Zápis 2.doc"))))
    return made


def focus_after(presses: int) -> QWidget:
    """Where the keys go after so many presses of Tab."""
    for _press in range(presses):
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, Qt.Key.Key_Tab)
    reached = QApplication.focusWidget()
    assert reached is not None
    return reached


def test_tab_leads_from_the_rows_to_the_bar_that_changes_them(sheet: IntakeSheet) -> None:
    sheet.view.setFocus()
    assert focus_after(1) is sheet.bulk._kind
    assert sheet.view.currentIndex().row() == 0


def test_tab_goes_round_the_whole_sheet(sheet: IntakeSheet) -> None:
    sheet.view.setFocus()
    reached = {focus_after(1) for _stop in range(10)}
    assert {sheet.view, sheet.bulk._pick, sheet.bulk._date, sheet._file} <= reached


def test_the_menu_asked_for_by_keys_opens_at_the_row(sheet: IntakeSheet, qtbot: QtBot) -> None:
    sheet.view.setCurrentIndex(sheet.rows.index(2, Column.FILE))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), sheet.view.mapToGlobal(QPoint(0, 0)))
    with qtbot.waitSignal(sheet.view.menu_wanted) as told:
        QApplication.sendEvent(sheet.view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    cell = sheet.view.visualRect(sheet.rows.index(2, Column.FILE))
    assert told.args == [sheet.view.viewport().mapToGlobal(cell.bottomLeft())]


def test_the_menu_takes_rows_back_in_that_were_left_out(sheet: IntakeSheet) -> None:
    sheet.view.selectRow(2)
    sheet.rows.edits.take([2], taken=False)
    sheet._show_menu(QPoint(0, 0))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "&Přijmout").trigger()
    menu.close()
    assert sheet.rows.item(2).take


def test_a_word_that_means_two_groups_asks_which(sheet: IntakeSheet) -> None:
    assert sheet.rows.index(0, Column.STATE).data() == "která skupina: Péče, Prevence?"
    assert sheet.rows.index(0, Column.GROUPS).data() == ""


def test_what_is_doubtful_is_said_first_below_the_rows(sheet: IntakeSheet) -> None:
    sheet.view.setCurrentIndex(sheet.rows.index(0, Column.FILE))
    assert sheet.sources.text().startswith("Stav: která skupina: Péče, Prevence?   Skupiny: z názvu souboru, nejisté")
    sheet.view.setCurrentIndex(sheet.rows.index(1, Column.STATE))
    assert sheet.sources.text() == "Stav: chráněno heslem, nelze přijmout"


def test_the_sheet_stays_on_a_small_screen_and_uses_a_large_window(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    for size, wanted in (((960, 700), (944, 672)), ((2000, 1100), (1800, 990))):
        window.resize(*size)
        sheet = IntakeSheet(GROUPS, window)
        assert (sheet.width(), sheet.height()) == wanted
        assert sheet.minimumSizeHint().width() <= 944


def test_the_bar_counts_only_rows_that_can_be_changed(sheet: IntakeSheet) -> None:
    sheet.view.selectAll()
    assert sheet.bulk._label.text() == "Pro 3 vybrané řádky:"
    sheet.view.selectRow(1)
    assert sheet.bulk._label.text() == "Tady není co měnit."
    assert not sheet.bulk._kind.isEnabled()


def test_leaving_warns_before_corrections_are_lost(sheet: IntakeSheet, qtbot: QtBot) -> None:
    sheet.rows.edits.set_kind([2, 3], Kind.PLAN)
    with qtbot.assertNotEmitted(sheet.rejected):
        QTest.keyClick(sheet.view, Qt.Key.Key_Escape)
    assert sheet.notice.says("Ztratilo by se, co jste změnili ve 2 řádcích.")
    sheet.notice.no.click()
    with qtbot.assertNotEmitted(sheet.rejected):
        sheet.close()
    assert sheet.isVisible()
    with qtbot.waitSignal(sheet.rejected):
        sheet.notice.yes.click()


def test_leaving_needs_no_warning_when_nothing_was_changed(sheet: IntakeSheet, qtbot: QtBot) -> None:
    sheet.rows.edits.set_kind([2], Kind.PLAN)
    sheet.rows.edits.change([2], lambda item: row(item.name))  # and back again
    with qtbot.waitSignal(sheet.rejected):
        QTest.keyClick(sheet.view, Qt.Key.Key_Escape)


def test_a_drop_of_nothing_says_so(qtbot: QtBot) -> None:
    sheet = IntakeSheet(GROUPS)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.finish(IntakePlan())
    assert sheet.notice.isVisible()
    assert sheet.notice.text.text() == "Není tu nic k přijetí."


def test_names_keep_their_room_beside_the_preview(sheet: IntakeSheet) -> None:
    date = sheet.fontMetrics().horizontalAdvance("10. 11. 2018") + 24  # with the sign of a date that is not sure
    for width, name in ((560, 150), (740, 180), (1100, 400)):
        sheet.view.resize(width, 300)
        assert sheet.view.columnWidth(Column.FILE) > name
        assert sheet.view.columnWidth(Column.DATE) > date


def test_columns_stay_as_wide_as_the_clerk_has_made_them(sheet: IntakeSheet) -> None:
    sheet.view.horizontalHeader().resizeSection(Column.GROUPS, 333)
    sheet.view.resize(sheet.view.width() - 100, 300)
    assert sheet.view.columnWidth(Column.GROUPS) == 333


def test_a_long_state_takes_two_lines(sheet: IntakeSheet) -> None:
    metrics: QFontMetrics = sheet.fontMetrics()
    text = "chráněno heslem, nelze přijmout"
    assert two_lines(text, metrics, 1000) == (text,)
    assert two_lines(text, metrics, metrics.horizontalAdvance("chráněno heslem, ne")) == (
        "chráněno heslem,",
        "nelze přijmout",
    )
    assert two_lines("Příliš-dlouhé-slovo", metrics, 20) == ("Příliš-dlouhé-slovo",)


def test_a_screen_reader_says_questions_and_what_came_of_the_work(
    sheet: IntakeSheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    sheet.notice.ask("Znamená „Pec“ vždy skupinu Péče?", "Zapamatovat", lambda: None)
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.say("Zařazeny 3 dokumenty.")
    assert said == ["Znamená „Pec“ vždy skupinu Péče?", "Zařazeny 3 dokumenty."]
