"""Lines as they are read and as they are compared, and the first of a text; made once for all that look into them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from kpss_desktop.czech.folding import fold, join_spaced, normalise

_LINES = 15
_CHARACTERS = 8_000
_LONGEST = 300  # characters of a beginning


class Line(NamedTuple):
    """A title, or a line with its spaced letters joined, and the same folded; a tuple, for texts are made of them."""

    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a text that are not empty, each with its beginning, and the whole of the text.

    A line may be as long as a page: so some converters give one.
    """

    lines: tuple[Line, ...]
    beginnings: tuple[Line, ...]
    whole: str


def head_of(text: str) -> Head:
    """The head of a text."""
    stripped = (line.strip() for line in text[:_CHARACTERS].splitlines())
    joined = join_spaced(normalise("\n".join(islice(filter(None, stripped), _LINES))))
    if not joined:
        return Head((), (), text)
    lines = tuple(map(Line, joined.split("\n"), fold(joined).split("\n")))
    return Head(lines, tuple(map(_beginning, lines)), text)


def _beginning(line: Line) -> Line:
    return line if len(line.text) <= _LONGEST else Line(line.text[:_LONGEST], line.folded[:_LONGEST])
