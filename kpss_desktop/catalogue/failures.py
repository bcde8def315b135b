"""Failures of the world that SQLite reports: a full disk, a broken one, a database that is no database any more."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

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
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise TimeoutError(errno.ETIMEDOUT, str(error), str(path)) from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise DamagedCatalogue(Path(path)) from error
        if code in _ERRNO:
            raise OSError(_ERRNO[code], os.strerror(_ERRNO[code]), str(path)) from error
        raise
