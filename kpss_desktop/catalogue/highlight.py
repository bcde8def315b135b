"""Where a text holds what was searched for, and the lines to show of it.

What lights up are the forms that belong to the keys that were searched for, cut by the same rule as the index: so each
hit has a lit word and no lit word is not a hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kpss_desktop.catalogue.plan import Plan, Run, Slot
from kpss_desktop.catalogue.words import clean, has_word

Span = tuple[int, int]
_Occurrence = tuple[str, int, int]  # a form, its start and its end

_FEW = 8  # forms that are quicker sought one by one than by their beginnings
_LONG = 100_000  # characters; further on a snippet is sought only when there is nothing before
_BEFORE = 40  # characters of a snippet before its first lit word
_MOST_STARTS = 60  # places that are weighed for a snippet
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines of a text with the lit places in them."""

    text: str
    spans: list[Span]


class Light:
    """Lights what a plan searched for, in as many texts as you like."""

    def __init__(self, plan: Plan, *, capitals: bool = False) -> None:
        """With `capitals` a word lights too where it stands in capitals, as a heading may show what a text does not."""
        self._runs = [run for runs in plan.clauses for run in runs if any(slot.forms for slot in run)]
        if capitals:
            self._runs = [tuple(_with_capitals(slot) for slot in run) for run in self._runs]
        self._wanted = frozenset(form for run in self._runs for slot in run for form in slot.forms)
        # A quick look for what begins like a wanted word; whether it is one is asked of the few found.
        beginnings = sorted({re.escape(form[:2]) for form in self._wanted})
        self._beginning = re.compile(rf"(?:{'|'.join(beginnings)})[^\W_]*")
        self._is_one_word = bool(self._wanted) and len(plan.clauses) == 1 and all(len(run) == 1 for run in self._runs)

    def spans(self, text: str) -> list[Span]:
        """Start and end of every lit word, in order and without overlap."""
        cleaned = clean(text)
        found = self._spans(cleaned.text)
        if not cleaned.shifts:
            return found
        return [(cleaned.original(start), cleaned.original(end)) for start, end in found]

    def snippet(self, text: str, width: int = 160) -> Snippet:
        """About `width` characters around the best place of a text."""
        first = self._first(text) if self._is_one_word else -1
        if first >= 0:
            # One place is as good as another, so the first one will do, and no more of the text is looked at.
            near = clean(text[max(0, first - 2 * width) : first + 4 * width]).text
            lit = [span for span in self._spans(near) if span[0] < len(near) - 2 * width or len(text) <= 4 * width]
            if lit:
                return snippet(near, lit, width)
        if len(text) > _LONG:
            head = clean(text[:_LONG]).text
            lit = self._spans(head)
            # Lines that start here end before the head does, where a word may be cut.
            early = [span for span in lit if span[0] < len(head) - 2 * width]
            if early:
                return snippet(head, lit, width, early)
        cleaned = clean(text)
        # What is in one piece was looked through already.
        lit = [] if self._is_one_word and first < 0 and not cleaned.shifts else self._spans(cleaned.text)
        return snippet(cleaned.text, lit, width)

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

    def _first(self, text: str) -> int:
        """Where the first wanted word begins in a text as it is; -1 when there is none in one piece."""
        if len(self._wanted) <= _FEW:
            first = len(text)
            for form in self._wanted:
                first = min(first, next(_whole_words(text, form, first + len(form)), first))
            return first if first < len(text) else -1
        for match in self._beginning.finditer(text):
            start = match.start()
            if match[0] in self._wanted and not (start and text[start - 1].isalnum()):
                return start
        return -1

    def _spans(self, text: str) -> list[Span]:
        return sorted({(start, end) for row in self._rows(text) for _, start, end in row})

    def _rows(self, text: str) -> Iterator[list[_Occurrence]]:
        """The words of each hit."""
        hits = list(self._occurrences(text))
        if all(len(run) == 1 for run in self._runs):
            yield from ([hit] for hit in hits)
            return
        for run in self._runs:
            yield from _of_run(text, hits, run)

    def _occurrences(self, text: str) -> Iterator[_Occurrence]:
        """Each wanted word of a clean text with its start and end, in order."""
        if len(self._wanted) <= _FEW:
            hits = [(form, at, at + len(form)) for form in self._wanted for at in _whole_words(text, form)]
            yield from sorted(hits, key=lambda hit: hit[1])
            return
        for match in self._beginning.finditer(text):
            start = match.start()
            if match[0] in self._wanted and not (start and text[start - 1].isalnum()):
                yield match[0], start, match.end()


def _with_capitals(slot: Slot) -> Slot:
    return replace(slot, forms=slot.forms | {form.upper() for form in slot.forms})


def spans(text: str, plan: Plan) -> list[Span]:
    """Start and end of every word of one text that the plan searched for."""
    return Light(plan).spans(text)


def snippet(text: str, lit: list[Span], width: int = 160, around: list[Span] | None = None) -> Snippet:
    """About `width` characters around the place with the most different lit words, and the lit spans in it.

    `around` are the lit places to choose from, all of them unless told otherwise. White space is shown as single
    spaces; "…" stands where the text goes on.
    """
    first = _best_start(text, lit if around is None else around, width)
    start = _word_start(text, max(0, first - _BEFORE))
    end = _word_end(text, start + width)
    out, shown, length = [], [], 0

    def add(part: str) -> None:
        nonlocal length
        out.append(part)
        length += len(part)

    if text[:start].strip():
        add("…")
    at = start
    for a, b in lit:
        if a < start or b > end:
            continue
        add(_squeezed(text[at:a]))
        begin = length
        add(_squeezed(text[a:b]))
        shown.append((begin, length))
        at = b
    add(_squeezed(text[at:end]).rstrip())
    if end < len(text.rstrip()):
        add("…")
    return Snippet("".join(out), shown)


def _whole_words(text: str, form: str, before: int | None = None) -> Iterator[int]:
    """Where a form stands as a word, up to an offset."""
    at, length = text.find(form, 0, before), len(form)
    while at >= 0:
        end = at + length
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield at
        at = text.find(form, end, before)


def _of_run(text: str, hits: list[_Occurrence], run: Run) -> Iterator[list[_Occurrence]]:
    if len(run) == 1:
        yield from ([hit] for hit in hits if hit[0] in run[0].forms)
        return
    for first in range(len(hits) - len(run) + 1):
        row = hits[first : first + len(run)]
        fits = all(hit[0] in slot.forms for hit, slot in zip(row, run, strict=True))
        if fits and not any(has_word(text, one[2], other[1]) for one, other in pairwise(row)):
            yield row


def _best_start(text: str, lit: list[Span], width: int) -> int:
    """The place with the most different words; of equal ones that where they stand closest, then the first."""
    best, most = 0, (0, 0)
    for i, (start, _) in enumerate(lit[:_MOST_STARTS]):
        limit = start + width - _BEFORE
        different: dict[str, int] = {}
        for a, b in lit[i : i + 8]:
            if b <= limit:
                different.setdefault(text[a:b].lower()[:4], b)
        found = (len(different), start - max(different.values(), default=start))
        if not i or found > most:
            best, most = start, found
    return best


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return len(text) - len(text.lstrip())
    match = _SPACE.search(text, at, at + _BEFORE)
    return match.end() if match else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text.rstrip())
    for back in range(at, max(at - _BEFORE, 0), -1):
        if text[back].isspace():
            return back
    return at


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text)
