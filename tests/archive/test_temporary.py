"""Temporary copies lie where only this user may look, and go with the program, however it ended."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from kpss_desktop.archive.temporary import private_folder
from kpss_desktop.formats.processes.sandbox import Sandbox

WAITING = (
    "import tempfile, sys; from kpss_desktop.archive.temporary import private_folder\n"
    "with private_folder():\n"
    "    open(tempfile.mkdtemp() + '/tajne.txt', 'w').write('tajné'); print('ready', flush=True); sys.stdin.read()"
)


def begun() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def left(data_dir: Path) -> list[str]:
    return [path.name for path in (data_dir / "tmp").rglob("tajne.txt")]


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of a user's data is his own there")
def test_nobody_else_may_look(data_dir: Path) -> None:
    with private_folder(), tempfile.NamedTemporaryFile() as file:
        path = Path(file.name)
        assert path.is_relative_to(data_dir / "tmp")
        for folder in (path.parent, data_dir / "tmp"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_is_temporary_goes_at_the_end_also_what_is_read_only(data_dir: Path) -> None:
    before = tempfile.gettempdir()
    with private_folder():
        made = Path(tempfile.mkdtemp(), "copy.doc")
        made.write_bytes(b"x")
        made.chmod(stat.S_IREAD)
    assert list((data_dir / "tmp").iterdir()) == []
    assert tempfile.gettempdir() == before


def test_what_a_killed_program_left_goes_at_the_next_start_and_that_of_a_living_one_stays(data_dir: Path) -> None:
    with begun() as killed, begun() as alive:
        killed.kill()
        killed.wait()
        assert len(left(data_dir)) == 2
        with private_folder():
            assert len(left(data_dir)) == 1
        alive.communicate("", timeout=60)
    assert left(data_dir) == []


def test_the_folders_of_another_computer_and_of_nobody_stay(data_dir: Path) -> None:
    for name in (f"jiny-pocitac@{2**22}-1-x", "cizi", "@1-1-x"):
        (data_dir / "tmp" / name).mkdir(parents=True)
    with private_folder():
        pass
    assert len(list((data_dir / "tmp").iterdir())) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="asks the process for its environment")
def test_readers_keep_their_copies_there_too(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    with private_folder(), Sandbox(1) as sandbox:
        sandbox.read(tmp_path / "a.txt")
        (pid,) = sandbox.pids
        assert Path(psutil.Process(pid).environ()["TMPDIR"]).is_relative_to(data_dir / "tmp")


def test_a_data_folder_that_cannot_be_written_is_no_reason_to_stop(data_dir: Path) -> None:
    (data_dir / "tmp").write_text("no folder", encoding="utf-8")
    with private_folder(), tempfile.NamedTemporaryFile() as file:
        assert not Path(file.name).is_relative_to(data_dir)
