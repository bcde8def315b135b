"""A light Czech stem: fold first, then strip the ending.

Folding first makes the stem the same with and without diacritics, which a stemmer that needs them cannot do.
The endings are those of Czech declension and of the commoner conjugation, written without marks.
"""

from __future__ import annotations

from functools import lru_cache

from kpss_desktop.czech.folding import fold

# Endings by the least length of what must remain.
_ENDINGS = {
    4: "ejsiho ejsimu ejsimi ejsich ejsim ejsi atech atum etem ovych ovymi oveho ovemu",
    3: "ach ech ich ych eho iho emu imu ymi imi ami emi ovi ove ata aty ete eti ou em im ym um am mi at uv a e i o u y",
}
_LEAST = {ending: least for least, endings in _ENDINGS.items() for ending in endings.split()}
_LONGEST = max(map(len, _LEAST))
_POSSESSIVES = (("ov", ""), ("cin", "c"))  # "Novákov-a", "Lenčin-a"
_FLEETING_BEFORE = frozenset("bcdfghjklmnprstvz")
_FLEETING_AFTER = frozenset("cklnrbtmv")

# Words whose cases share no stem. The first is the name of the family.
_FAMILIES = (
    "dite ditete diteti ditetem deti detem detmi detech",
    "clovek cloveka cloveku clovekem clovece lide lidi lidem lidmi lidech",
    "dum domu domem dome domy domech domum",
    "den dne dni dny dnu dnem dnech dnum",
    "tyden tydne tydnu tydny tydnem tydnech tydnum",
    "pritel pritele priteli pritelem pratele pratel pratelum prateli pratelich",
    "penize penez penezum penezi penezich",
    "rok roku rokem roce roky rokum rocich",
    "leto let leta lety letech letum",
    "stul stolu stolem stole stoly stolech stolum",
    "pes psa psu psovi psem psi psy psech psum",
    "vuz vozu vozem voze vozy vozech vozum",
    "najem najmu najmem najmy najmum najmech",
    "zajem zajmu zajmem zajmy zajmum zajmech",
    "pojem pojmu pojmem pojmy pojmum pojmech",
    "prijem prijmu prijmem prijmy prijmum prijmech",
    "pronajem pronajmu pronajmem pronajmy pronajmum pronajmech",
    "dvur dvora dvoru dvorem dvore dvory dvorech",
)
_IRREGULAR = {form: "_" + family.split()[0] for family in _FAMILIES for form in family.split()}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What the cases of a word have in common: folded and without its ending.

    It is a key to compare by, not a word to show; short words and words with digits stay whole.
    """
    plain = fold(word)
    if plain in _IRREGULAR:
        return _IRREGULAR[plain]
    if len(plain) < 4 or not plain.isalpha():
        return plain
    return _harden(_without_fleeting_e(_without_possessive(_without_ending(plain))))


def _without_ending(word: str) -> str:
    for length in range(_LONGEST, 0, -1):
        least = _LEAST.get(word[-length:])
        if least is not None and len(word) - length >= least:
            return word[:-length]
    return word


def _without_possessive(word: str) -> str:
    for suffix, kept in _POSSESSIVES:
        if len(word) >= 6 and word.endswith(suffix):
            return word.removesuffix(suffix) + kept
    return word


def _without_fleeting_e(word: str) -> str:
    """Drop the e that "středisek" has and "středisko" has not."""
    if len(word) >= 4 and word[-2] == "e" and word[-1] in _FLEETING_AFTER and word[-3] in _FLEETING_BEFORE:
        return word[:-2] + word[-1]
    return word


def _harden(word: str) -> str:
    """Put back the softened consonant of "ředitelce" (ředitelka) and "Praze" (Praha)."""
    return word[:-1] + {"c": "k", "z": "h"}.get(word[-1], word[-1])
