"""A query in the words of the index, and what lights up in a text: both from the same keys, so they cannot differ."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import sqlite_utils

from kpss_desktop.catalogue.kinship import keys_of
from kpss_desktop.catalogue.lexicon import (
    Form,
    Language,
    forms_of_keys,
    prefix_keys,
    same_forms,
)
from kpss_desktop.catalogue.query import Clause, Query, Term
from kpss_desktop.catalogue.scope import day_token
from kpss_desktop.catalogue.synonyms import load_synonyms, with_synonyms

_MOST_KEYS = 200  # of "word*"
_MOST_PRODUCTS = 128  # ways to write a phrase in keys


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a term: the keys it may hold as words of the index, and the written forms that belong to them.

    `exact` are words of the index for the very form, when that was asked for; `keys` then find more than was asked.
    A day is found by what is known of a document, so it has a key and no form.
    """

    keys: tuple[str, ...]
    forms: frozenset[str]
    exact: tuple[str, ...] = ()


Run = tuple[Slot, ...]  # places next to each other


@dataclass(frozen=True, slots=True)
class Plan:
    """A query made ready for one state of the index.

    `clauses` are what must be found, each by one of its runs; `excluded` what must not. `possible` is False when some
    clause holds no word that any document has.
    """

    clauses: tuple[tuple[Run, ...], ...]
    excluded: tuple[Run, ...]
    possible: bool = True

    @property
    def has_words(self) -> bool:
        """Whether anything is to be found or excluded by words."""
        return bool(self.clauses or self.excluded) or not self.possible


NO_WORDS = Plan((), ())


def plan(db: sqlite_utils.Database, language: Language, query: Query, *, live: bool = False) -> Plan:
    """Look the words of a query up; `live`: the last word is still being typed and may go on."""
    clauses: list[tuple[Run, ...]] = []
    excluded: list[Run] = []
    possible = True
    query = with_synonyms(query, load_synonyms(db), language)
    for clause in query.clauses:
        unfinished = live and query.unfinished and clause is query.clauses[-1] and not clause.negated
        runs = _runs(db, language, clause, unfinished=unfinished)
        if clause.negated:
            excluded += runs
        elif runs:
            clauses.append(tuple(runs))
        else:
            possible = False
    return Plan(tuple(clauses), tuple(excluded), possible)


def _runs(db: sqlite_utils.Database, language: Language, clause: Clause, *, unfinished: bool) -> list[Run]:
    runs: list[Run] = []
    for term in clause.terms:
        if term.day:
            runs.append((Slot((day_token(term.day),), frozenset()),))
            continue
        run = _run(db, language, term, unfinished=unfinished and term is clause.terms[-1])
        if all(slot.keys for slot in run):
            runs.append(run)
    return runs


def _run(db: sqlite_utils.Database, language: Language, term: Term, *, unfinished: bool) -> Run:
    if len(term.words) == 1:
        (word,) = term.words
        if term.prefix:
            return (_slot_of_keys(db, prefix_keys(db, language, word, _MOST_KEYS)),)
        if term.exact:
            return (_slot_of_forms(same_forms(db, language, word)),)
    keys = [keys_of(db, language, word) for word in term.words[:-1]]
    last = term.words[-1]
    if unfinished or term.prefix:
        beginnings = prefix_keys(db, language, last)
        whole = keys_of(db, language, last, whole=not beginnings)
        keys.append(list(dict.fromkeys(whole + beginnings)))
    else:
        keys.append(keys_of(db, language, last))
    return tuple(_slot_of_keys(db, chosen) for chosen in _within_bounds(keys))


def _within_bounds(keys: list[list[int]]) -> list[list[int]]:
    """So many keys of each place that a phrase can be written out; the surest come first and stay."""
    while prod(len(chosen) for chosen in keys) > _MOST_PRODUCTS and len(keys) > 1:
        longest = max(range(len(keys)), key=lambda i: len(keys[i]))
        keys = [chosen[:-1] if i == longest else chosen for i, chosen in enumerate(keys)]
    return keys


def _slot_of_keys(db: sqlite_utils.Database, keys: list[int]) -> Slot:
    return Slot(tuple(f"k{key}" for key in keys), forms_of_keys(db, keys))


def _slot_of_forms(forms: list[Form]) -> Slot:
    keys = dict.fromkeys(f"k{form.key_id}" for form in forms)
    return Slot(tuple(keys), frozenset(form.form for form in forms), tuple(f"f{form.id}" for form in forms))
