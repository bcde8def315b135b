"""Who writes, whether it is still us, and whether the folder is there at all."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.archive.sharing import lock
from kpss_desktop.archive.sharing.lock import Holder
from kpss_desktop.errors import ArchiveGone, NotAnArchive, ReadOnlyArchive
from kpss_desktop.records import facts_path

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

EVERY = 30.0  # seconds between two signs of life


def who_writes(folder: Path) -> Holder | None:
    """Who has the archive open for writing; None when nobody does."""
    return lock.holder(folder)


@dataclass(slots=True)
class Watch:
    """Looks for signs of life of whoever writes into a folder, by the changes it sees itself."""

    folder: Path
    _beat: str = ""
    _seen: float = field(default_factory=time.monotonic)

    def silent_for(self) -> float:
        """Seconds since the heartbeat was last seen to change; a writer beats every `EVERY` seconds."""
        _, now = lock.last_beat(self.folder)
        if now != self._beat:
            self._beat, self._seen = now, time.monotonic()
        return time.monotonic() - self._seen


def beat(archive: Archive) -> None:
    """Give a sign of life when one is due; the window calls it by a timer, and so does every change."""
    now = time.monotonic()
    if archive.holder is not None and now - archive.beaten >= EVERY:
        archive.beaten = now
        # Only a sign: whether anything can be written, the change itself finds out.
        with contextlib.suppress(OSError):
            lock.beat(archive.folder, archive.holder)


def require_writer(archive: Archive) -> None:
    """Raise ReadOnlyArchive unless the lock is still ours; from then on the archive is open for reading only."""
    archive.require_writable()
    assert archive.holder is not None
    if not lock.is_mine(archive.folder, archive.holder):
        archive.holder = None
        raise ReadOnlyArchive(archive.folder)
    beat(archive)


def is_there(folder: Path) -> bool:
    """Whether the archive's folder can be reached now."""
    try:
        return facts_path(folder).is_file()
    except OSError:
        return False


def require_there(folder: Path) -> None:
    """Raise ArchiveGone when the archive's folder cannot be reached."""
    if not is_there(folder):
        raise ArchiveGone(folder)


@contextlib.contextmanager
def at_hand(archive: Archive) -> Iterator[None]:
    """Tell a folder that vanished, or that can only be read by now, from a file that makes trouble.

    Raises ArchiveGone, ReadOnlyArchive. What was committed and not carried out yet is made good by the next change or
    opening after the folder has come back.
    """
    try:
        yield
    except (OSError, NotAnArchive) as error:
        if not is_there(archive.folder):
            raise ArchiveGone(archive.folder) from error
        if isinstance(error, OSError) and error.errno == errno.EROFS and _is_inside(archive.folder, error):
            raise ReadOnlyArchive(archive.folder) from error
        raise


def _is_inside(folder: Path, error: OSError) -> bool:
    return error.filename is not None and Path(os.fsdecode(error.filename)).is_relative_to(folder)
