"""The lists of a Word document ([MS-DOC] 2.9.131 PlfLst, 2.9.150 LVL, 2.9.132 PlfLfo): the label of a paragraph."""

from __future__ import annotations

import struct
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kpss_desktop.formats.numbering import NO_LEVELS, Counter, Item, Level, Levels, bullet
from kpss_desktop.formats.word.fib import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpss_desktop.formats.word.fib import Fib
    from kpss_desktop.formats.word.streams import Streams

_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal",
    22: "decimalZero", 23: "bullet", 255: "none",
}  # fmt: skip
_NUMBERS = {level: f"%{level + 1}" for level in range(9)}
"""A character below 9 stands for the number of that level."""
_LEVEL = struct.Struct("<iBB18xBBB")
_LIST_SIZE, _LEVEL_SIZE, _OVERRIDE_SIZE = 28, 28, 16


class Labels:
    """Counts the paragraphs of each list; every paragraph is asked once, in order."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    @cached_property
    def _counters(self) -> list[Counter]:
        """Those of a document without lists are never asked for."""
        try:
            return _counters(self._streams.fib, self._streams.table)
        except (struct.error, IndexError):
            # Broken lists cost their numbers, not the text.
            return []

    def item(self, list_index: int, level: int) -> Item | None:
        """A paragraph of a list, by its override counted from 1; None when there is none."""
        return Item(self._counters[list_index - 1], level) if 0 < list_index <= len(self._counters) else None

    def label(self, list_index: int, level: int) -> str:
        """The label of the next paragraph of a list; "" when there is none."""
        item = self.item(list_index, level)
        return item.next_label() if item else ""


def _counters(fib: Fib, table: bytes) -> list[Counter]:
    offset, length = fib.place(Part.LIST_OVERRIDES)
    if not length:
        return []
    lists = _lists(fib, table)
    shared = {list_id: Counter(levels) for list_id, levels in lists.items()}
    counters: list[Counter] = []
    count = struct.unpack_from("<I", table, offset)[0]
    changes = offset + 4 + _OVERRIDE_SIZE * count
    for index in range(min(count, length // _OVERRIDE_SIZE)):
        place = offset + 4 + _OVERRIDE_SIZE * index
        list_id, changed = struct.unpack_from("<i", table, place)[0], table[place + 12]
        counter = shared.get(list_id) or Counter(NO_LEVELS)
        if changed and changes + 4 <= len(table):
            changes, levels, starts = _changed(table, changes + 4, changed)
            counter = counter.varied(levels, starts)
        else:
            changes += 4
        counters.append(counter)
    return counters


def _lists(fib: Fib, table: bytes) -> dict[int, Levels]:
    offset, length = fib.place(Part.LISTS)
    if not length:
        return {}
    count = struct.unpack_from("<H", table, offset)[0]
    position = offset + 2 + _LIST_SIZE * count
    lists: dict[int, Levels] = {}
    for index in range(count):
        place = offset + 2 + _LIST_SIZE * index
        list_id, is_simple = struct.unpack_from("<i", table, place)[0], table[place + 26] & 1
        levels: dict[int, Callable[[], Level]] = {}
        for depth in range(1 if is_simple else 9):
            if position + _LEVEL_SIZE + 2 > len(table):
                break
            levels[depth] = partial(_level, table, position)
            position = _after_level(table, position)
        lists[list_id] = Levels(levels)
    return lists


def _after_level(table: bytes, position: int) -> int:
    """Where the level that stands at a position ends; raises struct.error or IndexError when it is cut."""
    text = position + _LEVEL_SIZE + table[position + 24] + table[position + 25]
    length: int = struct.unpack_from("<H", table, text)[0]
    return text + 2 + 2 * length


def _level(table: bytes, position: int) -> Level:
    """The level that stands at a position, whole."""
    start, form, flags, characters, paragraphs, limit = _LEVEL.unpack_from(table, position)
    text = position + _LEVEL_SIZE + characters + paragraphs + 2
    raw = table[text : _after_level(table, position)].decode("utf-16-le", "replace")
    name = _FORMS.get(form, "decimal")
    return Level(
        name,
        bullet(raw) if name == "bullet" else raw.translate(_NUMBERS).strip(),
        max(0, start),
        (limit - 1 if limit else -1) if flags & 0x08 else None,
        bool(flags & 0x04),
    )


def _changed(table: bytes, position: int, count: int) -> tuple[int, dict[int, Level], dict[int, int]]:
    """(position after them, levels that look otherwise, levels that start anew with their number)."""
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for _ in range(count):
        start, flags = struct.unpack_from("<iI", table, position)
        position += 8
        depth = flags & 0x0F
        if flags & 0x20:
            levels[depth] = _level(table, position)
            position = _after_level(table, position)
        if flags & 0x10:
            starts[depth] = levels[depth].start if depth in levels else max(0, start)
    return position, levels, starts
