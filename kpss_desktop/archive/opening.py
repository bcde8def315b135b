"""Following the records: how this computer's catalogue comes to agree with the folder.

The same path serves an empty catalogue (new computer, deleted data folder), a folder that another computer changed,
and the everyday opening where nothing differs. Of two versions of a document the higher rev wins.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.archive import changes
from kpss_desktop.archive.placing import groups_by_id
from kpss_desktop.catalogue import documents, following, steps
from kpss_desktop.catalogue import meetings as rows_of_meetings
from kpss_desktop.model import Document, Group, Meeting
from kpss_desktop.store import SYSTEM, path_key, safe_write

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


@dataclass(slots=True)
class _Difference:
    """What the records say that the catalogue has not read yet."""

    shelves: dict[str, records.Shelf] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    facts: records.ArchiveFacts | None = None

    def __bool__(self) -> bool:
        return bool(self.shelves or self.gone or self.facts)


def follow(archive: Archive) -> bool:
    """Take over what the records say, finish what is unfinished, clear the staging. Whether anything was taken over."""
    difference = _compare(archive)
    if difference:
        _take_over(archive, difference)
    if archive.writable:
        changes.finish(archive)
        _clear_staging(archive)
    return bool(difference)


def _compare(archive: Archive) -> _Difference:
    known = following.known_record_files(archive.catalogue.db)
    difference = _Difference()
    found = set()
    for name in records.shelf_names(archive.folder):
        found.add(name)
        if records.shelf_digest(archive.folder, name) != known.get(name):
            difference.shelves[name] = records.read_shelf(archive.folder, name)
    difference.gone = [name for name in known if name not in found and name != following.ARCHIVE_FACTS]
    if records.facts_digest(archive.folder) != known.get(following.ARCHIVE_FACTS):
        difference.facts = records.read_facts(archive.folder)
    return difference


def _take_over(archive: Archive, difference: _Difference) -> None:
    """Bring the rows in step, in one transaction; what the triggers note meanwhile is no work to be done."""
    db = archive.catalogue.db
    with archive.catalogue.transaction():
        last = max((intent.seq for intent in following.intents(db)), default=0)
        dirty = set(following.dirty_shelves(db))
        was_empty = not following.known_record_files(db)
        if difference.facts:
            _take_groups(archive, difference.facts.groups)
            following.shelf_written(db, following.ARCHIVE_FACTS, records.facts_digest(archive.folder))
        dirty |= _take_documents(archive, difference)
        following.settle(db, last, dirty)
        for shelf in difference.shelves.values():
            following.remember_record_file(db, shelf.name, shelf.digest)
        for name in difference.gone:
            following.remember_record_file(db, name, "")
        if not was_empty:
            # Undo would put back images of rows that somebody else has changed since.
            steps.forget(db)
    for shelf in difference.shelves.values():
        if shelf.bad_lines and archive.writable:
            _keep_damaged(archive, shelf)


def _take_groups(archive: Archive, groups: tuple[Group, ...]) -> None:
    """Groups of archive.json as they are there; one that documents still use stays."""
    db = archive.catalogue.db
    for group in groups:
        documents.save_group(db, group)
    for group_id in {group.id for group in documents.load_groups(db)} - {group.id for group in groups}:
        if not documents.is_used(db, group_id):
            documents.delete_group(db, group_id)


def _take_documents(archive: Archive, difference: _Difference) -> set[str]:
    """Documents of the changed shelves; the shelves that must be written again because our row is the newer one."""
    db = archive.catalogue.db
    incoming: dict[str, tuple[Document, str]] = {}
    meetings: dict[str, tuple[Meeting, str]] = {}
    for shelf in difference.shelves.values():
        meetings |= {meeting.id: (meeting, shelf.name) for meeting in shelf.meetings}
        for document in shelf.documents:
            if document.id not in incoming or incoming[document.id][0].rev < document.rev:
                incoming[document.id] = (document, shelf.name)
    for meeting, shelf_name in meetings.values():
        rows_of_meetings.put_meeting(db, meeting, shelf_name)
    dirty = _remove_missing(archive, difference, set(incoming))
    known = {document.id: document for document in documents.load_documents(db, incoming)}
    groups = groups_by_id(archive)
    newer = [mine for mine in known.values() if mine.rev > incoming[mine.id][0].rev]
    for mine in newer:
        dirty |= {documents.shelf_name(db, mine.id), incoming.pop(mine.id)[1]}
    # All the old rows go before the first new one comes, so that files may have changed places.
    for document_id in known.keys() & incoming.keys():
        documents.delete_document(db, document_id)
    for document, shelf_name in incoming.values():
        known_groups = tuple(group for group in document.groups if group in groups)
        kept = _acceptable(archive, document, known_groups, set(meetings))
        documents.insert_document(db, kept, shelf_name, [path_key(file.path) for file in kept.files])
    return dirty


def _acceptable(archive: Archive, document: Document, groups: tuple[str, ...], meetings: set[str]) -> Document:
    """The document without what the archive does not know: foreign groups, meetings that no record tells of."""
    known = meetings | rows_of_meetings.meeting_ids(archive.catalogue.db)
    return replace(document, groups=groups, meeting=document.meeting if document.meeting in known else None)


def _remove_missing(archive: Archive, difference: _Difference, incoming: set[str]) -> set[str]:
    """Rows that no record tells of any more go, unless their file is still there: then the record is written anew."""
    db = archive.catalogue.db
    dirty = set()
    for shelf in [*difference.shelves, *difference.gone]:
        missing = [i for i in following.on_shelf(db, shelf) if i not in incoming]
        for document in documents.load_documents(db, missing):
            if archive.store.inside(document.file.path).is_file():
                dirty.add(shelf)
            else:
                documents.delete_document(db, document.id)
    return dirty


def _keep_damaged(archive: Archive, shelf: records.Shelf) -> None:
    """Keep a record file with lines nobody understood, before it is ever written again."""
    path = records.shelf_path(archive.folder, shelf.name)
    data = path.read_bytes()
    name = f"{shelf.name.replace('/', ' ')} {hashlib.sha256(data).hexdigest()[:8]}.jsonl"
    kept = archive.folder / SYSTEM / "damaged" / name
    if not kept.exists():
        safe_write(kept, data)


def _clear_staging(archive: Archive) -> None:
    """Remove copies that an interrupted intake left; their sources are with the clerk, untouched."""
    if archive.store.staging.is_dir():
        for path in archive.store.staging.iterdir():
            path.unlink(missing_ok=True)
