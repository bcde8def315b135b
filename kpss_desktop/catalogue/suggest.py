"""Did you mean: words that some text holds for words that none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

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
_WAYS = 4  # words that are tried for one
_MOST = 12  # queries that are made of them


def suggestions(db: sqlite_utils.Database, language: Language, query: Query) -> Iterator[Query]:
    """The query with each word that no text holds replaced by one that some does, the likeliest ways first.

    Nothing when all words are held, or when one that is not is like no other.
    """
    least = _RARE if db.execute("SELECT count(*) FROM forms").fetchone()[0] > _MANY_FORMS else 1
    typed = {
        word
        for clause in query.clauses if not clause.negated
        for term in clause.terms if not term.prefix
        for word in term.words
    }  # fmt: skip
    unheld = sorted(word for word in typed if not _is_held(db, language, word))
    meant = [_meant(db, word.lower(), language.fold(word), least) for word in unheld]
    # The sums of the places grow, so the likeliest words of all come before a less likely one of any.
    ways = sorted(product(*(range(len(words)) for words in meant)), key=sum)
    for places in islice(ways, _MOST if unheld else 0):
        chosen = {word: words[place] for word, words, place in zip(unheld, meant, places, strict=True)}
        yield replace(query, clauses=tuple(_mended(clause, chosen) for clause in query.clauses), unfinished=False)


def _is_held(db: sqlite_utils.Database, language: Language, word: str) -> bool:
    """Whether some text holds the word, or it is none to be guessed."""
    return len(word) < _SHORTEST or not word.isalpha() or bool(keys_of(db, language, word))


def _mended(clause: Clause, chosen: dict[str, str]) -> Clause:
    if clause.negated:
        return clause
    return Clause(
        tuple(
            term if term.prefix else replace(term, words=tuple(chosen.get(word, word) for word in term.words))
            for term in clause.terms
        )
    )


def _meant(db: sqlite_utils.Database, typed: str, folded: str, least: int) -> list[str]:
    """What is written nearly so: words with the same first letter before others, of each the nearest and commonest."""
    found = _nearest(db, folded, folded[0], least) or _nearest(db, folded, "", least)
    written = [(distance, _written(db, form), amount) for distance, form, amount in found]
    # Of equally near ones the word with the accents that were typed.
    ranked = sorted((distance, OSA.distance(typed, form.lower()), -amount, form) for distance, form, amount in written)
    return [form for *_, form in ranked[:_WAYS]]


def _nearest(db: sqlite_utils.Database, typed: str, first: str, least: int) -> list[tuple[int, str, int]]:
    """The folded forms that begin so and are near: how near, the form, and in how many documents it is."""
    mistakes = 1 if len(typed) <= _SHORT else 2
    rows = db.execute(
        "SELECT fold, sum(amount) FROM forms WHERE fold >= ? AND fold < ? AND length(fold) BETWEEN ? AND ? "
        "AND amount > 0 GROUP BY fold HAVING sum(amount) >= ?",
        (first, first + "\U0010ffff", len(typed) - mistakes, len(typed) + mistakes, least),
    )
    amounts: dict[str, int] = dict(rows.fetchall())
    forms = list(amounts)
    near = process.extract(
        _sound(typed), [_sound(form) for form in forms], scorer=OSA.distance, score_cutoff=mistakes, limit=None
    )
    return [(int(distance), forms[place], amounts[forms[place]]) for _, distance, place in near]


def _sound(folded: str) -> str:
    """I and y sound alike in Czech, so one for the other is no mistake of the fingers."""
    return folded.replace("y", "i")


def _written(db: sqlite_utils.Database, folded: str) -> str:
    """The commonest way a folded form is written."""
    sql = "SELECT form FROM forms WHERE fold = ? ORDER BY amount DESC, form LIMIT 1"
    return str(db.execute(sql, (folded,)).fetchone()[0])
