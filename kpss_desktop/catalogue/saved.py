"""Saved searches: what was typed into the search box, under a name."""

from __future__ import annotations

import sqlite_utils

from kpss_desktop.model import SavedSearch


def load_searches(db: sqlite_utils.Database) -> tuple[SavedSearch, ...]:
    """All of them, in Czech order."""
    rows = db.execute("SELECT name, query FROM saved_searches ORDER BY name COLLATE czech, name")
    return tuple(SavedSearch(name, query) for name, query in rows)


def put_search(db: sqlite_utils.Database, search: SavedSearch) -> None:
    """Keep a search, in place of one of the same name."""
    sql = "INSERT INTO saved_searches VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET query = excluded.query"
    db.execute(sql, (search.name, search.query))


def rename_search(db: sqlite_utils.Database, name: str, new: str) -> None:
    """Give a search another name."""
    db.execute("UPDATE saved_searches SET name = ? WHERE name = ?", (new, name))


def delete_search(db: sqlite_utils.Database, name: str) -> None:
    """Forget a search."""
    db.execute("DELETE FROM saved_searches WHERE name = ?", (name,))
