"""The styles of a document, each with what it inherits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kpss_desktop.formats.structure.word.properties import (
    PLAIN_CHARACTERS,
    PLAIN_PARAGRAPH,
    CharacterProperties,
    ParagraphProperties,
    change_characters,
    change_paragraph,
)
from kpss_desktop.formats.word.streams import Streams
from kpss_desktop.formats.word.styles import CHARACTER, NO_STYLE, PARAGRAPH, Definition, Definitions, read_definitions

_DEEPEST = 20
# Built-in style numbers: "heading 1" to "heading 9", and "Title".
_HEADINGS = range(1, 10)
_TITLE = 62


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything inherited; `heading` is 1 to 9, 0 for none."""

    characters: CharacterProperties = PLAIN_CHARACTERS
    paragraph: ParagraphProperties = PLAIN_PARAGRAPH
    heading: int = 0


@dataclass(slots=True)
class Stylesheet:
    """Styles by their number in the document, worked out when first asked for."""

    definitions: Definitions
    known: dict[int, Style] = field(default_factory=dict)

    def style(self, index: int, depth: int = 0) -> Style:
        """The style; the default one when the document does not define it or defines it by itself."""
        if index in self.known:
            return self.known[index]
        definition = self.definitions.get(index)
        if definition is None or depth > _DEEPEST:
            return Style()
        base = Style() if definition.base == NO_STYLE else self.style(definition.base, depth + 1)
        self.known[index] = _derived(base, definition)
        return self.known[index]

    def character_changes(self, index: int, depth: int = 0) -> Iterator[bytes]:
        """The modifiers of a character style and of those it is based on, the base first."""
        definition = self.definitions.get(index)
        if definition is None or definition.kind != CHARACTER or depth > _DEEPEST:
            return
        if definition.base != NO_STYLE:
            yield from self.character_changes(definition.base, depth + 1)
        yield from definition.changes[:1]


def read_stylesheet(word: Streams) -> Stylesheet:
    """The styles; none when the part is missing or cut."""
    return Stylesheet(read_definitions(word))


def _derived(base: Style, definition: Definition) -> Style:
    paragraph = change_paragraph(base.paragraph, definition.paragraph_changes, b"")
    characters = base.characters
    if definition.kind == PARAGRAPH and len(definition.changes) > 1:
        characters = change_characters(characters, base.characters, definition.changes[1])
    heading = 1 if definition.built_in == _TITLE else base.heading
    if definition.built_in in _HEADINGS:
        heading = definition.built_in
    return Style(replace(characters, style=-1), paragraph, heading)
