"""Two computers changed one document at once: both versions have one rev, so neither is the newer one.

One of them stays where it is; the other is kept in `.kpss/diverged/`, a record of one line a file, until the clerk has
chosen. While the archive is open for reading only, it waits in this computer's data folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.catalogue import documents
from kpss_desktop.errors import DamagedRecord
from kpss_desktop.model import Document
from kpss_desktop.store import SYSTEM, Store

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

FOLDER = f"{SYSTEM}/diverged"
_TOLD = "diverged.told"  # the versions that the clerk was told of, on this computer


def is_other(one: Document, other: Document) -> bool:
    """Whether two versions differ in what a clerk typed or filed; where the files lie and in which meeting follows."""
    return _typed(one) != _typed(other)


def _typed(document: Document) -> tuple[object, ...]:
    digests = sorted(file.sha256 for file in document.files)
    lists = (document.groups, sorted(document.tags), digests)
    return (document.title, document.kind, document.dated, document.note, document.trashed, *lists)


def keep(archive: Archive, versions: Iterable[Document]) -> None:
    """Keep versions that gave way to others of the same rev; raises OSError."""
    folder = archive.folder / FOLDER if archive.writable else archive.data / "diverged"
    for version in versions:
        records.write_version(folder / f"{_name(version)}.jsonl", version)


def _name(version: Document) -> str:
    """The same for the same version, whichever computer keeps it."""
    return hashlib.sha256(f"{version.id} {version.rev} {_typed(version)}".encode()).hexdigest()[:32]


def bring(archive: Archive) -> None:
    """Bring into the archive what was kept while it was open for reading only; raises OSError."""
    waiting = archive.data / "diverged"
    if archive.writable and waiting.is_dir():
        for path in waiting.glob("*.jsonl"):
            keep(archive, _read(archive, path))
            path.unlink()


def kept(archive: Archive) -> Iterator[tuple[str, Document, Document]]:
    """Versions that are still otherwise: the path of the record, the document as it is here, the other version."""
    for path in sorted((archive.folder / FOLDER).glob("*.jsonl")):
        for other in _read(archive, path):
            for here in documents.load_documents(archive.catalogue.db, [other.id]):
                if is_other(here, other):
                    yield path.relative_to(archive.folder).as_posix(), here, other


def untold(archive: Archive) -> tuple[Document, ...]:
    """Documents of which the clerk has not been told yet that there is another version."""
    told = (archive.catalogue.fact(_TOLD) or "").split()
    return tuple(here for path, here, _ in kept(archive) if Path(path).stem not in told)


def tell(archive: Archive) -> None:
    """The clerk has been told of all there are."""
    archive.catalogue.remember(_TOLD, " ".join(Path(path).stem for path, _, _ in kept(archive)))


def put_away(archive: Archive, path: str, loser: Document) -> None:
    """Keep the version that was not chosen where damaged records lie, and ask no more."""
    place = archive.store.really_inside(path)
    records.write_version(archive.folder / SYSTEM / "damaged" / f"{place.stem} {_name(loser)[:8]}.jsonl", loser)
    Store(archive.folder).discard(path)


def _read(archive: Archive, path: Path) -> tuple[Document, ...]:
    try:
        return records.read_record_file(archive.folder, path, "").documents
    except (FileNotFoundError, DamagedRecord):
        return ()
