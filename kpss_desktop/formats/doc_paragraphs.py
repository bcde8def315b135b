"""What Word keeps about paragraphs: their list, level and whether they end a table row ([MS-DOC] PAPX and STSH)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpss_desktop.formats import doc_fib
from kpss_desktop.formats.doc_fib import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpss_desktop.formats.doc_pieces import Piece
    from kpss_desktop.formats.doc_streams import Streams

_PAGE = 512
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_LEVEL, _LIST, _ROW_END = 0x260A, 0x460B, 0x2417
_TABLE_DEFINITION, _CHANGED_TABS = 0xD608, 0xC615


@dataclass(frozen=True, slots=True)
class Properties:
    """`list_index` counts the list overrides from 1; 0 is none. `level` counts from 0."""

    list_index: int = 0
    level: int = 0
    ends_row: bool = False


_PLAIN = Properties()


class Paragraphs:
    """The properties of paragraphs by character position; all plain when the tables are missing or broken."""

    def __init__(self, streams: Streams, pieces: tuple[Piece, ...]) -> None:
        is_new = streams.fib.ident == doc_fib.WORD_97
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        self._styles = _styles(streams.part(Part.STYLES)) if is_new else {}
        self._by_style: dict[int, Properties] = {}
        self._cache: dict[bytes, Properties] = {}
        self._runs = sorted(_runs(streams.part(Part.PARAGRAPH_PAGES), streams.main)) if is_new else []
        self._run_starts = [run[0] for run in self._runs]

    @property
    def known(self) -> bool:
        """Whether the file has any properties at all."""
        return bool(self._runs)

    def at(self, position: int) -> Properties:
        """The properties of the paragraph whose mark stands at this character position."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return _PLAIN
        piece = self._pieces[index]
        offset = piece.offset_of(position)
        run = bisect_right(self._run_starts, offset) - 1
        if run < 0 or offset >= self._runs[run][1]:
            return _PLAIN
        packed = self._runs[run][2]
        if packed not in self._cache:
            style = struct.unpack_from("<H", packed)[0] if len(packed) >= 2 else 0
            self._cache[packed] = _applied(self._of_style(style), packed[2:])
        return self._cache[packed]

    def _of_style(self, style: int) -> Properties:
        """A document uses few of its styles, so each is worked out when the first paragraph asks for it."""
        if style not in self._by_style:
            self._by_style[style] = _inherited(self._styles, style)
        return self._by_style[style]


def _runs(plc: bytes, main: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(first byte, byte after the last, style and its changes) of every run of paragraphs."""
    count = (len(plc) - 4) // 8
    for index in range(max(0, count)):
        number = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF
        page = main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        total = page[511]
        if 4 * (total + 1) + 13 * total > 511:
            continue
        edges = struct.unpack_from(f"<{total + 1}I", page)
        for one in range(total):
            place = 2 * page[4 * (total + 1) + 13 * one]
            if not place:
                yield edges[one], edges[one + 1], b""
                continue
            size = page[place] * 2 - 1
            place += 1
            if size < 0 and place < 511:
                size = page[place] * 2
                place += 1
            yield edges[one], edges[one + 1], page[place : place + max(0, size)]


def _applied(base: Properties, changes: bytes) -> Properties:
    """The properties after a list of changes ("grpprl", [MS-DOC] 2.6)."""
    list_index, level, ends_row = base.list_index, base.level, base.ends_row
    for code, value in _modifiers(changes):
        if code == _LEVEL:
            level = value
        elif code == _LIST:
            # Bits above 0x7FFF mark a list that was taken away.
            list_index = value if value < 0x7FF else 0
        elif code == _ROW_END:
            ends_row = bool(value)
    return Properties(list_index, min(level, 8), ends_row)


def _modifiers(changes: bytes) -> Iterator[tuple[int, int]]:
    position = 0
    while position + 3 <= len(changes):
        code = changes[position] | changes[position + 1] << 8
        position += 2
        kind = code >> 13
        if kind == 6:
            size = 1 + changes[position]
            if code == _TABLE_DEFINITION:
                size = 1 + int.from_bytes(changes[position : position + 2], "little")
            elif code == _CHANGED_TABS and changes[position] == 255:
                return
        else:
            size = _SIZES[kind]
            yield code, int.from_bytes(changes[position : position + size], "little")
        position += size


def _styles(sheet: bytes) -> dict[int, tuple[int, bytes]]:
    """The styles of the sheet by their number, each as `_style` tells it."""
    if len(sheet) < 6:
        return {}
    head, count, base = struct.unpack_from("<HHH", sheet)
    position = 2 + head
    own: dict[int, tuple[int, bytes]] = {}
    for index in range(count):
        if position + 2 > len(sheet):
            break
        size = struct.unpack_from("<H", sheet, position)[0]
        if size:
            own[index] = _style(sheet[position + 2 : position + 2 + size], base)
        position += 2 + size
    return own


def _inherited(styles: Mapping[int, tuple[int, bytes]], index: int) -> Properties:
    """What a style gives its paragraphs, itself and by those it is based on; no style makes them end a row."""
    chain: list[int] = []
    while index in styles and index not in chain:
        chain.append(index)
        index = styles[index][0]
    properties = _PLAIN
    for one in reversed(chain):
        properties = _applied(properties, styles[one][1])
    return replace(properties, ends_row=False)


def _style(style: bytes, base: int) -> tuple[int, bytes]:
    """(the style it is based on, its paragraph changes)."""
    if len(style) < base + 2 or len(style) < 6:
        return 0xFFF, b""
    kind, parent = style[2] & 0x0F, struct.unpack_from("<H", style, 2)[0] >> 4
    if kind != 1:
        return 0xFFF, b""
    position = base + 2 + 2 * struct.unpack_from("<H", style, base)[0] + 2
    position += position & 1
    if position + 2 > len(style):
        return parent, b""
    size = struct.unpack_from("<H", style, position)[0]
    return parent, style[position + 4 : position + 2 + size]
