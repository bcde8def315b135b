"""Files of the archive folder: the one room (with `records`) that writes into it, by the means of `lasting`.

Every path here is relative to the archive folder, written with "/", and is checked before it is used: records may have
been edited by a stranger.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kpss_desktop.errors import DiskFull, UnsafePath
from kpss_desktop.folders import walk
from kpss_desktop.lasting import give_name, opened_anew, patiently, rename_new, sync_file, sync_folder
from kpss_desktop.safe_names import OURS, path_key

SYSTEM = OURS
STAGING = f"{SYSTEM}/staging"
TRASH = f"{SYSTEM}/trash"

RESERVE = 50 * 1024 * 1024  # bytes that stay free on the clerk's disk
_CHUNK = 1 << 20

# Paths that lead out of a folder, or to it: from the root, by "..", and the drives and streams of Windows.
_LEADS_OUT = re.compile(r"^/|[\\\0:]|(?:^|/)\.\.(?:/|\Z)|^(?:\.?/)*\.?\Z", re.DOTALL)


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
        digest, size = hashlib.sha256(), 0
        try:
            with opened_anew(target) as handle:
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
