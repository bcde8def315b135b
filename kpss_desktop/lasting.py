"""Writing so that it lasts: whole or not at all, under a name that nothing had, synced before anybody relies on it.

The order write, sync, rename, sync folder is the usual practice of databases and version control.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from kpss_desktop.ids import new_id

T = TypeVar("T")

_PART = re.compile(r"\.[0-9a-f]{32}\.part")  # the names that `written_aside` gives
_ABANDONED = 3600  # seconds without a byte written

# A file open in Word, or an antivirus at work: Windows answers with one of these for a moment.
_BUSY_ON_WINDOWS = {5, 32, 33}
_PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
# A file system without links (FAT, exFAT, some network drives) answers os.link with one of these.
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES, errno.EMLINK, errno.EXDEV, errno.EINVAL}


def patiently(call: Callable[[], T]) -> T:
    """Call again for about 2.5 s while Windows says that another program holds the file."""
    for wait in _PATIENCE:
        try:
            return call()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _BUSY_ON_WINDOWS:
                raise
            time.sleep(wait)
    return call()


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder last through a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF):
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there; all of them last through a power cut."""
    missing = []
    while not folder.is_dir() and folder != folder.parent:  # a drive that is not there has no parent
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        sync_folder(one.parent)


def sync_file(handle: BinaryIO) -> None:
    """Write a file through to the disk."""
    handle.flush()
    os.fsync(handle.fileno())


@contextlib.contextmanager
def written_aside(target: Path, aside: Path | None = None) -> Iterator[BinaryIO]:
    """Write a file whole or not at all: beside the target (or in the folder `aside`), synced, then renamed over it."""
    folder = aside or target.parent
    make_folder(folder)
    part = folder / f".{new_id()}.part"
    try:
        with part.open("xb") as handle:
            yield handle
            sync_file(handle)
        make_folder(target.parent)
        patiently(lambda: part.replace(target))
        sync_folder(target.parent)
    except OSError as error:
        if error.filename not in (None, str(part)):
            raise
        # A clerk knows the target, and no other name of it.
        raise OSError(error.errno, error.strerror, str(target)) from error
    finally:
        with contextlib.suppress(OSError):  # what went wrong before is the thing to tell
            part.unlink(missing_ok=True)


def safe_write(target: Path, data: bytes, aside: Path | None = None) -> None:
    """`written_aside` for bytes that are at hand."""
    with written_aside(target, aside) as handle:
        handle.write(data)


def clear_leftovers(made: Path) -> None:
    """Remove what writings that were killed left beside a file just made; what may still be written is kept.

    Their age is told by the time of that file, so that only the clock of that disk counts.
    """
    with contextlib.suppress(OSError):  # nobody asked for it, and the next one tries again
        old = made.stat().st_mtime - _ABANDONED
        for path in made.parent.iterdir():
            if _PART.fullmatch(path.name) and path.stat().st_mtime < old:
                path.unlink()


def give_name(source: Path, target: Path) -> bool:
    """Give a file a further name, never one that is taken; False where it has only the new one now.

    Raises FileExistsError when the target is there, FileNotFoundError when the source is not.
    """
    if os.name == "nt":
        make_folder(target.parent)
        patiently(lambda: source.rename(target))
        return False
    try:
        _link(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        make_folder(target.parent)  # a disk that makes no links need not say that it is missing
        source.rename(target)
        return False
    return True


def _link(source: Path, target: Path) -> None:
    """Link into a folder that is made when it turns out to be missing: mostly it is there, and asking is not free."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        make_folder(target.parent)
        os.link(source, target)


def rename_new(source: Path, target: Path) -> None:
    """Rename without ever writing over a file, lasting; raises FileExistsError when the target is there."""
    if give_name(source, target):
        sync_folder(target.parent)  # a power cut may take one of the two names, but never both
        source.unlink()
    for folder in {target.parent, source.parent}:
        sync_folder(folder)


def to_sync_later(handle: BinaryIO) -> int:
    """A descriptor of an open file that outlives it, for `sync_and_close`."""
    handle.flush()
    return os.dup(handle.fileno())


def sync_and_close(descriptor: int) -> OSError | None:
    """Sync a file and let it go; what the disk says when it does not take it. From any thread."""
    try:
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return error
    return None


def opened_anew(path: Path) -> BinaryIO:
    """A file to be written, in a folder that is made when it is missing."""
    try:
        return path.open("wb")
    except FileNotFoundError:
        make_folder(path.parent)
        return path.open("wb")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
