"""Opening a backup in a new place, and saying in what it differs from the archive of today.

Nothing is ever written over: the target must be free, every digest is proved before the first byte is written, and the
folder gets its name only when all of it is there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.archive.trust import bag as bags
from kpss_desktop.archive.trust.bag import Bag, Generation
from kpss_desktop.catalogue import documents
from kpss_desktop.errors import BackupInside, DamagedBackup, FolderNotEmpty
from kpss_desktop.folders import walk
from kpss_desktop.ids import new_id
from kpss_desktop.lasting import digest_of, make_folder, patiently, sync_file, sync_folder
from kpss_desktop.model import Document
from kpss_desktop.progress import Progress
from kpss_desktop.store import SYSTEM, Store

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; `damaged` names files that the backup had lost, when they were to be left out."""

    folder: Path
    generation: int
    date: str
    files: int
    damaged: tuple[str, ...] = ()


class Change(StrEnum):
    """How the archive differs from the backup."""

    MISSING = "missing"  # the backup has the document, the archive has not
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that is not the same; `fields` names what differs of a changed one."""

    kind: Change
    document_id: str
    title: str
    path: str
    fields: tuple[str, ...] = ()


def generations(folder: Path) -> tuple[Generation, ...]:
    """The backups that a folder holds, the newest last; raises NotABackup, OSError."""
    return bags.find(folder).generations


def restore(
    folder: Path, target: Path, progress: Progress, *, number: int | None = None, leave_out_damaged: bool = False
) -> Restored:
    """Restore a generation (the newest for None) into a folder that is new or empty.

    Raises NotABackup, FolderNotEmpty, BackupInside, DiskFull, DamagedBackup (before anything is written, unless the
    damaged files are to be left out), Cancelled, OSError.
    """
    bag = bags.find(folder.absolute())
    generation = bag.generation(number)
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderNotEmpty(target)
    if target.resolve().is_relative_to(bag.folder.resolve()):
        raise BackupInside(target)
    sources, damaged = _proved(bag, generation, progress)
    if damaged and not leave_out_damaged:
        raise DamagedBackup(bag.folder, damaged)
    target.parent.mkdir(parents=True, exist_ok=True)
    Store(target.parent).require_room(sum(source.stat().st_size for source in sources.values()))
    part = target.with_name(f"{target.name}.{new_id()[:8]}.part")
    try:
        _copy_all(sources, generation, part, progress)
        if target.exists():
            target.rmdir()
        patiently(lambda: part.rename(target))
        sync_folder(target.parent)
    except OSError as error:
        place = Path(str(error.filename or part))
        if not place.is_relative_to(part):
            raise
        # The folder has this name only as long as it is being made.
        raise OSError(error.errno, error.strerror, str(target / place.relative_to(part))) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Restored(target, generation.number, generation.date, len(sources), damaged)


def check(folder: Path, progress: Progress, *, number: int | None = None) -> tuple[str, ...]:
    """The paths of a generation that cannot be restored; raises NotABackup, Cancelled."""
    bag = bags.find(folder.absolute())
    return _proved(bag, bag.generation(number), progress)[1]


def _proved(bag: Bag, generation: Generation, progress: Progress) -> tuple[dict[str, Path], tuple[str, ...]]:
    """Where the content of each path lies, proved by its digest; and the paths that have none."""
    sources, damaged = {}, []
    for done, (path, sha256) in enumerate(generation.files.items()):
        progress(done, 2 * len(generation.files), PurePosixPath(path).name)
        place = bag.proved(sha256)
        if place is None:
            damaged.append(path)
        else:
            sources[path] = place
    return sources, tuple(damaged)


def _copy_all(sources: dict[str, Path], generation: Generation, part: Path, progress: Progress) -> None:
    total = 2 * len(generation.files)
    for done, (path, source) in enumerate(sources.items()):
        progress(len(generation.files) + done, total, PurePosixPath(path).name)
        copy = Store(part).inside(path)
        make_folder(copy.parent)
        with source.open("rb") as stream, copy.open("xb") as handle:
            shutil.copyfileobj(stream, handle, 1 << 20)
            sync_file(handle)
        if digest_of(copy) != generation.files[path]:
            raise DamagedBackup(source, (path,))
    (part / SYSTEM).mkdir(parents=True, exist_ok=True)
    for folder, _, _ in walk(part):
        sync_folder(folder)
    progress(total, total)


def compare(folder: Path, archive: Archive, *, number: int | None = None) -> list[Difference]:
    """What differs between a backup and the archive as it is now, document by document; raises NotABackup, OSError."""
    db = archive.catalogue.db
    with _records_of(folder, number) as old_folder:
        before = {
            d.id: d for name in records.shelf_names(old_folder) for d in records.read_shelf(old_folder, name).documents
        }
    now = {document.id: document for document in documents.load_documents(db, documents.all_ids(db))}
    found = [_told(Change.MISSING, before[i]) for i in before.keys() - now.keys()]
    found += [_told(Change.ADDED, now[i]) for i in now.keys() - before.keys()]
    for document_id in before.keys() & now.keys():
        fields = _differing(before[document_id], now[document_id])
        if fields:
            found.append(_told(Change.CHANGED, now[document_id], fields))
    return sorted(found, key=lambda difference: (difference.kind, difference.path))


def _told(kind: Change, document: Document, fields: tuple[str, ...] = ()) -> Difference:
    return Difference(kind, document.id, document.title, document.file.path, fields)


def _differing(before: Document, now: Document) -> tuple[str, ...]:
    names = ("title", "kind", "groups", "dated", "tags", "note", "trashed", "meeting")
    fields = [name for name in names if getattr(before, name) != getattr(now, name)]
    if [file.path for file in before.files] != [file.path for file in now.files]:
        fields.append("path")
    if [file.sha256 for file in before.files] != [file.sha256 for file in now.files]:
        fields.append("content")
    return tuple(fields)


@contextmanager
def _records_of(folder: Path, number: int | None) -> Iterator[Path]:
    """The record files of a generation, in a folder of their own."""
    bag = bags.find(folder.absolute())
    generation = bag.generation(number)
    with tempfile.TemporaryDirectory(prefix="kpss-") as temporary:
        for path, sha256 in generation.files.items():
            if path.startswith(f"{SYSTEM}/records/") or path == f"{SYSTEM}/trash.jsonl":
                copy = Path(temporary, path)
                copy.parent.mkdir(parents=True, exist_ok=True)
                for place in bag.places_of(sha256)[:1]:
                    shutil.copyfile(place, copy)
        yield Path(temporary)
