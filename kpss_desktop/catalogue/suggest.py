"""Did you mean: words that some text holds for words that none does."""

from __future__ import annotations

from dataclasses import replace

import sqlite_utils
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kpss_desktop.catalogue.kinship import keys_of
from kpss_desktop.catalogue.lexicon import Language
from kpss_desktop.catalogue.query import Clause, Query

_SHORTEST = 4  # letters; a shorter word is near to too many others
_SHORT = 6  # letters up to which one mistake is allowed, beyond it two
_RARE = 3  # documents; rarer words may be mistakes themselves, when there are many words to choose from
_MANY_FORMS = 50_000


def suggest(db: sqlite_utils.Database, language: Language, query: Query) -> Query | None:
    """The query with each word that no text holds replaced by the likeliest one that some does.

    None when all words are held, or when one that is not is like no other.
    """
    least = _RARE if db.execute("SELECT count(*) FROM forms").fetchone()[0] > _MANY_FORMS else 1
    clauses = [_mended(db, language, clause, least) for clause in query.clauses]
    found = replace(query, clauses=tuple(clauses), unfinished=False)
    return found if found.clauses != query.clauses else None


def _mended(db: sqlite_utils.Database, language: Language, clause: Clause, least: int) -> Clause:
    if clause.negated:
        return clause
    terms = tuple(
        term if term.prefix else replace(term, words=tuple(_word(db, language, word, least) for word in term.words))
        for term in clause.terms
    )
    return Clause(terms)


def _word(db: sqlite_utils.Database, language: Language, word: str, least: int) -> str:
    """The word itself when some text holds it, else the likeliest one, else the word itself."""
    if len(word) < _SHORTEST or not word.isalpha() or keys_of(db, language, word):
        return word
    typed = language.fold(word)
    for first in (typed[0], ""):
        found = _nearest(db, typed, first, least)
        if found is not None:
            return _written(db, found)
    return word


def _nearest(db: sqlite_utils.Database, typed: str, first: str, least: int) -> str | None:
    """The nearest folded form that begins so, among the nearest the commonest."""
    mistakes = 1 if len(typed) <= _SHORT else 2
    rows = db.execute(
        "SELECT fold, sum(amount) FROM forms WHERE fold >= ? AND fold < ? AND length(fold) BETWEEN ? AND ? "
        "AND amount > 0 GROUP BY fold HAVING sum(amount) >= ?",
        (first, first + "\U0010ffff", len(typed) - mistakes, len(typed) + mistakes, least),
    )
    amounts: dict[str, int] = dict(rows.fetchall())
    near = process.extract(typed, list(amounts), scorer=OSA.distance, score_cutoff=mistakes, limit=None)
    return min(((distance, -amounts[form], form) for form, distance, _ in near), default=(0, 0, None))[2]


def _written(db: sqlite_utils.Database, folded: str) -> str:
    """The commonest way a folded form is written."""
    sql = "SELECT form FROM forms WHERE fold = ? ORDER BY amount DESC, form LIMIT 1"
    return str(db.execute(sql, (folded,)).fetchone()[0])
