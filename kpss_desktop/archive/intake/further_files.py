"""Further files of a document: the .pdf of minutes that are there as .doc, or a newer version of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive import editing
from kpss_desktop.archive.intake.plan import FileAs, IntakeItem
from kpss_desktop.archive.placing import free_path
from kpss_desktop.catalogue import documents
from kpss_desktop.model import Document, Group, StoredFile
from kpss_desktop.safe_names import path_key

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.catalogue import Database


def living(db: Database, document_id: str | None) -> Document | None:
    """The document of an id, unless it is in the trash or gone."""
    found = documents.load_documents(db, [document_id]) if document_id else ()
    return found[0] if found and not found[0].trashed else None


def add_file(
    archive: Archive, db: Database, document: Document, item: IntakeItem, file: StoredFile, groups: dict[str, Group]
) -> None:
    """Put a file beside those of a document, with the groups that it brings; a newer version is shown first."""
    document = join(archive, db, document, item.joins, groups)
    shelf = str(PurePosixPath(document.file.path).parent)
    placed = replace(file, path=free_path(archive, shelf, item.name))
    documents.add_file(db, document.id, placed, path_key(placed.path), first=item.files_as is FileAs.VERSION)


def join(
    archive: Archive, db: Database, document: Document, joins: tuple[str, ...], groups: dict[str, Group]
) -> Document:
    """Give a document further groups, as an edit does: one that had none moves to their folder. How it is then."""
    after = replace(document, groups=tuple(dict.fromkeys((*document.groups, *joins))))
    if after == document:
        return document
    editing.write_edited(archive, db, document, after, groups)
    return documents.load_documents(db, [document.id])[0]
