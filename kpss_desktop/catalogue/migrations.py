"""Numbered steps from an empty database to today's tables. A step that has been released is never edited.

The version is SQLite's own `user_version`. A database is copied before its first step, so an update that fails costs
nothing; a database from a newer program is refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import sqlite_utils

from kpss_desktop.catalogue.fulltext import FULLTEXT_TABLES
from kpss_desktop.catalogue.schema import MORE_TABLES, PRINTS, TABLES, more_triggers, triggers
from kpss_desktop.errors import NewerArchive


def _first(db: sqlite_utils.Database) -> None:
    for script in (TABLES, FULLTEXT_TABLES, triggers()):
        db.executescript(script)


def _second(db: sqlite_utils.Database) -> None:
    """Saved searches; synonyms that are recorded; notes, file names and days in the index."""
    for script in (MORE_TABLES, more_triggers()):
        db.executescript(script)


def _third(db: sqlite_utils.Database) -> None:
    """Prints of texts."""
    db.executescript(PRINTS)


MIGRATIONS: tuple[Callable[[sqlite_utils.Database], None], ...] = (_first, _second, _third)
VERSION = len(MIGRATIONS)


def migrate(db: sqlite_utils.Database, path: Path) -> None:
    """Bring the database at `path` to VERSION, a copy of it first; raises NewerArchive."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise NewerArchive(path.parent, version)
    if version == VERSION:
        return
    if version:
        _copy(db, path.with_name(f"{path.stem}.before-{VERSION}{path.suffix}"))
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        # executescript commits by itself, so a step is made whole by writing its number last: a step that was cut
        # short is found by the missing number, and `Catalogue` then makes the database anew from the records.
        step(db)
        db.execute(f"PRAGMA user_version = {number}")


def _copy(db: sqlite_utils.Database, target: Path) -> None:
    target.unlink(missing_ok=True)
    copy = sqlite3.connect(target)
    try:
        db.conn.backup(copy)
    finally:
        copy.close()
