"""What a word of a text is. Index, query and highlighting all cut by this one rule, so that they agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 64  # characters; what is longer is no word but data, and only holds its place

_WORD = re.compile(r"[^\W_]+")
# Soft hyphens, marks that are characters of their own (NFD), words parted at the end of a line.
_PARTED = r"-\r?\n[ \t]*(?=[a-záčďéěíňóřšťúůýž])"
_ODD_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u00ad\u0300-\u036f]|(?<=[^\W\d_\u00ad]){_PARTED})*")
_FILLING = re.compile(rf"\u00ad|{_PARTED}")


def is_odd(text: str) -> bool:
    """Whether words of the text are written otherwise than in one piece of composed characters."""
    parted = "\u00ad" in text or "-\n" in text or "-\r\n" in text
    return parted or not unicodedata.is_normalized("NFC", text)


def words(text: str) -> list[str]:
    """The words in order, as written but in one piece and composed (NFC)."""
    if is_odd(text):
        return [word for word, _, _ in words_at(text)]
    return _WORD.findall(text)


def words_at(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word with its start and end in the text."""
    if not is_odd(text):
        for match in _WORD.finditer(text):
            yield match[0], match.start(), match.end()
        return
    for match in _ODD_WORD.finditer(text):
        yield unicodedata.normalize("NFC", _FILLING.sub("", match[0])), match.start(), match.end()


def has_word(text: str, start: int, end: int) -> bool:
    """Whether a word, or a part of one, lies between two offsets."""
    return _WORD.search(text, start, end) is not None
