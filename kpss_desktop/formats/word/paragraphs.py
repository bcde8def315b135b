"""What the text of a Word document needs to know of its paragraphs: their list, level and whether they end a row."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpss_desktop.formats.word.fib import WORD_97, Part
from kpss_desktop.formats.word.formatting import Formatted, paragraph_formats
from kpss_desktop.formats.word.sprm import NO_LIST, Sprm, number, sprms
from kpss_desktop.formats.word.styles import Definitions, read_definitions

if TYPE_CHECKING:
    from kpss_desktop.formats.word.pieces import Piece
    from kpss_desktop.formats.word.streams import Streams

_TOLD = re.compile(
    b"|".join(re.escape(code.to_bytes(2, "little")) for code in (Sprm.P_LEVEL, Sprm.P_LIST, Sprm.P_ROW_END))
)


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
        is_new = streams.fib.ident == WORD_97
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        self._formats = paragraph_formats(streams) if is_new else Formatted()
        # In most documents no style says any of it, and then they need not be taken apart.
        has_styles = is_new and _TOLD.search(streams.part(Part.STYLES))
        self._styles = read_definitions(streams) if has_styles else Definitions()
        self._by_style: dict[int, Properties] = {}
        self._by_changes: dict[bytes, Properties] = {}

    @property
    def known(self) -> bool:
        """Whether the file has any properties at all."""
        return bool(self._formats.starts)

    def at(self, position: int) -> Properties:
        """The properties of the paragraph whose mark stands at this character position."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return _PLAIN
        packed, _end = self._formats.at(self._pieces[index].offset_of(position))
        known = self._by_changes.get(packed)
        if known is None:
            known = _applied(self._of_style(int.from_bytes(packed[:2], "little")), packed[2:])
            self._by_changes[packed] = known
        return known

    def _of_style(self, style: int) -> Properties:
        if style not in self._by_style:
            self._by_style[style] = _inherited(self._styles, style)
        return self._by_style[style]


def _applied(base: Properties, changes: bytes) -> Properties:
    """The properties after a list of modifiers."""
    if not _TOLD.search(changes):
        return base
    told = dict(sprms(changes))
    level, in_list, ends_row = told.get(Sprm.P_LEVEL), told.get(Sprm.P_LIST), told.get(Sprm.P_ROW_END)
    list_index = base.list_index if in_list is None else number(in_list)
    return Properties(
        list_index if list_index < NO_LIST else 0,
        base.level if level is None else min(level[0], 8),
        base.ends_row if ends_row is None else bool(ends_row[0]),
    )


def _inherited(styles: Definitions, index: int) -> Properties:
    """What a style gives its paragraphs, itself and by those it is based on; no style makes them end a row."""
    chain: dict[int, bytes] = {}
    while index not in chain and (definition := styles.get(index)):
        chain[index] = definition.paragraph_changes
        index = definition.base
    properties = _PLAIN
    for changes in reversed(chain.values()):
        properties = _applied(properties, changes)
    return replace(properties, ends_row=False) if properties.ends_row else properties
