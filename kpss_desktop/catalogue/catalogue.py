"""The open database: its connection, its transactions, its few facts."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlite_utils

from kpss_desktop.catalogue.failures import Connection, of_the_world
from kpss_desktop.catalogue.lexicon import Language
from kpss_desktop.catalogue.migrations import migrate
from kpss_desktop.errors import DamagedCatalogue
from kpss_desktop.progress import Cancelled

_STEPS = 1000  # of SQLite's machine between two looks whether to go on

Collation = Callable[[str, str], int]
Database = sqlite_utils.Database  # what verbs hand from row to row without speaking SQL themselves

_SETTINGS = (
    # A rollback journal: the WAL of SQLite before 3.51.3 can lose a commit when two connections meet at a checkpoint.
    "PRAGMA journal_mode = DELETE",
    # FULL may take a commit back after a power cut, when the files have moved already.
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 15000",
    # Readers must not be shut out while a long change is being written, only while it is committed.
    "PRAGMA cache_spill = OFF",
    "PRAGMA cache_size = -32768",
    "PRAGMA cell_size_check = ON",
    "PRAGMA recursive_triggers = OFF",
)


class Catalogue:
    """One connection to the catalogue of one archive; for one thread. `language` and `collation` are handed in."""

    def __init__(self, path: Path, language: Language, collation: Collation) -> None:
        """Open or make the database.

        Raises NewerArchive, DamagedCatalogue, OSError, TimeoutError when it is locked for long.
        """
        self.path = path
        self.language = language
        self.collation = collation
        path.parent.mkdir(parents=True, exist_ok=True)
        with of_the_world(path):
            connection = sqlite3.connect(path, isolation_level=None, timeout=15, factory=Connection)
        connection.place = path
        try:
            for setting in _SETTINGS:
                connection.execute(setting)
            connection.create_collation("czech", collation)
            self.db = sqlite_utils.Database(connection, recursive_triggers=False)
            migrate(self.db, path)
        except BaseException as error:
            connection.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise DamagedCatalogue(path) from error
            raise

    def close(self) -> None:
        """Close the connection; the object is of no use afterwards."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; joins a transaction that is already open. Raises OSError, DamagedCatalogue."""
        if self.db.conn.in_transaction:
            yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error, OSError, DamagedCatalogue):
                self.db.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several readings of one and the same state."""
        if self.db.conn.in_transaction:
            yield
            return
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK")

    @contextlib.contextmanager
    def stopped_when(self, asked: Callable[[], bool]) -> Iterator[None]:
        """Break a query off within a millisecond or two of `asked` saying so; raises Cancelled. For readings only."""
        self.db.conn.set_progress_handler(lambda: int(asked()), _STEPS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise Cancelled from None
            raise
        finally:
            self.db.conn.set_progress_handler(None, 0)

    def is_whole(self) -> bool:
        """Whether the database finds no damage in itself."""
        try:
            return [row[0] for row in self.db.execute("PRAGMA integrity_check(1)")] == ["ok"]
        except (sqlite3.DatabaseError, DamagedCatalogue):
            return False

    def fact(self, name: str) -> str | None:
        """A remembered word about the whole catalogue."""
        row = self.db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def remember(self, name: str, value: str) -> None:
        """Set a fact."""
        self.db.execute("INSERT OR REPLACE INTO facts VALUES(?, ?)", (name, value))
