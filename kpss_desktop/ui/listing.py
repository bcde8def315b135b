"""What the table of documents is asked to show, and how workers fetch it. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.search import saving, searching
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.archive.search.searching import Found, Page
from kpss_desktop.catalogue.listing import Column as ColumnName
from kpss_desktop.czech.collation import sort_key
from kpss_desktop.messages import kind_name
from kpss_desktop.model import Document
from kpss_desktop.progress import Progress, silent

PAGE = 100
"""How many rows are fetched at once."""

_CHUNK = 2000


class Column(IntEnum):
    """The columns of the table, in their first order."""

    DATE = 0
    TITLE = 1
    KIND = 2
    GROUPS = 3
    TAGS = 4
    SIZE = 5


_NAMES: dict[Column, ColumnName] = {
    Column.DATE: "date",
    Column.TITLE: "title",
    Column.KIND: "kind",
    Column.GROUPS: "groups",
    Column.TAGS: "tags",
    Column.SIZE: "size",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A search text on a shelf. `sorted_by` None leaves the order to the search: best or newest first."""

    text: str = ""
    shelf: Shelf = field(default_factory=Shelf)
    sorted_by: Column | None = None
    descending: bool = False

    @property
    def words(self) -> str:
        """What is looked for: by the place itself, and typed."""
        return searching.words_in(self.shelf, self.text)

    @property
    def is_search(self) -> bool:
        """Whether rows have a snippet."""
        return bool(self.text.strip()) or saving.is_saved(self.shelf.query)


def fetch(archive: Archive, listing: Listing, offset: int, limit: int) -> Page:
    """Rows from `offset`; what a search found comes whole when it is to be sorted by a column."""
    if listing.is_search and listing.sorted_by is not None:
        return _in_order(archive, listing, _fetch_counted(archive, replace(listing, sorted_by=None), silent))
    return _find(archive, listing, offset, limit)


def fetch_all(archive: Archive, listing: Listing, progress: Progress) -> Page:
    """Every row of the listing; those beyond what a search counts come without the lines that show why."""
    if listing.is_search and listing.sorted_by is not None:
        return _in_order(archive, listing, fetch_all(archive, replace(listing, sorted_by=None), progress))
    page = _fetch_counted(archive, listing, progress)
    if not page.capped:
        return page
    known = {one.document.id for one in page.found}
    ids = searching.ids_of(archive, listing.text, shelf=listing.shelf, live=True)
    rest = looking.documents(archive, [one for one in ids if one not in known])
    found = page.found + tuple(Found(document) for document in rest)
    return replace(page, found=found, total=len(found), capped=False)


def _fetch_counted(archive: Archive, listing: Listing, progress: Progress) -> Page:
    first = _find(archive, listing, 0, _CHUNK)
    found = list(first.found[: first.total])
    while len(found) < first.total:
        progress(len(found), first.total)
        more = _find(archive, listing, len(found), _CHUNK)
        if not more.found:
            break
        found += more.found
    return replace(first, found=tuple(found))


def _find(archive: Archive, listing: Listing, offset: int, limit: int) -> Page:
    column, descending = Column.DATE, True
    if listing.sorted_by is not None:
        column, descending = listing.sorted_by, listing.descending
    return searching.find(
        archive,
        listing.text,
        shelf=listing.shelf,
        limit=limit,
        offset=offset,
        column=_NAMES[column],
        descending=descending,
        live=True,
    )


def _in_order(archive: Archive, listing: Listing, page: Page) -> Page:
    names = {group.id: group.name for group in looking.groups(archive)}
    rows = sorted(page.found, key=lambda row: _sort_key(row.document, listing, names), reverse=listing.descending)
    return replace(page, found=tuple(rows))


def _sort_key(document: Document, listing: Listing, names: Mapping[str, str]) -> Any:
    match listing.sorted_by:
        case Column.DATE:
            date = document.dated.date if document.dated else None
            return (date.year or 0, date.month or 0, date.day or 0) if date else (0, 0, 0)
        case Column.KIND:
            return sort_key(kind_name(document.kind))
        case Column.GROUPS:
            return [sort_key(names[group]) for group in document.groups if group in names]
        case Column.TAGS:
            return [sort_key(tag) for tag in document.tags]
        case Column.SIZE:
            return document.size
        case _:
            return sort_key(document.title)
