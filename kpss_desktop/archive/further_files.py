"""Further files of a document: the .pdf of minutes that are there as .doc, or a newer version of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive.intake_plan import FileAs, IntakeItem
from kpss_desktop.archive.placing import free_path
from kpss_desktop.catalogue import documents
from kpss_desktop.model import Document, StoredFile
from kpss_desktop.store import path_key

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.catalogue import Database


def living(db: Database, document_id: str | None) -> Document | None:
    """The document of an id, unless it is in the trash or gone."""
    found = documents.load_documents(db, [document_id]) if document_id else ()
    return found[0] if found and not found[0].trashed else None


def add_file(archive: Archive, db: Database, document: Document, item: IntakeItem, file: StoredFile) -> None:
    """Put a file beside those of a document, with the groups that it brings; a newer version is shown first."""
    shelf = str(PurePosixPath(document.file.path).parent)
    placed = replace(file, path=free_path(archive, shelf, item.name))
    documents.add_file(db, document.id, placed, path_key(placed.path), first=item.files_as is FileAs.VERSION)
    if item.joins:
        documents.set_groups(db, document.id, (*document.groups, *item.joins))
