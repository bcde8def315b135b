"""The file information block at the start of the WordDocument stream ([MS-DOC] 2.5), of Word 2 to Word 2003."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

WORD_97 = 0xA5EC
WORD_6 = 0xA5DC
WORD_2 = 0xA5DB
_WORD_95_EAST_ASIA = (0xA697, 0xA698, 0xA699)


class Part(IntEnum):
    """The index, in [MS-DOC] FibRgFcLcb97, of where a part of the table stream lies."""

    STYLES = 1
    FOOTNOTES = 3
    HEADERS = 11
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    PIECES = 33
    ENDNOTES = 47
    LISTS = 73
    LIST_OVERRIDES = 74


BODY, FOOTNOTES, HEADERS, MACROS, COMMENTS, ENDNOTES, BOXES, HEADER_BOXES = range(8)
"""The stories of the text, in their order."""


@dataclass(frozen=True, slots=True)
class Fib:
    """What is needed of the block.

    `stories` are the lengths, in characters, of the parts of the text in their order: body, footnotes, headers,
    macros, comments, endnotes, text boxes, text boxes of headers. `places` are offset and length in the table stream of
    one Part after the other. `text_start` and `text_end` are offsets in the WordDocument stream.
    """

    ident: int
    language: int
    is_mac: bool
    is_encrypted: bool
    second_table: bool
    text_start: int
    text_end: int
    stories: tuple[int, ...]
    places: tuple[int, ...]

    def place(self, part: Part) -> tuple[int, int]:
        """Offset and length of a part, (0, 0) when the document has none."""
        found = self.places[2 * part : 2 * part + 2]
        return (found[0], found[1]) if found else (0, 0)

    def story(self, index: int) -> tuple[int, int]:
        """First character and character after the last of one of the `stories`."""
        start = sum(self.stories[:index])
        return start, start + sum(self.stories[index : index + 1])


def parse(main: bytes) -> Fib | None:
    """The block at the start of `main`, None when there is none."""
    if len(main) < 0x60:
        return None
    ident, _version, _, language = struct.unpack_from("<HHHH", main)
    if ident in _WORD_95_EAST_ASIA:
        ident = WORD_6
    if ident not in (WORD_97, WORD_6, WORD_2):
        return None
    flags = main[0x0A] | main[0x0B] << 8
    start, end = struct.unpack_from("<II", main, 0x18)
    if ident == WORD_97:
        stories, places = _variable_part(main)
    else:
        stories, places = struct.unpack_from("<8i", main, 0x34), _old_places(main)
    return Fib(
        ident, language, main[0x12] == 1, bool(flags & 0x100), bool(flags & 0x200), start, end,
        tuple(max(0, one) for one in stories), places,
    )  # fmt: skip


def _variable_part(main: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The parts after the first 32 bytes carry their own sizes, so that later versions could grow them."""
    position = 0x20
    position += 2 + 2 * struct.unpack_from("<H", main, position)[0]
    if position + 2 > len(main):
        return (), ()
    longs = struct.unpack_from("<H", main, position)[0]
    position += 2
    if longs < 11 or position + 4 * longs + 2 > len(main):
        return (), ()
    stories = struct.unpack_from("<8i", main, position + 12)
    position += 4 * longs
    pairs = struct.unpack_from("<H", main, position)[0]
    position += 2
    pairs = min(pairs, (len(main) - position) // 8)
    return stories, struct.unpack_from(f"<{2 * pairs}I", main, position)


def _old_places(main: bytes) -> tuple[int, ...]:
    """Word 6 and 95 keep the same structures, where needed, at fixed offsets."""
    places = [0] * 2 * (Part.PIECES + 1)
    if len(main) >= 0x168:
        for part, place in ((Part.PIECES, 0x160), (Part.PARAGRAPH_PAGES, 0xC0)):
            places[2 * part : 2 * part + 2] = struct.unpack_from("<II", main, place)
    return tuple(places)
