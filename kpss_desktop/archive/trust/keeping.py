"""Copies of this computer's catalogue, so that its texts need not be read again when it is lost.

`.kpss/snapshot.db` travels with the archive and gives another computer a warm start; dated copies stay in the data
folder. Both only save time: the records are the truth, and every row of a copy is compared with them when it is used.
A copy is made when something changed since the last one; an archive without documents has none.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.catalogue import copies
from kpss_desktop.catalogue.catalogue import Catalogue
from kpss_desktop.ids import new_id
from kpss_desktop.lasting import safe_write, written_aside
from kpss_desktop.store import SYSTEM

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

KEPT = 10  # dated copies
_DAY = 24 * 3600
_SMALL = 8 * 1024 * 1024  # bytes; copying so little is not felt, even on a network drive
_LARGEST = 16 * 1024 * 1024 * 1024  # bytes of a snapshot that is looked at


def snapshot_path(folder: Path) -> Path:
    """Where an archive's snapshot lies."""
    return folder / SYSTEM / "snapshot.db"


def keep_snapshot(archive: Archive) -> bool:
    """Write the archive's snapshot anew if it is due; whether it was. Raises OSError.

    It is due when something changed since the last one and that one is a day old, or the catalogue is small.
    """
    catalogue, mark = archive.catalogue, archive.data / "snapshot.mark"
    target = snapshot_path(archive.folder)
    if not archive.writable or not copies.is_settled(catalogue):
        return False
    state = copies.mark_of(catalogue)
    if not state or (target.exists() and _content(mark) == state):
        return False
    if target.exists() and catalogue.path.stat().st_size > _SMALL and _age(mark) < _DAY:
        return False
    with copied(catalogue, archive.data) as copy:
        archive.store.require_room(copy.stat().st_size)
        with copy.open("rb") as source, written_aside(target, archive.store.staging) as handle:
            shutil.copyfileobj(source, handle, 1 << 20)
    safe_write(mark, state.encode())
    return True


def keep_dated_copy(archive: Archive) -> bool:
    """Keep a copy of this day in the data folder unless there is one, or nothing changed; whether one was made."""
    folder, mark = archive.data / "backups", archive.data / "backups" / "last.mark"
    target = folder / f"catalogue-{datetime.now().astimezone():%Y-%m-%d}.db"
    state = copies.mark_of(archive.catalogue)
    if not state or target.exists() or _content(mark) == state:
        return False
    with copied(archive.catalogue, folder) as copy:
        copy.replace(target)
    safe_write(mark, state.encode())
    for old in dated_copies(archive.data)[KEPT:]:
        old.unlink(missing_ok=True)
    return True


def dated_copies(data: Path) -> list[Path]:
    """The dated copies of a catalogue, the newest first."""
    return sorted((data / "backups").glob("catalogue-*.db"), reverse=True)


def warm_start(folder: Path, data: Path, archive_id: str) -> Path | None:
    """Put the best copy there is in the place of a catalogue that is not there; which copy it was.

    A copy that is damaged, of another archive or of another version is passed over.
    """
    target = data / "catalogue.db"
    if target.exists():
        return None
    for source in [*dated_copies(data)[:1], snapshot_path(folder), *dated_copies(data)[1:]]:
        with contextlib.suppress(OSError):
            if source.stat().st_size <= _LARGEST and _adopt(source, target, archive_id):
                return source
    return None


def _adopt(source: Path, target: Path, archive_id: str) -> bool:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{new_id()}.part")
    try:
        shutil.copyfile(source, part)
        if not copies.is_good_copy(part, archive_id):
            return False
        copies.make_ours(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return True


@contextlib.contextmanager
def copied(catalogue: Catalogue, folder: Path, ask: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """A copy in a local folder, there as long as the block lasts; `ask` may raise Cancelled while it is made."""
    copy = folder / f"{new_id()}.part"
    try:
        copies.copy_to(catalogue, copy, ask)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _age(path: Path) -> float:
    """Seconds since a file of this computer was written; a clock that was put back makes it old."""
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return _DAY
    return age if age >= 0 else _DAY
