"""Further files of a document: the .pdf of minutes that are there as .doc, or a newer version of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive import editing, meetings
from kpss_desktop.archive.intake.plan import FileAs, IntakeItem
from kpss_desktop.archive.placing import free_paths
from kpss_desktop.catalogue import documents
from kpss_desktop.catalogue import meetings as meeting_rows
from kpss_desktop.model import Document, Group, StoredFile
from kpss_desktop.safe_names import path_key

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.catalogue import Database


def living(db: Database, ids: Iterable[str]) -> dict[str, Document]:
    """The documents of these ids, without those that are in the trash or gone."""
    return {document.id: document for document in documents.load_documents(db, ids) if not document.trashed}


def add_files(
    archive: Archive, db: Database, added: Sequence[tuple[Document, IntakeItem, StoredFile]], groups: dict[str, Group]
) -> None:
    """Put files beside those of documents, with the groups that they bring; a newer version is shown first."""
    now = {document.id: document for document, _, _ in added}
    for document, item, _ in added:
        now[document.id] = join(archive, db, now[document.id], item.joins, groups)
    homes = [(str(PurePosixPath(now[document.id].file.path).parent), item.name) for document, item, _ in added]
    last = []
    for (document, item, file), path in zip(added, free_paths(archive, homes), strict=True):
        placed = document.id, replace(file, path=path), path_key(path)
        if item.files_as is FileAs.VERSION:
            documents.add_first_file(db, *placed)
        else:
            last.append(placed)
    documents.add_files(db, last)
    _gather(db, groups, added, now)


def _gather(
    db: Database,
    groups: dict[str, Group],
    added: Sequence[tuple[Document, IntakeItem, StoredFile]],
    now: Mapping[str, Document],
) -> None:
    """Let documents follow the groups that they were given to a meeting, and meetings know the numbers in the names."""
    before, numbers = {}, dict[str, int]()
    for document, item, _ in added:
        before[document.id] = document
        if item.recognition.number is not None:
            numbers.setdefault(document.id, item.recognition.number)
    moved = {i for i, one in now.items() if one.meeting is None or one.groups != before[i].groups}
    if moved:
        meetings.gather(db, groups, [i for i in now if i in moved], {i: numbers[i] for i in moved & numbers.keys()})
    told: dict[str, int] = {}
    for document_id, number in numbers.items():
        if document_id not in moved and (meeting := now[document_id].meeting):
            told.setdefault(meeting, number)
    meeting_rows.set_numbers(db, told)


def join(
    archive: Archive, db: Database, document: Document, joins: tuple[str, ...], groups: dict[str, Group]
) -> Document:
    """Give a document further groups, as an edit does: one that had none moves to their folder. How it is then."""
    after = replace(document, groups=tuple(dict.fromkeys((*document.groups, *joins))))
    if after == document:
        return document
    editing.write_edited(archive, db, document, after, groups)
    return documents.load_documents(db, [document.id])[0]
