"""Steps: labelled changes that can be undone and redone, also after a restart.

A step is recorded by the journal triggers of `schema`; undo puts the images before it back, newest first, redo those
after it. The triggers that make files and records follow work in both directions, so nothing else has to be undone.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlite_utils

from kpss_desktop.catalogue.schema import JOURNALLED, KEYS

KEPT = 1000  # steps that can be undone


@dataclass(frozen=True, slots=True)
class Step:
    """One change as the clerk made it; `label` is its stable name, `amount` the documents it was about."""

    id: int
    label: str
    amount: int
    at: str


@contextlib.contextmanager
def recorded(db: sqlite_utils.Database, label: str, amount: int = 1) -> Iterator[int]:
    """Record what is done inside as one step; needs an open transaction. What could be redone is forgotten.

    Where nothing is done there is no step, and redo stays as it was.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    cursor = db.execute("INSERT INTO steps(label, amount, at) VALUES(?, ?, ?)", (label, amount, at))
    step_id = int(cursor.lastrowid or 0)
    with _recording(db, step_id):
        yield step_id
    if not db.execute("SELECT 1 FROM journal WHERE step_id = ?", (step_id,)).fetchone():
        db.execute("DELETE FROM steps WHERE id = ?", (step_id,))
        return
    db.execute("DELETE FROM steps WHERE undone = 1 OR id <= ? - ?", (step_id, KEPT))


def open_step(db: sqlite_utils.Database) -> int:
    """The step that is being recorded, so that it can be continued."""
    return int(db.execute("SELECT step_id FROM recording").fetchone()[0])


@contextlib.contextmanager
def continued(db: sqlite_utils.Database, step_id: int) -> Iterator[None]:
    """Record more work of a step that several transactions make."""
    with _recording(db, step_id):
        yield


def set_amount(db: sqlite_utils.Database, step_id: int, amount: int) -> None:
    """Say how many documents a step is about by now."""
    db.execute("UPDATE steps SET amount = ? WHERE id = ?", (amount, step_id))


@contextlib.contextmanager
def _recording(db: sqlite_utils.Database, step_id: int) -> Iterator[None]:
    db.execute("INSERT INTO recording VALUES(?)", (step_id,))
    yield
    db.execute("DELETE FROM recording")


def next_undo(db: sqlite_utils.Database) -> Step | None:
    """The step that undo would take back."""
    return _step(db, "SELECT id, label, amount, at FROM steps WHERE undone = 0 ORDER BY id DESC LIMIT 1")


def next_redo(db: sqlite_utils.Database) -> Step | None:
    """The step that redo would make again."""
    return _step(db, "SELECT id, label, amount, at FROM steps WHERE undone = 1 ORDER BY id LIMIT 1")


def _step(db: sqlite_utils.Database, sql: str) -> Step | None:
    row = db.execute(sql).fetchone()
    return None if row is None else Step(*row)


def take_back(db: sqlite_utils.Database, step: Step) -> None:
    """Put back every row as it was before the step; needs an open transaction."""
    rows = db.execute("SELECT tbl, before, after FROM journal WHERE step_id = ? ORDER BY seq DESC", (step.id,))
    for table, before, after in rows.fetchall():
        _put(db, table, gone=after, back=before)
    db.execute("UPDATE steps SET undone = 1 WHERE id = ?", (step.id,))


def make_again(db: sqlite_utils.Database, step: Step) -> None:
    """Make every row what it was after the step; needs an open transaction."""
    rows = db.execute("SELECT tbl, before, after FROM journal WHERE step_id = ? ORDER BY seq", (step.id,))
    for table, before, after in rows.fetchall():
        _put(db, table, gone=before, back=after)
    db.execute("UPDATE steps SET undone = 0 WHERE id = ?", (step.id,))


def _put(db: sqlite_utils.Database, table: str, *, gone: str | None, back: str | None) -> None:
    columns, keys = JOURNALLED[table], KEYS[table]
    here = " AND ".join(f"{key} IS :old_{key}" for key in keys)
    old = {f"old_{key}": value for key, value in json.loads(gone).items() if key in keys} if gone else {}
    if back is None:
        db.execute(f"DELETE FROM {table} WHERE {here}", old)
    elif gone is None:
        names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
        db.execute(f"INSERT INTO {table}({names}) VALUES({values})", json.loads(back))
    else:
        settings = ", ".join(f"{column} = :{column}" for column in columns)
        db.execute(f"UPDATE {table} SET {settings} WHERE {here}", {**json.loads(back), **old})


def remembers_path(db: sqlite_utils.Database, key: str) -> bool:
    """Whether undo or redo of some step would give a file this case-folded path."""
    row = db.execute(
        "SELECT 1 FROM journal WHERE tbl = 'files' "
        "AND ? IN (json_extract(before, '$.path_key'), json_extract(after, '$.path_key')) LIMIT 1",
        (key,),
    ).fetchone()
    return row is not None


def forget(db: sqlite_utils.Database) -> None:
    """Forget all steps: nothing can be undone or redone any more."""
    db.execute("DELETE FROM steps")
