"""Where a text holds what was searched for, and the lines to show of it.

What lights up are the forms that belong to the keys that were searched for, cut by the same rule as the index: so each
hit has a lit word and no lit word is not a hit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from kpss_desktop.catalogue.plan import Plan, Run
from kpss_desktop.catalogue.words import has_word, is_odd, words, words_at

Span = tuple[int, int]

_FEW = 40  # forms that are quicker sought one by one than met in a list of all words
_BEFORE = 40  # characters of a snippet before its first lit word
_MOST_STARTS = 60  # places that are weighed for a snippet
_SPACE = re.compile(r"\s+")


def spans(text: str, plan: Plan) -> list[Span]:
    """Start and end of every lit word, in order and without overlap."""
    wanted = {form for runs in plan.clauses for run in runs for slot in run for form in slot.forms}
    hits = list(_occurrences(text, wanted))
    if not hits:
        return []
    found: set[Span] = set()
    for runs in plan.clauses:
        for run in runs:
            found.update(_of_run(text, hits, run))
    return sorted(found)


def snippet(text: str, lit: list[Span], width: int = 160) -> tuple[str, list[Span]]:
    """About `width` characters around the place with the most different lit words, and the lit spans in it.

    White space is shown as single spaces; "…" stands where the text goes on.
    """
    first = _best_start(text, lit, width)
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
    return "".join(out), shown


def _occurrences(text: str, wanted: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Each wanted word of the text with its start and end, in order."""
    if is_odd(text):
        yield from (hit for hit in words_at(text) if hit[0] in wanted)
        return
    present = wanted if len(wanted) <= _FEW else set(wanted).intersection(words(text))
    hits = [(form, at, at + len(form)) for form in present for at in _whole_words(text, form)]
    yield from sorted(hits, key=lambda hit: hit[1])


def _whole_words(text: str, form: str) -> Iterator[int]:
    at, length = text.find(form), len(form)
    while at >= 0:
        end = at + length
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield at
        at = text.find(form, end)


def _of_run(text: str, hits: list[tuple[str, int, int]], run: Run) -> Iterator[Span]:
    if len(run) == 1:
        yield from ((start, end) for form, start, end in hits if form in run[0].forms)
        return
    for first in range(len(hits) - len(run) + 1):
        row = hits[first : first + len(run)]
        fits = all(hit[0] in slot.forms for hit, slot in zip(row, run, strict=True))
        if fits and not any(has_word(text, one[2], other[1]) for one, other in pairwise(row)):
            yield from ((start, end) for _, start, end in row)


def _best_start(text: str, lit: list[Span], width: int) -> int:
    best, most = 0, 0
    for i, (start, _) in enumerate(lit[:_MOST_STARTS]):
        limit = start + width - _BEFORE
        different = {text[a:b].lower()[:4] for a, b in lit[i : i + 8] if b <= limit}
        if len(different) > most:
            best, most = start, len(different)
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
