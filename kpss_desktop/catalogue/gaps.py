"""Meetings that are not whole: papers of one that is over without its minutes, and minutes of no known day."""

from __future__ import annotations

import sqlite_utils

_GAP = (
    "(d.kind IN ('invitation', 'attendance', 'attachment', 'resolution') AND d.meeting_id IS NOT NULL "
    "AND d.date < date('now') AND NOT EXISTS(SELECT 1 FROM documents m "
    "WHERE m.meeting_id = d.meeting_id AND m.kind = 'minutes' AND m.trashed = 0) "
    "OR d.kind = 'minutes' AND (d.date IS NULL OR length(d.date) < 10))"
)


def ids_of_gaps(db: sqlite_utils.Database) -> tuple[str, ...]:
    """Ids of the documents that show that something is missing."""
    return tuple(i for (i,) in db.execute(f"SELECT d.id FROM documents d WHERE d.trashed = 0 AND {_GAP}"))


def number_of_gaps(db: sqlite_utils.Database) -> int:
    """How many documents show that something is missing."""
    return int(db.execute(f"SELECT count(*) FROM documents d WHERE d.trashed = 0 AND {_GAP}").fetchone()[0])
