"""Failures of the world that SQLite reports: a full disk, a broken one, a database that is no database any more."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kpss_desktop.errors import DamagedCatalogue

# Primary result codes; https://www.sqlite.org/rescode.html
_ERRNO = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
}


@contextlib.contextmanager
def of_the_world(path: Path | str) -> Iterator[None]:
    """Turn what the disk did to the database at `path` into OSError, TimeoutError or DamagedCatalogue."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        failure = _failure(error, Path(path))
        if failure is None:
            raise
        raise failure from error


class Connection(sqlite3.Connection):
    """A connection that tells failures of the world as such, whoever asks it; `place` is the file they are about.

    Reading meets them too: the first reader after an accident puts the journal of the unfinished change back.
    """

    place = Path()

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """As that of `sqlite3`; raises OSError, TimeoutError, DamagedCatalogue."""
        # No context manager here: this is called a hundred thousand times by an intake.
        try:
            return super().execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            failure = _failure(error, self.place)
            if failure is None:
                raise
            raise failure from error

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """As that of `sqlite3`; raises what `execute` raises."""
        with of_the_world(self.place):
            return super().executemany(sql, parameters)

    def executescript(self, sql: str, /) -> sqlite3.Cursor:
        """As that of `sqlite3`; raises what `execute` raises."""
        with of_the_world(self.place):
            return super().executescript(sql)


def _failure(error: sqlite3.DatabaseError, path: Path) -> OSError | DamagedCatalogue | None:
    """What the world did, or None when the error says that we asked for nonsense."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return TimeoutError(errno.ETIMEDOUT, str(error), str(path))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedCatalogue(path)
    if code in _ERRNO:
        return OSError(_ERRNO[code], os.strerror(_ERRNO[code]), str(path))
    return None
