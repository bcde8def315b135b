"""What is worth knowing of the disk of an archive is said once, calmly, and can be looked up."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.archive import create_archive
from kpss_desktop.ui.dialogs.place import PlaceDialog
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.notice_bar import Notice, NoticeBar
from kpss_desktop.ui.workplace import Workplace
from tests.ui.conftest import enter

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """An archive in a folder of a sync program."""
    folder = tmp_path / "OneDrive - Město" / "Archiv KPSS"
    create_archive(folder).close()
    return folder


def idle(qtbot: QtBot, place: Workplace) -> None:
    qtbot.waitUntil(lambda: not any(place.jobs._under_way))


def test_a_synced_folder_is_told_once(qtbot: QtBot, window: MainWindow, synced: Path) -> None:
    place = enter(qtbot, window, synced)
    qtbot.waitUntil(place.notices.isVisible)
    assert "OneDrive" in place.notices.sentence.text()
    assert "na jednom počítači" in place.notices.advice.text()
    place.notices.understood.click()
    assert not place.notices.isVisible()
    idle(qtbot, place)
    window.entry.go(synced)
    qtbot.waitUntil(lambda: window.entry.workplace not in (None, place))
    again = window.desk.place
    qtbot.waitUntil(lambda: again.overview is not None)
    idle(qtbot, again)
    assert not again.notices.isVisible()


def test_it_can_be_looked_up_later(qtbot: QtBot, window: MainWindow, synced: Path) -> None:
    place = enter(qtbot, window, synced)
    qtbot.waitUntil(place.notices.isVisible)
    place.notices.understood.click()
    window.actions_["archive-info"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(PlaceDialog)))
    said = [label.text() for label in window.findChildren(PlaceDialog)[0].findChildren(QLabel)]
    assert str(synced) in said
    assert any("OneDrive" in text for text in said)
    assert any(text.startswith("na disku") for text in said)


def test_a_disk_like_any_other_is_not_worth_a_word(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    place = enter(qtbot, window, folder)
    idle(qtbot, place)
    assert not place.notices.isVisible()


def test_notices_come_one_after_another(qtbot: QtBot) -> None:
    bar, read = NoticeBar(), list[str]()
    qtbot.addWidget(bar)
    bar.tell([Notice("info", one, f"rada {one}", partial(read.append, one)) for one in ("první", "druhá")])
    assert bar.sentence.text() == "první"
    bar.understood.click()
    assert (bar.sentence.text(), bar.advice.text()) == ("druhá", "rada druhá")
    bar.understood.click()
    assert bar.isHidden()
    assert read == ["první", "druhá"]
