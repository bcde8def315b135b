"""A second start of the program comes to the window that has the archive open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from kpss_desktop.app import answer_the_door, meant
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.only_one import Doorbell, _name, hand_over

SECOND_START = "import sys; from kpss_desktop.app import main; sys.exit(main(sys.argv[1:]))"

LEAVE_A_SOCKET = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from kpss_desktop.ui.only_one import Doorbell
app = QCoreApplication([])
bell = Doorbell()
assert bell.listen(Path(sys.argv[1]))
os._exit(0)
"""


def start_again(*given: Path) -> subprocess.Popen[bytes]:
    """Start the program in a process of its own, as the clerk does."""
    return subprocess.Popen(
        [sys.executable, "-c", SECOND_START, *map(str, given)], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    )


@pytest.mark.qt_log_ignore(r"does not support (raise|propagateSizeHints)", extend=True)
def test_a_second_start_brings_its_files_to_the_first_window_and_ends(
    qtbot: QtBot, window: MainWindow, folder: Path, tmp_path: Path
) -> None:
    answer_the_door(window)
    window.entry.go(folder)
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.entry.workplace.overview is not None)
    brought = tmp_path / "Zápis PS Péče 1. 2. 2021.txt"
    brought.write_text("Nový zápis.", encoding="utf-8")
    again = start_again(folder, brought)
    qtbot.waitUntil(lambda: again.poll() is not None, timeout=30_000)
    assert again.returncode == 0
    qtbot.waitUntil(lambda: bool(window.findChildren(IntakeSheet)))
    sheet = window.findChildren(IntakeSheet)[0]
    qtbot.waitUntil(lambda: len(sheet.plan.items) == 1)
    assert sheet.plan.items[0].name == brought.name
    sheet.reject()


def test_nobody_answers_for_an_archive_that_is_not_open(window: MainWindow, tmp_path: Path) -> None:
    answer_the_door(window)
    assert not hand_over(tmp_path, [])


def test_what_a_dead_window_left_is_no_hindrance(qtbot: QtBot, tmp_path: Path) -> None:
    left = subprocess.run([sys.executable, "-c", LEAVE_A_SOCKET, str(tmp_path)], check=False)
    assert left.returncode == 0
    bell = Doorbell()
    assert bell.listen(tmp_path)
    with qtbot.waitSignal(bell.rung) as rung:
        socket = QLocalSocket()
        socket.connectToServer(_name(tmp_path))
        socket.write(b'["/a", 7, "/b"]\n')
        socket.flush()
    assert rung.args == [(Path("/a"), Path("/b"))]
    bell.close()


def test_two_windows_do_not_answer_for_one_archive(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Doorbell(), Doorbell()
    assert first.listen(tmp_path)
    assert not second.listen(tmp_path)
    with qtbot.waitSignal(first.rung) as rung:
        socket = QLocalSocket()
        socket.connectToServer(_name(tmp_path))
        socket.write(b"nonsense\n")
        socket.flush()
    assert rung.args == [()]
    first.close()
    QLocalServer.removeServer(_name(tmp_path))


def test_what_paths_mean(tmp_path: Path) -> None:
    archive, other, file = tmp_path / "Archiv", tmp_path / "Jiný", tmp_path / "zápis.doc"
    (archive / ".kpss").mkdir(parents=True)
    (other / ".kpss").mkdir(parents=True)
    file.touch()
    assert meant([], None) == (None, ())
    assert meant([], str(tmp_path / "pryč")) == (None, ())
    assert meant([], str(archive)) == (archive, ())
    assert meant([str(file)], str(archive)) == (archive, (file,))
    assert meant([str(other), str(file)], str(archive)) == (other, (file,))
    assert meant([str(file)], None) == (None, (file,))
