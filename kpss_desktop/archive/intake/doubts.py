"""What the clerk should look at before a row is filed."""

from __future__ import annotations

from enum import StrEnum

from kpss_desktop.archive.intake.plan import IntakeItem, ItemState
from kpss_desktop.model import Certainty, Kind, Source

_OF_A_GROUP = {Kind.MINUTES, Kind.INVITATION, Kind.ATTENDANCE}


class Doubt(StrEnum):
    """What a row lacks."""

    UNOPENED = "unopened"  # a ZIP that nobody could look into
    GROUP = "group"
    NEW_GROUP = "new_group"
    DATE = "date"
    YEAR = "year"
    UNCERTAIN_DATE = "uncertain_date"
    UNCERTAIN_GROUP = "uncertain_group"
    KIND = "kind"
    UNCERTAIN_KIND = "uncertain_kind"


def doubts(item: IntakeItem) -> tuple[Doubt, ...]:
    """What the clerk should look at before the row is filed."""
    found = []
    read = item.recognition
    is_confirmed = read.kind is not None and read.kind.source is Source.CLERK
    if item.state is ItemState.NEW and item.refusal is not None and not is_confirmed:
        found.append(Doubt.UNOPENED)
    if item.kind is Kind.OTHER and read.kind is None:
        found.append(Doubt.KIND)
    elif read.kind and read.kind.certainty is Certainty.UNCERTAIN and read.kind.value is item.kind:
        found.append(Doubt.UNCERTAIN_KIND)
    if set(item.new_groups) & set(read.proposed):
        found.append(Doubt.NEW_GROUP)
    elif read.groups and read.groups.certainty is Certainty.UNCERTAIN and item.groups in ((), read.groups.value):
        found.append(Doubt.UNCERTAIN_GROUP)
    elif item.kind in _OF_A_GROUP and not item.groups and not item.new_groups:
        found.append(Doubt.GROUP)
    if item.dated is None:
        found.append(Doubt.DATE)
    elif item.dated.date.year is None:
        found.append(Doubt.YEAR)
    elif item.dated.certainty is Certainty.UNCERTAIN:
        found.append(Doubt.UNCERTAIN_DATE)
    return tuple(found)
