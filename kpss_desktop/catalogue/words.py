"""What a word of a text is. Index, query and highlighting all cut by this one rule, so that they agree."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

LONGEST = 64  # characters; what is longer is no word but data, and only holds its place

_WORD = re.compile(r"[^\W_]+")
_WORD_OR_LINE = re.compile(r"\w+")  # the same and "_", a quarter quicker
_PERHAPS_PARTED = re.compile(rb"-\r?\n[ \t]*[a-z\x80-\xff]")
_PERHAPS_WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]{1,256}")  # bytes of UTF-8; longer than any word that is kept
# Soft hyphens, and words parted at the end of a line.
_PARTED = r"\u00ad|(?<=[^\W\d_])-\r?\n[ \t]*(?=[a-záčďéěíňóřšťúůýž])"
_FILLING = re.compile(_PARTED)
_FILLING_OR_MARKED = re.compile(rf"{_PARTED}|[^\u0300-\u036f][\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Clean:
    """A text whose words are each in one piece and composed (NFC), and the way back to the text as it was."""

    text: str
    shifts: tuple[tuple[int, int], ...] = ()  # from this offset on, so much further back in the text as it was

    def original(self, offset: int) -> int:
        """Where an offset of the clean text lies in the text as it was."""
        before = bisect_right(self.shifts, offset, key=itemgetter(0))
        return offset + (self.shifts[before - 1][1] if before else 0)


def clean(text: str) -> Clean:
    """Put the words of a text together; most texts are clean already."""
    composed = unicodedata.is_normalized("NFC", text)
    parted = "-\n" in text or ("\r" in text and "-\r\n" in text)
    if composed and not parted and "\u00ad" not in text:
        return Clean(text)
    parts, shifts = [], []
    at = length = 0
    for match in (_FILLING if composed else _FILLING_OR_MARKED).finditer(text):
        filling = match[0][0] in "-\u00ad"
        parts += [text[at : match.start()], "" if filling else unicodedata.normalize("NFC", match[0])]
        length += len(parts[-2]) + len(parts[-1])
        at = match.end()
        shifts.append((length, at - length))
    return Clean("".join([*parts, text[at:]]), tuple(shifts))


def words(text: str) -> list[str]:
    """The words in order, as written but each in one piece and composed."""
    return _WORD_OR_LINE.findall(clean(text).text.replace("_", " "))


def word_at(text: str, start: int) -> str:
    """The word that begins at an offset, "" when none begins there."""
    if start and text[start - 1].isalnum():
        return ""
    match = _WORD.match(text, start)
    return match[0] if match else ""


def encoded_word_at(text: bytes, start: int) -> str:
    """The same of a text in UTF-8, with the offset in bytes."""
    before = text[start - 1 : start]
    if before.isalnum() or (
        before > b"\x7f" and text[max(0, start - 4) : start].decode("utf-8", "ignore")[-1:].isalnum()
    ):
        return ""
    match = _PERHAPS_WORD.match(text, start)
    return word_at(match[0].decode("utf-8", "ignore"), 0) if match else ""


def words_at(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a clean text, each with its start and end."""
    return ((match[0], match.start(), match.end()) for match in _WORD.finditer(text))


def encoded_words(text: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Most words between two offsets of a text in UTF-8; not those beside signs that are not ASCII."""
    found = _PERHAPS_WORD.finditer(text, max(0, start), end)
    return ((match[0], match.start(), match.end()) for match in found)


def is_clean(text: bytes) -> bool:
    """Whether `clean` would surely leave a text in UTF-8 as it is; quicker than to ask it."""
    # Single bytes are sought ten times as quickly as two, and these are rare in Czech.
    has_soft_hyphen = b"\xc2" in text and b"\xc2\xad" in text
    has_marks = b"\xcc" in text or b"\xcd" in text
    return not (has_soft_hyphen or has_marks or _PERHAPS_PARTED.search(text))


def has_word(text: str, start: int, end: int) -> bool:
    """Whether a word, or a part of one, lies between two offsets."""
    return _WORD.search(text, start, end) is not None
