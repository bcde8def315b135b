"""The labels of list items, counted as word processors count them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_PLACE = re.compile(r"\{([0-8])\}")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    `kind` is "decimal", "roman", "ROMAN", "letter", "LETTER", "zero" (01), "bullet" or "none"; `template` is the
    label with `{0}` to `{8}` for the numbers of the levels.
    """

    kind: str = "bullet"
    template: str = ""
    start: int = 1


@dataclass(slots=True)
class Counter:
    """The numbers of one list while its items are met."""

    numbers: dict[int, int] = field(default_factory=dict)

    def next_label(self, level: int, levels: Mapping[int, Level] | Sequence[Level]) -> str:
        """Count one more item of the level (0 to 8) and return its label; empty for a bullet."""
        known = levels if isinstance(levels, Mapping) else dict(enumerate(levels))
        here = known.get(level, Level())
        self.numbers[level] = self.numbers.get(level, here.start - 1) + 1
        for deeper in [other for other in self.numbers if other > level]:
            del self.numbers[deeper]
        if here.kind in {"bullet", "none"}:
            return ""

        def number_of(place: re.Match[str]) -> str:
            other = int(place[1])
            definition = known.get(other, Level("decimal"))
            return written(self.numbers.setdefault(other, definition.start), definition.kind)

        return _PLACE.sub(number_of, here.template).strip()


def written(value: int, kind: str) -> str:
    """A number as a list writes it."""
    match kind:
        case "letter" | "LETTER" if value > 0:
            # After z come aa, bb, cc.
            text = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 20)
        case "roman" | "ROMAN" if 0 < value < 4000:
            text = _roman(value)
        case "zero":
            text = f"{value:02d}"
        case _:
            text = str(value)
    return text.upper() if kind.isupper() else text


def _roman(value: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        text += letters * (value // amount)
        value %= amount
    return text
