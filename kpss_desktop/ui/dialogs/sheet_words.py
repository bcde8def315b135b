"""What the cells of the review sheet say."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum
from typing import Any

from kpss_desktop.archive.intake.planning import IntakeItem
from kpss_desktop.czech.folding import fold
from kpss_desktop.i18n import _
from kpss_desktop.messages import certainty_sentence, date_text, kind_name, size_text, source_sentence
from kpss_desktop.model import Certainty, Group, Reading
from kpss_desktop.ui.dialogs.sheet_rows import Status, status, status_text
from kpss_desktop.ui.icons import icon

_STATUS_ICONS = {
    Status.CHECK: "question",
    Status.SIMILAR: "question",
    Status.REFUSED: "error",
    Status.NEW: "ok",
    Status.FURTHER: "plus",
    Status.JOINS: "group",
    Status.DUPLICATE: "duplicate",
}


class Column(IntEnum):
    """The columns of the sheet."""

    TAKE = 0
    FILE = 1
    KIND = 2
    GROUPS = 3
    DATE = 4
    STATE = 5


def cell_text(item: IntakeItem, column: Column, groups: Mapping[str, Group]) -> str:
    """The words of a cell."""
    match column:
        case Column.FILE:
            return item.name
        case Column.KIND:
            return "" if status(item) is Status.REFUSED else kind_name(item.kind)
        case Column.GROUPS:
            return ", ".join((*group_names(item, groups), *item.new_groups))
        case Column.DATE:
            return date_text(item.dated.date if item.dated else None)
        case Column.STATE:
            return status_text(item, groups)
    return ""


def group_names(item: IntakeItem, groups: Mapping[str, Group]) -> list[str]:
    """Names of the registered groups of a row."""
    return [groups[one].name for one in item.groups if one in groups]


def explanation(item: IntakeItem, column: Column, groups: Mapping[str, Group]) -> str | None:
    """Where the value of a cell was read, for the eye and for a screen reader."""
    read = item.recognition
    match column:
        case Column.FILE:
            return f"{item.source}\n{size_text(item.size)}"
        case Column.KIND if read.kind:
            return _read_where(replace(read.kind, evidence=_as_written(read.kind.evidence, item.name)))
        case Column.GROUPS if read.groups:
            return _read_where(read.groups)
        case Column.GROUPS if item.new_groups:
            return _("read as the name of a group that is not registered yet")
        case Column.DATE if item.dated:
            evidence = read.date.evidence if read.date and read.date.value == item.dated.date else ""
            return _read_where(Reading(item.dated.date, item.dated.source, item.dated.certainty, evidence))
        case Column.STATE:
            return status_text(item, groups)
    return None


def _read_where(reading: Reading[Any]) -> str:
    """Where a value was read, how sure it is, and from which words."""
    parts = [source_sentence(reading.source), certainty_sentence(reading.certainty)]
    said = ", ".join(part for part in parts if part)
    return _("{where}: “{words}”").format(where=said, words=reading.evidence) if reading.evidence else said


def _as_written(folded: str, name: str) -> str:
    """Words of a name as it writes them; kinds are read from names without accents and capitals."""
    at = fold(name).find(folded) if unicodedata.is_normalized("NFC", name) else -1
    return name[at : at + len(folded)] if at >= 0 else folded


def decoration(item: IntakeItem, column: Column, now: Status) -> Any:
    """The icon of a cell, None for most."""
    if column is Column.STATE:
        return icon(_STATUS_ICONS[now])
    if column is Column.DATE and item.dated and item.dated.certainty is not Certainty.SURE:
        return icon("uncertain")
    return None
