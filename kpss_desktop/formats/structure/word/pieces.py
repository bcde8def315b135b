"""The text of a .doc: the piece table, and where each character lies in the file ([MS-DOC] 2.8.35, 2.9.38)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.word.fib import Part, WordFile

_COMPRESSED = 0x40000000
# Ten times the Bible: a piece that promises more is broken, and what comes after it has no place.
MAX_TEXT = 40_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: characters `start` to `end` lie at `offset` in the main stream, `width` bytes each.

    `changes` are the sprms of a fast-saved document that apply to the whole piece.
    """

    start: int
    end: int
    offset: int
    width: int
    changes: bytes = b""

    def offset_of(self, position: int) -> int:
        """Where the character lies in the main stream."""
        return self.offset + (position - self.start) * self.width


def read_pieces(word: WordFile) -> list[Piece]:
    """The piece table in the order of the text; raises NotStructured when there is none."""
    clx = word.part(Part.PIECES)
    position = 0
    changes: list[bytes] = []
    while position + 3 <= len(clx) and clx[position] == 1:
        size = struct.unpack_from("<H", clx, position + 1)[0]
        changes.append(clx[position + 3 : position + 3 + size])
        position += 3 + size
    if position + 5 > len(clx) or clx[position] != 2:
        raise NotStructured("no piece table")
    table = clx[position + 5 : position + 5 + struct.unpack_from("<I", clx, position + 1)[0]]
    return list(_pieces(table, changes))


def _pieces(table: bytes, changes: list[bytes]) -> Iterator[Piece]:
    count = (len(table) - 4) // 12
    for index in range(count):
        start, end = struct.unpack_from("<II", table, 4 * index)
        _flags, where, modifier = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * index)
        compressed = bool(where & _COMPRESSED)
        offset = (where & (_COMPRESSED - 1)) // (2 if compressed else 1)
        index_of_change = modifier >> 1
        change = changes[index_of_change] if modifier & 1 and index_of_change < len(changes) else b""
        if start < end:
            yield Piece(start, end, offset, 1 if compressed else 2, change)


def text_of(word: WordFile, pieces: list[Piece]) -> str:
    """The characters of all stories, one for each position (a pair of surrogates stays two).

    Ends before a piece that cannot be true.
    """
    parts: list[str] = []
    position = 0
    for piece in pieces:
        if piece.start != position:
            raise NotStructured("a gap between pieces")
        if piece.end > MAX_TEXT:
            break
        raw = word.main[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
        text = _decode_utf16(raw) if piece.width == 2 else raw.decode("cp1252", "replace")
        # A truncated file has less than it promises; the positions must hold all the same.
        parts.append(text.ljust(piece.end - piece.start, "\0")[: piece.end - piece.start])
        position = piece.end
    return "".join(parts)


def _decode_utf16(raw: bytes) -> str:
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))
