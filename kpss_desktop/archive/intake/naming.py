"""The names of a drop, from the walk to the first rows: a few are recognised here, many by the reader processes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kpss_desktop.archive.intake.plan import IntakeItem
from kpss_desktop.archive.intake.recognising import as_seen, item_of, recognised
from kpss_desktop.archive.intake.wire import naming, recognition_of, told_groups
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.intake.rows import Rows
    from kpss_desktop.archive.intake.walking import Found
    from kpss_desktop.formats.processes.sandbox import Sandbox
    from kpss_desktop.model import Group

_TOGETHER = 25  # names of one request
_Placed = tuple[int, IntakeItem]  # a row and its place in the plan


class Names:
    """Makes rows of found files in their order; `group` (an id) and `year` are the clerk's word for all of them."""

    def __init__(self, rows: Rows, groups: Sequence[Group], *, group: str | None, year: int | None) -> None:
        self._rows, self._groups = rows, groups
        self._said: dict[str, Any] = {}
        if group or year:
            self._said = {"year": year, "groups": (group,) if group else ()}

    def row(self, found: Found) -> IntakeItem:
        """A row, with what its name and its place tell."""
        return recognised(self._item(found), self._groups)

    def recognise(self, drop: Iterable[Found], progress: Progress) -> None:
        """Add rows that are recognised here. Raises Cancelled."""
        for found in drop:
            progress(len(self._rows.items), None, found.name)
            self._rows.add(self.row(found))

    def recognise_by(self, readers: Sandbox, drop: Iterable[Found], progress: Progress) -> None:
        """Add rows that the readers recognise, several names at a time. Raises Cancelled."""
        asked: list[list[_Placed]] = []
        named: dict[int, IntakeItem] = {}

        def requests() -> Iterator[dict[str, Any]]:
            groups = told_groups(self._groups)
            for kin, lot in _in_turns(self._placed(drop, progress), readers.size):
                asked.append(lot)
                yield naming([(item.name, item.context) for _, item in lot], groups, kin)

        def look() -> None:
            progress(len(self._rows.items), None, self._rows.items[-1].name)

        with contextlib.closing(readers.ask_many(requests(), look)) as answers:
            for index, answer in answers:
                named.update(self._answered(asked[index], answer))
                while (item := named.pop(len(self._rows.items), None)) is not None:
                    self._rows.add(item)

    def _answered(self, lot: Sequence[_Placed], answer: Mapping[str, Any]) -> Iterator[_Placed]:
        if "seen" not in answer:  # the reader was killed; its names cannot have done that
            yield from ((place, recognised(item, self._groups)) for place, item in lot)
            return
        for (place, item), seen in zip(lot, answer["seen"], strict=True):
            yield place, as_seen(item, recognition_of(seen))

    def _placed(self, drop: Iterable[Found], progress: Progress) -> Iterator[_Placed]:
        for place, found in enumerate(drop, len(self._rows.items)):
            progress(len(self._rows.items), None, found.name)
            yield place, self._item(found)

    def _item(self, found: Found) -> IntakeItem:
        return item_of(found, replace(found.context, **self._said) if self._said else found.context)


def _in_turns(rows: Iterable[_Placed], kins: int) -> Iterator[tuple[int, list[_Placed]]]:
    """Lots of rows whose places are of the same kin, which `contents` asks again for their texts."""
    lots: list[list[_Placed]] = [[] for _ in range(kins)]
    for place, item in rows:
        kin = place % kins
        lots[kin].append((place, item))
        if len(lots[kin]) == _TOGETHER:
            yield kin, lots[kin]
            lots[kin] = []
    yield from ((kin, lot) for kin, lot in enumerate(lots) if lot)
