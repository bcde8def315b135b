"""Finding documents: the words of one box, and the place of the navigator they are looked for in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpss_desktop.archive.search.asking import understood
from kpss_desktop.archive.search.scoping import EVERYWHERE, Shelf, scope_of
from kpss_desktop.catalogue import documents, listing
from kpss_desktop.catalogue import search as index
from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.catalogue.listing import Column
from kpss_desktop.catalogue.plan import plan
from kpss_desktop.catalogue.query import Filter, parse
from kpss_desktop.catalogue.search import Order
from kpss_desktop.catalogue.suggest import suggestions
from kpss_desktop.model import Document, Kind

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A document with the lines that show why; spans are start and end in the snippet and in the title."""

    document: Document
    snippet: str = ""
    spans: tuple[Span, ...] = ()
    title_spans: tuple[Span, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was found. `total` is exact unless `capped`. `chips` are the filters in the words typed."""

    found: tuple[Found, ...] = ()
    total: int = 0
    capped: bool = False
    chips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of what was found are in which group, year, kind, and have which tag."""

    groups: Mapping[str, int]
    years: Mapping[int, int]
    kinds: Mapping[Kind, int]
    tags: Mapping[str, int]


def find(
    archive: Archive,
    text: str = "",
    *,
    shelf: Shelf = EVERYWHERE,
    limit: int = 50,
    offset: int = 0,
    order: Order = "typing",
    column: Column = "date",
    descending: bool = True,
    live: bool = False,
) -> Page:
    """A page of what the words find in a place; without words all of it in order of a column. Never raises for text.

    `live` takes the last word for a beginning, as while it is typed.
    """
    db, language = archive.catalogue.db, archive.catalogue.language
    chips = tuple(str(one) for one in parse(text).filters)
    with archive.catalogue.snapshot():
        query = understood(archive, words_in(shelf, text))
        scope = scope_of(archive, query, shelf)
        if not query.clauses:
            ids = listing.ids_in(db, scope, column=column, descending=descending, limit=limit, offset=offset)
            found = tuple(Found(document) for document in documents.load_documents(db, ids))
            return Page(found, listing.number_in(db, scope), chips=chips)
        results = index.search(db, language, query, scope, limit=limit, offset=offset, order=order, live=live)
        by_id = {d.id: d for d in documents.load_documents(db, [hit.document_id for hit in results.hits])}
    hits = tuple(
        Found(by_id[hit.document_id], hit.snippet, hit.spans, hit.title_spans, hit.score)
        for hit in results.hits
        if hit.document_id in by_id
    )
    return Page(hits, results.total, results.capped, chips)


def ids_of(archive: Archive, text: str = "", *, shelf: Shelf = EVERYWHERE, live: bool = False) -> list[str]:
    """The ids of all documents that the words find, newest first; for what is done to a whole search."""
    with archive.catalogue.snapshot():
        query = understood(archive, words_in(shelf, text))
        scope = scope_of(archive, query, shelf)
        return index.document_ids(archive.catalogue.db, archive.catalogue.language, query, scope, live=live)


def facets(archive: Archive, text: str = "", *, shelf: Shelf = EVERYWHERE, live: bool = False) -> Facets:
    """What the words find in a place, counted by what it can be narrowed by."""
    with archive.catalogue.snapshot():
        query = understood(archive, words_in(shelf, text))
        scope = scope_of(archive, query, shelf)
        found = index.facets(archive.catalogue.db, archive.catalogue.language, query, scope, live=live)
    kinds = {Kind(kind): number for kind, number in found.kinds.items()}
    return Facets(found.groups, found.years, kinds, found.tags)


def words_in(shelf: Shelf, text: str) -> str:
    """What is looked for in a place: what the place looks for itself, and what is typed."""
    return f"{shelf.query} {text}".strip()


def light(archive: Archive, text: str) -> Light | None:
    """What lights the words of a search in the text of any document; None when no words are looked for."""
    made = plan(archive.catalogue.db, archive.catalogue.language, understood(archive, text))
    return Light(made, capitals=True) if made.clauses else None


def suggestion(archive: Archive, text: str, *, shelf: Shelf = EVERYWHERE) -> str | None:
    """What was perhaps meant by words that no document has, when it finds something in the place.

    None when what was typed finds something itself, or when there is nothing better to type.
    """
    with archive.catalogue.snapshot():
        if _finds(archive, text, shelf):
            return None
        likely = suggestions(archive.catalogue.db, archive.catalogue.language, parse(text))
        return next((meant for meant in map(str, likely) if _finds(archive, meant, shelf)), None)


def _finds(archive: Archive, text: str, shelf: Shelf) -> bool:
    query = understood(archive, words_in(shelf, text))
    scope = scope_of(archive, query, shelf)
    return index.search(archive.catalogue.db, archive.catalogue.language, query, scope, limit=1).total > 0


def as_text(archive: Archive, text: str, shelf: Shelf = EVERYWHERE) -> str:
    """What is typed, with the place it is looked for in put in words, so that it means the same anywhere."""
    query = parse(words_in(shelf, text))
    group = next((one.name for one in documents.load_groups(archive.catalogue.db) if one.id == shelf.group), None)
    told = [
        ("group", (group,) if group else ()),
        ("year", (str(shelf.year),) if shelf.year else ()),
        ("kind", tuple(kind.value for kind in shelf.kinds)),
        ("tag", (shelf.tag,) if shelf.tag else ()),
    ]
    more = tuple(Filter(name, values) for name, values in told if values)
    return str(replace(query, filters=tuple(dict.fromkeys(query.filters + more))))


def remove_chip(text: str, chip: str) -> str:
    """The words typed, without one of their filters."""
    query = parse(text)
    unwanted = next((one for one in query.filters if str(one) == chip), None)
    return text if unwanted is None else str(query.without(unwanted))


def add_filter(text: str, name: str, value: str) -> str:
    """The words typed, with one more filter ("group", "year", "kind", "tag", "state" or "date")."""
    return str(parse(text).having(Filter(name, (value,))))
