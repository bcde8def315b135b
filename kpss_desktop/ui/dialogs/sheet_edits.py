"""What the clerk changes in rows of the review sheet: in slices, so the window never stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from kpss_desktop.archive.intake.planning import FileAs, IntakeItem
from kpss_desktop.czech.dates import parse_date
from kpss_desktop.model import Kind, PartialDate
from kpss_desktop.ui.dialogs.sheet_rows import (
    can_be_edited,
    can_be_taken,
    confirmed,
    filed_as,
    has_choice,
    with_date,
    with_groups,
    with_kind,
    with_year,
)
from kpss_desktop.ui.slices import Slices

Change = Callable[[IntakeItem], IntakeItem]
May = Callable[[IntakeItem], bool]

_TOGETHER = 200  # rows changed before the window may do something else


class Rows(Protocol):
    """The rows that are edited, as far as that needs them."""

    def item(self, row: int) -> IntakeItem:
        """What is seen in a row."""

    def places(self, rows: Iterable[int]) -> list[int]:
        """The places in the plan of rows that are seen; unlike rows they stay what they are."""

    def put(self, places: Iterable[int], change: Change, may: May) -> None:
        """Change what may be changed in places."""


class SheetEdits(QObject):
    """Changes rows, one change after another; each is for the rows that were meant when it was asked for."""

    settled = Signal()
    """A change that took a while is made in all of its rows."""
    grouped = Signal(object, object, object)
    """The clerk put rows into groups: the rows as they were, ids, names of groups to be made."""

    def __init__(self, rows: Rows, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._work = Slices(self)
        self._work.ended.connect(self.settled)

    @property
    def busy(self) -> bool:
        """Whether a change is still being made in some of its rows."""
        return self._work.busy

    def run(self, work: Iterator[None]) -> None:
        """Do something else in slices, after the changes that were asked for before."""
        self._work.run(work)

    def drop(self) -> None:
        """Forget the changes that are not made yet: other rows come."""
        self._work.drop()

    def change(self, rows: Iterable[int], change: Change, may: May = can_be_edited) -> None:
        """Change the rows that may be changed."""
        self._work.run(self._changing(self._rows.places(rows), change, may))

    def take(self, rows: Iterable[int], *, taken: bool) -> None:
        """Tick rows, or leave them out."""
        self.change(rows, lambda item: replace(item, take=taken), can_be_taken)

    def choose(self, rows: Iterable[int], choice: FileAs) -> None:
        """Say what rows become that repeat or resemble another."""
        self.change(rows, lambda item: filed_as(item, choice), has_choice)

    def confirm(self, rows: Iterable[int]) -> None:
        """Say that rows are right as they are."""
        self.change(rows, confirmed)

    def set_kind(self, rows: Iterable[int], kind: Kind) -> None:
        """Say what rows are."""
        self.change(rows, lambda item: with_kind(item, kind))

    def set_date(self, rows: Iterable[int], date: PartialDate) -> None:
        """Say of when rows are; a year alone leaves each its day and month."""
        year = date.year
        if year is not None and date.month is None:
            self.change(rows, lambda item: with_year(item, year))
        else:
            self.change(rows, lambda item: with_date(item, date))

    def type_date(self, row: int, typed: str) -> bool:
        """Take a date as it was typed, or none when nothing was; what makes no date is not taken, which gives False."""
        date = parse_date(typed) if typed else None
        if typed and date is None:
            return False
        self.change([row], lambda item: with_date(item, date))
        return True

    def set_groups(self, rows: Iterable[int], ids: Sequence[str], new: Sequence[str]) -> None:
        """Put rows into groups; a home group that stays remains the first."""

        def change(item: IntakeItem) -> IntakeItem:
            kept = tuple(one for one in item.groups if one in ids)
            return with_groups(item, kept + tuple(one for one in ids if one not in kept), tuple(new))

        wanted = list(rows)
        before = [item for row in wanted if can_be_edited(item := self._rows.item(row))]
        self.change(wanted, change)
        if before:
            self._work.run(self._telling_groups(before, ids, new))

    def _changing(self, places: Sequence[int], change: Change, may: May) -> Iterator[None]:
        for start in range(0, len(places), _TOGETHER):
            self._rows.put(places[start : start + _TOGETHER], change, may)
            yield

    def _telling_groups(self, before: Sequence[IntakeItem], ids: Sequence[str], new: Sequence[str]) -> Iterator[None]:
        yield
        self.grouped.emit(before, tuple(ids), tuple(new))
