"""Searching: which documents, in what order, how many, and the lines to show of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlite_utils

from kpss_desktop.catalogue.fulltext import overflow
from kpss_desktop.catalogue.highlight import Light, Span
from kpss_desktop.catalogue.lexicon import Language
from kpss_desktop.catalogue.listing import ids_in, number_in
from kpss_desktop.catalogue.plan import Plan, plan
from kpss_desktop.catalogue.query import Query
from kpss_desktop.catalogue.question import Question, ask
from kpss_desktop.catalogue.scope import Scope, table_condition
from kpss_desktop.catalogue.snippets import Snippets

Order = Literal["typing", "relevance", "newest"]

EVERYTHING = Scope()
COUNTED = 1000  # hits that are counted at once; more are "1000+"
_WEIGHED = 500  # newest hits that are put in order of relevance
_FACETED = 10_000  # newest hits that are counted by group, year, kind and tag
_NOTHING_BESIDE = "[]"
_COUNTS = """
SELECT 'all', NULL, count(*) FROM found
UNION ALL SELECT 'group', group_id, count(*) FROM found JOIN document_groups ON document_id = found.id GROUP BY 2
UNION ALL SELECT 'year', year, count(*) FROM found JOIN documents USING(id) WHERE year IS NOT NULL GROUP BY 2
UNION ALL SELECT 'kind', kind, count(*) FROM found JOIN documents USING(id) GROUP BY 2
UNION ALL SELECT 'tag', tag, count(*) FROM found JOIN document_tags ON document_id = found.id GROUP BY 2
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document. `spans` light up in `snippet`, `title_spans` in the title; a greater score is better."""

    document_id: str
    title_spans: tuple[Span, ...] = ()
    snippet: str = ""
    spans: tuple[Span, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits. `total` is exact unless `capped`: then there are more."""

    hits: tuple[Hit, ...]
    total: int
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts by group id, year, kind and tag, the greatest first; of the newest hits only when `capped`."""

    groups: dict[str, int]
    years: dict[int, int]
    kinds: dict[str, int]
    tags: dict[str, int]
    capped: bool = False


def search(
    db: sqlite_utils.Database, language: Language, query: Query, scope: Scope = EVERYTHING, *, limit: int = 50,
    offset: int = 0, order: Order = "typing", live: bool = False,
) -> Results:  # fmt: skip
    """A page of what a query finds; without words all that the scope holds, newest first.

    "typing" puts documents with all words in their title first, then the newest; "relevance" weighs the newest
    500. `live` takes the last word for a beginning.
    """
    planned = plan(db, language, query, live=live)
    if not planned.has_words:
        ids = ids_in(db, scope, limit=limit, offset=offset)
        return Results(tuple(map(Hit, ids)), number_in(db, scope))
    if not planned.possible:
        return Results((), 0)
    asked = ask(planned, scope, overflow(db))
    first = _first(db, asked, order, offset + limit)
    wanted = offset + limit + len(first)
    newest = _newest(db, asked, wanted) if len(first) < offset + limit else None
    total = len(newest) if newest is not None and len(newest) < wanted else _count(db, asked)
    hits = _hits(db, planned, _page(first, newest or [], limit, offset))
    return Results(hits, min(total, COUNTED), total > COUNTED)


def count(db: sqlite_utils.Database, language: Language, query: Query, scope: Scope = EVERYTHING) -> int:
    """How many documents a query finds, exactly; may take long, so off the typing path."""
    planned = plan(db, language, query)
    if not planned.has_words:
        return number_in(db, scope)
    if not planned.possible:
        return 0
    asked = ask(planned, scope, overflow(db))
    sql = f"SELECT count(*) FROM fulltext WHERE fulltext MATCH ? AND {asked.rows.sql}"
    return int(db.execute(sql, (asked.match, *asked.rows.values)).fetchone()[0])


def document_ids(
    db: sqlite_utils.Database, language: Language, query: Query, scope: Scope = EVERYTHING, *, live: bool = False
) -> list[str]:
    """Ids of all that a query finds, newest first; quicker than pages of hits, as no lines of them are made."""
    planned = plan(db, language, query, live=live)
    if not planned.has_words:
        return ids_in(db, scope)
    if not planned.possible:
        return []
    asked = ask(planned, scope, overflow(db))
    sql = (
        "SELECT d.id FROM indexed i JOIN documents d ON d.id = i.document_id WHERE d.trashed = (i.number < 0) "
        f"AND i.number IN (SELECT rowid FROM fulltext WHERE fulltext MATCH ? AND {asked.rows.sql}) "
        "ORDER BY i.number DESC"
    )
    return [i for (i,) in db.execute(sql, (asked.match, *asked.rows.values))]


def facets(
    db: sqlite_utils.Database, language: Language, query: Query, scope: Scope = EVERYTHING, *, live: bool = False
) -> Facets:
    """What a query finds, counted by what it can be narrowed by; off the typing path."""
    planned = plan(db, language, query, live=live)
    if not planned.possible:
        return Facets({}, {}, {}, {})
    if planned.has_words:
        asked = ask(planned, scope, overflow(db))
        found = (
            "SELECT document_id AS id FROM indexed WHERE number IN ("
            f"SELECT rowid FROM fulltext WHERE fulltext MATCH ? AND {asked.rows.sql} "
            f"ORDER BY rowid DESC LIMIT {_FACETED})"
        )
        values = (asked.match, *asked.rows.values)
    else:
        condition = table_condition(scope)
        found = f"SELECT d.id AS id FROM documents d WHERE {condition.sql}"
        values = condition.values
    rows = db.execute(f"WITH found AS MATERIALIZED ({found}) {_COUNTS} ORDER BY 1, 3 DESC, 2", values)
    counts: dict[str, dict[Any, int]] = {"all": {}, "group": {}, "year": {}, "kind": {}, "tag": {}}
    for what, value, number in rows:
        counts[what][value] = number
    capped = planned.has_words and counts["all"][None] >= _FACETED
    return Facets(counts["group"], counts["year"], counts["kind"], counts["tag"], capped)


def _first(db: sqlite_utils.Database, asked: Question, order: Order, most: int) -> list[tuple[int, float]]:
    """Row numbers and scores of what comes before the newest, in order."""
    if order == "typing" and asked.title_match is not None:
        return [(row, 1.0) for row in _title_rows(db, asked, most)]
    return _weighed(db, asked) if order == "relevance" else []


def _page(
    first: Sequence[tuple[int, float]], newest: Sequence[int], limit: int, offset: int
) -> list[tuple[int, float]]:
    page = list(first[offset : offset + limit])
    if len(page) < limit:
        seen = {row for row, _ in first}
        others = [(row, 0.0) for row in newest if row not in seen]
        start = max(0, offset - len(first))
        page += others[start : start + limit - len(page)]
    return page


def _count(db: sqlite_utils.Database, asked: Question) -> int:
    """How many documents are found, up to one more than are counted."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM fulltext WHERE fulltext MATCH ? AND {asked.rows.sql} LIMIT ?)"
    return int(db.execute(sql, (asked.match, *asked.rows.values, COUNTED + 1)).fetchone()[0])


