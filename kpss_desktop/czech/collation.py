"""Czech alphabetical order (ČSN 97 6030), without the operating system's locale.

Č, Ř, Š, Ž and CH are letters of their own; the other marks (Á, Ď, É, Ě, Í, Ň, Ó, Ť, Ú, Ů, Ý) only decide between
words that are otherwise equal. Numbers are compared by their value, and the case of letters comes last.
"""

from __future__ import annotations

import re
import unicodedata

from kpss_desktop.czech.folding import fold

SortKey = tuple[tuple[tuple[int, int, str], ...], str, str]

_ALPHABET = (*"abcčdefgh", "ch", *"ijklmnopqrřsštuvwxyzž")
_PLACE = {letter: place for place, letter in enumerate(_ALPHABET)}
_UNITS = re.compile(r"[0-9]+|ch|.", re.DOTALL)
_GAP, _SIGN, _NUMBER, _LETTER, _FOREIGN = range(5)


def sort_key(text: str) -> SortKey:
    """A key for `sorted`: "Zápis 2" comes before "Zápis 10", "chata" after "hora", "řeka" after "ruka"."""
    composed = unicodedata.normalize("NFC", text)
    lower = composed.lower()
    return tuple(_unit(unit) for unit in _UNITS.findall(lower)), lower, composed.swapcase()


def compare(a: str, b: str) -> int:
    """-1, 0 or 1; a collation for SQLite."""
    one, other = sort_key(a), sort_key(b)
    return (one > other) - (one < other)


def _unit(unit: str) -> tuple[int, int, str]:
    if unit.isascii() and unit.isdigit():
        # A number of any length: first how many digits, then the digits.
        digits = unit.lstrip("0")
        return _NUMBER, len(digits), digits
    if unit.isspace():
        return _GAP, 0, ""
    place = _PLACE.get(unit, _PLACE.get(fold(unit)))
    if place is not None:
        return _LETTER, place, ""
    if unit.isalpha():
        return _FOREIGN, 0, unit
    return _SIGN, 0, unit
