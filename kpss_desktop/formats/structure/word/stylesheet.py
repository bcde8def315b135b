"""The styles of a document, each with what it inherits ([MS-DOC] 2.9.271)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kpss_desktop.formats.doc_fib import Part
from kpss_desktop.formats.doc_streams import Streams
from kpss_desktop.formats.structure.word.properties import (
    PLAIN_CHARACTERS,
    PLAIN_PARAGRAPH,
    CharacterProperties,
    ParagraphProperties,
    change_characters,
    change_paragraph,
)

_NO_STYLE = 0xFFF
_PARAGRAPH = 1
_CHARACTER = 2
# Built-in style numbers: "heading 1" to "heading 9", and "Title".
_HEADINGS = range(1, 10)
_TITLE = 62


@dataclass(frozen=True, slots=True)
class _Definition:
    built_in: int
    kind: int
    base: int
    changes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything inherited; `heading` is 1 to 9, 0 for none."""

    characters: CharacterProperties = PLAIN_CHARACTERS
    paragraph: ParagraphProperties = PLAIN_PARAGRAPH
    heading: int = 0


@dataclass(slots=True)
class Stylesheet:
    """Styles by their number in the document, worked out when first asked for."""

    definitions: tuple[_Definition | None, ...]
    known: dict[int, Style] = field(default_factory=dict)

    def style(self, index: int, depth: int = 0) -> Style:
        """The style; the default one when the document does not define it or defines it by itself."""
        if index in self.known:
            return self.known[index]
        definition = self.definitions[index] if 0 <= index < len(self.definitions) else None
        if definition is None or depth > 20:
            return Style()
        base = Style() if definition.base == _NO_STYLE else self.style(definition.base, depth + 1)
        self.known[index] = _derived(base, definition)
        return self.known[index]

    def character_changes(self, index: int, depth: int = 0) -> Iterator[bytes]:
        """The modifiers of a character style and of those it is based on, the base first."""
        definition = self.definitions[index] if 0 <= index < len(self.definitions) else None
        if definition is None or definition.kind != _CHARACTER or depth > 20:
            return
        if definition.base != _NO_STYLE:
            yield from self.character_changes(definition.base, depth + 1)
        yield from definition.changes[:1]


def read_stylesheet(word: Streams) -> Stylesheet:
    """The styles; none when the part is missing or cut."""
    part = word.part(Part.STYLES)
    if len(part) < 6:
        return Stylesheet(())
    header, count, base_size = struct.unpack_from("<HHH", part)
    definitions: list[_Definition | None] = []
    position = 2 + header
    while len(definitions) < count and position + 2 <= len(part):
        size = struct.unpack_from("<H", part, position)[0]
        definitions.append(_definition(part[position + 2 : position + 2 + size], base_size))
        position += 2 + size
    return Stylesheet(tuple(definitions))


def _definition(raw: bytes, base_size: int) -> _Definition | None:
    if len(raw) < max(base_size, 10) + 2:
        return None
    first, second, third = struct.unpack_from("<HHH", raw)
    name_length = struct.unpack_from("<H", raw, base_size)[0]
    position = base_size + 2 + 2 * name_length + 2
    changes: list[bytes] = []
    for _ in range(third & 0xF):
        if position + 2 > len(raw):
            break
        size = struct.unpack_from("<H", raw, position)[0]
        changes.append(raw[position + 2 : position + 2 + size])
        position += 2 + size + size % 2
    return _Definition(first & 0xFFF, second & 0xF, second >> 4, tuple(changes))


def _derived(base: Style, definition: _Definition) -> Style:
    paragraph, characters = base.paragraph, base.characters
    if definition.kind == _PARAGRAPH and definition.changes:
        paragraph = change_paragraph(paragraph, definition.changes[0][2:], b"")
    if definition.kind == _PARAGRAPH and len(definition.changes) > 1:
        characters = change_characters(characters, base.characters, definition.changes[1])
    heading = 1 if definition.built_in == _TITLE else base.heading
    if definition.built_in in _HEADINGS:
        heading = definition.built_in
    return Style(replace(characters, style=-1), paragraph, heading)
