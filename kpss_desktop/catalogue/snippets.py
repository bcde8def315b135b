"""The lines of a text that show why it was found.

A page of results wants fifty of them between two keystrokes. So a text is taken as the bytes it lies in (UTF-8): a
good place is sought there, and only what is around it is made into characters and lit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kpss_desktop.catalogue.highlight import Light, Span, is_lit
from kpss_desktop.catalogue.places import Place, Seeker, Text, densest
from kpss_desktop.catalogue.plan import Plan
from kpss_desktop.catalogue.words import clean, encoded_words, is_clean

_BEFORE = 40  # characters before the first lit word
_CONTEXT = 2  # so many bytes are looked at for each character that is shown, as letters with accents take two
_LONG = 100_000  # bytes; further on a place is sought only when there is none before
_TRIED = 30  # places of a phrase's word that are looked at for the whole phrase
_MANY = 30  # places; a word that has more in a text is sought only near the others, as is one with very many forms
_WINDOWS = 8  # places near which such words are sought


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines of a text with the lit places in them."""

    text: str
    spans: tuple[Span, ...]


class Snippets:
    """Makes the snippets of one search, of about `width` characters."""

    def __init__(self, plan: Plan, width: int = 240) -> None:
        self._width = width
        self._light = Light(plan)
        lit = [[run for run in runs if is_lit(run)] for runs in plan.clauses]
        self._seekers = [Seeker(runs) for runs in lit if runs]
        self._has_phrases = any(len(run) > 1 for runs in lit for run in runs)

    def of(self, text: bytes, *, thorough: bool = True) -> Snippet:
        """The lines around a good place of a text; its first ones when it holds nothing of what was searched for.

        Unless `thorough`, a word that is parted in the text may be missed, and a phrase of very common words.
        """
        for until in (_LONG, len(text)) if len(text) > _LONG else (len(text),):
            for place in self._places(Text(text, until)):
                made = self._around(text, place)
                if made.spans:
                    return made
        if thorough and self._seekers and (self._has_phrases or not is_clean(text)):
            return self._looked_through(clean(text.decode()).text)
        return self._around(text, (0, 0))

    def _places(self, text: Text) -> Iterator[Place]:
        """Where a snippet may be, the best place first."""
        if len(self._seekers) == 1 and self._has_phrases:
            yield from islice(sorted(self._seekers[0].everywhere(text)), _TRIED)
            return
        if len(self._seekers) > 1:
            best = densest(self._of_all_clauses(text), self._width - _BEFORE)
            if best is not None:
                yield best
        for seeker in self._seekers:
            first = seeker.first(text)
            if first is not None:
                yield first

    def _of_all_clauses(self, text: Text) -> list[tuple[Place, int]]:
        """Places of all clauses in order, each with the number of its clause; of common words only some."""
        found: list[tuple[Place, int]] = []
        common: list[tuple[int, Seeker]] = []
        for number, seeker in enumerate(self._seekers):
            places = [] if seeker.is_wide else list(islice(seeker.everywhere(text), _MANY))
            if seeker.is_wide or len(places) == _MANY:
                common.append((number, seeker))
            else:
                found += [(place, number) for place in places]
        if common:
            first = self._seekers[common[0][0]].first(text) or (0, 0)
            anchors = [place for place, _ in sorted(found)[:_WINDOWS]] or [first]
            found += self._near(text, anchors, common)
        return sorted(found)

    def _near(self, text: Text, anchors: list[Place], common: list[tuple[int, Seeker]]) -> set[tuple[Place, int]]:
        """Places of common words near to others: there every word is looked at, once for all that are sought."""
        return {
            ((start, end), number)
            for anchor in anchors
            for word, start, end in encoded_words(text.encoded, anchor[0] - self._width, anchor[1] + self._width)
            for number, seeker in common
            if seeker.holds(word)
        }

    def _looked_through(self, text: str) -> Snippet:
        """The lines around the first hit of a text, all of which is looked through."""
        start, end = next(iter(self._light.places(text)), (0, 0))
        return self._around(text.encode(), (len(text[:start].encode()), len(text[:end].encode())))

    def _around(self, text: bytes, place: Place) -> Snippet:
        """The lines around a place: only a little of the text is made into characters."""
        low, high = max(0, place[0] - _CONTEXT * _BEFORE), place[1] + _CONTEXT * self._width
        near = _squeezed(clean(text[low:high].decode("utf-8", "ignore")).text)
        lit = self._light.spans_of_clean(near)
        # Words at the edges may be cut.
        if low and lit and not lit[0][0]:
            del lit[0]
        if high < len(text) and lit and lit[-1][1] == len(near):
            del lit[-1]
        first = lit[0][0] if lit else 0
        if len(lit) > 1:
            at = len(_squeezed(text[low : place[0]].decode("utf-8", "ignore")))
            first = min((start for start, _ in lit), key=lambda start: abs(start - at))
        begin = _word_start(near, first)
        stop = _word_end(near, begin + self._width)
        before = "…" if begin or text[:low].strip() else ""
        after = "…" if stop < len(near) or text[high:].strip() else ""
        shift = len(before) - begin
        shown = tuple((a + shift, b + shift) for a, b in lit if a >= begin and b <= stop)
        return Snippet(before + near[begin:stop] + after, shown)


def _squeezed(text: str) -> str:
    """A text with single spaces for its blanks."""
    return " ".join(text.split())


def _word_start(text: str, first: int) -> int:
    """Where the word begins that is a little before the first lit one."""
    at = max(0, first - _BEFORE)
    return at and max(at, text.find(" ", at, first) + 1)


def _word_end(text: str, at: int) -> int:
    """Where the word ends that ends before an offset, unless it is a very long one."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - _BEFORE, at + 1)
    return at if space < 0 else space
