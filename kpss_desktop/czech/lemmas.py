"""The dictionary form of a word, from simplemma's Czech list where that list can be trusted.

The list knows few words but its own, and holds noise ("bezdomovec" gives "bezdomovkyně"), so a lemma is taken only
when it begins like the word. What the list parts and a reader does not (two spellings, a surname and its adjective, the
aspects of a verb) is put under one lemma.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kpss_desktop.czech.dictionary import entry
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.verbs import verb_of, verb_of_unknown

_SHORT = 3  # letters; fewer are mostly abbreviations

# Words whose other forms begin differently ("lidem", "jsem", "šel", "lepší", "horší").
_SUPPLETIVE = frozenset(("člověk", "být", "rok", "dítě", "jít", "dobrý", "špatný"))

# Forms that also belong to a rarer word, which is the one the list gives.
_RATHER = {
    **dict.fromkeys(("lidé", "lidi", "lidí", "lidem", "lidmi", "lidech"), "člověk"),
    "moci": "moc", "mocí": "moc",
}  # fmt: skip
_COMPARATIVE = re.compile(r"(?:nej)?(lepš|horš|větš|menš|delš)(?:í|ího|ímu|ím|ích|ími)")
_POSITIVE = {"lepš": "dobrý", "horš": "špatný", "větš": "velký", "menš": "malý", "delš": "dlouhý"}

# Words that may be spelled in two ways: how the one begins or ends, and the other.
_BEGINNINGS = (
    ("kurs", "kurz"), ("diskuz", "diskus"), ("filosof", "filozof"), ("universit", "univerzit"),
    ("president", "prezident"), ("these", "teze"),
)  # fmt: skip
_ENDINGS = (("izmus", "ismus"), ("icí", "ící"))


@lru_cache(maxsize=65536)
def lemma(word: str) -> str | None:
    """The dictionary form in lower case, or None when the word is not known well enough.

    The case of the word counts: "Prahy" is the town, "prahy" are thresholds.
    """
    low = word.lower()
    if not word.isalpha() or (len(word) < _SHORT and not _is_short_verb(word)):
        return None
    if low in _RATHER:
        return _RATHER[low]
    if "š" in low and (comparative := _COMPARATIVE.fullmatch(low)) is not None:
        return _POSITIVE[comparative[1]]
    known = entry(word.capitalize() if word.isupper() else word) or entry(low)
    if known is None:
        return verb_of_unknown(low)
    found = _of_family(low, known)
    return found if _believable(word, found) else None


def _is_short_verb(word: str) -> bool:
    """Whether it is one as "ví", "dá" and "je" are; other words of two letters are mostly abbreviations."""
    return len(word) > 1 and word.islower() and (entry(word) or "").endswith("t")


def _of_family(word: str, found: str) -> str:
    """The one lemma for all that a reader takes for the same word."""
    if word != found and (word.endswith(found) or found.endswith(word)):  # "pomazat" gives "mazat", to smear
        found = word
    if word.endswith("ová") and not found.endswith(("ová", "ový")):  # "Vlčková" is no form of "vlček"
        found = word
    if found.endswith("ův") and len(found) > 5:  # "Novákův" belongs to "Novák"
        found = found[:-2]
    elif found.endswith("in") and (entry(found) or "").endswith("a"):  # "matčina" belongs to "matka"
        found = entry(found) or found
    elif found.endswith(("á", "é")) and entry(found[:-1] + "ý") == found[:-1] + "ý":  # Mrs Černá, Mr Černý
        found = found[:-1] + "ý"
    elif found.endswith("y") and entry(found[:-1] + "a") == found[:-1] + "a":  # the office "hodiny" are hours too
        found = found[:-1] + "a"
    return verb_of(_in_usual_spelling(found))


def _in_usual_spelling(found: str) -> str:
    for begin, usual in _BEGINNINGS:
        if found.startswith(begin):
            found = usual + found.removeprefix(begin)
    for end, usual in _ENDINGS:
        if found.endswith(end):
            found = found.removesuffix(end) + usual
    return found


def _believable(word: str, found: str) -> bool:
    if found.endswith("kyně") and "kyn" not in fold(word):
        return False
    begins_alike = fold(found[0]) == fold(word[0]) or fold(word[:2]) == "ne"
    return begins_alike or found in _SUPPLETIVE
