"""The streams of a .doc and its file information block ([MS-DOC] 2.5)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import olefile

from kpss_desktop.formats.structure.failure import NotStructured

_WORD_97 = 0xA5EC
_ENCRYPTED = 0x0100
_TABLE_1 = 0x0200
# Offsets of the counts of characters (FibRgLw97) and of the pairs of offset and size (FibRgFcLcb97).
_COUNTS = 64
_PAIRS = 154


class Part(IntEnum):
    """Which pair of FibRgFcLcb97 says where a part of the table stream lies."""

    STYLES = 1
    FOOTNOTE_MARKS = 2
    FOOTNOTES = 3
    HEADERS = 11
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    PIECES = 33
    ENDNOTE_MARKS = 46
    ENDNOTES = 47
    LISTS = 73
    LIST_OVERRIDES = 74


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many characters each story of the document has, in the order they follow each other."""

    body: int
    footnotes: int
    headers: int
    comments: int
    endnotes: int
    textboxes: int


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams, whole: a .doc of a clerk is small."""

    main: bytes
    table: bytes
    data: bytes
    lengths: Lengths

    def part(self, part: Part) -> bytes:
        """The bytes of one part of the table stream; empty when the document has none."""
        offset, size = self._place(part)
        return self.table[offset : offset + size]

    def onward(self, part: Part) -> bytes:
        """The table stream from the beginning of a part: the levels of lists follow after the part's own end."""
        offset, size = self._place(part)
        return self.table[offset:] if size else b""

    def _place(self, part: Part) -> tuple[int, int]:
        position = _PAIRS + 8 * part
        if position + 8 > len(self.main):
            return 0, 0
        offset, size = struct.unpack_from("<II", self.main, position)
        return offset, size


def open_word(path: Path) -> WordFile:
    """Read the streams; raises NotStructured for Word 6 and 95, for encrypted and for broken files."""
    with olefile.OleFileIO(str(path)) as ole:
        main = _stream(ole, "WordDocument")
        if len(main) < _PAIRS + 8 or struct.unpack_from("<H", main)[0] != _WORD_97:
            raise NotStructured("no Word 97 document")
        flags = struct.unpack_from("<H", main, 10)[0]
        if flags & _ENCRYPTED:
            raise NotStructured("encrypted")
        table = _stream(ole, "1Table" if flags & _TABLE_1 else "0Table")
        return WordFile(main, table, _stream(ole, "Data"), _lengths(main))


def _stream(ole: olefile.OleFileIO[str], name: str) -> bytes:
    return bytes(ole.openstream(name).read()) if ole.exists(name) else b""


def _lengths(main: bytes) -> Lengths:
    counts = struct.unpack_from("<11i", main, _COUNTS)
    body, footnotes, headers, _macros, comments, endnotes, textboxes = (max(0, count) for count in counts[3:10])
    return Lengths(body, footnotes, headers, comments, endnotes, textboxes)
