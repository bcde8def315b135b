"""The numbers of lists, which Word and LibreOffice compute and never store: "1.", "b)", "II.", "2.1"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")

_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    `form` is a number format of OOXML ("decimal", "lowerLetter", "upperRoman", "bullet", "none" ...). `template` is
    its text with %1 ... %9 for the numbers of the levels, counted from 1. `restart_after` is the level (from 0) whose
    advance starts this one anew: None is the usual "any higher one", -1 never.
    """

    form: str = "decimal"
    template: str = ""
    start: int = 1
    restart_after: int | None = None
    legal: bool = False


class Levels(Mapping[int, Level]):
    """The levels of one list by their depth, from 0, each read when it is asked for.

    Programs write nine of every list, and a document uses one or two.
    """

    def __init__(self, readers: Mapping[int, Callable[[], Level]]) -> None:
        self._readers = readers
        self._read: dict[int, Level] = {}

    def __getitem__(self, depth: int) -> Level:
        if depth not in self._read:
            self._read[depth] = self._readers[depth]()
        return self._read[depth]

    def __contains__(self, depth: object) -> bool:
        return depth in self._readers

    def __iter__(self) -> Iterator[int]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


NO_LEVELS = Levels({})


def roman(number: int) -> str:
    """The number in small Roman figures; as it is where Romans had none."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text + _ROMAN_ONES[number]


def letters(number: int) -> str:
    """1 is a, 26 z, 27 aa, 28 bb, as in Word."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 30)


def number_text(form: str, number: int) -> str:
    """One number in its format; "" for bullets and for levels that show none."""
    match form:
        case "none" | "bullet":
            return ""
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            return f"{number}."
        case _:
            return str(number)


class Counter:
    """Counts the paragraphs of one list."""

    def __init__(self, levels: Mapping[int, Level]) -> None:
        self._levels = levels
        self._numbers: dict[int, int] = {}
        self._starts: dict[int, int] = {}

    def varied(self, levels: Mapping[int, Level], starts: dict[int, int]) -> Counter:
        """The same list with some levels looking otherwise, and some starting anew at their first paragraph."""
        other = Counter({**self._levels, **levels})
        other._numbers = self._numbers
        other._starts = dict(starts)
        return other

    def form(self, depth: int) -> str:
        """The number format of a level (from 0); "" when the list does not have it."""
        return self._levels[depth].form if depth in self._levels else ""

    def label(self, depth: int) -> str:
        """The label of the next paragraph at this level (from 0): "2.1." or "•" or ""."""
        level = self._levels.get(depth)
        if level is None:
            return ""
        self._advance(depth, level)
        if level.form == "bullet":
            return level.template
        if level.form == "none" and "%" not in level.template:
            return level.template

        def number(match: re.Match[str]) -> str:
            one = int(match[1]) - 1
            other = self._levels.get(one, Level())
            form = "decimal" if level.legal and other.form not in ("none", "bullet") else other.form
            return number_text(form, self._numbers.get(one, other.start))

        return re.sub(r"%([1-9])", number, level.template)

    def set_next(self, depth: int, number: int) -> None:
        """Let the next paragraph at this level have this number."""
        self._numbers[depth] = number - 1

    def _advance(self, depth: int, level: Level) -> None:
        if depth in self._starts:
            self._numbers[depth] = self._starts.pop(depth) - 1
        self._numbers[depth] = self._numbers.get(depth, level.start - 1) + 1
        for deeper in [one for one in self._numbers if one > depth]:
            after = self._levels[deeper].restart_after if deeper in self._levels else None
            if after is None or (after >= 0 and depth <= after):
                del self._numbers[deeper]


@dataclass(frozen=True, slots=True)
class Item:
    """Where a paragraph is in a list: at a level, from 0."""

    counter: Counter
    level: int

    @property
    def form(self) -> str:
        """The number format of its level; "" when the list does not have it."""
        return self.counter.form(self.level)

    def next_label(self) -> str:
        """Count it, and return its label: "2.1." or "•" or ""."""
        return self.counter.label(self.level)


def bullet(text: str) -> str:
    """A bullet as plain text: pictures of symbol fonts (private use) become "•"."""
    return _PRIVATE.sub("•", text) or "•"
