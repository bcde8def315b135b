"""The nominative of a group's name that a title gives in another case: "pro seniory", "skupiny osob se ZP".

After "pro" stands the accusative, after "skupina" often the genitive. Only the words that name people are turned;
what depends on them ("s dětmi", "se zdravotním postižením") stays as it is.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from kpss_desktop.czech.folding import fold

# By accusative and genitive plural, without marks. Men have adjectives in -í ("mladí lidé"), the others in -é.
_MEN = {
    "seniory senioru": "senioři",
    "obcany obcanu": "občané",
    "lidi": "lidé",
    "cizince cizincu": "cizinci",
    "bezdomovce bezdomovcu": "bezdomovci",
    "uzivatele uzivatelu": "uživatelé",
    "poskytovatele poskytovatelu": "poskytovatelé",
    "zadavatele zadavatelu": "zadavatelé",
    "romy romu": "Romové",
    "rodice rodicu": "rodiče",
    "zaky zaku": "žáci",
    "vezne veznu": "vězni",
    "pestouny pestounu": "pěstouni",
    "muze muzu": "muži",
    "obyvatele obyvatel": "obyvatelé",
}
_OTHERS = {
    "rodinu": "rodina",
    "rodiny rodin": "rodiny",
    "osoby osob": "osoby",
    "deti": "děti",
    "mladez mladeze": "mládež",
    "matky matek": "matky",
    "zeny zen": "ženy",
    "mensiny mensin": "menšiny",
    "sluzby sluzeb": "služby",
    "prevenci": "prevence",
    "peci": "péče",
    "komunitu": "komunita",
}
_MEN_BY_FORM = {form: name for forms, name in _MEN.items() for form in forms.split()}
_OTHERS_BY_FORM = {form: name for forms, name in _OTHERS.items() for form in forms.split()}
_MEN_ENDINGS = (  # of the accusative and of the genitive, and of the nominative
    ("íky", "íci"), ("iky", "ici"), ("íků", "íci"), ("anty", "anti"), ("antů", "anti"), ("enty", "enti"),
    ("entů", "enti"), ("ence", "enci"), ("enců", "enci"), ("tele", "telé"), ("telů", "telé"),
)  # fmt: skip
_SOFTENED = (("sk", "št"), ("ck", "čt"), ("ch", "š"), ("k", "c"), ("h", "z"), ("r", "ř"))
_PARTICIPLES = ("ohrozen", "zavisl", "postizen", "znevyhodnen", "nemocn", "vyloucen", "pecuj", "trpic", "zijic")
_GENITIVES = frozenset(
    ("rodin", "osob", "mensin", "matek", "zen", "sluzeb", "senioru", "obcanu", "cizincu", "obyvatel")
)
_PREPOSITIONS = frozenset(
    ("s", "se", "v", "ve", "na", "bez", "k", "ke", "o", "z", "ze", "do", "u", "po", "pri", "mezi")
)


def in_nominative(words: Sequence[str], *, accusative: bool) -> list[str]:
    """The words with those that name people in the nominative; `accusative` after "pro", else perhaps a genitive."""
    bare = [word.rstrip(",") for word in words]
    last = next((place for place, word in enumerate(bare) if fold(word) in _PREPOSITIONS), len(bare))
    if not accusative and not _begins_in_genitive(bare[:last]):
        return list(words)
    nouns = {place: noun for place in range(last) if (noun := _noun(bare[place]))}
    if accusative:
        nouns |= {place: (name, False) for place, name in _feminine(words[:last], nouns)}
    turned = list(words)
    for place in _of_the_people(bare, words, nouns, last):
        if place in nouns:
            named = nouns[place][0]
        else:
            named = _adjective(bare[place], of_men=_of_men(place, nouns), genitive=not accusative)
        turned[place] = named + words[place][len(bare[place]) :]
    return turned


def _of_the_people(
    bare: Sequence[str], words: Sequence[str], nouns: dict[int, tuple[str, bool]], last: int
) -> Iterator[int]:
    """The places of the nouns and their adjectives, not of what depends on them ("poskytovatelé sociálních služeb")."""
    after_noun = depends = False
    for place in range(last):
        if bare[place] in {"a", "i"}:
            after_noun = False
            continue
        depends = depends or (after_noun and not fold(bare[place]).startswith(_PARTICIPLES))
        if not depends:
            yield place
        after_noun = after_noun or place in nouns
        if words[place].endswith(","):
            after_noun = depends = False


def _noun(word: str) -> tuple[str, bool] | None:
    """The nominative of a noun, and whether it is of men."""
    folded = fold(word)
    if folded in _MEN_BY_FORM:
        return _MEN_BY_FORM[folded], True
    if folded in _OTHERS_BY_FORM:
        return _OTHERS_BY_FORM[folded], False
    for ending, nominative in _MEN_ENDINGS:
        if word.lower().endswith(ending):
            return word[: -len(ending)] + nominative, True
    return None


def _feminine(words: Sequence[str], known: Container[int]) -> Iterator[tuple[int, str]]:
    """The places and nominatives of feminine nouns after "pro" ("kvalitu", "terénní práci"); `known` are other nouns.

    In "rozvoj venkova a regionu" the last word is no accusative: only adjectives may stand before it, and such nouns.
    """
    leads = understood = True
    for place, word in enumerate(words):
        bare = word.rstrip(",")
        if bare in {"a", "i"}:
            leads = understood
            continue
        noun = _feminine_noun(bare) if leads and place not in known else None
        if noun:
            yield place, noun
        describes = leads and bare.endswith(("ou", "í"))
        understood = understood and (describes or noun is not None or place in known)
        leads = describes or (word != bare and understood)


def _feminine_noun(word: str) -> str | None:
    """The nominative of what looks like the accusative of a feminine noun."""
    if not word.islower() or word.endswith("ou"):
        return None
    if word.endswith("ci"):
        return f"{word[:-2]}ce"
    return f"{word[:-1]}a" if word.endswith("u") else None


def _of_men(place: int, nouns: dict[int, tuple[str, bool]]) -> bool:
    """Whether an adjective is of men: by the noun after it, else before it; alone ("duševně nemocné") it is."""
    after = [nouns[other][1] for other in sorted(nouns) if other > place]
    before = [nouns[other][1] for other in sorted(nouns) if other < place]
    return (after or before[-1:] or [True])[0]


def _adjective(word: str, *, of_men: bool, genitive: bool) -> str:
    lower = word.lower()
    if genitive and lower.endswith(("ích", "ího")):
        return word[:-2]
    if not genitive and lower.endswith("ou") and not of_men:
        return f"{word[:-2]}á"
    stem = word[: -len(ending)] if lower.endswith(ending := "ých" if genitive else "é") else ""
    if len(stem) < 3:
        return word
    if not of_men:
        return stem + "é"
    hard = next(((end, soft) for end, soft in _SOFTENED if stem.endswith(end)), None)
    return (stem[: -len(hard[0])] + hard[1] if hard else stem) + "í"


def _begins_in_genitive(words: Sequence[str]) -> bool:
    """Whether the first word, or the one after an adverb ("zdravotně postižených"), is a genitive."""
    adverb = len(words) > 1 and words[0].lower().endswith(("ě", "o"))
    return any(_is_genitive(word) for word in words[: 1 + adverb])


def _is_genitive(word: str) -> bool:
    """Whether a word by itself is a genitive plural."""
    lower = word.lower()
    if lower.endswith(("ů", "ých", "ích", "ího")) or lower in {"dětí", "lidí", "mládeže"}:
        return True
    return fold(word) in {
        "rodin",
        "osob",
        "mensin",
        "matek",
        "zen",
        "sluzeb",
        "senioru",
        "obcanu",
        "cizincu",
        "obyvatel",
    }
