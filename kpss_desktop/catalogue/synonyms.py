"""Words that mean the same, such as an abbreviation and what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlite_utils

from kpss_desktop.catalogue.lexicon import Language
from kpss_desktop.catalogue.query import Clause, Query, Term
from kpss_desktop.catalogue.words import words

Families = tuple[tuple[str, ...], ...]

SYNONYMS_TABLE = """
CREATE TABLE synonyms(family INTEGER NOT NULL, phrase TEXT NOT NULL, PRIMARY KEY(family, phrase)) WITHOUT ROWID;
"""


def load_synonyms(db: sqlite_utils.Database) -> Families:
    """Each family of phrases that stand for each other."""
    families: dict[int, list[str]] = {}
    for family, phrase in db.execute("SELECT family, phrase FROM synonyms ORDER BY family, phrase"):
        families.setdefault(family, []).append(phrase)
    return tuple(tuple(phrases) for phrases in families.values())


def save_synonyms(db: sqlite_utils.Database, families: Sequence[Sequence[str]]) -> None:
    """Make these the families; phrases without a word, and families of one, are left out."""
    db.execute("DELETE FROM synonyms")
    kept = (sorted({phrase.strip() for phrase in family if words(phrase)}) for family in families)
    for number, family in enumerate((family for family in kept if len(family) > 1), start=1):
        db.conn.executemany("INSERT INTO synonyms VALUES(?, ?)", [(number, phrase) for phrase in family])


def with_synonyms(query: Query, families: Families, language: Language) -> Query:
    """Let each phrase of a family that was typed, in any form, be found by the others too.

    A phrase of several words was typed as several clauses that must all hold; the other phrase may stand for all of
    them at once, so it is added to each. What was typed in quotes is taken as it is.
    """
    clauses = list(query.clauses)
    for family in families:
        phrases = [tuple(words(phrase)) for phrase in family]
        for phrase in phrases:
            others = tuple(Term(other) for other in phrases if other != phrase)
            for start in _places(query.clauses, phrase, language):
                for i in range(start, start + len(phrase)):
                    # First, so that the word still being typed stays the last.
                    clauses[i] = Clause(others + clauses[i].terms)
    return replace(query, clauses=tuple(clauses))


def _places(clauses: Sequence[Clause], phrase: tuple[str, ...], language: Language) -> list[int]:
    stems = [language.stem(word) for word in phrase]
    typed = [_stem(clause, language) for clause in clauses]
    return [i for i in range(len(typed) - len(stems) + 1) if typed[i : i + len(stems)] == stems]


def _stem(clause: Clause, language: Language) -> str | None:
    """The stem of a clause that is one plain word."""
    if clause.negated or len(clause.terms) > 1:
        return None
    (term,) = clause.terms
    return None if term.exact or term.prefix or len(term.words) > 1 else language.stem(term.words[0])
