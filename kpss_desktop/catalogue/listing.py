"""Lists of documents without words: by what is known of them, in the order of a column."""

from __future__ import annotations

from typing import Literal

import sqlite_utils

from kpss_desktop.catalogue.figures import TO_FILE
from kpss_desktop.catalogue.fulltext import overflow, pending
from kpss_desktop.catalogue.plan import NO_WORDS
from kpss_desktop.catalogue.question import ask
from kpss_desktop.catalogue.scope import Scope, table_condition

Column = Literal["date", "title", "kind", "groups", "tags", "size", "added"]

_KEYS: dict[Column, str] = {
    "date": "d.date",
    "title": "d.title COLLATE czech",
    "kind": "d.kind",
    "groups": "(SELECT min(g.name COLLATE czech) FROM document_groups x JOIN groups g ON g.id = x.group_id "
    "WHERE x.document_id = d.id)",
    "tags": "(SELECT min(t.tag COLLATE czech) FROM document_tags t WHERE t.document_id = d.id)",
    "size": "(SELECT sum(f.size) FROM files f WHERE f.document_id = d.id)",
    "added": "d.added",
}


def ids_in(
    db: sqlite_utils.Database,
    scope: Scope,
    *,
    column: Column = "date",
    descending: bool = True,
    limit: int = -1,
    offset: int = 0,
) -> list[str]:
    """Ids of the documents a scope holds, in order of a column; equal ones newest first."""
    condition = table_condition(scope)
    # An order that an index has costs nothing, so the date is not named twice.
    first = "" if column == "date" and descending else f"{_KEYS[column]} {'DESC' if descending else 'ASC'}, "
    rows = db.execute(
        f"SELECT d.id FROM documents d WHERE {condition.sql} "
        f"ORDER BY {first}d.date DESC, d.number DESC LIMIT ? OFFSET ?",
        (*condition.values, limit, offset),
    )
    return [i for (i,) in rows]


def number_in(db: sqlite_utils.Database, scope: Scope) -> int:
    """How many documents a scope holds."""
    if scope.asks_what_belongs and not pending(db):
        # The full text, when it is in step, counts the documents of a group a hundred times as quickly.
        asked = ask(NO_WORDS, scope, overflow(db))
        sql = f"SELECT count(*) FROM fulltext WHERE fulltext MATCH ? AND {asked.rows.sql}"
        return int(db.execute(sql, (asked.match, *asked.rows.values)).fetchone()[0])
    condition = table_condition(scope)
    sql = f"SELECT count(*) FROM documents d WHERE {condition.sql}"
    return int(db.execute(sql, condition.values).fetchone()[0])


def ids_to_file(db: sqlite_utils.Database) -> tuple[str, ...]:
    """Ids of the documents that wait for the clerk to say where they belong."""
    return tuple(i for (i,) in db.execute(f"SELECT d.id FROM documents d WHERE d.trashed = 0 AND {TO_FILE}"))
