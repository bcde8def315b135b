"""Many rows in few statements: what a small statement costs is hardly its row, it is the statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import sqlite_utils

_VALUES = 990  # of one statement; SQLite takes 999 on old builds
_BATCH = 500  # values of one "IN (...)"


def in_batches(ids: Iterable[str]) -> Iterator[list[str]]:
    """Lists of at most _BATCH ids, and no empty one."""
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ",".join("?" * len(values))


def insert_rows(db: sqlite_utils.Database, into: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows of one width in their order; `into` is the statement up to its VALUES."""
    if not rows:
        return
    row = f"({marks(rows[0])})"
    many = _VALUES // len(rows[0])
    for start in range(0, len(rows), many):
        part = rows[start : start + many]
        db.execute(f"{into} VALUES {','.join([row] * len(part))}", list(chain.from_iterable(part)))
