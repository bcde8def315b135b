"""Rows and records brought together: what to take from the records, and what of ours is newer.

Everything here happens inside the transaction that `opening` has open.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.archive.placing import groups_by_id
from kpss_desktop.archive.sharing import divergence
from kpss_desktop.archive.sharing.conflicts import Copy
from kpss_desktop.catalogue import documents, following
from kpss_desktop.catalogue import meetings as rows_of_meetings
from kpss_desktop.catalogue.saved import delete_search, load_searches, put_search
from kpss_desktop.catalogue.synonyms import save_synonyms
from kpss_desktop.czech.abbreviations import USUAL_SYNONYMS
from kpss_desktop.errors import UnsafePath
from kpss_desktop.ids import new_id
from kpss_desktop.model import Document, Group, Reason, StoredFile, TextState
from kpss_desktop.safe_names import numbered, path_key

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.catalogue import Database

_Incoming = dict[str, tuple[Document, str]]


@dataclass(slots=True)
class Difference:
    """What the records say that the catalogue has not read yet."""

    shelves: dict[str, records.Shelf] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    facts: records.ArchiveFacts | None = None
    copies: list[Copy] = field(default_factory=list)
    facts_copies: list[Path] = field(default_factory=list)
    diverged: list[Document] = field(default_factory=list)
    """Versions that gave way to others of the same rev: found by `take_documents`."""

    def __bool__(self) -> bool:
        return bool(self.shelves or self.gone or self.facts or self.copies or self.facts_copies)


def take_groups(db: Database, groups: tuple[Group, ...], *, keep_ours: bool) -> None:
    """Groups of archive.json as they are there; one that documents still use stays, and one not written yet."""
    for group in groups:
        documents.save_group(db, group)
    for group_id in {group.id for group in documents.load_groups(db)} - {group.id for group in groups}:
        if not keep_ours and not documents.is_used(db, group_id):
            documents.delete_group(db, group_id)


def take_taught(db: Database, facts: records.ArchiveFacts, *, keep_ours: bool) -> bool:
    """Saved searches and synonyms of archive.json as they are there, unless ours were not written yet.

    An archive that does not speak of synonyms gets those a clerk of any town needs; whether that was so.
    """
    if keep_ours:
        return False
    theirs = {search.name for search in facts.searches}
    for search in load_searches(db):
        if search.name not in theirs:
            delete_search(db, search.name)
    for search in facts.searches:
        put_search(db, search)
    wanted = USUAL_SYNONYMS if facts.synonyms is None else facts.synonyms
    save_synonyms(db, wanted)
    return facts.synonyms is None


def take_documents(archive: Archive, difference: Difference) -> set[str]:
    """Documents of the changed shelves; the shelves that must be written again because our row is the newer one."""
    db = archive.catalogue.db
    incoming = _newest(archive, difference)
    meetings = {m.id: (m, shelf.name) for shelf in difference.shelves.values() for m in shelf.meetings}
    for meeting, shelf_name in meetings.values():
        rows_of_meetings.put_meeting(db, meeting, shelf_name)
    dirty = _take_copies(archive, difference, incoming)
    dirty |= _remove_missing(archive, difference, set(incoming))
    known = {document.id: document for document in documents.load_documents(db, incoming)}
    for mine in known.values():
        theirs, shelf_name = incoming[mine.id]
        # A row that agrees stays, and with it the place of its words in the index.
        if _as_recorded(mine) == theirs and documents.shelf_name(db, mine.id) == shelf_name:
            del incoming[mine.id]
        elif mine.rev > theirs.rev:
            dirty |= {documents.shelf_name(db, mine.id), incoming.pop(mine.id)[1]}
        else:
            _note_diverged(archive, difference, mine, theirs)
    # All the old rows go before the first new one comes, so that files may have changed places.
    for document_id in known.keys() & incoming.keys():
        documents.delete_document(db, document_id)
    _insert(archive, incoming, dirty)
    rows_of_meetings.drop_empty(db)
    return dirty


def _newest(archive: Archive, difference: Difference) -> _Incoming:
    """Each document of the changed shelves once, with its shelf; of two versions that with the higher rev."""
    incoming: _Incoming = {}
    for shelf in difference.shelves.values():
        for document in shelf.documents:
            if document.id not in incoming or incoming[document.id][0].rev < document.rev:
                incoming[document.id] = (document, shelf.name)
            else:
                _note_diverged(archive, difference, document, incoming[document.id][0])
    return incoming


def _note_diverged(archive: Archive, difference: Difference, loser: Document, winner: Document) -> None:
    """Note a version that gives way although its rev is no lower: both were changed at once, on two computers."""
    groups = groups_by_id(archive)
    one, other = (_with_known_groups(version, groups) for version in (loser, winner))
    if loser.rev == winner.rev and divergence.is_other(one, other):
        difference.diverged.append(one)


def _with_known_groups(document: Document, groups: Collection[str]) -> Document:
    return replace(document, groups=tuple(dict.fromkeys(group for group in document.groups if group in groups)))


def _take_copies(archive: Archive, difference: Difference, incoming: _Incoming) -> set[str]:
    """Let newer documents of conflict copies come in, and those that only a copy has, if their file is there."""
    db, dirty = archive.catalogue.db, set()
    for copy in difference.copies:
        for meeting in copy.shelf.meetings:
            if meeting.id not in rows_of_meetings.meeting_ids(db):
                rows_of_meetings.put_meeting(db, meeting, copy.shelf.name)
        for document in copy.shelf.documents:
            rows = documents.load_documents(db, [document.id])
            versions = list(rows)
            if document.id in incoming:
                versions.append(incoming[document.id][0])
            best = max(versions, key=lambda version: version.rev, default=None)
            if best is not None and document.rev <= best.rev:
                _note_diverged(archive, difference, document, best)
            elif best is not None or _is_there(archive, document):
                dirty |= {copy.shelf.name, *(documents.shelf_name(db, row.id) for row in rows)}
                dirty |= {incoming[document.id][1]} if document.id in incoming else set()
                incoming[document.id] = (document, copy.shelf.name)
    return dirty


def _insert(archive: Archive, incoming: _Incoming, dirty: set[str]) -> None:
    db, groups = archive.catalogue.db, groups_by_id(archive)
    meetings = rows_of_meetings.meeting_ids(db)
    for document, shelf_name in incoming.values():
        files = tuple(_with_free_names(db, file) for file in document.files)
        if files != document.files:
            dirty.add(shelf_name)
        kept = replace(
            _with_known_groups(document, groups),
            files=files,
            meeting=document.meeting if document.meeting in meetings else None,
        )
        documents.insert_document(db, kept, shelf_name, [path_key(file.path) for file in files])


def _with_free_names(db: Database, file: StoredFile) -> StoredFile:
    """A file whose id and path no other row has: two computers may have filed under one name, or a line was copied.

    Nothing is moved on the disk. `verify` then finds the file by its digest, wherever the sync program put it.
    """
    number, path = 1, file.path
    while documents.path_taken(db, path_key(path)):
        number += 1
        path = numbered(file.path, number)
    file_id = new_id() if documents.file_known(db, file.id) else file.id
    return replace(file, id=file_id, path=path)


def _as_recorded(document: Document) -> Document:
    """A document as its record tells of it: what became of a text is no matter of the records."""
    files = (replace(file, text_state=TextState.PENDING, text_reason=Reason.NONE) for file in document.files)
    return replace(document, files=tuple(files))


def _remove_missing(archive: Archive, difference: Difference, incoming: set[str]) -> set[str]:
    """Rows that no record tells of any more go, unless their file is still there: then the record is written anew."""
    db = archive.catalogue.db
    dirty = set()
    for shelf in [*difference.shelves, *difference.gone]:
        missing = [i for i in following.on_shelf(db, shelf) if i not in incoming]
        for document in documents.load_documents(db, missing):
            if _is_there(archive, document):
                dirty.add(shelf)
            else:
                documents.delete_document(db, document.id)
    return dirty


def _is_there(archive: Archive, document: Document) -> bool:
    try:
        return archive.store.inside(document.file.path).is_file()
    except UnsafePath:
        return False
