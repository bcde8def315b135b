from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kpss_desktop import settings
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.progress import Progress
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.dialogs.new_archive import NewArchiveDialog
from kpss_desktop.ui.dialogs.verify_report import VerifyReportDialog
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.workplace import Workplace


def drop(target: QWidget, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPointF(60, 60), *keys)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(60, 60), *keys))


def sheet_of(qtbot: QtBot, window: MainWindow) -> IntakeSheet:
    qtbot.waitUntil(lambda: bool(window.findChildren(IntakeSheet)))
    sheet = window.findChildren(IntakeSheet)[0]
    qtbot.waitUntil(lambda: bool(sheet.plan.items) and not sheet.busy)
    return sheet


def box_of(qtbot: QtBot, window: MainWindow) -> QMessageBox:
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    return window.findChildren(QMessageBox)[0]


def wait_open(qtbot: QtBot, window: MainWindow, rows: int) -> Workplace:
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.desk.place.overview is not None)
    qtbot.waitUntil(lambda: window.desk.place.table.rows.rowCount() == rows)
    qtbot.waitUntil(lambda: not any(window.desk.place.jobs._under_way))
    return window.desk.place


def test_files_dropped_onto_the_window_are_reviewed_filed_and_taken_back(
    qtbot: QtBot, window: MainWindow, empty_folder: Path, sources: list[Path]
) -> None:
    window.entry.go(empty_folder)
    place = wait_open(qtbot, window, 0)
    assert place.middle.currentWidget() is place.empty
    drop(window, sources)
    sheet = sheet_of(qtbot, window)
    assert window.desk.place.overview is not None
    assert window.desk.place.overview.counts.all == 0
    sheet._file.click()
    wait_open(qtbot, window, 5)
    assert window.status.sentence.text() == "Zařazeno 5 dokumentů."
    assert window.status.holdings.text().startswith("5 dokumentů")
    qtbot.waitUntil(lambda: bool(place.overview and place.overview.counts.unread == 0))
    assert all(path.is_file() for path in sources)
    window.search.put("pečovatelskou službou")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    window.search.put("")
    window.actions_["undo"].trigger()
    wait_open(qtbot, window, 0)
    assert window.status.sentence.text() == "Vráceno zpět: příjem 5 dokumentů."
    window.actions_["redo"].trigger()
    wait_open(qtbot, window, 5)


def test_a_review_that_is_cancelled_files_nothing(
    qtbot: QtBot, window: MainWindow, empty_folder: Path, sources: list[Path]
) -> None:
    window.entry.go(empty_folder)
    place = wait_open(qtbot, window, 0)
    drop(window, sources)
    sheet_of(qtbot, window).reject()
    qtbot.waitUntil(lambda: not any(place.jobs._under_way))
    assert place.table.rows.rowCount() == 0
    assert not window.actions_["undo"].isEnabled()


def test_files_of_the_clipboard_are_taken_in(
    qtbot: QtBot, window: MainWindow, empty_folder: Path, sources: list[Path]
) -> None:
    window.entry.go(empty_folder)
    wait_open(qtbot, window, 0)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sources[0]))])
    QGuiApplication.clipboard().setMimeData(data)
    window.actions_["paste"].trigger()
    assert len(sheet_of(qtbot, window).plan.items) == 1
    QGuiApplication.clipboard().clear()


def test_files_dropped_on_the_start_page_begin_an_archive(
    qtbot: QtBot, window: MainWindow, sources: list[Path], tmp_path: Path
) -> None:
    drop(window.start.target, sources)
    dialog = window.findChildren(NewArchiveDialog)[0]
    dialog.location.findChildren(QLineEdit)[0].setText(str(tmp_path))
    dialog.name.setText("Nový archiv")
    dialog.accept()
    sheet = sheet_of(qtbot, window)
    assert len(sheet.plan.items) == 5
    sheet.reject()
    assert (tmp_path / "Nový archiv" / ".kpss").is_dir()
    assert settings.load().archive == str(tmp_path / "Nový archiv")


