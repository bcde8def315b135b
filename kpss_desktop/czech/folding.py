"""Letters: one form of each character, text without marks, and headings written with spaced letters."""

from __future__ import annotations

import re
import unicodedata


class _Folds(dict[int, str]):
    """Every character met so far without its marks; filled as characters come."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        plain = unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))
        self[code] = plain
        return plain


_FOLDS = _Folds()
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_] ){2,}[^\W_](?![^\W_])")
_HYPHENATED = re.compile(r"([^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_LETTER = re.compile(r"[^\W\d_]")


def normalise(text: str) -> str:
    """The composed form (NFC) without soft hyphens, so that the same word is always the same characters."""
    return unicodedata.normalize("NFC", text).replace("\u00ad", "")


def fold(text: str) -> str:
    """Lower case without diacritics: "Řídící" and "ridici" give the same text.

    Composed Czech text keeps its length, so an offset in the folded text is one in the original.
    """
    return text.lower().translate(_FOLDS)


def join_spaced(text: str) -> str:
    """Join headings written with spaced letters, as in "Z Á P I S".

    Three single letters in a row at least, of one case but for the first, so that "v 3 a" stays as it is.
    """
    return _SPACED.sub(_join, text)


def _join(match: re.Match[str]) -> str:
    spaced = match[0]
    letters = _LETTER.findall(spaced)
    # Single digits ("6 3 1 2") and words of one letter ("a v o") are no heading: a heading starts with a capital
    # and its letters are more than its digits.
    if len(letters) < 3 or not letters[0].isupper() or len(letters) <= len(spaced.split()) // 2:
        return spaced
    return spaced.replace(" ", "")


def join_hyphenated(text: str) -> str:
    """Join words that were parted at the end of a line."""
    return _HYPHENATED.sub(r"\1", text)
