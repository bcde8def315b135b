"""The rows of the review sheet, which of them are seen, and in which order. No Qt here.

A row is known by its place in the plan, which never changes; where it is seen does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpss_desktop.archive.intake.planning import IntakeItem, Origin
from kpss_desktop.czech.collation import SortKey, sort_key
from kpss_desktop.model import Group, PartialDate
from kpss_desktop.ui.dialogs.sheet_merge import merged
from kpss_desktop.ui.dialogs.sheet_rows import Status, status
from kpss_desktop.ui.dialogs.sheet_words import Column, cell_text

Batch = Sequence[tuple[int, IntakeItem]]
_Correction = tuple[IntakeItem, IntakeItem]  # the row as it was told, and as the clerk has made it


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are of each status, how many will be filed, and how many the clerk has changed."""

    by_status: Counter[Status]
    taken: int
    changed: int


class Ledger:
    """Rows by their places. Those that are seen only move when they are arranged, whatever is changed in them."""

    def __init__(self, groups: Mapping[str, Group]) -> None:
        self.wanted = frozenset(Status)
        self._groups = groups
        self._corrected: dict[Origin, _Correction] = {}  # by the clerk, in files whose rows are still to come
        self._items: dict[int, IntakeItem] = {}
        self._told: dict[int, IntakeItem] = {}
        self._status: dict[int, Status] = {}
        self._order: list[int] = []
        self._seen: list[int] = []
        self._row_of: dict[int, int] = {}
        self._keys: dict[str, SortKey] = {}

    def successor(self) -> Ledger:
        """A ledger for the rows of the same files when they come anew, with what the clerk has changed in them."""
        made = Ledger(self._groups)
        made.wanted = self.wanted
        changed = {mine.origin: (self._told[place], mine) for place, mine in self._items.items()}
        made._corrected = self._corrected | {at: pair for at, pair in changed.items() if pair[0] != pair[1]}
        return made

    def __len__(self) -> int:
        """How many rows are seen."""
        return len(self._seen)

    @property
    def items(self) -> tuple[IntakeItem, ...]:
        """All rows by their places in the plan."""
        return tuple(self._items[place] for place in sorted(self._items))

    @property
    def told(self) -> tuple[IntakeItem, ...]:
        """The same as they were told, without what the clerk has changed."""
        return tuple(self._told[place] for place in sorted(self._told))

    def place(self, row: int) -> int:
        """The place of what is seen in a row."""
        return self._seen[row]

    def row(self, place: int) -> int | None:
        """Where a place is seen; None when it is filtered out."""
        return self._row_of.get(place)

    def item(self, place: int) -> IntakeItem:
        """What is in a place now."""
        return self._items[place]

    def status(self, place: int) -> Status:
        """Where a place belongs among the filters."""
        return self._status[place]

    def tally(self) -> Tally:
        """How many rows there are, seen or not."""
        items = self._items
        changed = sum(items[place] is not told for place, told in self._told.items())
        return Tally(Counter(self._status.values()), sum(item.take for item in items.values()), changed)

    def put(self, place: int, item: IntakeItem) -> None:
        """Change what is in a place; it is seen where it was."""
        told = self._told.get(place)
        self._items[place] = told if told is not None and told == item else item  # what is changed back is not changed
        self._status[place] = status(item)

    def hear(self, batch: Batch) -> list[int]:
        """Take rows that came or became clearer; what the clerk has changed stays. Gives the places that changed."""
        changed = []
        for place, item in batch:
            told = self._told.get(place)
            if told is item or told == item:
                continue
            if told is None:
                self._order.append(place)
                before, mine = self._corrected.pop(item.origin, (item, item))
            else:
                before, mine = told, self._items[place]
            self._told[place] = item
            self.put(place, merged(before, mine, item))
            changed.append(place)
        return changed

    def joining(self, places: Sequence[int]) -> list[int]:
        """Those of the places that are not seen and are to be; `join` shows them below all others."""
        return [place for place in places if place not in self._row_of and self._status[place] in self.wanted]

    def join(self, places: Sequence[int]) -> None:
        """Show places below those that are seen."""
        for place in places:
            self._row_of[place] = len(self._seen)
            self._seen.append(place)

    def show_only(self, wanted: frozenset[Status]) -> None:
        """Leave out the rows of all other statuses, as they are now."""
        self.wanted = wanted
        self._see([place for place in self._order if self._status[place] in wanted])

    def prepare(self, column: Column) -> Iterator[None]:
        """Make the Czech keys of a column, which is slow; pauses after each row."""
        if column in {Column.TAKE, Column.STATE}:
            return
        for item in list(self._items.values()):
            for text in (item.name, cell_text(item, column, self._groups)):
                self._collated(text)
            yield

    def arrange(self, column: Column, *, descending: bool) -> None:
        """Put all rows in order; no row comes or goes by that."""
        seen = set(self._seen)
        self._order.sort(key=lambda place: self._key(place, column), reverse=descending)
        self._see([place for place in self._order if place in seen])

    def _see(self, places: list[int]) -> None:
        self._seen = places
        self._row_of = {place: row for row, place in enumerate(places)}

    def _key(self, place: int, column: Column) -> tuple[Any, ...]:
        item = self._items[place]
        match column:
            case Column.TAKE:
                return (not item.take, place)
            case Column.STATE:
                return (self._status[place], place)
            case Column.DATE:
                return (_date_key(item.dated.date if item.dated else None), self._collated(item.name), place)
        return (self._collated(cell_text(item, column, self._groups)), self._collated(item.name), place)

    def _collated(self, text: str) -> SortKey:
        if text not in self._keys:
            self._keys[text] = sort_key(text)
        return self._keys[text]


def _date_key(date: PartialDate | None) -> tuple[int, int, int]:
    return (date.year or 0, date.month or 0, date.day or 0) if date else (0, 0, 0)
