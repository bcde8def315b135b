"""Where the words of a search stand in a text, sought in its bytes (UTF-8) to save making all of it into characters.

What is found is good enough to choose what to show of a text. What lights up there is for `highlight` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpss_desktop.catalogue.highlight import common_beginning
from kpss_desktop.catalogue.plan import Run
from kpss_desktop.catalogue.words import encoded_word_at

Place = tuple[int, int]  # start and end in bytes

_FEW = 8  # beginnings; with more, words are grouped by fewer letters
_SHARED = (3, 2, 1)  # letters that the words of a group begin with


class Text:
    """A text to seek in. Capitals without accents are sought as small letters: a word has half as many beginnings."""

    def __init__(self, encoded: bytes, until: int) -> None:
        self.encoded = encoded
        self.lowered = encoded.lower()
        self.until = until


class Seeker:
    """Seeks what may be a hit of one clause: its words, or the longest word of a phrase, which is likely its rarest."""

    def __init__(self, runs: Sequence[Run]) -> None:
        """Each slot of the runs must have forms."""
        slots = [max(run, key=lambda slot: min(map(len, slot.forms))) for run in runs]
        self._forms = frozenset(form for slot in slots for form in slot.forms)
        self._encoded = frozenset(form.encode() for form in self._forms)
        self._beginnings, self.is_wide = _beginnings(self._forms)

    def first(self, text: Text) -> Place | None:
        """The first place of a text."""
        found, until = None, text.until
        for beginning, forms in self._beginnings:
            first = next(_sought(text, until, beginning, forms), None)
            if first is not None:
                found, until = first, first[0]
        return found

    def everywhere(self, text: Text) -> Iterator[Place]:
        """Every place of a text, those of words that begin alike in order."""
        for beginning, forms in self._beginnings:
            yield from _sought(text, text.until, beginning, forms)

    def holds(self, word: bytes) -> bool:
        """Whether a word in UTF-8 is one of those sought."""
        return word in self._encoded


def densest(places: Sequence[tuple[Place, int]], width: int) -> Place | None:
    """Where places of the most clauses stand together, the closest of equal ones, the first of equally close ones.

    The places are in order, each with the number of its clause; None when there are none.
    """
    best: Place | None = None
    most = (0, 0)
    last: dict[int, int] = {}
    previous = -1
    for (start, end), clause in places:
        last[clause] = start
        if clause == previous:
            continue  # it is farther from the others
        previous = clause
        near = [one for one in last.values() if end - one <= width] or [start]
        found = len(near), min(near) - end
        if best is None or found > most:
            best, most = (min(near), end), found
    return best


def _beginnings(forms: frozenset[str]) -> tuple[list[tuple[bytes, frozenset[str]]], bool]:
    """What forms begin with and which forms, and whether there are very many of them or of their places in a text."""
    for letters in _SHARED:
        groups: dict[bytes, list[str]] = {}
        for form in forms:
            groups.setdefault(form[:letters].encode().lower(), []).append(form)
        if len(groups) <= _FEW:
            break
    lowered = {common_beginning([form.encode().lower() for form in group]): group for group in groups.values()}
    is_wide = letters < _SHARED[0] or any(len(beginning) == 1 for beginning in lowered)
    return [(beginning, frozenset(group)) for beginning, group in lowered.items()], is_wide


def _sought(text: Text, until: int, beginning: bytes, forms: frozenset[str]) -> Iterator[Place]:
    """Where words begin so and are one of the forms."""
    at = text.lowered.find(beginning, 0, until)
    while at >= 0:
        word = encoded_word_at(text.encoded, at)
        if word in forms:
            yield at, at + len(word.encode())
        at = text.lowered.find(beginning, at + len(beginning), until)
