"""Files of the archive folder: the one room (with `records`, through `safe_write`) that writes into it.

Every path here is relative to the archive folder, written with "/", and is checked before it is used: records may have
been edited by a stranger. The order write, sync, rename, sync folder is the usual practice of databases and version
control.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeVar

from kpss_desktop.errors import DiskFull, UnsafePath
from kpss_desktop.folders import walk
from kpss_desktop.safe_names import OURS, path_key

T = TypeVar("T")

SYSTEM = OURS
STAGING = f"{SYSTEM}/staging"
TRASH = f"{SYSTEM}/trash"

RESERVE = 50 * 1024 * 1024  # bytes that stay free on the clerk's disk
_CHUNK = 1 << 20
_PART = re.compile(r"\.[0-9a-f]{32}\.part")  # the names that `written_aside` gives
_ABANDONED = 3600  # seconds without a byte written

# Paths that lead out of a folder, or to it: from the root, by "..", and the drives and streams of Windows.
_LEADS_OUT = re.compile(r"^/|[\\\0:]|(?:^|/)\.\.(?:/|\Z)|^(?:\.?/)*\.?\Z", re.DOTALL)

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
    part = folder / f".{uuid.uuid4().hex}.part"
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
    make_folder(target.parent)
    if os.name == "nt":
        patiently(lambda: source.rename(target))
        return False
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)
        return False
    return True


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


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy that lies in staging under a file's id; `size` in bytes."""

    file_id: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Store:
    """The files below one archive folder. It lives for one change: a folder's links are followed only once."""

    folder: Path
    _real: set[str] = field(default_factory=set, compare=False, repr=False)

    def inside(self, relative: str) -> Path:
        """The absolute path of a relative one; raises UnsafePath when it would lead out of the archive."""
        if _LEADS_OUT.search(relative):
            raise UnsafePath(relative)
        return self.folder / relative

    def really_inside(self, relative: str) -> Path:
        """`inside` for a file that is about to be changed: no folder on the way may be a link that leads out."""
        path = self.inside(relative)
        folder = relative.rpartition("/")[0]
        if folder not in self._real:
            if not path.parent.resolve().is_relative_to(self.folder.resolve()):
                raise UnsafePath(relative)
            self._real.add(folder)
        return path

    @property
    def staging(self) -> Path:
        """Where copies wait until the catalogue knows them."""
        return self.folder / SYSTEM / "staging"

    def staged_path(self, file_id: str) -> Path:
        """Where the staged copy of a file lies."""
        return self.inside(f"{STAGING}/{file_id}")

    def kept_path(self, file_id: str, name: str) -> str:
        """Where a file waits that was trashed or whose intake was undone; relative."""
        return f"{TRASH}/{file_id}/{name}"

    def stage(self, stream: BinaryIO, file_id: str, make_last: Callable[[BinaryIO], None] | None = None) -> Staged:
        """Copy a stream into staging, taking its digest on the way, and sync it. Nothing is left when it fails.

        Who copies many has them synced together by a `make_last` of its own.
        """
        target = self.staged_path(file_id)
        make_folder(target.parent)
        digest, size = hashlib.sha256(), 0
        try:
            with target.open("wb") as handle:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    size += handle.write(chunk)
                (make_last or sync_file)(handle)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return Staged(file_id, size, digest.hexdigest())

    def is_free(self, relative: str) -> bool:
        """Whether nothing lies at the path. That no case-folded twin lies beside it, the catalogue knows."""
        return not os.path.lexists(self.inside(relative))

    def listed(self, folder: str) -> list[str]:
        """The relative paths of all that lies in a folder; of none when it is not there."""
        try:
            return [f"{folder}/{path.name}" for path in self.inside(folder).iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def move(self, source: str, target: str) -> None:
        """Move within the archive without overwriting; folders left empty on the way are removed."""
        origin = self.really_inside(source)
        rename_new(origin, self.really_inside(target))
        self.prune(origin.parent)

    def give_name(self, source: str, target: str) -> bool:
        """`give_name` within the archive: the first half of a move; False when that was all of it."""
        return give_name(self.really_inside(source), self.really_inside(target))

    def is_respelt(self, source: str, target: str) -> bool:
        """Whether two paths are one file with one name, on a disk that tells no "a" from "A" or has é in one form only.

        A file that was just linked to its new name has two.
        """
        if path_key(source) != path_key(target):
            return False
        origin = self.inside(source)
        return origin.samefile(self.inside(target)) and origin.stat().st_nlink == 1

    def respell(self, source: str, target: str) -> None:
        """Have such a disk write the folders and the file with the letters of `target`."""
        here = self.really_inside(target).parents[len(PurePosixPath(target).parts) - 1]
        for before, after in zip(PurePosixPath(source).parts, PurePosixPath(target).parts, strict=True):
            if before != after:
                patiently(partial((here / before).rename, here / after))
            here /= after

    def sync(self, folders: Iterable[str]) -> None:
        """Make the renames in these folders last; one that was removed lasts by its parent."""
        there = set()
        for folder in folders:
            path = self.inside(folder)
            while path != self.folder and not path.is_dir():
                path = path.parent
            there.add(path)
        for path in there:
            sync_folder(path)

    def discard(self, *relatives: str) -> None:
        """Remove second copies of files that are known to lie safely elsewhere."""
        paths = [self.really_inside(relative) for relative in relatives]
        for path in paths:
            path.unlink(missing_ok=True)
        for folder in {path.parent for path in paths}:
            self.prune(folder)

    def prune(self, folder: Path) -> None:
        """Remove empty folders from here upwards, but never the archive's own."""
        while folder not in (self.folder, self.folder / SYSTEM, self.staging) and folder.is_relative_to(self.folder):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def require_room(self, size: int) -> None:
        """Raise DiskFull when `size` more bytes would leave too little room."""
        free = shutil.disk_usage(self.folder).free
        needed = size + size // 10 + RESERVE
        if free < needed:
            raise DiskFull(self.folder, needed, free)

    def walk(self) -> Iterator[str]:
        """The relative paths of all files that lie openly in the archive (not in `.kpss`), sorted."""
        for here, folders, names in walk(self.folder):
            if here == self.folder:
                folders[:] = [name for name in folders if name != SYSTEM]
            folders.sort()
            for name in sorted(names):
                yield (here / name).relative_to(self.folder).as_posix()
