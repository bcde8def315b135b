"""Documents of one group and date come together as one meeting."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kpss_desktop.archive.placing import shelf_of
from kpss_desktop.catalogue import documents, meetings
from kpss_desktop.ids import new_id
from kpss_desktop.model import Document, Group, Kind, Meeting, PartialDate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpss_desktop.catalogue.catalogue import Database

OF_A_MEETING = frozenset({Kind.MINUTES, Kind.INVITATION, Kind.ATTENDANCE, Kind.ATTACHMENT, Kind.RESOLUTION})


def gather(
    db: Database, groups: Mapping[str, Group], ids: Iterable[str], numbers: Mapping[str, int] | None = None
) -> None:
    """Give each document the meeting of its date and group, making it when it is the first one.

    Documents of one meeting that still belong together stay together; a meeting whose documents all move keeps its
    number. Its record follows its documents when the last of them has left the shelf. `numbers` are the meetings'
    running numbers by document id, where a name told them.
    """
    changed = {document.id: document for document in documents.load_documents(db, ids)}
    settled: dict[str, str | None] = {}
    claimed = set[str]()
    for document in changed.values():
        if document.id in settled:
            continue
        together, meeting = _settled(db, groups, document, changed.keys(), claimed)
        claimed |= {meeting} if meeting else set()
        for one in together:
            settled[one.id] = meeting
            if one.meeting != meeting:
                documents.update_document(db, one.id, {"meeting_id": meeting})
    for document_id, number in (numbers or {}).items():
        if meeting := settled.get(document_id):
            meetings.set_number(db, meeting, number)
    _hand_on_numbers(db, changed.values(), settled)
    meetings.drop_empty(db)
    meetings.follow_documents(db, claimed | {one.meeting for one in changed.values() if one.meeting})


class Arrivals:
    """The meetings of new documents: what there is on their days is asked once, what they bring is written once."""

    def __init__(self, db: Database, arriving: Iterable[Document]) -> None:
        self._db = db
        self._there = meetings.meetings_by_day(db, {str(day) for one in arriving if (day := _day(one))})
        self._made: dict[str, tuple[Meeting, str]] = {}  # with the shelf of its first document
        self._numbers: dict[str, int] = {}
        self._merged: dict[str, str] = {}

    def join(self, document: Document, shelf: str, number: int | None) -> str | None:
        """The meeting that a document on this shelf belongs to, made when it is the first one; None when it is of none.

        Joint minutes make one meeting of the meetings of their groups; later ones of them are `settled` elsewhere.
        `number` is the meeting's running number, where a name told it.
        """
        date = _day(document)
        if date is None:
            return None
        today = self._there.setdefault(str(date), {})
        shared = sorted(
            (min(there[group] for group in document.groups if group in there), meeting)
            for meeting, there in today.items()
            if not there.keys().isdisjoint(document.groups)
        )
        meeting = shared[0][1] if shared else self._make(date, document, shelf)
        added = today.setdefault(meeting, {})
        for _, other in shared[1:]:
            self._merge(other, meeting)
            for group, when in today.pop(other).items():
                added[group] = min(when, added.get(group, when))
        for group in document.groups:
            added[group] = min(document.added, added.get(group, document.added))
        if number is not None:
            self._numbers.setdefault(meeting, number)
        return meeting

    def settled(self, meeting: str | None) -> str | None:
        """The meeting that one has become part of meanwhile, or itself."""
        while meeting in self._merged:
            meeting = self._merged[meeting]
        return meeting

    def write(self) -> None:
        """Write the meetings that were made, and the numbers of those that had none."""
        numbers = dict(self._numbers)
        made = [(replace(one, number=numbers.pop(one.id, None)), shelf) for one, shelf in self._made.values()]
        meetings.put_new_meetings(self._db, made)
        meetings.set_numbers(self._db, numbers)

    def _make(self, date: PartialDate, document: Document, shelf: str) -> str:
        made = Meeting(new_id(), date, document.groups)
        self._made[made.id] = made, shelf
        return made.id

    def _merge(self, meeting: str, into: str) -> None:
        self._merged[meeting] = into
        told = self._numbers.pop(meeting, None)
        if self._made.pop(meeting, None) is None:
            known = meetings.number_of(self._db, meeting)
            told = told if known is None else known
            for member in meetings.members(self._db, meeting):
                documents.update_document(self._db, member, {"meeting_id": into})
            meetings.drop_empty(self._db)
        if told is not None:
            self._numbers.setdefault(into, told)


def _day(document: Document) -> PartialDate | None:
    """The day of the meeting that a document is of, None when it is of none."""
    date = document.dated.date if document.dated else None
    fits = document.kind in OF_A_MEETING and document.groups and not document.trashed
    return date if fits and date and date.is_full else None


def _settled(
    db: Database,
    groups: Mapping[str, Group],
    document: Document,
    changed: Container[str],
    claimed: Container[str],
) -> tuple[list[Document], str | None]:
    """The documents of its meeting that belong with it, and the meeting they are of from now on."""
    date = _day(document)
    if date is None:
        return [document], None
    own = document.meeting
    mates = documents.load_documents(db, meetings.members(db, own)) if own else ()
    together = _together(document, mates)
    left = [one for one in mates if one not in together]
    # Who was not touched keeps the meeting; of several that move apart the first does.
    keeps = own is not None and own not in claimed and all(one.id in changed for one in left)
    return together, _meeting(db, groups, together, date, own, keeps=keeps)


def _together(document: Document, mates: Iterable[Document]) -> list[Document]:
    """The document and those of the mates that are tied to it by day and group, also by way of each other."""
    together, others = [document], [one for one in mates if one.id != document.id and _day(one) == _day(document)]
    shared = set(document.groups)
    while joining := [one for one in others if shared & set(one.groups)]:
        together += joining
        others = [one for one in others if one not in joining]
        shared.update(group for one in joining for group in one.groups)
    return together


def _meeting(
    db: Database,
    groups: Mapping[str, Group],
    together: list[Document],
    date: PartialDate,
    own: str | None = None,
    *,
    keeps: bool = False,
) -> str:
    """The meeting of documents that belong together: one of their day and groups, their own, or a new one."""
    shared = tuple(dict.fromkeys(group for one in together for group in one.groups))
    there = meetings.meetings_of(db, str(date), shared, own)
    if there:
        for other in there[1:]:
            _merge(db, other, there[0])
        return there[0]
    if own and keeps:
        meetings.set_date(db, own, str(date))
        return own
    made = Meeting(new_id(), date, shared)
    meetings.put_meeting(db, made, shelf_of(together[0], groups))
    return made.id


def _merge(db: Database, meeting: str, into: str) -> None:
    """Let one meeting take the documents of another and, when it has none, its number."""
    for member in meetings.members(db, meeting):
        documents.update_document(db, member, {"meeting_id": into})
    _hand_on_number(db, meeting, into)


def _hand_on_numbers(db: Database, changed: Iterable[Document], settled: Mapping[str, str | None]) -> None:
    """Keep the number of a meeting that its last document has left for another one."""
    for document in changed:
        before, now = document.meeting, settled[document.id]
        if before and now and before != now and not meetings.members(db, before):
            _hand_on_number(db, before, now)


def _hand_on_number(db: Database, before: str, now: str) -> None:
    number = meetings.number_of(db, before)
    if number is not None:
        meetings.set_number(db, now, number)
