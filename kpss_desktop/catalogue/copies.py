"""Whole copies of a catalogue: made while it is in use, checked before they are trusted, adopted for a lost one.

A copy may come from another computer, so nothing of it is believed but what can be checked: it must be whole, of this
archive, and have exactly our tables and triggers. What belongs to the other computer (its undo, its unfinished work) is
dropped, and every record file is marked as unread, so that all rows are compared with the records again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import sqlite_utils

from kpss_desktop.catalogue.catalogue import Catalogue
from kpss_desktop.catalogue.failures import of_the_world
from kpss_desktop.catalogue.migrations import MIGRATIONS, VERSION

ARCHIVE_ID = "archive.id"
_PAGES = 512  # copied at once; between two portions others may read and write
_UNREAD = "?"  # the digest of no record file
_OF_THE_PLACE = ("steps", "journal", "recording", "intents", "dirty_shelves", "touched")


def copy_to(catalogue: Catalogue, target: Path, ask: Callable[[], None] = lambda: None) -> None:
    """Copy the whole database to a new file by SQLite's backup API; raises FileExistsError, OSError.

    It begins anew when somebody writes meanwhile. `ask` is called between two portions, and may raise Cancelled.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb"):
        pass
    with of_the_world(target), closing(sqlite3.connect(target, isolation_level=None)) as copy:
        catalogue.db.conn.backup(copy, pages=_PAGES, progress=lambda *_: ask())


def is_settled(catalogue: Catalogue) -> bool:
    """Whether no file and no record waits for anything, so that a copy tells the whole truth."""
    sql = "SELECT EXISTS(SELECT 1 FROM intents) OR EXISTS(SELECT 1 FROM dirty_shelves)"
    return not catalogue.db.execute(sql).fetchone()[0]


def mark_of(catalogue: Catalogue) -> str:
    """A word that differs when a document, a group or a text changed; "" while there is no document.

    Asked of the database, never of its file: closing the file would take away the locks of our own connections.
    """
    db = catalogue.db
    amount, revs = db.execute("SELECT count(*), coalesce(sum(rev), 0) FROM documents").fetchone()
    texts = db.execute("SELECT count(*), coalesce(max(rowid), 0) FROM texts").fetchone()
    last = db.execute("SELECT coalesce(sum(seq), 0) FROM sqlite_sequence").fetchone()
    indexed = db.execute("SELECT count(*) FROM indexed").fetchone()
    return ".".join(str(number) for number in (amount, revs, *texts, *last, *indexed)) if amount else ""


def is_good_copy(path: Path, archive_id: str) -> bool:
    """Whether a file is a whole catalogue of this archive, with our tables and triggers and no others."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            copy.execute("PRAGMA trusted_schema = OFF")
            copy.execute("PRAGMA cell_size_check = ON")
            if copy.execute("PRAGMA user_version").fetchone()[0] != VERSION or _shape(copy) != _our_shape():
                return False
            if [row[0] for row in copy.execute("PRAGMA integrity_check(1)")] != ["ok"]:
                return False
            row = copy.execute("SELECT value FROM facts WHERE name = ?", (ARCHIVE_ID,)).fetchone()
            return row is not None and row[0] == archive_id
    except sqlite3.Error:
        return False


def make_ours(path: Path) -> None:
    """Drop from a good copy what belongs to the computer it came from; raises OSError when it cannot be written."""
    with of_the_world(path), closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA foreign_keys = OFF")
        copy.execute("BEGIN IMMEDIATE")
        for table in _OF_THE_PLACE:
            copy.execute(f"DELETE FROM {table}")
        copy.execute("UPDATE record_files SET digest = ?", (_UNREAD,))
        copy.execute("DELETE FROM facts WHERE name LIKE 'verify.%' OR name LIKE 'place.%' OR name LIKE 'backup.%'")
        copy.execute("COMMIT")


def _shape(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    # What the query planner notes of the tables (sqlite_stat1) is no shape.
    sql = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE substr(name, 1, 11) <> 'sqlite_stat'"
    return set(connection.execute(sql).fetchall())


def _our_shape() -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        # The collation is only named here, never asked.
        fresh.create_collation("czech", lambda a, b: (a > b) - (a < b))
        database = sqlite_utils.Database(fresh)
        for step in MIGRATIONS:
            step(database)
        return _shape(fresh)
