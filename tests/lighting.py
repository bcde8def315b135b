"""Show 4 of the search: no hit without a lit word, and no lit word that is not a hit.

The index and the light are asked apart, each about every document: what the one finds the other must light, clause by
clause, and a snippet may light nothing that the whole text does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlite_utils

from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.catalogue.plan import Plan, plan
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.scope import Scope
from kpss_desktop.catalogue.search import search
from kpss_desktop.catalogue.words import clean
from kpss_desktop.czech.language import LANGUAGE

_ALL = 1_000_000


@dataclass(slots=True)
class Lit:
    """How many hits and lit words were looked at, and what was wrong with which query and document."""

    queries: int = 0
    hits: int = 0
    words: int = 0
    unlit_hits: list[tuple[str, str]] = field(default_factory=list)
    lit_others: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.queries} queries, {self.hits} hits, {len(self.unlit_hits)} of them without a lit word; "
            f"{self.words} lit words, {len(self.lit_others)} of them no hit"
        )


def looked_at(db: sqlite_utils.Database, queries: Iterable[str], *, live: bool = False) -> Lit:
    """Ask each query of all documents of a catalogue, which have one text each."""
    texts = db.execute(
        "SELECT d.id, d.title, x.text FROM documents d JOIN files f ON f.document_id = d.id JOIN texts x USING(sha256)"
    ).fetchall()
    lit = Lit()
    for query in queries:
        planned = plan(db, LANGUAGE, parse(query), live=live)
        if planned.has_words:
            _look(db, query, planned, texts, lit, live=live)
    return lit


def _look(
    db: sqlite_utils.Database, query: str, planned: Plan, texts: list[tuple[str, str, str]], lit: Lit, *, live: bool
) -> None:
    hits = {hit.document_id: hit for hit in search(db, LANGUAGE, parse(query), Scope(), limit=_ALL, live=live).hits}
    lights = [Light(Plan((clause,), ())) for clause in planned.clauses]
    barring = Light(Plan((planned.excluded,), ()))
    lit.queries += 1
    for document, title, text in texts:
        clauses = [bool(light.spans(title) or light.spans(text)) for light in lights]
        barred = bool(planned.excluded) and bool(barring.spans(title) or barring.spans(text))
        is_lit = planned.possible and all(clauses) and not barred
        hit = hits.get(document)
        if hit is None:
            lit.lit_others += [(query, document)] * is_lit
            continue
        lit.hits += 1
        in_text = [text[start:end] for start, end in Light(planned).spans(text)]
        in_snippet = [hit.snippet[start:end] for start, end in hit.spans]
        in_title = [title[start:end] for start, end in hit.title_spans]
        lit.words += len(in_text) + len(in_snippet) + len(in_title)
        shown = bool(in_snippet or in_title) or not planned.clauses
        whole = {clean(word).text for word in in_text}
        # A snippet's line breaks are spaces, so only what is in one piece there can be compared.
        lit.lit_others += [(query, word) for word in in_snippet if word not in whole]
        lit.unlit_hits += [(query, document)] * (not (is_lit and shown and (in_snippet or not in_text)))
