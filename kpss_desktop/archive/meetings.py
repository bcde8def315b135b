"""Documents of one group and date come together as one meeting."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kpss_desktop.archive.placing import shelf_of
from kpss_desktop.catalogue import documents, meetings
from kpss_desktop.model import Document, Group, Kind, Meeting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpss_desktop.catalogue.catalogue import Database

OF_A_MEETING = frozenset({Kind.MINUTES, Kind.INVITATION, Kind.ATTENDANCE, Kind.ATTACHMENT, Kind.RESOLUTION})


def gather(
    db: Database, groups: Mapping[str, Group], ids: Iterable[str], numbers: Mapping[str, int] | None = None
) -> None:
    """Give each document the meeting of its date and group, making it when it is the first one.

    The record of a meeting follows its documents when the last of them has left the shelf.
    `numbers` are the meetings' running numbers by document id, where a name told them.
    """
    changed, touched = False, set[str]()
    for document in documents.load_documents(db, ids):
        meeting = _meeting_of(db, groups, document)
        touched |= {one for one in (meeting, document.meeting) if one}
        if meeting != document.meeting:
            documents.update_document(db, document.id, {"meeting_id": meeting})
            changed = True
        if meeting and numbers and document.id in numbers:
            meetings.set_number(db, meeting, numbers[document.id])
    if changed:
        meetings.drop_empty(db)
    meetings.follow_documents(db, touched)


def _meeting_of(db: Database, groups: Mapping[str, Group], document: Document) -> str | None:
    date = document.dated.date if document.dated else None
    fits = document.kind in OF_A_MEETING and date is not None and date.is_full and document.groups
    if not fits or document.trashed or date is None:
        return None
    found = meetings.find_meeting(db, str(date), document.groups)
    if found:
        return found
    made = Meeting(uuid.uuid4().hex, date, document.groups)
    meetings.put_meeting(db, made, shelf_of(document, groups))
    return made.id
