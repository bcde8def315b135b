"""Letters: one form of each character, text without marks, and headings written with spaced letters."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice


class _Folds(dict[int, str]):
    """Every character met so far without its marks; filled as characters come."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        plain = unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))
        self[code] = plain
        return plain


_FOLDS = _Folds()
# Nearly every long text is of this one code page, where a byte is folded many times faster than a character.
_PAGE = "cp1250"
_PAGE_FOLDS = bytes(
    letter.lower().translate(_FOLDS).encode(_PAGE)[0] if (letter := bytes([code]).decode(_PAGE, "ignore")) else code
    for code in range(256)
)
_SHORT = 60  # characters; below that the code page gains nothing
_GAPS = re.compile(r"([ -])[^\W_]\1[^\W_](?![^\W_])")  # in every heading with spaced letters, and quickly found
_SPACED = re.compile(r"(?<![^\W_])[^\W_]([ -])[^\W_](?:\1[^\W_])+(?![^\W_])")
_SPACED_YEAR = re.compile(r"(?<=/)([12]) (?=\d{3}(?!\d))")
_SHORTEST_UNKNOWN = 5  # fewer capitals may be the names of groups
_HEADINGS = ("zapis", "zaznam", "pozvanka", "usneseni", "program", "protokol", "prehled", "prezencni")
_WHOLE_HEADINGS = (
    *("jednaci rad", "jednaci a volebni rad", "jednaci a organizacni rad", "organizacni rad", "prezencni listina"),
    *("zakladni listina", "statut", *_HEADINGS),
)
_STRETCHED = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"({'[ -]{1,3}'.join('[ -]?'.join(word) for word in heading.split())})" for heading in _WHOLE_HEADINGS)
    + r")(?![^\W_])"
)
_PIECE = re.compile(r"[^\W_]+")
# It begins with the hyphen, for which a text is searched many times faster than for a letter before one.
_HYPHENATED = re.compile(r"[-\u2010\u00ad](?<=[^\W\d_].)[ \t]*\r?\n[ \t]*(?=[^\W\d_])")


def normalise(text: str) -> str:
    """The composed form (NFC) without soft hyphens, so that the same word is always the same characters."""
    return unicodedata.normalize("NFC", text).replace("\u00ad", "")


def fold(text: str) -> str:
    """Lower case without diacritics: "Řídící" and "ridici" give the same text.

    Composed Czech text keeps its length, so an offset in the folded text is one in the original.
    """
    if len(text) > _SHORT:
        try:
            return text.encode(_PAGE).translate(_PAGE_FOLDS).decode(_PAGE)
        except UnicodeEncodeError:
            pass
    lower = text.lower()
    return lower if lower.isascii() else lower.translate(_FOLDS)


def join_spaced(text: str) -> str:
    """Join headings written with spaced letters, as in "Z Á P I S" or its web address "Z-a-p-i-s".

    A known heading, or five capitals at least: "v 3 a", "OPS S a M" and "6 3 1" stay as they are.
    """
    if _GAPS.search(text) is None:
        return text
    joined = _join_headings(_SPACED.sub(_join, text))
    return _SPACED_YEAR.sub(r"\1", joined) if joined != text else text


def _join(match: re.Match[str]) -> str:
    spaced, gap = match[0], match[1]
    letters = spaced.replace(gap, "")
    if not letters[0].isupper() or sum(letter.isalpha() for letter in letters) < 3:
        return spaced
    end = _end_of_heading(letters)
    return letters[:end] + "".join(gap + letter for letter in letters[end:]) if end else spaced


def _end_of_heading(letters: str) -> int:
    """How many letters belong to it: "Z á p i s z" ends before its preposition."""
    for heading in _HEADINGS:
        if fold(letters).startswith(heading):
            return len(heading)
    capitals = next((place for place, letter in enumerate(letters) if letter.islower()), len(letters))
    return capitals if sum(letter.isalpha() for letter in letters[:capitals]) >= _SHORTEST_UNKNOWN else 0


def _join_headings(text: str) -> str:
    """Join the known headings of several words ("ř á d"), and those with letters that hold together ("ZÁ P I S")."""
    folded = fold(text)
    if len(folded) != len(text):  # a foreign letter that grows when lowered
        return text
    for match in reversed(list(_STRETCHED.finditer(folded))):
        words = _WHOLE_HEADINGS[(match.lastindex or 1) - 1].split()  # each has a group of its own
        pieces = _PIECE.findall(text, match.start(), match.end())
        if len(pieces) > len(words):
            letters = iter("".join(pieces))
            joined = " ".join("".join(islice(letters, len(word))) for word in words)
            text = text[: match.start()] + joined + text[match.end() :]
    return text


def join_hyphenated(text: str) -> str:
    """Join words that were parted at the end of a line."""
    return _HYPHENATED.sub("", text)
