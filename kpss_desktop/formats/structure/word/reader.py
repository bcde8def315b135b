"""The stories of a .doc in the order a reader expects: letterhead, body, notes, text boxes, foot."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kpss_desktop.formats.source import Source
from kpss_desktop.formats.structure.blocks import Block, Paragraph
from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.flat import Flat, assembled
from kpss_desktop.formats.structure.marks import mark_of
from kpss_desktop.formats.structure.stories import numbered_note, parted, seen
from kpss_desktop.formats.structure.word.characters import Characters
from kpss_desktop.formats.structure.word.paragraphs import Found, Paragraphs
from kpss_desktop.formats.structure.word.properties import NO_OUTLINE
from kpss_desktop.formats.structure.word.stylesheet import read_stylesheet
from kpss_desktop.formats.structure.words import ENGLISH, Words
from kpss_desktop.formats.word.fib import BODY, BOXES, ENDNOTES, FOOTNOTES, HEADERS, WORD_97, Part
from kpss_desktop.formats.word.lists import Labels
from kpss_desktop.formats.word.pieces import gather
from kpss_desktop.formats.word.streams import Streams, of_compound

_MAX_HEADING = 4
# The first six stories of the header part are separators of notes; then come six for each section, in this order.
_SEPARATORS = 6
_EVEN_HEADER, _HEADER, _EVEN_FOOTER, _FOOTER, _FIRST_HEADER, _FIRST_FOOTER = range(6)


def read_word(path: Path, _words: Words = ENGLISH) -> list[Block]:
    """The blocks of a Word 97-2003 document.

    Raises NotStructured for what is none, Word 6 and 95 and encrypted ones among it, and Unreadable for broken files.
    """
    with Source(path) as source:
        word = replace(of_compound(source.compound), data=source.compound.stream("Data"))
    if word.fib.ident != WORD_97 or word.fib.is_encrypted:
        raise NotStructured("no Word 97 document that can be read")
    found = gather(word)
    styles = read_stylesheet(word)
    paragraphs = Paragraphs.of(word, found.text, found.pieces, styles)
    characters = Characters.of(word, found.text, found.pieces, styles)
    return _document(word, _Story(paragraphs, characters, Labels(word)))


def _document(word: Streams, story: _Story) -> list[Block]:
    headers = _header_stories(word)
    head = [block for kind in (_FIRST_HEADER, _HEADER) for block in seen(story.blocks(*headers.get(kind, (0, 0))))]
    body = list(story.blocks(*word.fib.story(BODY)))
    notes = list(_notes(word, story, Part.FOOTNOTES, FOOTNOTES))
    notes += _notes(word, story, Part.ENDNOTES, ENDNOTES, len(notes))
    boxes = list(seen(story.blocks(*word.fib.story(BOXES))))
    foot = [block for kind in (_FIRST_FOOTER, _FOOTER) for block in seen(story.blocks(*headers.get(kind, (0, 0))))]
    return parted(head, body, boxes, notes, foot)


def _bounds(plc: bytes, size: int) -> tuple[int, ...]:
    """The positions of a table of positions whose entries have `size` bytes."""
    count = (len(plc) - 4) // (4 + size) + 1 if len(plc) >= 4 else 0
    return struct.unpack_from(f"<{count}I", plc)


def _header_stories(word: Streams) -> dict[int, tuple[int, int]]:
    """The headers and footers of the first section, by their kind."""
    start, end = word.fib.story(HEADERS)
    bounds = _bounds(word.part(Part.HEADERS), 0)
    stories: dict[int, tuple[int, int]] = {}
    for kind in range(6):
        index = _SEPARATORS + kind
        if index + 1 < len(bounds) and bounds[index] < bounds[index + 1] <= end - start:
            # The last character of a story is a paragraph mark that guards it.
            stories[kind] = (start + bounds[index], start + bounds[index + 1] - 1)
    return stories


def _notes(word: Streams, story: _Story, part: Part, notes: int, before: int = 0) -> Iterator[Block]:
    bounds = _bounds(word.part(part), 0)
    start, _end = word.fib.story(notes)
    for number, (first, last) in enumerate(list(pairwise(bounds))[:-1], start=before + 1):
        yield from numbered_note(number, story.blocks(start + first, start + last))


@dataclass(slots=True)
class _Story:
    """Makes blocks of stretches of the text."""

    paragraphs: Paragraphs
    characters: Characters
    labels: Labels

    def blocks(self, start: int, end: int) -> Iterator[Block]:
        """The blocks of one story; tables within tables included."""
        return assembled(self._flat(found) for found in self.paragraphs.between(start, end))

    def _flat(self, found: Found) -> Flat:
        if found.ends_row:
            return Flat(Paragraph(), found.depth, ends_row=True, shape=found.properties.row.shape)
        return Flat(self.paragraph(found), found.depth, ends_cell=found.ends_cell)

    def paragraph(self, found: Found) -> Paragraph:
        """One paragraph with its words."""
        properties = found.properties
        inlines = self.characters.inlines(found.start, found.end, properties.style)
        heading = found.style.heading or (properties.outline + 1 if properties.outline < NO_OUTLINE else 0)
        made = Paragraph(inlines, min(heading, _MAX_HEADING), properties.align)
        if made.is_empty or not properties.list_index:
            return made
        return replace(made, mark=mark_of(self.labels.item(properties.list_index, properties.level)))
