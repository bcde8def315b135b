"""Where a text holds what was searched for.

What lights up are the forms that belong to the keys that were searched for, cut by the same rule as the index: so each
hit has a lit word and no lit word is not a hit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import AnyStr

from kpss_desktop.catalogue.plan import Plan, Run, Slot
from kpss_desktop.catalogue.words import clean, has_word, word_at, words_at

Span = tuple[int, int]
_Occurrence = tuple[str, int, int]  # a form, its start and its end

_SHARED = 3  # letters; forms that begin with the same ones are sought together
_FEW = 12  # beginnings that are quicker to seek than all words are to look at


class Light:
    """Lights what a plan searched for, in as many texts as you like."""

    def __init__(self, plan: Plan, *, capitals: bool = False) -> None:
        """With `capitals` a word lights too where it stands in capitals, as a heading may show what a text does not."""
        runs = [run for runs in plan.clauses for run in runs if is_lit(run)]
        self._runs = [tuple(map(_with_capitals, run)) for run in runs] if capitals else runs
        self._forms = frozenset(form for run in self._runs for slot in run for form in slot.forms)
        self._beginnings = _beginnings(self._forms)
        self._has_phrases = any(len(run) > 1 for run in self._runs)

    def spans(self, text: str) -> list[Span]:
        """Start and end of every lit word, in order and without overlap."""
        cleaned = clean(text)
        lit = self.spans_of_clean(cleaned.text)
        if not cleaned.shifts:
            return lit
        return [(cleaned.original(start), cleaned.original(end)) for start, end in lit]

    def spans_of_clean(self, text: str) -> list[Span]:
        """The same for a text whose words are known to be in one piece."""
        if self._has_phrases:
            return sorted({(start, end) for row in self._rows(text) for _, start, end in row})
        return sorted([(start, end) for _, start, end in self._occurrences(text)])

    def places(self, text: str) -> list[Span]:
        """Start and end of each hit, in order and without overlap; words found as a phrase are one hit."""
        cleaned = clean(text)
        found: list[Span] = []
        for start, end in sorted((row[0][1], row[-1][2]) for row in self._rows(cleaned.text)):
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return [(cleaned.original(start), cleaned.original(end)) for start, end in found]

    def _rows(self, text: str) -> Iterator[Sequence[_Occurrence]]:
        """The words of each hit."""
        occurrences = sorted(self._occurrences(text), key=itemgetter(1))
        if not self._has_phrases:
            yield from ([one] for one in occurrences)
            return
        for run in self._runs:
            yield from _rows_of_run(text, occurrences, run)

    def _occurrences(self, text: str) -> Iterator[_Occurrence]:
        """Each wanted word of a clean text with its start and end."""
        if len(self._beginnings) > _FEW:
            yield from (one for one in words_at(text) if one[0] in self._forms)
            return
        for beginning, forms in self._beginnings:
            at = text.find(beginning)
            while at >= 0:
                word = word_at(text, at)
                if word in forms:
                    yield word, at, at + len(word)
                at = text.find(beginning, at + len(beginning))


def spans(text: str, plan: Plan) -> list[Span]:
    """Start and end of every word of one text that the plan searched for."""
    return Light(plan).spans(text)


def is_lit(run: Run) -> bool:
    """Whether a run is found by words, and not by what is known of a document."""
    return any(slot.forms for slot in run)


def common_beginning(words: Collection[AnyStr]) -> AnyStr:
    """The longest text that all of these begin with."""
    first, last = min(words), max(words)
    length = next((i for i in range(len(first)) if first[i : i + 1] != last[i : i + 1]), len(first))
    return first[:length]


def _beginnings(forms: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    """What forms begin with, few and long, and which forms: quicker to seek than each form."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(form[:_SHARED], []).append(form)
    return [(common_beginning(group), frozenset(group)) for group in groups.values()]


def _rows_of_run(text: str, occurrences: Sequence[_Occurrence], run: Run) -> Iterator[Sequence[_Occurrence]]:
    for first in range(len(occurrences) - len(run) + 1):
        row = occurrences[first : first + len(run)]
        fits = all(one[0] in slot.forms for one, slot in zip(row, run, strict=True))
        if fits and not any(has_word(text, one[2], other[1]) for one, other in pairwise(row)):
            yield row


def _with_capitals(slot: Slot) -> Slot:
    return replace(slot, forms=slot.forms | {form.upper() for form in slot.forms})
