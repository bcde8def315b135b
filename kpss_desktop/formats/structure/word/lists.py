"""The lists of a document and the labels of their items ([MS-DOC] 2.9.131, 2.9.150)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from kpss_desktop.formats.doc_fib import Part
from kpss_desktop.formats.doc_streams import Streams
from kpss_desktop.formats.structure.blocks import Mark
from kpss_desktop.formats.structure.numbering import Counter, Level

_KINDS = {
    0: "decimal",
    1: "ROMAN",
    2: "roman",
    3: "LETTER",
    4: "letter",
    5: "decimal",
    22: "zero",
    23: "bullet",
    255: "none",
}
_DEFINITION = 28
_OVERRIDE = 16


@dataclass(slots=True)
class Lists:
    """`uses` are the lists in the order of the overrides: the list's id and its levels."""

    uses: tuple[tuple[int, tuple[Level, ...]], ...] = ()
    counters: dict[int, Counter] = field(default_factory=dict)

    def mark(self, list_index: int, level: int) -> Mark | None:
        """The mark of the next item; None when the list is not known or says that nothing is to be printed."""
        if not 0 < list_index <= len(self.uses):
            return None
        identity, levels = self.uses[list_index - 1]
        if not levels:
            return None
        level = min(level, len(levels) - 1)
        label = self.counters.setdefault(identity, Counter()).next_label(level, levels)
        return None if levels[level].kind == "none" and not label else Mark(level, label)


def read_lists(word: Streams) -> Lists:
    """The lists; none when the parts are missing or cut."""
    try:
        definitions = dict(_definitions(word.onward(Part.LISTS)))
        return Lists(tuple(_overrides(word.part(Part.LIST_OVERRIDES), definitions)))
    except (struct.error, IndexError):
        return Lists()


def _definitions(part: bytes) -> Iterator[tuple[int, tuple[Level, ...]]]:
    if len(part) < 2:
        return
    count = struct.unpack_from("<H", part)[0]
    position = 2 + _DEFINITION * count
    for index in range(count):
        at = 2 + _DEFINITION * index
        if at + _DEFINITION > len(part):
            return
        identity = struct.unpack_from("<I", part, at)[0]
        levels: list[Level] = []
        for _ in range(1 if part[at + 26] & 1 else 9):
            if position + 30 > len(part):
                return
            level, position = _level(part, position)
            levels.append(level)
        yield identity, tuple(levels)


def _level(part: bytes, position: int) -> tuple[Level, int]:
    """One LVL and the position after it."""
    start, kind = struct.unpack_from("<iB", part, position)
    characters_size, paragraph_size = part[position + 24], part[position + 25]
    at = position + _DEFINITION + characters_size + paragraph_size
    length = struct.unpack_from("<H", part, at)[0] if at + 2 <= len(part) else 0
    text = part[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    template = "".join(f"{{{ord(character)}}}" if ord(character) < 9 else character for character in text)
    return Level(_KINDS.get(kind, "decimal"), template, max(0, start)), at + 2 + 2 * length


def _overrides(part: bytes, definitions: dict[int, tuple[Level, ...]]) -> Iterator[tuple[int, tuple[Level, ...]]]:
    if len(part) < 4:
        return
    count = min(struct.unpack_from("<I", part)[0], (len(part) - 4) // _OVERRIDE)
    position = 4 + _OVERRIDE * count
    for index in range(count):
        at = 4 + _OVERRIDE * index
        identity = struct.unpack_from("<I", part, at)[0]
        levels = list(definitions.get(identity, ()))
        restarted = False
        position += 4
        for _ in range(part[at + 12]):
            start, flags = struct.unpack_from("<II", part, position)
            position += 8
            level = flags & 0xF
            if flags & 0x20:
                made, position = _level(part, position)
                levels[level : level + 1] = [made]
            elif flags & 0x10 and level < len(levels):
                levels[level] = Level(levels[level].kind, levels[level].template, start)
                restarted = True
        # A use that sets where to start counts by itself; the others share the numbers of their list.
        yield (~index if restarted else identity), tuple(levels)
