"""Cuts the text into paragraphs and says what each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kpss_desktop.formats.structure.word.properties import PLAIN_PARAGRAPH, ParagraphProperties, change_paragraph
from kpss_desktop.formats.structure.word.stylesheet import Style, Stylesheet
from kpss_desktop.formats.word.formatting import Formatted, paragraph_formats
from kpss_desktop.formats.word.pieces import Piece
from kpss_desktop.formats.word.streams import Streams

CELL_MARK = "\x07"
_ENDS = re.compile("[\r\x07\x0c]")


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `start` to `end`, without the mark that ends them, and what they are."""

    start: int
    end: int
    mark: str
    properties: ParagraphProperties
    style: Style

    @property
    def depth(self) -> int:
        """How many tables the paragraph lies in."""
        return max(self.properties.depth, int(self.properties.in_table))

    @property
    def ends_cell(self) -> bool:
        """Whether it is the last one of its cell."""
        return self.mark == CELL_MARK or self.properties.inner_cell

    @property
    def ends_row(self) -> bool:
        """Whether it is the mark at the end of a row."""
        return (self.properties.row_end and self.mark == CELL_MARK) or self.properties.inner_row


@dataclass(slots=True)
class Paragraphs:
    """Reads the paragraphs of stretches of the text."""

    word: Streams
    text: str
    pieces: tuple[Piece, ...]
    styles: Stylesheet
    formats: Formatted

    @classmethod
    def of(cls, word: Streams, text: str, pieces: tuple[Piece, ...], styles: Stylesheet) -> Paragraphs:
        """The reader of one document."""
        return cls(word, text, pieces, styles, paragraph_formats(word))

    def between(self, start: int, end: int) -> Iterator[Found]:
        """The paragraphs of one story, in their order."""
        begin = start
        pieces = iter(self.pieces)
        piece = next(pieces, None)
        for match in _ENDS.finditer(self.text, start, end):
            at = match.start()
            while piece is not None and piece.end <= at:
                piece = next(pieces, None)
            if piece is None:
                return
            offset = piece.offset_of(at)
            raw, stretch_end = self.formats.at(offset)
            # The mark of a section ends a paragraph; the same character as a page break does not.
            if match[0] == "\x0c" and stretch_end > offset + piece.width:
                continue
            yield self._found(begin, at, match[0], raw, piece.changes)
            begin = at + 1
        if begin < end:
            yield Found(begin, end, "", PLAIN_PARAGRAPH, Style())

    def _found(self, start: int, end: int, mark: str, raw: bytes, changes: bytes) -> Found:
        index = int.from_bytes(raw[:2], "little")
        style = self.styles.style(index)
        properties = change_paragraph(style.paragraph, raw[2:] + changes, self.word.data)
        return Found(start, end, mark, replace(properties, style=index), style)
