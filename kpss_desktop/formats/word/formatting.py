"""Which properties hold where: the pages of formatted characters and paragraphs ([MS-DOC] 2.9.33, 2.9.175)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kpss_desktop.formats.word.fib import Part
from kpss_desktop.formats.word.streams import Streams

_PAGE = 512


@dataclass(frozen=True, slots=True)
class Formatted:
    """Stretches of the main stream in their order: `ends` are offsets, `properties` the bytes for each stretch."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    properties: tuple[bytes, ...] = ()

    def at(self, offset: int) -> tuple[bytes, int]:
        """The properties of the byte at an offset, and where their stretch ends; empty where nothing is said."""
        index = bisect_right(self.starts, offset) - 1
        if index >= 0 and offset < self.ends[index]:
            return self.properties[index], self.ends[index]
        following = self.starts[index + 1] if index + 1 < len(self.starts) else 1 << 62
        return b"", following


def character_formats(word: Streams) -> Formatted:
    """The lists of modifiers of characters."""
    return _read(word, Part.CHARACTER_PAGES, 1, _character_entry)


def paragraph_formats(word: Streams) -> Formatted:
    """The style number (2 bytes) and the list of modifiers of paragraphs."""
    return _read(word, Part.PARAGRAPH_PAGES, 13, _paragraph_entry)


def _read(word: Streams, part: Part, entry_size: int, entry: Callable[[bytes, int], bytes]) -> Formatted:
    stretches: list[tuple[int, int, bytes]] = []
    for page in _pages(word, part):
        stretches += _stretches(page, entry_size, entry)
    if not stretches:
        return Formatted()
    stretches.sort()
    return Formatted(*zip(*stretches, strict=True))


def _pages(word: Streams, part: Part) -> Iterator[bytes]:
    table = word.part(part)
    count = (len(table) - 4) // 8
    for index in range(count):
        number = struct.unpack_from("<I", table, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF
        page = word.main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            yield page


def _stretches(page: bytes, entry_size: int, entry: Callable[[bytes, int], bytes]) -> Iterator[tuple[int, int, bytes]]:
    count = page[_PAGE - 1]
    if 4 * (count + 1) + entry_size * count > _PAGE - 1:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page)
    places = page[4 * (count + 1) : 4 * (count + 1) + entry_size * count : entry_size]
    for (start, end), place in zip(pairwise(offsets), places, strict=True):
        if start < end:
            yield start, end, entry(page, 2 * place) if place else b""


def _character_entry(page: bytes, where: int) -> bytes:
    return page[where + 1 : where + 1 + page[where]]


def _paragraph_entry(page: bytes, where: int) -> bytes:
    size = page[where]
    if size:
        return page[where + 1 : where + 2 * size]
    return page[where + 2 : where + 2 + 2 * page[where + 1]] if where + 1 < _PAGE else b""
