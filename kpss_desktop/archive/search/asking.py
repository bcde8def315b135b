"""What was typed, understood in one archive: its saved searches, and dates that stand for a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpss_desktop.archive.search.days import with_days
from kpss_desktop.catalogue.query import Clause, Filter, Query, parse
from kpss_desktop.catalogue.saved import load_searches
from kpss_desktop.czech.folding import fold

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


def understood(archive: Archive, text: str, within: frozenset[str] = frozenset()) -> Query:
    """The query of a text. `within` are the saved searches that are being looked up: none stands for itself.

    A saved search asked for alone is put in place of its name; several at once, or one that is excluded, stay filters.
    """
    query = parse(text)
    clauses: list[Clause] = []
    filters: list[Filter] = []
    for one in query.filters:
        kept = saved_text(archive, one.values[0], within) if one.name == "saved" else None
        if kept is None or one.negated or len(one.values) > 1:
            filters.append(one)
            continue
        inner = understood(archive, kept, within | {fold(one.values[0])})
        clauses += inner.clauses
        filters += inner.filters
    found = replace(query, clauses=(*clauses, *query.clauses), filters=tuple(dict.fromkeys(filters)))
    return with_days(found)


def saved_text(archive: Archive, name: str, within: frozenset[str] = frozenset()) -> str | None:
    """What a saved search looks for, by its name without regard to case and accents; None when there is none."""
    wanted = fold(name)
    if wanted in within:
        return None
    return next((one.query for one in load_searches(archive.catalogue.db) if fold(one.name) == wanted), None)
