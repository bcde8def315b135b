"""New documents of an intake as rows: what they need to know is asked once, and they are written in one go.

Thousands of small statements were once half the time of an intake.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kpss_desktop.archive.intake import teaching
from kpss_desktop.archive.intake.plan import IntakeItem
from kpss_desktop.archive.meetings import Arrivals
from kpss_desktop.archive.placing import free_paths, shelf_of
from kpss_desktop.catalogue import documents
from kpss_desktop.ids import new_id
from kpss_desktop.model import Document, Extract, Group, StoredFile
from kpss_desktop.safe_names import path_key
from kpss_desktop.store import Staged

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.catalogue import Database


def stored_file(item: IntakeItem, copy: Staged, extract: Extract | None) -> StoredFile:
    """The file that a copy becomes; where it will lie is not known yet."""
    return StoredFile(
        id=copy.file_id,
        path="",
        size=copy.size,
        sha256=copy.sha256,
        mime=(extract.mime if extract else "") or mimetypes.guess_type(item.name)[0] or "application/octet-stream",
        original_name=item.name,
        original_raw=item.raw_name,
        source=item.source,
    )


def enter(
    archive: Archive, db: Database, groups: dict[str, Group], rows: Sequence[tuple[IntakeItem, StoredFile]]
) -> list[str]:
    """Make a document of each file, with its place and its meeting, as part of an open step; their ids.

    Groups that are named for the first time are made, and `groups` is brought up to date.
    """
    added = datetime.now(UTC).isoformat(timespec="seconds")
    made = [_document(item, file, _groups_of(db, groups, item), added) for item, file in rows]
    shelves = [shelf_of(document, groups) for document in made]
    paths = free_paths(archive, [(shelf, item.name) for shelf, (item, _) in zip(shelves, rows, strict=True)])
    arrivals = Arrivals(db, made)
    met = [
        arrivals.join(document, shelf, item.recognition.number)
        for document, shelf, (item, _) in zip(made, shelves, rows, strict=True)
    ]
    arrivals.write()
    placed = [
        replace(document, files=(replace(document.file, path=path),), meeting=arrivals.settled(meeting))
        for document, path, meeting in zip(made, paths, met, strict=True)
    ]
    documents.insert_documents(
        db, [(one, shelf, [path_key(one.file.path)]) for one, shelf in zip(placed, shelves, strict=True)]
    )
    return [document.id for document in placed]


def _groups_of(db: Database, groups: dict[str, Group], item: IntakeItem) -> tuple[str, ...]:
    new = (teaching.registered(db, groups, name) for name in item.new_groups)
    return tuple(dict.fromkeys((*item.groups, *new)))


def _document(item: IntakeItem, file: StoredFile, groups: tuple[str, ...], added: str) -> Document:
    return Document(
        id=new_id(),
        title=item.title,
        kind=item.kind,
        files=(file,),
        groups=groups,
        dated=item.dated,
        added=added,
    )
