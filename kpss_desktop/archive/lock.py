"""One writer at a time: `.kpss/lock` says who writes.

A lock is taken over only on proof that its holder is dead: the same computer, and no such process any more (a process
number that was given anew is told apart by its start time). On doubt the archive opens for reading.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import psutil

from kpss_desktop.errors import ArchiveInUse
from kpss_desktop.store import SYSTEM


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes: `started` is the start of the process in seconds since 1970, `since` local time, ISO 8601."""

    host: str
    user: str
    pid: int
    started: float
    since: str

    def is_dead(self) -> bool:
        """Whether it is proved that this process is gone."""
        if self.host != socket.gethostname():
            return False
        try:
            return abs(psutil.Process(self.pid).create_time() - self.started) > 2
        except psutil.NoSuchProcess:
            return True
        except psutil.Error:
            return False


def lock_path(folder: Path) -> Path:
    """Where the lock of an archive lies."""
    return folder / SYSTEM / "lock"


def take(folder: Path) -> Holder:
    """Become the writer; raises ArchiveInUse, or OSError when the folder cannot be written."""
    mine = _myself()
    while True:
        try:
            descriptor = os.open(lock_path(folder), os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            other = holder(folder)
            if other is not None and not other.is_dead():
                raise ArchiveInUse(folder, other.host, other.user, other.since) from None
            with contextlib.suppress(FileNotFoundError):
                lock_path(folder).unlink()
            continue
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            json.dump(asdict(mine), handle, ensure_ascii=False)
        return mine


def release(folder: Path, mine: Holder) -> None:
    """Stop being the writer; leaves a lock that is somebody else's by now."""
    if holder(folder) == mine:
        with contextlib.suppress(OSError):
            lock_path(folder).unlink()


def holder(folder: Path) -> Holder | None:
    """Who writes; None when nobody does or the lock cannot be understood."""
    try:
        return Holder(**json.loads(lock_path(folder).read_bytes()[:10_000]))
    except (OSError, ValueError, TypeError):
        return None


def _myself() -> Holder:
    return Holder(
        socket.gethostname(),
        _user(),
        os.getpid(),
        psutil.Process().create_time(),
        datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
