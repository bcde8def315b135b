"""Two texts laid beside each other, as a clerk reads them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINES = 4_000  # of a text are compared line by line
_AROUND = 2  # lines of agreement shown around a difference
_WORDS = 500  # of a line are compared word by word, for lines of few different words take their square
_ALIKE = 0.5  # of their words two lines share that stand for each other
_WORD = re.compile(r"\S+")

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison: `mark` is " " for both, "-" for the old only, "+" for the new only, "…" for a gap.

    `changed` are the places (first letter, letter after the last) of the words that the other text has otherwise;
    none where the whole line is gone or new.
    """

    mark: str
    text: str = ""
    changed: Places = ()


def text_diff(old: str, new: str) -> tuple[DiffLine, ...]:
    """What a reader sees when two texts are laid beside each other: the lines that differ, and a few around them."""
    before, after = _lines(old), _lines(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) + len(after) > _LINES // 2)
    told: list[DiffLine] = []
    end = 0
    for group in matcher.get_grouped_opcodes(_AROUND):
        if group[0][1] > end:
            told.append(DiffLine("…"))
        for tag, first, last, other_first, other_last in group:
            if tag == "equal":
                told += [DiffLine(" ", line) for line in before[first:last]]
                continue
            told += _replaced(before[first:last], after[other_first:other_last])
        end = group[-1][2]
    if told and end < len(before):
        told.append(DiffLine("…"))
    return tuple(told)


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[DiffLine]:
    """The old lines and the new ones; those that stand for each other say which words differ."""
    pairs = [_changed_words(old, new) for old, new in zip(before, after, strict=False)]
    for place, line in enumerate(before):
        yield DiffLine("-", line, pairs[place][0] if place < len(pairs) else ())
    for place, line in enumerate(after):
        yield DiffLine("+", line, pairs[place][1] if place < len(pairs) else ())


def _changed_words(old: str, new: str) -> tuple[Places, Places]:
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    if max(len(before), len(after)) > _WORDS:
        return (), ()
    matcher = difflib.SequenceMatcher(None, [word[0] for word in before], [word[0] for word in after], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (), ()
    gone, come = list[tuple[int, int]](), list[tuple[int, int]]()
    for tag, first, last, other_first, other_last in matcher.get_opcodes():
        if tag != "equal" and last > first:
            gone.append((before[first].start(), before[last - 1].end()))
        if tag != "equal" and other_last > other_first:
            come.append((after[other_first].start(), after[other_last - 1].end()))
    return tuple(gone), tuple(come)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()][:_LINES]
