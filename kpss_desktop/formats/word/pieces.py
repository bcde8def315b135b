"""The characters of a Word document by position, put together from its pieces ([MS-DOC] 2.4.1 and 2.8.35)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kpss_desktop.formats.encodings import best_single_byte
from kpss_desktop.formats.word.fib import WORD_97, Fib, Part

if TYPE_CHECKING:
    from kpss_desktop.formats.word.streams import Streams

_COMPRESSED = 0x40000000
_CZECH = (0x0405, 0x041B)
_ENGLISH = 0x09
_CENTRAL_EUROPE = (0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x24)
_LATIN_1_ONLY = re.compile(r"[ìøèùïò]")
_CODE_PAGES = {
    0x05: "cp1250", 0x0E: "cp1250", 0x15: "cp1250", 0x18: "cp1250", 0x1A: "cp1250", 0x1B: "cp1250", 0x24: "cp1250",
    0x1C: "cp1250", 0x02: "cp1251", 0x19: "cp1251", 0x22: "cp1251", 0x23: "cp1251", 0x2F: "cp1251", 0x08: "cp1253",
    0x1F: "cp1254", 0x0D: "cp1255", 0x01: "cp1256", 0x25: "cp1257", 0x26: "cp1257", 0x27: "cp1257", 0x11: "cp932",
    0x12: "cp949", 0x1E: "cp874",
}  # fmt: skip
"""Code page by the primary part of the language ([MS-LCID])."""

# Bytes without a character in the code page stand for themselves, so that every byte stays one position.
_WINDOWS_1252 = "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in range(256))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters: from position `start` up to `end`, stored at byte `offset`, `width` bytes each.

    `changes` are the modifiers ("sprms") of a fast-saved document that apply to the whole piece.
    """

    start: int
    end: int
    offset: int
    width: int
    changes: bytes = b""

    def offset_of(self, position: int) -> int:
        """Where the character of that position lies in the main stream."""
        return self.offset + (position - self.start) * self.width


@dataclass(frozen=True, slots=True)
class Characters:
    """All characters of all stories; the index is Word's character position."""

    text: str
    pieces: tuple[Piece, ...]


def gather(streams: Streams) -> Characters:
    """Read every piece; the one run of a simple old file when there is no piece table."""
    fib, main = streams.fib, streams.main
    pieces = _piece_table(streams)
    if not pieces:
        pieces = [_single_piece(fib, main)]
    encoding = "" if fib.ident == WORD_97 else _code_page(fib, main[fib.text_start : fib.text_end])
    texts: list[str] = []
    for one in pieces:
        raw = main[one.offset : one.offset + (one.end - one.start) * one.width]
        text = _wide(raw) if one.width == 2 else _narrow(raw, fib, encoding)
        # A truncated file must not move what follows to other positions.
        texts.append(text.ljust(one.end - one.start, "\0"))
    return Characters("".join(texts), tuple(pieces))


def _piece_table(streams: Streams) -> list[Piece]:
    offset, length = streams.fib.place(Part.PIECES)
    clx = (streams.table if streams.fib.ident == WORD_97 else streams.main)[offset : offset + length]
    position = 0
    changes: list[bytes] = []
    while position + 3 <= len(clx) and clx[position] == 1:
        size = struct.unpack_from("<H", clx, position + 1)[0]
        changes.append(clx[position + 3 : position + 3 + size])
        position += 3 + size
    if position + 5 > len(clx) or clx[position] != 2:
        return []
    table = clx[position + 5 : position + 5 + struct.unpack_from("<I", clx, position + 1)[0]]
    return _pieces(table, changes, streams)


def _pieces(table: bytes, changes: list[bytes], streams: Streams) -> list[Piece]:
    """The pieces up to the first one that cannot be true."""
    count = (len(table) - 4) // 12
    if count < 1:
        return []
    positions = struct.unpack_from(f"<{count + 1}I", table)
    pieces: list[Piece] = []
    for index, (start, end) in enumerate(pairwise(positions)):
        _flags, place, modifier = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * index)
        width = 1
        if streams.fib.ident == WORD_97:
            width = 1 if place & _COMPRESSED else 2
            place = (place & (_COMPRESSED - 1)) // (2 if width == 1 else 1)
        room = max(0, (len(streams.main) - place) // width)
        if end < start or start != (pieces[-1].end if pieces else 0):
            break
        change = changes[modifier >> 1] if modifier & 1 and modifier >> 1 < len(changes) else b""
        pieces.append(Piece(start, start + min(end - start, room), place, width, change))
        if end - start > room:
            break
    return pieces


def _single_piece(fib: Fib, main: bytes) -> Piece:
    """The text between the two offsets of the block; wide when every second byte of its beginning is mostly zero."""
    start, end = fib.text_start, min(fib.text_end, len(main))
    if end <= start:
        end = len(main)
    sample = main[start : min(end, start + 2000)]
    wide = fib.ident == WORD_97 and sample[1::2].count(0) * 2 > len(sample) // 2
    width = 2 if wide else 1
    length = sum(fib.stories) or (end - start) // width
    return Piece(0, max(0, min(length, (len(main) - start) // width)), start, width)


def _code_page(fib: Fib, sample: bytes) -> str:
    """The code page of an old file, by its language; English ones may hold any, so their letters are looked at."""
    primary = fib.language & 0xFF
    if fib.is_mac:
        return "mac_latin2" if primary in _CENTRAL_EUROPE else "mac_roman"
    if primary not in (0, _ENGLISH):
        return _CODE_PAGES.get(primary, "cp1252")
    # Czech words have no four such letters in a row, Russian ones are made of them.
    if len(re.findall(rb"[\xc0-\xff]{4}", sample)) > 2:
        return "cp1251"
    return best_single_byte(sample, ("cp1252", "cp1250"))


def _narrow(raw: bytes, fib: Fib, encoding: str) -> str:
    """One byte a character.

    Word 97 uses cp1252 for these by its rules, but other programs put cp1250 into files marked as Czech.
    """
    if fib.ident != WORD_97:
        text = raw.decode(encoding, "replace")
        return text if len(text) == len(raw) else raw.decode("cp1252", "replace")
    text = raw.decode("latin-1").translate(_WINDOWS_1252)
    if fib.language in _CZECH and len(_LATIN_1_ONLY.findall(text)) > 3:
        return raw.decode("cp1250", "replace")
    return text


def _wide(raw: bytes) -> str:
    """UTF-16 with every unit at its own position; pairs are joined by `whole` in the end."""
    text = raw.decode("utf-16-le", "surrogatepass")
    if 2 * len(text) == len(raw):
        return text
    return "".join(map(chr, memoryview(raw[: len(raw) & ~1]).cast("H")))


def whole(text: str) -> str:
    """The text with surrogate pairs joined and lone ones replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
