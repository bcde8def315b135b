"""Meetings: what gathers the documents of one date and group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlite_utils

from kpss_desktop.catalogue.documents import in_batches, marks
from kpss_desktop.model import Meeting


def meetings_of(db: sqlite_utils.Database, date: str, groups: Sequence[str], own: str | None = None) -> list[str]:
    """The meetings of a date that share one of the groups, the oldest first; `own` is left out."""
    rows = db.execute(
        "SELECT d.meeting_id FROM documents d JOIN document_groups g ON g.document_id = d.id "
        "JOIN meetings m ON m.id = d.meeting_id "
        "WHERE d.date = ? AND m.date = d.date AND d.meeting_id IS NOT ? AND d.trashed = 0 "
        f"AND g.group_id IN ({marks(groups)}) GROUP BY d.meeting_id ORDER BY min(d.added), d.meeting_id",
        [date, own, *groups],
    )
    return [str(meeting) for (meeting,) in rows]


def members(db: sqlite_utils.Database, meeting_id: str) -> list[str]:
    """Ids of the documents of a meeting that are not in the trash."""
    return [i for (i,) in db.execute("SELECT id FROM documents WHERE meeting_id = ? AND trashed = 0", [meeting_id])]


def put_meeting(db: sqlite_utils.Database, meeting: Meeting, shelf: str) -> None:
    """Add a meeting whose record lies on the shelf, or change the one with its id."""
    values = {"id": meeting.id, "date": str(meeting.date), "home": shelf, "number": meeting.number}
    # No upsert: its conflict clause would rule inside the triggers too, in place of their own OR IGNORE.
    changed = db.execute("UPDATE meetings SET date = :date, home = :home, number = :number WHERE id = :id", values)
    if not changed.rowcount:
        db.execute("INSERT INTO meetings VALUES(:id, :date, :home, :number)", values)


def meeting_ids(db: sqlite_utils.Database) -> set[str]:
    """The ids of all meetings."""
    return {i for (i,) in db.execute("SELECT id FROM meetings")}


def set_number(db: sqlite_utils.Database, meeting_id: str, number: int) -> None:
    """Give a meeting its running number, unless it has one."""
    db.execute("UPDATE meetings SET number = ? WHERE id = ? AND number IS NULL", (number, meeting_id))


def set_date(db: sqlite_utils.Database, meeting_id: str, date: str) -> None:
    """Let a meeting be of the day that all its documents are of."""
    db.execute("UPDATE meetings SET date = ? WHERE id = ? AND date <> ?", (date, meeting_id, date))


def number_of(db: sqlite_utils.Database, meeting_id: str) -> int | None:
    """The running number of a meeting, where it is known."""
    row = db.execute("SELECT number FROM meetings WHERE id = ?", [meeting_id]).fetchone()
    return None if row is None else row[0]


def bring_home(db: sqlite_utils.Database, group_id: str) -> None:
    """Have the records of a group's meetings lie where those of their documents lie."""
    db.execute(
        "UPDATE meetings SET home = d.shelf FROM documents d JOIN document_groups g ON g.document_id = d.id "
        "WHERE d.meeting_id = meetings.id AND g.group_id = ? AND g.position = 0 AND home <> d.shelf",
        (group_id,),
    )


def follow_documents(db: sqlite_utils.Database, ids: Iterable[str]) -> None:
    """Have the records of these meetings lie with one of their documents, where none is left on their shelf."""
    for batch in in_batches(ids):
        db.execute(
            "UPDATE meetings SET home = (SELECT min(shelf) FROM documents WHERE meeting_id = meetings.id) "
            f"WHERE id IN ({marks(batch)}) AND EXISTS (SELECT 1 FROM documents WHERE meeting_id = meetings.id) "
            "AND NOT EXISTS (SELECT 1 FROM documents WHERE meeting_id = meetings.id AND shelf = home)",
            batch,
        )


def drop_empty(db: sqlite_utils.Database) -> None:
    """Remove the meetings that no document belongs to."""
    db.execute("DELETE FROM meetings WHERE id NOT IN (SELECT meeting_id FROM documents WHERE meeting_id IS NOT NULL)")


def all_meetings(db: sqlite_utils.Database) -> list[tuple[str, str, str, int | None]]:
    """Id, date, shelf and number of every meeting, by id."""
    return db.execute("SELECT id, date, home, number FROM meetings ORDER BY id").fetchall()
