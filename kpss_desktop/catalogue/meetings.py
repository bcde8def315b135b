"""Meetings: what gathers the documents of one date and group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlite_utils

from kpss_desktop.catalogue.rows import in_batches, insert_rows, marks
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


def meetings_by_day(db: sqlite_utils.Database, days: Iterable[str]) -> dict[str, dict[str, dict[str, str]]]:
    """Day to its meetings, meeting to its groups, group to when its oldest document there was added."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for batch in in_batches(days):
        rows = db.execute(
            "SELECT d.date, d.meeting_id, g.group_id, min(d.added) FROM documents d "
            "JOIN document_groups g ON g.document_id = d.id JOIN meetings m ON m.id = d.meeting_id "
            f"WHERE d.trashed = 0 AND d.date IN ({marks(batch)}) AND m.date = d.date GROUP BY 1, 2, 3",
            batch,
        )
        for day, meeting, group, added in rows:
            found[day][meeting][group] = added
    return found


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


def put_new_meetings(db: sqlite_utils.Database, made: Sequence[tuple[Meeting, str]]) -> None:
    """Add meetings, each with the shelf that its record lies on."""
    rows = [(meeting.id, str(meeting.date), shelf, meeting.number) for meeting, shelf in made]
    insert_rows(db, "INSERT INTO meetings", rows)


def meeting_ids(db: sqlite_utils.Database) -> set[str]:
    """The ids of all meetings."""
    return {i for (i,) in db.execute("SELECT id FROM meetings")}


def set_number(db: sqlite_utils.Database, meeting_id: str, number: int) -> None:
    """Give a meeting its running number, unless it has one."""
    set_numbers(db, {meeting_id: number})


def set_numbers(db: sqlite_utils.Database, numbers: Mapping[str, int]) -> None:
    """Give meetings their running numbers, but none to one that has one."""
    rows = [(number, meeting_id) for meeting_id, number in numbers.items()]
    db.conn.executemany("UPDATE meetings SET number = ? WHERE id = ? AND number IS NULL", rows)


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
