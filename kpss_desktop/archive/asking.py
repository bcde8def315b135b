"""What was typed, understood in one archive: its saved searches, and dates that stand for a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpss_desktop.catalogue.query import Clause, Filter, Query, Term, parse
from kpss_desktop.catalogue.saved import load_searches
from kpss_desktop.czech.dates import format_date_in_words, parse_date
from kpss_desktop.czech.folding import fold

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_PARTS = 3  # day, month and year


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
    return replace(found, clauses=tuple(_with_days(found.clauses)))


def saved_text(archive: Archive, name: str, within: frozenset[str] = frozenset()) -> str | None:
    """What a saved search looks for, by its name without regard to case and accents; None when there is none."""
    wanted = fold(name)
    if wanted in within:
        return None
    return next((one.query for one in load_searches(archive.catalogue.db) if fold(one.name) == wanted), None)


def _with_days(clauses: Sequence[Clause]) -> list[Clause]:
    """A day that was typed finds the documents of that day, and the texts that name it in any of the usual ways."""
    made: list[Clause] = []
    at = 0
    while at < len(clauses):
        day, length = _day_at(clauses, at)
        made.append(day or clauses[at])
        at += length
    return made


def _day_at(clauses: Sequence[Clause], start: int) -> tuple[Clause | None, int]:
    """The day that begins with a clause, and how many clauses say it."""
    words: list[str] = []
    for number, clause in enumerate(clauses[start : start + _PARTS], start=1):
        term = clause.terms[0]
        if len(clause.terms) > 1 or term.exact or term.prefix or term.day or clause.negated:
            break
        words += term.words
        if len(words) == _PARTS:
            day = _day(words)
            return day, number if day else 1
    return None, 1


def _day(words: Sequence[str]) -> Clause | None:
    if not any(len(word) == len("2020") and word.isdecimal() for word in words):
        return None
    date = parse_date(" ".join(words))
    if date is None or date.day is None or date.month is None or date.year is None:
        return None
    day, month, year = str(date.day), str(date.month), str(date.year)
    spellings = (
        tuple(words),
        (day, month, year),
        (f"{date.day:02}", f"{date.month:02}", year),
        tuple(format_date_in_words(date).replace(".", "").split()),
        tuple(str(date).split("-")),
    )
    return Clause((*(Term(spelling) for spelling in dict.fromkeys(spellings)), Term((), day=str(date))))
