"""A full backup of an archive to another disk: incremental, in generations, read back before it says done.

It can be stopped and begun again at any moment; until it is done, the generations made before are what they were.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive.sharing import presence
from kpss_desktop.archive.trust import bag as bags
from kpss_desktop.archive.trust import quiet
from kpss_desktop.archive.trust.bag import Bag
from kpss_desktop.catalogue import documents
from kpss_desktop.errors import BackupInside, DamagedBackup, ForeignBackup
from kpss_desktop.folders import walk
from kpss_desktop.lasting import digest_of, written_aside
from kpss_desktop.progress import Progress
from kpss_desktop.safe_names import path_key, safe_name
from kpss_desktop.store import SYSTEM

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

KEPT = 10  # generations; never fewer than 3
_CHUNK = 1 << 20
_LAST = "backup.last"
# What lies in .kpss but is not the clerk's: copies on their way, signs of life, and what can be made again.
_PASSING = ("lock", "heartbeat", "snapshot.db", "staging")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was made; sizes in bytes. `missing` and `changed` are files of the archive that are not as filed.

    `same_volume` says that the backup lies on the archive's own disk and will be lost with it.
    """

    folder: Path
    generation: int
    files: int
    bytes: int
    copied: int
    copied_bytes: int
    same_volume: bool
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Last:
    """The last backup made from this computer: `at` is local time, ISO 8601, to the second."""

    at: str
    folder: str
    files: int


@dataclass(slots=True)
class _Work:
    archive: Archive
    bag: Bag
    before: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    looks: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    size: int = 0
    copied: int = 0
    copied_bytes: int = 0
    missing: list[str] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)


def backup(archive: Archive, folder: Path, progress: Progress, *, keep: int = KEPT) -> BackedUp:
    """Back the archive up into a folder, or into one of its own below when other things lie there.

    Raises BackupInside, ForeignBackup, DiskFull before anything is written; DamagedBackup when what was written cannot
    be read back; Cancelled, OSError, ArchiveGone.
    """
    with presence.at_hand(archive):
        work = _Work(archive, _bag(archive, folder.absolute()))
        work.before = dict(work.bag.newest.files) if work.bag.newest else {}
        known, paths = _known(archive), list(_paths(archive))
        _require_room(work, paths, known)
        for number, path in enumerate(paths):
            progress(number, len(paths), PurePosixPath(path).name)
            _keep_file(work, path, known.get(path))
        # While we copied, somebody may have edited: what moved meanwhile is fetched, so that records and files agree.
        known = quiet.quietly(archive, lambda: _catch_up(work), lambda: progress(len(paths), len(paths)))
        progress(len(paths), len(paths))
        _set_aside_the_rest(work)
    now = datetime.now().astimezone()
    work.size = sum(_size(work.bag.data_path(path)) for path in work.files)
    made = bags.add(work.bag, work.files, f"{now:%Y-%m-%d %H:%M}", work.size)
    # What the archive has lost since, or holds changed, must never grow too old to be brought back.
    bags.forget_older(bags.read(work.bag.folder), max(keep, 3), known.values())
    archive.catalogue.remember(
        _LAST, json.dumps(asdict(Last(now.isoformat(timespec="seconds"), str(work.bag.folder), len(work.files))))
    )
    return BackedUp(
        work.bag.folder, made.number, len(work.files), work.size, work.copied, work.copied_bytes,
        is_same_volume(archive, work.bag.folder), tuple(work.missing), tuple(sorted(work.changed)),
    )  # fmt: skip


def last(archive: Archive) -> Last | None:
    """The last backup made from this computer."""
    found = archive.catalogue.fact(_LAST)
    return Last(**json.loads(found)) if found else None


def is_due(archive: Archive, days: int = 14) -> bool:
    """Whether it is time to remind of a backup: none for so many days, and there is something to lose."""
    made = last(archive)
    if made is None:
        return bool(documents.all_ids(archive.catalogue.db))
    return (datetime.now().astimezone() - datetime.fromisoformat(made.at)).days >= days


def is_same_volume(archive: Archive, folder: Path) -> bool:
    """Whether a folder lies on the archive's own disk, where a backup is of little use; for a warning beforehand."""
    place = folder.absolute()
    while not place.exists():
        if place == place.parent:  # a drive that is not there
            return False
        place = place.parent
    return place.stat().st_dev == archive.folder.stat().st_dev


