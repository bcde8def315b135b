"""One verb for all that is made of it: its aspects, participles and the noun of its action.

Minutes say "rada schválila", "bylo schváleno", "rada schvaluje" and "schválení rozpočtu" of one and the same thing, but
a dictionary has a word for each. Every rule here makes a past form ("schválil") and asks the dictionary for its
infinitive, so nothing is taken for a verb that the dictionary does not know as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kpss_desktop.czech.dictionary import entry
from kpss_desktop.czech.folding import fold

_PARTICIPLES = ("ený", "ěný", "aný", "nutý", "jatý", "zatý", "čatý", "bitý", "litý", "žitý", "ytý")
_ACTIONS = ("ení", "ění", "ání", "nutí", "etí", "bití", "lití", "žití", "ytí")

# Nouns that have a meaning of their own: a meeting, a facility, a department, management, proceedings, ...
_NOUNS_OF_THEIR_OWN = frozenset((
    "jednání", "zařízení", "oddělení", "vedení", "řízení", "umění", "povolání", "vězení", "znění", "stavení",
    "vzdělání", "stání", "psaní", "znamení", "trvání", "nadání", "bytí",
))  # fmt: skip

# How the consonant before "-ený" and "-ovat" stood in the infinitive; the first that makes a verb counts.
_HARDENED = (
    ("šť", "st"), ("št", "st"), ("žď", "zd"), ("žd", "zd"), ("c", "t"), ("z", "d"), ("š", "s"), ("ž", "z"), ("ž", "h"),
    ("č", "k"), ("ň", "n"), ("ď", "d"), ("ť", "t"), ("r", "ř"),
)  # fmt: skip
_LENGTHENED = (("a", "á"), ("i", "í"), ("y", "ý"), ("u", "ou"), ("u", "ú"), ("ě", "í"))
# Pairs of aspects whose stems differ: the end of the imperfective infinitive, and of the other's past forms.
_PAIRED = (
    ("kládat", ("ložil",)), ("nášet", ("nesl",)), ("vádět", ("vedl",)), ("jímat", ("jal",)), ("zývat", ("zval",)),
    ("bírat", ("bral",)), ("írat", ("řel",)), ("isovat", ("sal",)), ("kazovat", ("kázal",)), ("máhat", ("mohl",)),
    ("tvářet", ("tvořil",)), ("ízet", ("ídl", "ídil")), ("ávat", ("al", "ál")), ("ívat", ("il", "ěl")),
)  # fmt: skip
# These look like the other aspect of a verb that means something else (to board, to nurse, to administer, ...).
_VERBS_OF_THEIR_OWN = frozenset((
    "stravovat", "opatrovat", "spravovat", "pochodovat", "zvěstovat", "odporovat",
    "směřovat",
))  # fmt: skip
# Forms of regular verbs, and how the infinitive ends in place of theirs.
_SHAPES = (
    (re.compile(r"(.+)án(?:[oaiy]?|í|ím|ích|ími)"), "at"),
    (re.compile(r"(.+)an(?:[ýáéí]|ého|ému|ou|ém|ých|ým|ými)"), "at"),
    (re.compile(r"(.+)uj(?:[iueí]|eš|eme|ete|ou|íc|íce|te|me)"), "ovat"),
    (re.compile(r"(.+)l[aoiy]?"), "t"),
)
_PREFIXES = (
    "do", "na", "nad", "ob", "od", "po", "pod", "pro", "pře", "před", "při", "roz", "vy", "za", "ze", "zne",
)  # fmt: skip
_SHORT_PREFIXES = ("o", "s", "u", "v", "z")


@lru_cache(maxsize=16384)
def verb_of(lemma: str) -> str:
    """The infinitive that stands for a whole verb, given a lemma; a lemma that is no verb's is given back.

    "schválený", "schválení" and "schvalovat" all give "schválit".
    """
    met = [lemma]
    while (following := _step(met[-1])) is not None:
        if following in met:
            return min(met[met.index(following) :])
        met.append(following)
    return met[-1]


def verb_of_unknown(form: str) -> str | None:
    """The verb of a form that the dictionary lacks while it has the infinitive ("odesláno", "vykazování")."""
    for shape, end in _SHAPES:
        if (match := shape.fullmatch(form)) is not None:
            known = entry(match[1] + end)
            return verb_of(known) if known is not None and _is_verb(known) else None
    return None


def _step(lemma: str) -> str | None:
    """The verb a lemma was made of, one step back; None for what is made of none."""
    if lemma.endswith(_PARTICIPLES) or (lemma.endswith(_ACTIONS) and lemma not in _NOUNS_OF_THEIR_OWN):
        return _infinitive(_pasts_of_participle(lemma[:-2], lemma[-2]), lemma)
    if not _is_verb(lemma) or len(lemma) <= len("dávat") or lemma in _VERBS_OF_THEIR_OWN:
        return None
    known = entry(lemma)
    if known is not None and known != lemma and known[0] == lemma[0] and _is_verb(known):
        return known
    return _infinitive(_pasts_of_other_aspect(lemma), lemma)


def _infinitive(pasts: Iterator[str], lemma: str) -> str | None:
    for past in pasts:
        known = entry(past)
        if known is not None and known != lemma and _is_verb(known) and _belongs(past, known):
            return known
    return None


def _belongs(past: str, infinitive: str) -> bool:
    """Whether the dictionary is to be believed: it has homographs, and noise such as "pálit" for "pil"."""
    if past.endswith("řel"):
        return infinitive.endswith("řít")
    kept = past[:-1] if past.endswith("il") else past[:-2]
    return fold(infinitive).startswith(fold(kept))


def _is_verb(lemma: str) -> bool:
    return lemma.endswith(("t", "ci")) and not lemma.endswith(("st", "šť"))


def _pasts_of_participle(stem: str, consonant: str) -> Iterator[str]:
    """Past forms for a participle or noun of action without its last two letters: "schvále" of "schválený"."""
    vowel, before = stem[-1], stem[:-1]
    if consonant == "t":
        yield from (stem + "l", before.removesuffix("n") + "l") if vowel in "uiy" else (before + "al",)
    elif vowel in "aá":
        yield from (before + "al", before + "ál")
    else:
        for hard in _hardened(before):
            yield from (hard + "il", hard + "el", hard + "ěl", hard + "l")


def _pasts_of_other_aspect(infinitive: str) -> Iterator[str]:
    for ending, pasts in _PAIRED:
        stem = infinitive.removesuffix(ending)
        if infinitive.endswith(ending) and stem:
            yield from (stem + past for past in pasts)
    for ending, ends in (("ovat", ("il", "el", "l")), ("et", ("il",))):
        if infinitive.endswith(ending):
            soft = infinitive.removesuffix(ending)
            stems = (long for hard in _hardened(soft) if _is_prefixed(soft, hard) for long in _lengthened(hard))
            yield from (stem + end for stem in stems for end in ends)


def _hardened(stem: str) -> Iterator[str]:
    yield stem
    for soft, hard in _HARDENED:
        if stem.endswith(soft):
            yield stem.removesuffix(soft) + hard


def _lengthened(stem: str) -> Iterator[str]:
    """The stem, and with its last vowel long: "schval" and "schvál"."""
    yield stem
    for short, long in _LENGTHENED:
        at = stem.rfind(short)
        if at > 0 and not any(letter in "aáeéěiíoóuúůyý" for letter in stem[at + 1 :]):
            yield stem[:at] + long + stem[at + 1 :]


def _is_prefixed(soft: str, hard: str) -> bool:
    """Only verbs with a prefix have such pairs: "darovat" is not about "dařit", nor "studovat" about "studit".

    What begins with a letter that may be a prefix has one when a consonant softened ("zveřejňovat"), or when there is
    a verb without it ("schvalovat": "chválit").
    """
    if soft.startswith(_PREFIXES):
        return True
    if not soft.startswith(_SHORT_PREFIXES):
        return False
    return soft != hard or any(entry(stem[1:] + "il") is not None for stem in _lengthened(hard))
