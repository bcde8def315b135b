"""Who writes holds the lock: a second writer is told who, and only a lock of nobody alive is taken over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kpss_desktop.archive import editing
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.sharing import lock, presence
from kpss_desktop.errors import ArchiveInUse

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

HOLD = """
    import sys
    from pathlib import Path
    from kpss_desktop.archive.archive import open_archive
    archive = open_archive(Path(sys.argv[1]))
    print("open", flush=True)
    sys.stdin.readline()
    archive.close()
"""


def test_a_second_writer_is_told_who_writes(filled: Desk) -> None:
    with pytest.raises(ArchiveInUse) as caught:
        open_archive(filled.folder)
    mine = lock.holder(filled.folder)
    assert mine is not None
    assert mine.pid == os.getpid()
    assert (caught.value.host, caught.value.user) == (mine.host, mine.user)
    assert filled.archive.writable
    filled.archive.close()
    assert not lock.lock_path(filled.folder).exists()
    filled.archive = open_archive(filled.folder)


def test_another_process_is_refused_until_it_is_over(filled: Desk) -> None:
    filled.archive.close()
    with _start(HOLD, str(filled.folder)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(ArchiveInUse):
            open_archive(filled.folder)
        process.communicate("go\n", timeout=60)
    filled.archive = open_archive(filled.folder)
    assert filled.problems() == []


def test_the_lock_of_a_killed_process_is_taken_over(filled: Desk) -> None:
    filled.archive.close()
    with _start(HOLD, str(filled.folder)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        process.kill()
        process.communicate(timeout=60)
    assert lock.lock_path(filled.folder).exists()
    filled.archive = open_archive(filled.folder)
    mine = lock.holder(filled.folder)
    assert mine is not None
    assert mine.pid == os.getpid()


@pytest.mark.parametrize(
    ("change", "taken"),
    [({"pid": 2**22 - 3}, True), ({"started": 1.0, "born": ""}, True), ({"host": "jiný-počítač", "pid": 1}, False)],
    ids=["dead", "number given anew", "another computer"],
)
def test_a_lock_is_taken_over_only_on_proof(filled: Desk, change: dict[str, Any], taken: bool) -> None:
    held = json.loads(lock.lock_path(filled.folder).read_text(encoding="utf-8"))
    filled.archive.close()
    lock.lock_path(filled.folder).write_text(json.dumps(held | change), encoding="utf-8")
    if taken:
        filled.archive = open_archive(filled.folder)
    else:
        with pytest.raises(ArchiveInUse):
            open_archive(filled.folder)
        lock.lock_path(filled.folder).unlink()
        filled.archive = open_archive(filled.folder)
    assert filled.problems() == []


@pytest.mark.parametrize(
    "change", [{"pid": "x"}, {"pid": -1}, {"pid": None}, {"started": "dnes", "born": ""}, {"host": 7}, {"token": []}]
)
def test_a_damaged_lock_holds_nobody(filled: Desk, change: dict[str, Any]) -> None:
    held = json.loads(lock.lock_path(filled.folder).read_text(encoding="utf-8"))
    filled.archive.close()
    lock.lock_path(filled.folder).write_text(json.dumps(held | change), encoding="utf-8")
    assert lock.holder(filled.folder) is None
    filled.archive = open_archive(filled.folder)
    assert filled.archive.writable
    assert filled.problems() == []


@pytest.mark.parametrize("hours", [-1, 1], ids=["behind", "ahead"])
def test_a_clock_that_is_an_hour_off_neither_ends_a_living_writer_nor_keeps_a_dead_one(
    filled: Desk, elsewhere: Callable[..., Any], hours: int
) -> None:
    written = datetime.now().astimezone() + timedelta(hours=hours)
    living = json.loads(lock.lock_path(filled.folder).read_text(encoding="utf-8"))
    living["since"] = written.isoformat(timespec="seconds")
    if living["born"]:  # elsewhere the system tells the start of a process alike however the clock is set
        living["started"] += 3600 * hours
    for held in (living, living | {"host": "radnice-pc2"}):
        lock.lock_path(filled.folder).write_text(json.dumps(held), encoding="utf-8")
        for path in (lock.lock_path(filled.folder), lock.heartbeat_path(filled.folder)):
            os.utime(path, (written.timestamp(), written.timestamp()))
        with pytest.raises(ArchiveInUse), elsewhere(filled.folder):
            pass
    with elsewhere(filled.folder, take_over=True) as taken:
        assert taken.writable
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    dead = living | {"pid": gone.pid, "token": "gone"}
    lock.lock_path(filled.folder).write_text(json.dumps(dead), encoding="utf-8")
    os.utime(lock.heartbeat_path(filled.folder), (written.timestamp(), written.timestamp()))
    with elsewhere(filled.folder) as taken:
        assert taken.writable


def test_a_lock_that_a_sync_program_lost_is_put_back(filled: Desk) -> None:
    lock.lock_path(filled.folder).unlink()
    editing.tag(filled.archive, [filled.documents()[0].id], "důležité")
    assert presence.who_writes(filled.folder) == filled.archive.holder


def test_a_lock_that_was_cut_short_holds_nobody_up(filled: Desk) -> None:
    filled.archive.close()
    lock.lock_path(filled.folder).write_bytes(b"")
    filled.archive = open_archive(filled.folder)
    assert filled.archive.writable


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_lock_is_never_removed_that_came_into_the_place_of_a_dead_one(
    filled: Desk, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    mine = filled.archive.holder
    assert mine is not None
    lock._remove(filled.folder, replace(mine, token="somebody dead"))
    assert lock.is_mine(filled.folder, mine)


def _no_links(*_paths: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def _start(script: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *arguments]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=_environment()
    )


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