def _bag(archive: Archive, folder: Path) -> Bag:
    """The backup to continue or to begin."""
    if (folder / "bag-info.txt").is_file():
        root = folder
    elif folder.is_dir() and any(folder.iterdir()):
        root = folder / safe_name(f"Záloha {archive.name}")
    else:
        root = folder
    mine, theirs = archive.folder.resolve(), root.resolve()
    if mine.is_relative_to(theirs) or theirs.is_relative_to(mine):
        raise BackupInside(root)
    if not (root / "bag-info.txt").is_file():
        return bags.begin(root, archive.id)
    found = bags.read(root)
    if found.archive_id != archive.id:
        raise ForeignBackup(root)
    return found


def _paths(archive: Archive) -> Iterator[str]:
    """Every file that is to be kept: the readable folders, the records, the trash, what was put aside as damaged."""
    yield from archive.store.walk()
    for place, folders, names in walk(archive.folder / SYSTEM):
        here = place.relative_to(archive.folder)
        if here == Path(SYSTEM):
            folders[:] = [name for name in folders if name not in _PASSING]
        folders.sort()
        for name in sorted(names):
            if here != Path(SYSTEM) or not name.startswith(_PASSING):
                yield str(PurePosixPath(*here.parts, name))


def _require_room(work: _Work, paths: list[str], known: dict[str, str]) -> None:
    """Raise DiskFull when what must be copied does not fit."""
    new = [path for path in paths if path not in work.before or known.get(path, "") != work.before[path]]
    work.bag.store.require_room(sum(_size(work.archive.store.inside(path)) for path in new))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _catch_up(work: _Work) -> dict[str, str]:
    """Copy what came or changed since it was copied, forget what went; path to digest of what is filed now."""
    known, paths = _known(work.archive), set(_paths(work.archive))
    for path in work.files.keys() - paths:
        del work.files[path]
    for path in sorted(paths):
        if path not in work.files or work.looks[path] != _look(work.archive.store.inside(path)):
            _keep_file(work, path, known.get(path))
    work.missing = sorted(known.keys() - work.files.keys())
    work.changed = {path for path, digest in known.items() if work.files.get(path, digest) != digest}
    return known


def _known(archive: Archive) -> dict[str, str]:
    return {path: sha256 for _, path, sha256, _ in documents.all_files(archive.catalogue.db)}


def _look(path: Path) -> tuple[int, int, int]:
    """How a file looks from outside; another one in its place looks otherwise. All zero when there is none."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return 0, 0, 0
    return seen.st_size, seen.st_mtime_ns, seen.st_ino


def _keep_file(work: _Work, path: str, sha256: str | None) -> None:
    """See to it that the backup has a file, proved by reading it from there; one that went meanwhile is left out."""
    source, target = work.archive.store.inside(path), work.bag.data_path(path)
    try:
        look = _look(source)
        expected = sha256 or digest_of(source)
        if not _holds(target, expected):
            expected = _copy(work, source, path)
    except FileNotFoundError:
        if source.exists():
            raise
        work.files.pop(path, None)
        return
    work.files[path], work.looks[path] = expected, look


def _holds(target: Path, sha256: str) -> bool:
    return target.is_file() and digest_of(target) == sha256


def _copy(work: _Work, source: Path, path: str) -> str:
    """Copy one file, moving what it replaces aside, and read it back; its digest."""
    target, digest, size = work.bag.data_path(path), hashlib.sha256(), 0
    with source.open("rb") as stream, written_aside(target) as handle:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += handle.write(chunk)
        if target.is_file():
            work.bag.set_aside(target, digest_of(target))
    bags.drop_from_memory(target)
    if digest_of(target) != digest.hexdigest():
        raise DamagedBackup(work.bag.folder, (path,))
    work.copied += 1
    work.copied_bytes += size
    return digest.hexdigest()


def _set_aside_the_rest(work: _Work) -> None:
    """Move out of the tree what the archive has no more, for the older generations.

    Where the disk tells no "a" from "A", a file that was renamed only so is the newest one under its former letters.
    """
    data, store = work.bag.folder / bags.DATA, work.bag.store
    spelt = {path_key(path): path for path in work.files}
    for folder, _, names in list(walk(data)):
        for name in names:
            place = folder / name
            if name.startswith(".") and name.endswith(".part"):
                place.unlink()  # of a backup that was killed; the store gives unfinished files such names
                continue
            path = place.relative_to(data).as_posix()
            if path in work.files:
                continue
            wanted = spelt.get(path_key(path))
            if wanted is not None and store.is_respelt(f"{bags.DATA}/{path}", f"{bags.DATA}/{wanted}"):
                with contextlib.suppress(OSError):  # the letters are for the eye; the content is where it is looked for
                    store.respell(f"{bags.DATA}/{path}", f"{bags.DATA}/{wanted}")
            else:
                work.bag.set_aside(place, digest_of(place))
