"""What must follow a change of rows: files to move, record files to write, revs to count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlite_utils

from kpss_desktop.catalogue.rows import in_batches, marks

ARCHIVE_FACTS = "*"  # stands among the shelves for archive.json


@dataclass(frozen=True, slots=True)
class Intent:
    """A file that must lie elsewhere. No `source`: it is staged or kept; no `target`: it must be kept."""

    seq: int
    file_id: str
    sha256: str
    source: str | None
    target: str | None


def count_revs(db: sqlite_utils.Database) -> None:
    """Let the rev of every touched document grow; the last act of a change before its commit."""
    db.execute("UPDATE documents SET rev = rev + 1 WHERE id IN (SELECT document_id FROM touched)")
    db.execute("DELETE FROM touched")


def intents(db: sqlite_utils.Database) -> list[Intent]:
    """What is still to be done, oldest first."""
    return [Intent(*row) for row in db.execute("SELECT seq, file_id, sha256, source, target FROM intents ORDER BY seq")]


def strike_off(db: sqlite_utils.Database, done: Iterable[Intent]) -> None:
    """Forget intents that are carried out."""
    db.conn.executemany("DELETE FROM intents WHERE seq = ?", [(intent.seq,) for intent in done])


def dirty_shelves(db: sqlite_utils.Database) -> list[str]:
    """The shelves whose record file must be written, ARCHIVE_FACTS for archive.json."""
    return [shelf for (shelf,) in db.execute("SELECT shelf FROM dirty_shelves ORDER BY shelf")]


def mark_dirty(db: sqlite_utils.Database, shelf: str) -> None:
    """Have a record file written again."""
    db.execute("INSERT OR IGNORE INTO dirty_shelves VALUES(?)", (shelf,))


def shelf_written(db: sqlite_utils.Database, shelf: str, digest: str) -> None:
    """Strike a shelf off and remember what its record file holds now; "" when there is none."""
    db.execute("DELETE FROM dirty_shelves WHERE shelf = ?", (shelf,))
    remember_record_file(db, shelf, digest)


def known_record_files(db: sqlite_utils.Database) -> dict[str, str]:
    """Shelf to the digest of its record file as last written or read here."""
    return dict(db.execute("SELECT shelf, digest FROM record_files").fetchall())


def on_shelf(db: sqlite_utils.Database, shelf: str) -> list[str]:
    """Ids of the documents whose record lies on the shelf, oldest first."""
    rows = db.execute("SELECT id FROM documents WHERE shelf = ? ORDER BY date, id", (shelf,))
    return [i for (i,) in rows]


def meetings_on_shelf(db: sqlite_utils.Database, shelf: str) -> list[tuple[str, str, int | None, tuple[str, ...]]]:
    """Id, date, number and groups of the meetings whose record lies on the shelf, oldest first."""
    rows = db.execute("SELECT id, date, number FROM meetings WHERE home = ? ORDER BY date, id", (shelf,)).fetchall()
    groups: dict[str, list[str]] = defaultdict(list)
    for batch in in_batches(i for i, _, _ in rows):
        of_these = db.execute(
            "SELECT d.meeting_id, g.group_id FROM documents d JOIN document_groups g ON g.document_id = d.id "
            f"WHERE d.meeting_id IN ({marks(batch)}) GROUP BY 1, 2 ORDER BY min(g.position), g.group_id",
            batch,
        )
        for meeting_id, group in of_these:
            groups[meeting_id].append(group)
    return [(i, date, number, tuple(groups[i])) for i, date, number in rows]


def settle(db: sqlite_utils.Database, last_intent: int, dirty: set[str]) -> None:
    """Keep only the work that was due before rows were read from the records: older intents, these dirty shelves."""
    db.execute("DELETE FROM intents WHERE seq > ?", (last_intent,))
    db.execute("DELETE FROM touched")
    db.execute("DELETE FROM dirty_shelves")
    for shelf in dirty:
        mark_dirty(db, shelf)


def remember_record_file(db: sqlite_utils.Database, shelf: str, digest: str) -> None:
    """Remember what a record file holds, "" when it is gone, without taking its dirt away."""
    if digest:
        db.execute("INSERT OR REPLACE INTO record_files VALUES(?, ?)", (shelf, digest))
    else:
        db.execute("DELETE FROM record_files WHERE shelf = ?", (shelf,))
