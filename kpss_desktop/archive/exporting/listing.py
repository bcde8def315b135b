"""A list of documents as a table: CSV for a spreadsheet, or a page that any browser and Word can open."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.archive.exporting.packing import Exported
from kpss_desktop.archive.exporting.page import cell, page_of
from kpss_desktop.archive.placing import groups_by_id
from kpss_desktop.catalogue import documents
from kpss_desktop.czech.dates import format_date
from kpss_desktop.errors import NothingToExport
from kpss_desktop.lasting import clear_leftovers, safe_write
from kpss_desktop.model import Document, Group, Kind
from kpss_desktop.progress import Progress, silent

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

PAGES = (".html", ".htm")
# What a spreadsheet would calculate; some take the signs of full width, as typed in East Asia, for the same.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_AT_ONCE = 1000

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListWords:
    """The words of the table, in the clerk's language; a kind without a word is written as the code has it."""

    date: str = "Datum"
    title: str = "Název"
    kind: str = "Druh"
    groups: str = "Skupiny"
    tags: str = "Štítky"
    note: str = "Poznámka"
    file: str = "Soubor"
    kinds: Mapping[Kind, str] = field(default_factory=dict)
    language: str = "cs"  # as HTML names it

    @property
    def headings(self) -> Row:
        """Above the columns."""
        return self.date, self.title, self.kind, self.groups, self.tags, self.note, self.file


def export_list(
    archive: Archive,
    ids: Sequence[str],
    target: Path,
    progress: Progress = silent,
    *,
    title: str = "",
    words: ListWords | None = None,
) -> Exported:
    """Write the documents in this order: a page when the name ends in .html, else CSV.

    The CSV is what Czech spreadsheets open by a double click: UTF-8 with a mark, semicolons, CRLF. A cell that would be
    taken for a formula gets an apostrophe in front. Raises NothingToExport, OSError, Cancelled.
    """
    words = words or ListWords()
    rows = list(_rows(archive, ids, words, progress))
    if not rows:
        raise NothingToExport(title)
    if target.suffix.casefold() in PAGES:
        data = page_of(title or words.title, words.language, words.headings, (map(cell, row) for row in rows))
    else:
        data = _csv(words, rows)
    safe_write(target, data)
    clear_leftovers(target)
    return Exported(target, len(rows), len(data), hashlib.sha256(data).hexdigest())


def _rows(archive: Archive, ids: Sequence[str], words: ListWords, progress: Progress) -> Iterable[Row]:
    groups = groups_by_id(archive)
    for first in range(0, len(ids), _AT_ONCE):
        progress(first, len(ids))
        for document in documents.load_documents(archive.catalogue.db, ids[first : first + _AT_ONCE]):
            yield _row(document, groups, words)


def _row(document: Document, groups: Mapping[str, Group], words: ListWords) -> Row:
    return (
        format_date(document.dated.date) if document.dated else "",
        document.title,
        words.kinds.get(document.kind, document.kind.value),
        ", ".join(groups[group].name for group in document.groups if group in groups),
        ", ".join(document.tags),
        document.note,
        ", ".join(file.path for file in document.files),
    )


def _csv(words: ListWords, rows: Iterable[Row]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(words.headings)
    writer.writerows(tuple(map(_harmless, row)) for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
