"""Days and months typed among the words of a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpss_desktop.catalogue.query import Clause, Query, Term
from kpss_desktop.czech.dates import format_date_in_words, parse_date
from kpss_desktop.model import PartialDate

_PARTS = 3  # day, month and year


def with_days(query: Query) -> Query:
    """Let a day or a month that was typed find the documents of that time too.

    A day finds the documents of the day, and the texts that name it in any of the usual ways. A month in words ("leden
    2020") finds the documents of the month, and the texts that hold both words.
    """
    made: list[Clause] = []
    at = 0
    while at < len(query.clauses):
        found = _day_at(query.clauses, at) or _month_at(query.clauses, at) or ((query.clauses[at],), 1)
        made += found[0]
        at += found[1]
    return replace(query, clauses=tuple(made))


def _day_at(clauses: Sequence[Clause], start: int) -> tuple[tuple[Clause, ...], int] | None:
    """The day that begins with a clause, and how many clauses say it."""
    words: list[str] = []
    for number, clause in enumerate(clauses[start : start + _PARTS], start=1):
        words += _plain_words(clause) or ("",) * _PARTS
        if len(words) == _PARTS:
            day = _date(words)
            return ((_any_spelling(day, words),), number) if day is not None and day.is_full else None
    return None


def _month_at(clauses: Sequence[Clause], start: int) -> tuple[tuple[Clause, ...], int] | None:
    pair = clauses[start : start + 2]
    words = [word for clause in pair for word in _plain_words(clause)]
    if len(pair) < 2 or len(words) != 2 or words[0].isdecimal():
        return None
    month = _date(words)
    if month is None or month.month is None or month.day is not None:
        return None
    then = Term((), day=str(month))
    # First, so that the word still being typed stays the last.
    return tuple(Clause((then, *clause.terms)) for clause in pair), 2


def _plain_words(clause: Clause) -> tuple[str, ...]:
    term = clause.terms[0]
    is_plain = len(clause.terms) == 1 and not (clause.negated or term.exact or term.prefix or term.day)
    return term.words if is_plain else ()


def _date(words: Sequence[str]) -> PartialDate | None:
    """The date that words make; none without a year of four digits."""
    if not any(len(word) == len("2020") and word.isdecimal() for word in words):
        return None
    date = parse_date(" ".join(words))
    return date if date is not None and date.year is not None else None


def _any_spelling(date: PartialDate, words: Sequence[str]) -> Clause:
    day, month, year = str(date.day), str(date.month), str(date.year)
    spellings = (
        tuple(words),
        (day, month, year),
        (f"{date.day:02}", f"{date.month:02}", year),
        tuple(format_date_in_words(date).replace(".", "").split()),
        tuple(str(date).split("-")),
    )
    return Clause((*(Term(spelling) for spelling in dict.fromkeys(spellings)), Term((), day=str(date))))