def test_documents_go_to_the_trash_and_come_back(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    place.table.selectRow(0)
    window.actions_["trash"].trigger()
    wait_open(qtbot, window, 4)
    assert window.status.sentence.text() == "1 dokument je v koši."
    place.navigator.choose("trash")
    wait_open(qtbot, window, 1)
    place.table.selectRow(0)
    assert window.actions_["restore"].isEnabled()
    window.actions_["restore"].trigger()
    wait_open(qtbot, window, 0)
    assert place.empty.words.text() == "Koš je prázdný"


@pytest.mark.usefixtures("place")
def test_verification_tells_what_is_wrong(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    window.actions_["verify"].trigger()
    qtbot.waitUntil(lambda: window.status.state.text() == "V pořádku, ověřeno dnes")
    next(folder.rglob("Zápis ŘS*.txt")).write_text("jiný text")
    window.actions_["verify"].trigger()
    qtbot.waitUntil(lambda: window.status.state.text() == "1 věc není v pořádku")
    window.status.show_button.click()
    dialog = window.findChildren(VerifyReportDialog)[0]
    assert "Zápis ŘS" in dialog.as_text()
    dialog.close()


def test_a_folder_that_is_no_archive_is_refused_in_a_sentence(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.entry.go(tmp_path)
    box = box_of(qtbot, window)
    assert tmp_path.name in box.text()
    assert window.pages.currentWidget() is window.start
    box.close()


def test_the_last_place_and_the_columns_are_remembered(
    qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path
) -> None:
    assert place.overview is not None
    group = next(group for group in place.overview.groups.values() if group.name == "Prevence")
    place.navigator.choose(f"group/{group.id}/2020")
    wait_open(qtbot, window, 2)
    place.table.horizontalHeader().resizeSection(2, 133)
    window.entry.go(folder)
    qtbot.waitUntil(lambda: window.entry.workplace not in (None, place))
    again = wait_open(qtbot, window, 2)
    assert again.navigator.shelf.year == 2020
    assert again.table.columnWidth(2) == 133


@pytest.mark.usefixtures("place")
def test_the_window_closes_and_lets_the_archive_go(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    with open_archive(folder) as archive:
        assert archive.writable


def test_closing_waits_for_the_change_under_way(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    release = threading.Event()
    ended: list[bool] = []

    def slow(_archive: Archive, _progress: Progress) -> None:
        release.wait(10)
        ended.append(True)

    place.jobs.change(slow, label="Filing")
    window.close()
    box = box_of(qtbot, window)
    assert window.isVisible()
    box.defaultButton().click()
    assert window.isVisible()
    release.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert ended == [True]


def test_closing_stops_the_change_on_the_word_of_the_clerk(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    def endless(_archive: Archive, progress: Progress) -> None:
        while True:
            progress(0, None)

    place.jobs.change(endless, label="Filing")
    window.close()
    box = box_of(qtbot, window)
    stop = next(button for button in box.buttons() if button.text() == "Pře&rušit")
    stop.click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_work_under_way_is_shown_and_cancelled_in_the_status_bar(
    qtbot: QtBot, window: MainWindow, place: Workplace
) -> None:
    def endless(_archive: Archive, progress: Progress) -> None:
        while True:
            progress(3, 10, "Zápis.doc")

    place.jobs.change(endless, label="Zařazování")
    qtbot.waitUntil(lambda: window.status.work.label.text() == "Zařazování 3 / 10")
    assert window.status.work.isVisible()
    window.status.work.cancel.click()
    qtbot.waitUntil(lambda: not window.status.work.isVisible())
    assert window.status.sentence.text() == "Přerušeno: Zařazování."


def test_f6_goes_round_the_panes(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    place.table.selectRow(0)
    window.search.setFocus()
    seen = []
    for _step in range(5):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(next(pane for pane in (window.search, *place.panes) if pane is focus or pane.isAncestorOf(focus)))
    assert seen == [*place.panes, window.search]


def test_every_control_has_a_name_for_screen_readers(window: MainWindow, place: Workplace) -> None:
    place.table.selectRow(0)
    nameless = [
        control
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for control in window.findChildren(kind)
        if control.isVisible()
        and not control.objectName().startswith("qt_")
        and not (control.accessibleName() or control.toolTip() or getattr(control, "text", str)())
        and type(control).__name__ != "QTableCornerButton"
        and type(control.parent()).__name__ not in {"QTabBar", "QLineEdit", "SearchBox", "QTableView", "DocumentTable"}
    ]
    assert nameless == []


def test_no_two_deeds_share_a_shortcut(window: MainWindow, place: Workplace) -> None:
    keys = [
        sequence.toString(QKeySequence.SequenceFormat.PortableText)
        for action in {*window.actions(), *place.preview.actions()}
        for sequence in action.shortcuts()
    ]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_nothing_of_the_start_page_is_cut(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    for button in window.start.findChildren(QPushButton):
        assert button.width() >= button.minimumSizeHint().width()
    assert window.minimumSizeHint().width() <= 1000
