"""What full-text search asks of the language, in one object.

A word's key is its lemma where the dictionary knows it, else "~" and its stem. Measured on hand-made pairs, this finds
the forms of a word with and without diacritics and keeps other words apart; see tests/pairs.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.lemmas import lemma
from kpss_desktop.czech.stems import stem

# Grown with every change that gives a word another key or an index row another word: an index of another version is
# made anew.
VERSION = 3


def key(word: str) -> str:
    """What all forms of a word are indexed under."""
    return lemma(word) or "~" + stem(word)


@dataclass(frozen=True, slots=True)
class Language:
    """The functions and lists a search needs; `catalogue` declares the same shape as a protocol."""

    version: int
    fold: Callable[[str], str]
    stem: Callable[[str], str]
    lemma: Callable[[str], str | None]
    key: Callable[[str], str]
    function_lemmas: frozenset[str]  # words too common to search for when typed without diacritics


LANGUAGE = Language(
    version=VERSION, fold=fold, stem=stem, lemma=lemma, key=key, function_lemmas=frozenset({"být", "on", "já", "ten"})
)
