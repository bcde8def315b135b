"""The dictionary form of a word, from simplemma's Czech list where that list can be trusted.

The list knows few words but its own, and holds noise ("bezdomovec" gives "bezdomovkyně"), so a lemma is taken only
when it begins like the word.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from kpss_desktop.czech.folding import fold

# Words whose other forms begin differently ("lidem", "jsem", "šel", "lepší", "horší", "větší", "menší").
_SUPPLETIVE = frozenset(("člověk", "být", "rok", "dítě", "jít", "dobrý", "špatný", "malý", "velký"))
_CZECH = "cs"


class _Dictionary(Protocol):
    def is_known(self, token: str, lang: str) -> bool: ...

    def lemmatize(self, token: str, lang: str) -> str: ...


@lru_cache(maxsize=1)
def _dictionary() -> _Dictionary:
    # Half a second and 50 MB, so only a program that meets an unknown word pays for it.
    import simplemma  # noqa: PLC0415

    return simplemma


@lru_cache(maxsize=65536)
def lemma(word: str) -> str | None:
    """The dictionary form in lower case, or None when the word is not known well enough.

    The case of the word counts: "Prahy" is the town, "prahy" are thresholds.
    """
    if len(word) < 3 or not word.isalpha():
        return None
    known = _known_spelling(word)
    if known is None:
        return None
    found = _dictionary().lemmatize(known, lang=_CZECH).lower()
    if found.endswith("ův") and len(found) > 5:  # "otcův" belongs to "otec"
        found = found[:-2]
    return found if _believable(fold(word), found) else None


def _known_spelling(word: str) -> str | None:
    for spelling in (word.capitalize() if word.isupper() else word, word.lower()):
        if _dictionary().is_known(spelling, lang=_CZECH):
            return spelling
    return None


def _believable(word: str, found: str) -> bool:
    plain = fold(found)
    begins_alike = plain[:2] == word[:2] or word.startswith("ne")
    if not begins_alike and found not in _SUPPLETIVE:
        return False
    return not (found.endswith("kyně") and "kyn" not in word)
