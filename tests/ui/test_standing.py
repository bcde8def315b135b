"""Faults of the disk are states: work stops with one sentence, nothing is lost, and it goes on when it is back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from kpss_desktop.model import Kind
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.verbs import changing, filing
from kpss_desktop.ui.watching import Watchman
from kpss_desktop.ui.workplace import Workplace

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


class Usage(NamedTuple):
    """What shutil.disk_usage gives, in bytes."""

    total: int
    used: int
    free: int


def watch(window: MainWindow) -> Watchman:
    assert window.standing is not None
    return window.standing.watchman


def idle(qtbot: QtBot, place: Workplace) -> None:
    qtbot.waitUntil(lambda: not any(place.jobs._under_way))


def titles(place: Workplace) -> list[str]:
    rows = place.table.rows
    return [one.title for row in range(rows.rowCount()) if (one := rows.document(row)) is not None]


class Bar:
    """Makes a folder one that can only be read, and back. It asks the system for that, so it is the real thing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_shut = False

    def shut(self) -> None:
        self._is_shut = True
        if os.geteuid():
            self._give(0o555)
            return
        made = subprocess.run(["mount", "--bind", self._folder, self._folder], check=False, capture_output=True)
        if made.returncode:
            self._is_shut = False
            pytest.skip("this computer does not let a test mount anything")
        subprocess.run(["mount", "-o", "remount,bind,ro", self._folder], check=True, capture_output=True)

    def open(self) -> None:
        if not self._is_shut:
            return
        self._is_shut = False
        if os.geteuid():
            self._give(0o755)
        else:
            subprocess.run(["umount", "--lazy", self._folder], check=True, capture_output=True)

    def _give(self, rights: int) -> None:
        for path in (self._folder, self._folder / ".kpss", self._folder / ".kpss" / "records"):
            path.chmod(rights)


@pytest.fixture
def bar(folder: Path) -> Iterator[Bar]:
    if os.name == "nt":
        pytest.skip("a folder is made read-only by other means there")
    made = Bar(folder)
    yield made
    made.open()


def test_an_unplugged_archive_stops_edits_with_one_sentence_and_goes_on_when_it_is_back(
    qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path, tmp_path: Path
) -> None:
    idle(qtbot, place)
    before = titles(place)
    place.table.selectRow(0)
    qtbot.waitUntil(lambda: bool(place.selection))
    shutil.move(folder, tmp_path / "vytažený disk")
    changing.tag(window.desk, window.desk.ids, "důležité")  # before anybody has looked
    qtbot.waitUntil(lambda: window.status.state.text() == "Mimo dosah")
    assert window.status.sentence.text() == window.status.state.toolTip() != ""
    assert not window.actions_["trash"].isEnabled()
    assert not place.inspector.note.isEnabled()
    assert titles(place) == before  # what is known can be looked at

    shutil.move(tmp_path / "vytažený disk", folder)
    window.status.state.click()
    qtbot.waitUntil(lambda: window.status.state.text() == "Zatím neověřeno")
    idle(qtbot, place)
    assert window.actions_["trash"].isEnabled()
    assert place.inspector.note.isEnabled()
    changing.tag(window.desk, window.desk.ids, "důležité")
    qtbot.waitUntil(lambda: place.overview is not None and "důležité" in place.overview.tags)


def test_a_disk_that_can_only_be_read_is_a_state_too(
    qtbot: QtBot, window: MainWindow, place: Workplace, bar: Bar
) -> None:
    idle(qtbot, place)
    watchman = watch(window)
    bar.shut()
    with qtbot.waitSignal(watchman.barred):
        watchman.look()
    assert window.status.state.text() == "Nelze zapisovat"
    assert not window.actions_["add-files"].isEnabled()
    assert len(titles(place)) == 5
    bar.open()
    with qtbot.waitSignal(watchman.unbarred):
        watchman.look()
    assert window.actions_["add-files"].isEnabled()
    idle(qtbot, place)
    assert window.status.state.text() == "Zatím neověřeno"


def review(qtbot: QtBot, window: MainWindow, paths: list[Path]) -> IntakeSheet:
    """The review sheet of a drop, with a correction made in it."""
    filing.take_in(window.desk, paths)
    sheet = window.findChildren(IntakeSheet)[-1]
    qtbot.waitUntil(lambda: sheet.rows.rowCount() == len(paths) and not sheet.busy)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    sheet.view.selectionModel().select(sheet.rows.index(0, 0), flags)
    sheet.bulk.kind_chosen.emit(Kind.RULES)
    return sheet


def fresh(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"Zápis PS Péče {day}. 3. 2021.txt" for day in (1, 2, 3)]
    for path in paths:
        path.write_text(f"Nový zápis {path.stem}", encoding="utf-8")
    return paths


def test_what_was_reviewed_comes_back_when_the_archive_is_unplugged_before_it_is_filed(
    qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path, tmp_path: Path
) -> None:
    sheet = review(qtbot, window, fresh(tmp_path))
    idle(qtbot, place)
    plan = sheet.plan
    shutil.move(folder, tmp_path / "vytažený disk")
    sheet._file.click()
    qtbot.waitUntil(lambda: sheet.isVisible() and sheet.notice.isVisible())
    assert sheet.plan == plan
    assert sheet.notice.text.text()
    shutil.move(tmp_path / "vytažený disk", folder)
    sheet._file.click()
    qtbot.waitUntil(lambda: len(titles(place)) == 8)
    kinds = [one.kind for row in range(8) if (one := place.table.rows.document(row)) is not None]
    assert Kind.RULES in kinds
    qtbot.waitUntil(lambda: not window.findChildren(IntakeSheet))


def test_a_disk_that_is_nearly_full_is_told_before_anything_is_written(
    qtbot: QtBot, window: MainWindow, place: Workplace, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = review(qtbot, window, fresh(tmp_path))
    idle(qtbot, place)
    there = sorted(folder.rglob("*.txt"))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**9, 10**9 - 1000, 1000))
    sheet._file.click()
    qtbot.waitUntil(lambda: sheet.isVisible() and sheet.notice.isVisible())
    assert "málo místa" in sheet.notice.text.text()
    assert sorted(folder.rglob("*.txt")) == there
    sheet.leave()
    qtbot.waitUntil(lambda: not window.findChildren(IntakeSheet))
    assert len(titles(place)) == 5
