"""A bundle: chosen documents as a ZIP, in the clerk's order, with a list of contents that anybody can read."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from kpss_desktop.archive.exporting.packing import Exported, Packed, unique_names, write_zip
from kpss_desktop.archive.exporting.page import cell, page_of
from kpss_desktop.archive.placing import groups_by_id
from kpss_desktop.catalogue import documents
from kpss_desktop.czech.dates import format_date
from kpss_desktop.errors import NothingToExport
from kpss_desktop.model import Document, Group, StoredFile
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the list of contents, in the clerk's language."""

    contents: str = "Obsah"
    number: str = "Č."
    date: str = "Datum"
    title: str = "Název"
    groups: str = "Skupiny"
    file: str = "Soubor"
    language: str = "cs"  # as HTML names it


def export_bundle(
    archive: Archive,
    ids: Sequence[str],
    target: Path,
    progress: Progress,
    *,
    title: str = "",
    words: Words | None = None,
) -> Exported:
    """Pack these documents into the file `target`; raises NothingToExport, MissingFile, OSError, Cancelled."""
    words = words or Words()
    chosen = documents.load_documents(archive.catalogue.db, ids)
    if not chosen:
        raise NothingToExport(title)
    files = [(document, file) for document in chosen for file in document.files]
    width = len(str(len(files)))
    contents = f"{words.contents}.html"
    # The number in front keeps the order in every program that shows a folder, and makes the names unique.
    names = unique_names(
        f"{number:0{width}d} {PurePosixPath(file.path).name}" for number, (_, file) in enumerate(files, start=1)
    )
    rows = [(name, document, file) for name, (document, file) in zip(names, files, strict=True)]
    page = _contents(title or words.contents, words, rows, groups_by_id(archive))
    entries = [Packed(contents, page)] + [
        Packed(name, archive.store.inside(file.path), document.dated.date if document.dated else None)
        for name, document, file in rows
    ]
    return write_zip(target, entries, len(files), progress)


def _contents(
    title: str, words: Words, rows: Sequence[tuple[str, Document, StoredFile]], groups: Mapping[str, Group]
) -> bytes:
    """The list of contents, as a page that links to the files beside it."""
    lines = []
    for number, (name, document, _) in enumerate(rows, start=1):
        date = format_date(document.dated.date) if document.dated else ""
        members = ", ".join(groups[group].name for group in document.groups if group in groups)
        link = f'<a href="{html.escape(quote(name))}">{html.escape(name)}</a>'
        lines.append((str(number), date, cell(document.title), cell(members), link))
    headings = (words.number, words.date, words.title, words.groups, words.file)
    return page_of(title, words.language, headings, lines)
