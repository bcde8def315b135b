"""All by keyboard, every control named for screen readers, and the focus is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.intake.filing import IntakeReport
from kpss_desktop.archive.trust.tracing import Finding, Repair, Trouble
from kpss_desktop.model import Group
from kpss_desktop.settings import Settings
from kpss_desktop.ui import theme
from kpss_desktop.ui.chips import Chip
from kpss_desktop.ui.dialogs.about import AboutDialog
from kpss_desktop.ui.dialogs.backup import BackupDialog
from kpss_desktop.ui.dialogs.bundle import BundleDialog
from kpss_desktop.ui.dialogs.export_year import ExportYearDialog
from kpss_desktop.ui.dialogs.group import GroupDialog
from kpss_desktop.ui.dialogs.help import HelpDialog
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.new_archive import NewArchiveDialog
from kpss_desktop.ui.dialogs.report import ReportDialog
from kpss_desktop.ui.dialogs.restore import RestoreDialog
from kpss_desktop.ui.dialogs.settings import SettingsDialog
from kpss_desktop.ui.dialogs.verify_report import VerifyReportDialog
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.workplace import Workplace
from tests import keyboard

FINDINGS = (
    Finding(Trouble.MISSING, "Péče/2020/a.doc", document_id="a", repairs=(Repair.TRASH_ROW, Repair.RESTORE)),
    Finding(Trouble.MISSING, "Péče/2020/b.doc", document_id="b", repairs=(Repair.TRASH_ROW, Repair.RESTORE)),
    Finding(Trouble.ORPHANED, "Péče/2020/c.doc", repairs=(Repair.TAKE_IN,)),
)

SMALL_SCREEN = (944, 452)
"""What 1920x1080 at 200 % leaves for a dialog beside a task bar, a title bar and edges."""

DIALOGS: dict[str, Callable[[MainWindow, Path], QDialog]] = {
    "about": lambda window, _folder: AboutDialog(window),
    "backup": lambda window, _folder: BackupDialog(window.desk.jobs, None, window),
    "bundle": lambda window, folder: BundleDialog(window.desk.jobs, window.desk.selection, folder, "", window),
    "export": lambda window, folder: ExportYearDialog(window.desk.jobs, groups(window), years(window), folder, window),
    "group": lambda window, _folder: GroupDialog(Group("x", "Děti"), groups(window), window),
    "help": lambda window, _folder: HelpDialog(window),
    "intake": lambda window, _folder: IntakeSheet(groups(window), window),
    "new archive": lambda window, folder: NewArchiveDialog(folder, window),
    "report": lambda window, _folder: ReportDialog(IntakeReport(()), window),
    "restore": lambda window, folder: RestoreDialog(window.desk.jobs, folder, folder, window),
    "settings": lambda window, _folder: SettingsDialog(Settings(), window),
    "verify": lambda window, _folder: VerifyReportDialog(window.desk.jobs, FINDINGS, lambda: None, None, window),
}


def groups(window: MainWindow) -> tuple[Group, ...]:
    assert window.desk.place.overview is not None
    return tuple(window.desk.place.overview.groups.values())


def years(window: MainWindow) -> dict[tuple[str, int], int]:
    assert window.desk.place.overview is not None
    return dict(window.desk.place.overview.counts.by_group_year)


def nameless(root: QWidget) -> list[str]:
    """Controls that keys can reach and of which a screen reader could say nothing."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        spoken = [interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Value)] if interface else []
        inner = widget.focusProxy() is not None or widget.objectName().startswith("qt_")
        if not any(spoken) and not inner:
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_all_of_the_window_is_named(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    place.table.selectRow(0)
    qtbot.waitUntil(lambda: place.preview.preview is not None)
    assert nameless(window) == []


def test_all_of_the_start_page_is_named(window: MainWindow, tmp_path: Path) -> None:
    window.start.show_recent([str(tmp_path)])
    assert nameless(window) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_all_of_a_dialog_is_named_and_closed_by_escape(
    qtbot: QtBot, window: MainWindow, place: Workplace, tmp_path: Path, name: str
) -> None:
    place.table.selectRow(0)
    qtbot.waitUntil(lambda: bool(window.desk.selection))
    dialog = DIALOGS[name](window, tmp_path)
    dialog.open()
    qtbot.waitExposed(dialog)
    assert nameless(dialog) == []
    assert dialog.windowTitle()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    keyboard.press(QApplication.focusWidget() or window, key, modifier)


def chosen(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    """The first document is selected, and keys go to the table."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    place.table.setFocus()
    place.table.selectRow(0)
    qtbot.waitUntil(lambda: bool(place.selection))


def test_the_keys_of_a_document(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    chosen(qtbot, window, place)
    control = Qt.KeyboardModifier.ControlModifier
    press(window, Qt.Key.Key_T, control)
    assert place.inspector.tags.line.hasFocus()
    place.table.setFocus()
    press(window, Qt.Key.Key_Space)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert place.preview.isAncestorOf(focus)
    place.table.setFocus()
    press(window, Qt.Key.Key_F2)
    dialog = window.findChildren(QInputDialog)[0]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    chosen(qtbot, window, place)
    rows = place.table.rows.rowCount()
    press(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == rows - 1)
    qtbot.waitUntil(window.actions_["undo"].isEnabled)
    press(window, Qt.Key.Key_Z, control)
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == rows)
    qtbot.waitUntil(window.actions_["redo"].isEnabled)
    window.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == rows - 1)


def test_enter_opens_the_chosen_document(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    chosen(qtbot, window, place)
    place.table.opened.disconnect()
    with qtbot.waitSignal(place.table.opened) as opened:
        press(window, Qt.Key.Key_Return)
    assert opened.args == [place.selection[0]]


def test_the_search_is_entered_and_emptied_by_keys(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    chosen(qtbot, window, place)
    press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "klient")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    press(window, Qt.Key.Key_Down)
    assert place.table.hasFocus()
    window.search.setFocus()
    press(window, Qt.Key.Key_Escape)
    assert window.search.text() == ""


def test_f1_opens_the_help(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F1)
    page = window.findChildren(HelpDialog)[0]
    assert "rok:2018..2020" in page.page.toPlainText()
    page.close()


def test_tab_goes_through_the_details_from_above(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    chosen(qtbot, window, place)
    details = place.inspector
    qtbot.waitUntil(lambda: all(stop.isVisible() for stop in details.groups.stops))
    details.title.setFocus()
    seen: list[str] = []
    for _step in range(7):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append("group" if isinstance(focus, Chip) else focus.accessibleName())
        press(window, Qt.Key.Key_Tab)
    assert seen == ["Název", "Druh", "Datum", "group", "group", "group", "Přidat štítek"]
    assert details.note.hasFocus()


def test_the_colour_of_a_selection_says_where_the_keys_go(
    qtbot: QtBot, window: MainWindow, place: Workplace, qapp: QApplication
) -> None:
    chosen(qtbot, window, place)
    qtbot.waitUntil(place.table.hasFocus)
    role = QPalette.ColorRole.Highlight
    assert place.table.palette().color(role) == qapp.palette().color(role)
    assert place.navigator.palette().color(role) == theme.resting()
    place.navigator.setFocus()
    assert place.table.palette().color(role) == theme.resting()
    assert place.navigator.palette().color(role) == qapp.palette().color(role)
    theme.apply(qapp, "dark")
    qtbot.waitUntil(lambda: place.navigator.palette().color(role) == qapp.palette().color(role))
    qtbot.waitUntil(lambda: place.table.palette().color(role) == theme.resting())


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_fits_a_screen_of_full_hd_at_200_percent(window: MainWindow, folder: Path, name: str) -> None:
    dialog = DIALOGS[name](window, folder)
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    assert least.width() <= SMALL_SCREEN[0]
    assert least.height() <= SMALL_SCREEN[1]
    dialog.deleteLater()
