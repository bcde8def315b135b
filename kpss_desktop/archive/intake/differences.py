"""Two texts laid beside each other, as a clerk reads them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

_LINES = 4_000  # of a text are compared line by line
_AROUND = 2  # lines of agreement shown around a difference


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison: `mark` is " " for both, "-" for the old only, "+" for the new only, "…" for a gap."""

    mark: str
    text: str = ""


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
            told += [DiffLine("-", line) for line in before[first:last]]
            told += [DiffLine("+", line) for line in after[other_first:other_last]]
        end = group[-1][2]
    if told and end < len(before):
        told.append(DiffLine("…"))
    return tuple(told)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()][:_LINES]
