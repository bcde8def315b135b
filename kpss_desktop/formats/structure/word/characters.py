"""Characters with their properties become spans and pictures; the codes of fields stay out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from kpss_desktop.formats.structure.blocks import Inline, Look, Runs
from kpss_desktop.formats.structure.surrogates import paired
from kpss_desktop.formats.structure.symbols import sign
from kpss_desktop.formats.structure.word.pictures import read_checkbox, read_picture
from kpss_desktop.formats.structure.word.properties import CharacterProperties, change_characters
from kpss_desktop.formats.structure.word.stylesheet import Style, Stylesheet
from kpss_desktop.formats.word.formatting import Formatted, character_formats
from kpss_desktop.formats.word.pieces import Piece
from kpss_desktop.formats.word.streams import Streams

_FIELD_BEGIN, _FIELD_SEPARATOR, _FIELD_END = "\x13", "\x14", "\x15"
_PICTURE, _NOTE, _SYMBOL = "\x01", "\x02", "("
_SHOWN = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "\u2011", "\x1f": "", "\xad": "", "\x00": ""}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x84\x86-\x9f\xad]")


@dataclass(slots=True)
class Characters:
    """Reads stretches of the text; `notes` numbers the notes as they are met."""

    word: Streams
    text: str
    pieces: tuple[Piece, ...]
    styles: Stylesheet
    formats: Formatted
    notes: int = 0
    _cache: dict[tuple[bytes, int, bytes], CharacterProperties] = field(default_factory=dict)

    @classmethod
    def of(cls, word: Streams, text: str, pieces: tuple[Piece, ...], styles: Stylesheet) -> Characters:
        """The reader of one document."""
        return cls(word, text, pieces, styles, character_formats(word))

    def inlines(self, start: int, end: int, style_index: int) -> tuple[Inline, ...]:
        """What is to be shown of the characters from start to end, in a paragraph of the style."""
        runs = Runs()
        style = self.styles.style(style_index)
        fields: list[bool] = []
        for text, properties in self._stretches(start, end, style_index, style):
            if not (properties.hidden or properties.deleted):
                self._add(text, properties, fields, runs)
        return runs.take()

    def _add(self, text: str, properties: CharacterProperties, fields: list[bool], runs: Runs) -> None:
        """Add one stretch; `fields` says of every open field whether its result has begun."""
        plain: list[str] = []
        for character in text if _CONTROLS.search(text) or properties.special else (text,):
            if character == _FIELD_BEGIN:
                fields.append(False)
            elif character == _FIELD_SEPARATOR:
                fields[-1:] = [True]
            elif character == _FIELD_END:
                del fields[-1:]
            elif not all(fields):
                if character == _PICTURE and all(fields[:-1]):
                    runs.text(read_checkbox(self.word.data, properties.picture), properties.look)
            elif properties.special and character in {_PICTURE, _NOTE, _SYMBOL}:
                runs.text(paired("".join(plain)), properties.look)
                plain.clear()
                self._special(character, properties, runs)
            else:
                plain.append(_shown(character))
        runs.text(paired("".join(plain)), properties.look)

    def _special(self, character: str, properties: CharacterProperties, runs: Runs) -> None:
        if character == _PICTURE:
            picture = read_picture(self.word.data, properties.picture)
            if picture is not None:
                runs.picture(picture)
        elif character == _NOTE:
            self.notes += 1
            runs.text(str(self.notes), replace(Look(), sup=True))
        elif properties.symbol:
            runs.text(sign(properties.symbol), properties.look)
        else:
            runs.text(character, properties.look)

    def _stretches(
        self, start: int, end: int, style_index: int, style: Style
    ) -> Iterator[tuple[str, CharacterProperties]]:
        first = max(0, bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1)
        for piece in islice(self.pieces, first, None):
            if piece.start >= end:
                return
            position, last = max(start, piece.start), min(end, piece.end)
            while position < last:
                offset = piece.offset_of(position)
                changes, stretch_end = self.formats.at(offset)
                stop = min(last, position + max(1, (stretch_end - offset) // piece.width))
                key = (changes, style_index, piece.changes)
                if key not in self._cache:
                    self._cache[key] = self._properties(changes + piece.changes, style)
                yield self.text[position:stop], self._cache[key]
                position = stop

    def _properties(self, changes: bytes, style: Style) -> CharacterProperties:
        made = change_characters(style.characters, style.characters, changes)
        if made.style < 0:
            return made
        # A character style lies between the paragraph's style and what was set by hand.
        base = style.characters
        for styled in self.styles.character_changes(made.style):
            base = change_characters(base, style.characters, styled)
        return change_characters(base, base, changes)


def _shown(text: str) -> str:
    if len(text) > 1:
        return text
    if "\uf000" <= text <= "\uf0ff":
        return sign(ord(text))
    if text in _SHOWN:
        return _SHOWN[text]
    return "" if text < " " and text != "\t" else text