def _newest(db: sqlite_utils.Database, asked: Question, limit: int) -> list[int]:
    sql = f"SELECT rowid FROM fulltext WHERE fulltext MATCH ? AND {asked.rows.sql} ORDER BY rowid DESC LIMIT ?"
    return [row for (row,) in db.execute(sql, (asked.match, *asked.rows.values, limit))]


def _title_rows(db: sqlite_utils.Database, asked: Question, limit: int) -> list[int]:
    sql = f"SELECT rowid FROM titles WHERE titles MATCH ? AND {asked.title_rows.sql} ORDER BY rowid DESC LIMIT ?"
    return [row for (row,) in db.execute(sql, (asked.title_match, *asked.title_rows.values, limit))]


def _weighed(db: sqlite_utils.Database, asked: Question) -> list[tuple[int, float]]:
    sql = (
        "SELECT row, score FROM (SELECT rowid AS row, -bm25(fulltext, 1.0, 6.0, 0.0) AS score FROM fulltext "
        f"WHERE fulltext MATCH ? AND {asked.rows.sql} ORDER BY rowid DESC LIMIT ?) ORDER BY score DESC, row DESC"
    )
    return db.execute(sql, (asked.weigh_match, *asked.rows.values, _WEIGHED)).fetchall()


def _hits(db: sqlite_utils.Database, planned: Plan, rows: Sequence[tuple[int, float]]) -> tuple[Hit, ...]:
    # The index may lag behind: what has gone, or gone into the trash or out of it, since is left out.
    sql = (
        "SELECT i.number, d.id, d.title, CAST(x.text AS BLOB), i.beside "
        "FROM indexed i JOIN documents d ON d.id = i.document_id "
        "JOIN files f ON f.document_id = d.id LEFT JOIN texts x ON x.sha256 = f.sha256 "
        "WHERE i.number IN (SELECT value FROM json_each(?)) AND d.trashed = (i.number < 0) "
        "ORDER BY i.number, f.position"  # in which the rows come anyway, so that no text is sorted
    )
    scores = dict(rows)
    light, snippets = Light(planned), Snippets(planned)
    found: dict[int, Hit] = {}
    for row, document_id, title, text, beside in db.execute(sql, (json.dumps(list(scores)),)):
        if row in found and found[row].spans:
            continue
        in_title = light.spans(title)
        lit = snippets.of(text or b"", thorough=not in_title)
        if not lit.spans and beside != _NOTHING_BESIDE:
            lit = next((line for part in json.loads(beside) if (line := snippets.of(part.encode())).spans), lit)
        if row not in found or lit.spans:
            found[row] = Hit(document_id, tuple(in_title), lit.text, lit.spans, scores[row])
    return tuple(found[row] for row, _ in rows if row in found)
