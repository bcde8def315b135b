"""Folders of strangers: links, pipes, sockets and depths. Nothing is followed, nothing is waited for, all is told."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.intake.filing import Filed, IntakeReport
from kpss_desktop.archive.intake.inbox import Inbox, Watch
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.archive.trust.backup import backup
from kpss_desktop.archive.trust.restore import restore
from kpss_desktop.folders import walk
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def told(report: IntakeReport) -> dict[str, tuple[Filed, Refusal | None]]:
    return {outcome.item.source: (outcome.state, outcome.item.refusal) for outcome in report.outcomes}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """What no intake of another folder may bring into the archive."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.txt").write_text("tajné", encoding="utf-8")
    return folder


@pytest.fixture
def deep(inbox: Path) -> Iterator[Path]:
    """A folder in a folder in a folder, thousands of times, until no path reaches the last one."""
    home = os.open(".", os.O_RDONLY)
    os.chdir(inbox)
    for _ in range(6000):
        Path("d").mkdir()
        os.chdir("d")
    Path("bottom.txt").write_bytes(b"x")
    os.fchdir(home)
    yield inbox
    os.chdir(inbox)
    for _ in range(6000):
        os.chdir("d")
    Path("bottom.txt").unlink()
    for _ in range(6000):
        os.chdir("..")
        Path("d").rmdir()
    os.fchdir(home)
    os.close(home)


def test_links_in_a_folder_are_named_and_not_followed(desk: Desk, inbox: Path, outside: Path) -> None:
    (inbox / "good.txt").write_bytes(b"good")
    (inbox / "file.txt").symlink_to(outside / "secret.txt")
    (inbox / "folder").symlink_to(outside)
    (inbox / "itself").symlink_to(inbox)
    (inbox / "endless.txt").symlink_to(inbox / "endless.txt")
    os.link(inbox / "good.txt", inbox / "twin.txt")
    report = desk.take(inbox)
    assert told(report) == {
        "inbox/endless.txt": (Filed.FAILED, Refusal.LINK),
        "inbox/file.txt": (Filed.FAILED, Refusal.LINK),
        "inbox/good.txt": (Filed.FILED, None),
        "inbox/twin.txt": (Filed.DUPLICATE, None),
        "inbox/folder": (Filed.FAILED, Refusal.LINK),
        "inbox/itself": (Filed.FAILED, Refusal.LINK),
    }
    filed = desk.archive.store.inside(desk.documents()[0].file.path)
    assert filed.stat().st_nlink == 1
    assert (inbox / "good.txt").read_bytes() == filed.read_bytes() == b"good"


def test_a_link_that_was_dropped_itself_is_the_clerks_choice(desk: Desk, inbox: Path, outside: Path) -> None:
    (inbox / "shortcut.txt").symlink_to(outside / "secret.txt")
    assert desk.take(inbox / "shortcut.txt").filed == 1


def test_nobody_waits_for_pipes_sockets_and_devices(desk: Desk, inbox: Path) -> None:
    os.mkfifo(inbox / "pipe.zip")
    os.mkfifo(inbox / "pipe.eml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(inbox / "socket.doc"))
        report = desk.take(inbox, Path("/dev/zero"))
    assert set(told(report).values()) == {(Filed.FAILED, Refusal.UNREADABLE)}
    assert len(report.outcomes) == 4
    assert desk.documents() == ()


def test_the_watched_folder_is_not_stopped_by_a_pipe(inbox: Path) -> None:
    os.mkfifo(inbox / "pipe.doc")
    (inbox / "good.doc").write_bytes(b"good")
    watch, chosen = Watch(), Inbox(inbox)
    watch.look(chosen)
    assert {path.name for path in watch.look(chosen).ready} == {"pipe.doc", "good.doc"}


def test_a_folder_deeper_than_any_path_is_told_and_the_rest_is_taken(desk: Desk, deep: Path) -> None:
    (deep / "d" / "good.txt").write_bytes(b"good")
    report = desk.take(deep)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED, Filed.FAILED]
    assert report.outcomes[0].item.name == "good.txt"
    (deep / "d" / "good.txt").unlink()
    assert Watch().look(Inbox(deep)).troubles != ()


@pytest.fixture
def bottom(desk: Desk, tmp_path: Path) -> Iterator[PurePosixPath]:
    """A file at the bottom of a thousand folders in the archive, where a path still reaches it."""
    path = PurePosixPath("cizí", *["d"] * 1000, "dno.txt")
    for folder in reversed(path.parents[:-1]):
        (desk.folder / folder).mkdir()
    (desk.folder / path).write_bytes(b"x")
    yield path
    for here, _, names in reversed(list(walk(tmp_path))):
        if len(here.parts) > 100:
            for name in names:
                (here / name).unlink()
            here.rmdir()


def test_a_file_in_folders_a_thousand_deep_is_found_backed_up_and_restored(
    desk: Desk, bottom: PurePosixPath, tmp_path: Path
) -> None:
    assert desk.problems() == [("orphaned", str(bottom))]
    made = backup(desk.archive, tmp_path / "stick", silent)
    assert (made.missing, made.changed) == ((), ())
    restored = restore(made.folder, tmp_path / "back", silent)
    assert restored.files == made.files
    assert (restored.folder / bottom).read_bytes() == b"x"
    (desk.folder / bottom).unlink()
    assert backup(desk.archive, made.folder, silent).files == made.files - 1
    assert desk.problems() == []
