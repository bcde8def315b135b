"""The style sheet of a Word document as it is written ([MS-DOC] 2.9.271): what each style adds to the one below it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from kpss_desktop.formats.word.fib import Part
from kpss_desktop.formats.word.streams import Streams

NO_STYLE = 0xFFF
PARAGRAPH, CHARACTER = 1, 2
_HEAD = struct.Struct("<HHH4x")


@dataclass(frozen=True, slots=True)
class Definition:
    """One style: `base` is the number of the style it is based on, `changes` are the lists of its modifiers.

    The first list of a PARAGRAPH style begins with its own number (2 bytes), the second is about its characters.
    """

    built_in: int
    kind: int
    base: int
    changes: tuple[bytes, ...]

    @property
    def paragraph_changes(self) -> bytes:
        """The modifiers of paragraphs; empty when it is no style of paragraphs."""
        return self.changes[0][2:] if self.kind == PARAGRAPH and self.changes else b""


@dataclass(slots=True)
class Definitions:
    """The styles by their number. A document uses few of them, so each is read when it is asked for."""

    raw: tuple[bytes, ...] = ()
    base_size: int = 0
    _known: dict[int, Definition | None] = field(default_factory=dict)

    def get(self, index: int) -> Definition | None:
        """The style of that number; None when the document does not have it, or it is cut."""
        if not 0 <= index < len(self.raw):
            return None
        if index not in self._known:
            self._known[index] = _definition(self.raw[index], self.base_size)
        return self._known[index]


def read_definitions(word: Streams) -> Definitions:
    """The styles; none when the part is missing or cut."""
    part = word.part(Part.STYLES)
    if len(part) < 6:
        return Definitions()
    header, count, base_size = struct.unpack_from("<HHH", part)
    raw: list[bytes] = []
    position = 2 + header
    while len(raw) < count and position + 2 <= len(part):
        size = part[position] | part[position + 1] << 8
        raw.append(part[position + 2 : position + 2 + size])
        position += 2 + size
    return Definitions(tuple(raw), base_size)


def _definition(raw: bytes, base_size: int) -> Definition | None:
    if len(raw) < max(base_size, _HEAD.size) + 2:
        return None
    first, second, third = _HEAD.unpack_from(raw)
    position = base_size + 4 + 2 * int.from_bytes(raw[base_size : base_size + 2], "little")
    changes: list[bytes] = []
    for _ in range(third & 0xF):
        if position + 2 > len(raw):
            break
        size = raw[position] | raw[position + 1] << 8
        changes.append(raw[position + 2 : position + 2 + size])
        position += 2 + size + size % 2
    return Definition(first & 0xFFF, second & 0xF, second >> 4, tuple(changes))
