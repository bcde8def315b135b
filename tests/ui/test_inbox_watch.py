"""The incoming folder as the clerk meets it: in the status bar, in the review, and when it is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.intake import inbox
from kpss_desktop.archive.intake.inbox import Inbox
from kpss_desktop.ui.dialogs.inbox import InboxDialog
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.inbox_watch import InboxWatch
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.verbs import incoming
from kpss_desktop.ui.workplace import Workplace


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    folder = tmp_path / "Příchozí"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(qtbot: QtBot, window: MainWindow, place: Workplace, watched: Path) -> InboxWatch:
    """The folder is chosen in its dialog."""
    incoming.choose_folder(window.desk)
    qtbot.waitUntil(lambda: bool(window.findChildren(InboxDialog)))
    dialog = window.findChildren(InboxDialog)[0]
    dialog.watched.setChecked(True)
    dialog.folder.line.setText(str(watched))
    dialog.accept()
    qtbot.waitUntil(lambda: not place.jobs.busy)
    found = place.findChild(InboxWatch)
    assert isinstance(found, InboxWatch)
    return found


def look_twice(qtbot: QtBot, watch: InboxWatch) -> None:
    """A file counts as there when two looks found it the same."""
    for _look in range(2):
        watch.look()
        qtbot.waitUntil(lambda: not watch._jobs.awaits("inbox"))


def test_what_came_is_offered_reviewed_and_then_left_alone(
    qtbot: QtBot, window: MainWindow, watch: InboxWatch, watched: Path, folder: Path
) -> None:
    look_twice(qtbot, watch)
    assert not watch.button.isVisible()
    (watched / "Zápis PS Péče 5. 5. 2021.txt").write_text("Zápis PS Péče", encoding="utf-8")
    look_twice(qtbot, watch)
    assert watch.button.isVisible()
    assert watch.button.text() == "1 nový soubor v Příchozích"
    watch.button.click()
    sheet = window.findChildren(IntakeSheet)[0]
    qtbot.waitUntil(lambda: not sheet.busy and sheet._file.isEnabled())
    sheet._file.click()
    qtbot.waitUntil((folder / "Péče" / "2021" / "Zápis PS Péče 5. 5. 2021.txt").exists)
    qtbot.waitUntil(lambda: not watch._jobs.busy)
    look_twice(qtbot, watch)
    assert not watch.button.isVisible()
    assert (watched / "Zápis PS Péče 5. 5. 2021.txt").exists()


def test_a_folder_that_is_gone_is_told_and_can_be_chosen_anew(
    qtbot: QtBot, window: MainWindow, watch: InboxWatch, watched: Path
) -> None:
    shutil.rmtree(watched)
    look_twice(qtbot, watch)
    assert watch.button.text() == "Složku Příchozí nelze číst"
    assert str(watched) in watch.button.toolTip()
    watch.button.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(InboxDialog)))
    dialog = next(one for one in window.findChildren(InboxDialog) if one.isVisible())
    assert dialog.folder.line.text() == str(watched)
    dialog.watched.setChecked(False)
    dialog.accept()
    qtbot.waitUntil(lambda: not watch._jobs.busy)
    look_twice(qtbot, watch)
    assert not watch.button.isVisible()


def test_what_raises_no_doubt_is_filed_by_itself_and_the_rest_is_offered(
    qtbot: QtBot, place: Workplace, watch: InboxWatch, watched: Path, folder: Path
) -> None:
    chosen = Inbox(watched, files_itself=True)
    place.jobs.change(lambda archive, _progress: inbox.save(archive, chosen))
    qtbot.waitUntil(lambda: not place.jobs.busy)
    (watched / "Zápis PS Péče 6. 5. 2021.txt").write_text("Zápis PS Péče", encoding="utf-8")
    (watched / "Něco.txt").write_text("Něco", encoding="utf-8")
    look_twice(qtbot, watch)
    qtbot.waitUntil((folder / "Péče" / "2021" / "Zápis PS Péče 6. 5. 2021.txt").exists)
    qtbot.waitUntil(lambda: not place.jobs.busy)
    look_twice(qtbot, watch)
    assert [path.name for path in watch.ready] == ["Něco.txt"]
    assert watch.button.isVisible()
