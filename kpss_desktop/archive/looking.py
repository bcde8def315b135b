"""Looking things up; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.catalogue import documents as rows
from kpss_desktop.catalogue import figures, meetings, texts
from kpss_desktop.catalogue.figures import Counts
from kpss_desktop.czech.collation import sort_key
from kpss_desktop.errors import NoSuchDocument
from kpss_desktop.model import Document, Group, GroupKind, StoredFile
from kpss_desktop.safe_names import path_key

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_ORDER = {GroupKind.WORKING: 0, GroupKind.STEERING: 1, GroupKind.OTHER: 2}


def groups(archive: Archive) -> tuple[Group, ...]:
    """All groups: working, steering, other; each kind in Czech order."""
    found = rows.load_groups(archive.catalogue.db)
    return tuple(sorted(found, key=lambda group: (_ORDER[group.kind], sort_key(group.name))))


def document(archive: Archive, document_id: str) -> Document:
    """One document; raises NoSuchDocument."""
    found = rows.load_documents(archive.catalogue.db, [document_id])
    if not found:
        raise NoSuchDocument(document_id)
    return found[0]


def documents(archive: Archive, ids: Sequence[str]) -> tuple[Document, ...]:
    """The documents of these ids in their order; ids that are no document's are left out."""
    with archive.catalogue.snapshot():
        return rows.load_documents(archive.catalogue.db, ids)


def all_documents(archive: Archive) -> tuple[Document, ...]:
    """All documents, those in the trash too."""
    with archive.catalogue.snapshot():
        return rows.load_documents(archive.catalogue.db, rows.all_ids(archive.catalogue.db))


def meeting_numbers(archive: Archive) -> dict[str, int]:
    """The running numbers of meetings by their ids, where they are known."""
    return {meeting: n for meeting, _date, _shelf, n in meetings.all_meetings(archive.catalogue.db) if n is not None}


def document_at(archive: Archive, path: str) -> Document:
    """The document that has a file at this path (relative, or absolute inside the archive); raises NoSuchDocument."""
    given = Path(path)
    relative = given.relative_to(archive.folder).as_posix() if given.is_relative_to(archive.folder) else path
    found = rows.by_path(archive.catalogue.db, path_key(relative.replace("\\", "/").removeprefix("./")))
    if found is None:
        raise NoSuchDocument(path)
    return document(archive, found)


def file_path(archive: Archive, file: StoredFile) -> Path:
    """Where a file lies on the disk."""
    return archive.store.inside(file.path)


def text_of(archive: Archive, file: StoredFile) -> str:
    """The text of a file, "" when there is none."""
    return texts.text_of(archive.catalogue.db, file.sha256)


def is_machine_read(archive: Archive, file: StoredFile) -> bool:
    """Whether the text of a file was recognised from pictures."""
    return texts.is_machine_read(archive.catalogue.db, file.sha256)


def counts(archive: Archive) -> Counts:
    """The numbers beside the navigator's places."""
    with archive.catalogue.snapshot():
        return figures.counts(archive.catalogue.db)


def tags(archive: Archive) -> tuple[str, ...]:
    """All tags in use, in Czech order."""
    return rows.tag_names(archive.catalogue.db)
