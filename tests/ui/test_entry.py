"""Coming in and leaving when the clerk is quicker than the disk."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.archive import Archive, create_archive, open_archive
from kpss_desktop.archive.sharing.presence import who_writes
from kpss_desktop.archive.trust import keeping
from kpss_desktop.progress import Progress
from kpss_desktop.settings import settings_path
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.workplace import Workplace


def test_who_asks_for_another_archive_while_one_opens_gets_the_first(
    qtbot: QtBot, window: MainWindow, empty_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "Jiný archiv"
    create_archive(other).close()
    window.entry.go(empty_folder)
    window.entry.go(other)
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.entry.workplace.overview is not None)
    assert window.desk.archive.folder == empty_folder
    assert who_writes(other) is None
    window.entry.go(other)
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.desk.archive.folder == other)
    assert who_writes(empty_folder) is None


def test_an_archive_that_opens_while_the_window_goes_is_closed(window: MainWindow, empty_folder: Path) -> None:
    leaving = threading.Event()

    def slowly() -> Archive:
        leaving.wait()
        return open_archive(empty_folder)

    window.entry.go(empty_folder, slowly)
    leaving.set()
    window.entry.shut()
    assert who_writes(empty_folder) is None


@pytest.mark.usefixtures("place")
def test_the_window_does_not_wait_while_an_archive_is_closed(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = threading.Event()

    def slowly(_archive: Archive) -> None:
        assert written.wait(timeout=60)

    monkeypatch.setattr(keeping, "keep_snapshot", slowly)
    window.close()
    qtbot.waitUntil(lambda: window.status.work.label.text() == "Zavírá se archiv…")
    assert window.isVisible()
    assert who_writes(folder) is not None
    written.set()
    qtbot.waitUntil(window.isHidden)
    assert who_writes(folder) is None


def test_settings_that_cannot_be_written_keep_nobody_out(qtbot: QtBot, window: MainWindow, empty_folder: Path) -> None:
    settings_path().mkdir(parents=True)
    (settings_path() / "full").touch()
    window.entry.go(empty_folder)
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.entry.workplace.overview is not None)


def test_a_worker_that_does_not_end_keeps_nobody_in_front_of_the_window(
    qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path
) -> None:
    drive, asked = threading.Event(), threading.Event()

    def wait_for_a_drive(_archive: Archive, _progress: Progress) -> None:
        asked.set()
        assert drive.wait(timeout=60)

    window.farewell.patience.setInterval(1)
    place.jobs.query(wait_for_a_drive, lambda _done: None)
    qtbot.waitUntil(asked.is_set)
    window.close()
    qtbot.waitUntil(lambda: window.status.work.label.text() == "Zavírá se archiv…")
    qtbot.waitUntil(window.status.show_button.isVisible)
    assert window.isVisible()
    assert window.status.show_button.text() == "Ukončit"
    window.status.show_button.click()
    assert window.isHidden()
    assert window.is_abandoned
    assert who_writes(folder) is not None
    drive.set()


def test_another_archive_is_opened_after_the_workers_of_the_first_have_ended(
    qtbot: QtBot, window: MainWindow, place: Workplace, tmp_path: Path
) -> None:
    other = tmp_path / "Jiný archiv"
    create_archive(other).close()
    drive, asked = threading.Event(), threading.Event()

    def wait_for_a_drive(_archive: Archive, _progress: Progress) -> None:
        asked.set()
        assert drive.wait(timeout=60)

    place.jobs.query(wait_for_a_drive, lambda _done: None)
    qtbot.waitUntil(asked.is_set)
    window.entry.go(other)
    assert window.entry.workplace is None
    qtbot.wait(50)
    assert window.entry.workplace is None
    drive.set()
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.desk.archive.folder == other)
