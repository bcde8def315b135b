"""What a row of the review sheet says and how it is changed. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from kpss_desktop.archive.intake.doubts import Doubt, doubts
from kpss_desktop.archive.intake.planning import FileAs, IntakeItem, ItemState
from kpss_desktop.czech.context import CONTRADICTION
from kpss_desktop.i18n import _
from kpss_desktop.messages import doubt_text, refusal_sentence
from kpss_desktop.model import Certainty, Dated, Group, Kind, PartialDate, Reading, Source

__all__ = ["Doubt", "Status", "doubts", "status"]


_FILED = (ItemState.NEW, ItemState.RENDITION, ItemState.SIMILAR)


class Status(IntEnum):
    """How much a row needs the clerk; the order is that of the sheet, problems first."""

    CHECK = 0
    SIMILAR = 1
    REFUSED = 2
    NEW = 3
    FURTHER = 4
    JOINS = 5
    DUPLICATE = 6


def status(item: IntakeItem) -> Status:
    """Where a row belongs among the filters."""
    if item.state is ItemState.REFUSED:
        return Status.REFUSED
    if item.state is ItemState.DUPLICATE:
        return Status.JOINS if item.joins else Status.DUPLICATE
    if item.files_as is not FileAs.OWN:
        return Status.FURTHER
    if item.state is ItemState.SIMILAR:
        return Status.SIMILAR
    return Status.CHECK if doubts(item) else Status.NEW


def offered_groups(item: IntakeItem) -> tuple[str, ...]:
    """Names of groups that were read, that nobody registered yet, and that are not to be made so far."""
    return tuple(name for name in item.recognition.proposed if name not in item.new_groups)


def asked_groups(item: IntakeItem) -> tuple[str, ...]:
    """Ids of the groups that words may mean, as long as nobody has said which of them it is."""
    read = item.recognition.groups
    if read is None or read.certainty is not Certainty.UNCERTAIN or item.groups or item.new_groups:
        return ()
    return read.value


def can_be_taken(item: IntakeItem) -> bool:
    """Whether the checkbox means anything."""
    return item.state in _FILED or bool(item.joins)


def can_be_edited(item: IntakeItem) -> bool:
    """Whether kind, groups and date may be changed: only of what becomes a new document."""
    return item.state in _FILED and item.files_as is FileAs.OWN


def has_choice(item: IntakeItem) -> bool:
    """Whether the row may be a document of its own or a further file of another."""
    return item.state in _FILED and (item.rendition_of is not None or item.similar_to is not None)


def filed_as(item: IntakeItem, choice: FileAs) -> IntakeItem:
    """The row as the clerk wants it filed; the likeness is no longer in doubt."""
    if not has_choice(item):
        return item
    return replace(item, files_as=choice, state=ItemState.NEW if choice is FileAs.OWN else item.state, take=True)


def with_kind(item: IntakeItem, kind: Kind) -> IntakeItem:
    """The row as another kind; a kind the clerk chose is no longer in doubt."""
    return replace(item, kind=kind, recognition=replace(item.recognition, kind=Reading(kind, Source.CLERK)))


def with_groups(item: IntakeItem, groups: tuple[str, ...], new_groups: tuple[str, ...]) -> IntakeItem:
    """The row in the groups the clerk chose; what was read of groups no longer counts."""
    read = replace(item.recognition, groups=Reading(groups, Source.CLERK), proposed=())
    return replace(item, groups=groups, new_groups=new_groups, recognition=read)


def with_date(item: IntakeItem, date: PartialDate | None) -> IntakeItem:
    """The row with the date the clerk typed."""
    return replace(item, dated=None if date is None else Dated(date, Source.CLERK, Certainty.SURE))


def with_year(item: IntakeItem, year: int) -> IntakeItem:
    """The row in another year; its day and month stay when there is such a day."""
    known = item.dated.date if item.dated else None
    try:
        date = PartialDate(year, known.month, known.day) if known else PartialDate(year)
    except ValueError:  # 29. 2. in a common year
        date = PartialDate(year)
    return with_date(item, date)


def confirmed(item: IntakeItem) -> IntakeItem:
    """The row as the clerk says it is right: what was read is no longer in doubt."""
    if item.state is ItemState.SIMILAR:
        item = filed_as(item, item.files_as)
    item = with_groups(with_kind(item, item.kind), item.groups, item.new_groups)
    return with_date(item, item.dated.date if item.dated else None)


def status_text(item: IntakeItem, groups: Mapping[str, Group]) -> str:
    """The state of a row in a few words."""
    match status(item):
        case Status.REFUSED:
            reason = refusal_sentence(item.refusal) if item.refusal else ""
            return _("{reason}, cannot be taken").format(reason=reason)
        case Status.SIMILAR:
            return _("nearly the same as {name}").format(name=item.resembles)
        case Status.FURTHER if item.files_as is FileAs.VERSION:
            return _("newer version of {name}").format(name=item.resembles)
        case Status.FURTHER:
            return _("further file of {name}").format(name=item.resembles)
        case Status.JOINS:
            names = _names(item.joins, groups)
            if item.duplicate_of is None:
                return _("twice in this drop, will be added to {groups}").format(groups=names)
            return _("in the archive, will be added to {groups}").format(groups=names)
        case Status.DUPLICATE if item.duplicate_of is None:
            return _("twice in this drop")
        case Status.DUPLICATE:
            return _("already in the archive")
    return ", ".join(_doubt_words(doubt, item, groups) for doubt in doubts(item)) or _("new")


def _doubt_words(doubt: Doubt, item: IntakeItem, groups: Mapping[str, Group]) -> str:
    read, asked = item.recognition, asked_groups(item)
    match doubt:
        case Doubt.UNOPENED if item.refusal:
            return _("stays packed: {reason}").format(reason=refusal_sentence(item.refusal))
        case Doubt.UNCERTAIN_GROUP if _is_contradicted(read.groups):
            return _("another group in the text")
        case Doubt.UNCERTAIN_GROUP if asked:
            return _("which group: {groups}?").format(groups=_names(asked, groups))
        case Doubt.UNCERTAIN_DATE if _is_contradicted(read.date):
            return _("another date in the text")
        case Doubt.UNCERTAIN_KIND if _is_contradicted(read.kind):
            return _("another kind in the text")
    return doubt_text(doubt)


def _is_contradicted(reading: Reading[Any] | None) -> bool:
    """Whether the text says otherwise than the name, the folder or the ZIP."""
    return reading is not None and CONTRADICTION in reading.evidence


def _names(ids: Sequence[str], groups: Mapping[str, Group]) -> str:
    return ", ".join(groups[one].name for one in ids if one in groups)
