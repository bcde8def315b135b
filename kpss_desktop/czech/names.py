"""Names of kinds and groups as clerks say and type them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpss_desktop.czech.folding import fold, normalise
from kpss_desktop.czech.stems import stem
from kpss_desktop.model import Group, GroupKind, Kind

_KIND_NAMES: dict[Kind, tuple[str, ...]] = {
    Kind.MINUTES: ("zápis", "zápis z jednání", "záznam", "záznam z jednání", "protokol"),
    Kind.INVITATION: ("pozvánka", "pozvánka na jednání", "pozvání"),
    Kind.ATTENDANCE: ("prezenční listina", "presenční listina", "prezenčka", "prezence", "listina přítomných"),
    Kind.ATTACHMENT: ("příloha",),
    Kind.RESOLUTION: ("usnesení",),
    Kind.PLAN: (
        "plán",
        "komunitní plán",
        "akční plán",
        "realizační plán",
        "střednědobý plán",
        "plán sociálních služeb",
    ),
    Kind.RULES: ("jednací řád", "statut", "organizační řád", "základní listina", "řád", "pravidla"),
    Kind.CATALOGUE: ("katalog", "katalog služeb", "katalog sociálních služeb", "adresář"),
    Kind.HANDBOOK: ("metodika", "metodický manuál", "manuál", "příručka"),
    Kind.LOGO: ("logo", "logotyp"),
    Kind.YEAR_ZIP: ("roční zip", "zip", "archiv roku", "roční archiv"),
    Kind.OTHER: ("ostatní", "jiný", "jiné", "jiný dokument"),
}
_WORD = re.compile(r"[^\W_]+")
_STEERING = "Řídící skupina"
_WORKING = "Pracovní skupina"
_SAYS_WORKING = re.compile(
    r"(?:(?:odborn|oborov)\w+ )?(?:pracovni skupin\w*|prac\.? ?sk\.?|ops|prs|ps)(?: pro)? +(?=\S)"
)
_STEERING_NAMES = frozenset({"rs", "ridici skupina", "ridici skupina kpss", "rs kpss"})


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in _WORD.findall(fold(text)))


_KINDS_BY_STEMS = {_stems(name): kind for kind, names in _KIND_NAMES.items() for name in names}


def kind_of_word(word: str) -> Kind | None:
    """The kind a word or two of a query mean, in any case and number, with or without marks.

    The stable values of `Kind` ("minutes", "year_zip") are understood too.
    """
    known = _KINDS_BY_STEMS.get(_stems(word))
    if known:
        return known
    try:
        return Kind(word.strip().lower().replace(" ", "_"))
    except ValueError:
        return None


def kinds_beginning(typed: str) -> tuple[Kind, ...]:
    """The kinds that have a name which begins so, with or without marks; none for nothing."""
    begun = fold(typed).strip()
    return tuple(
        kind for kind, names in _KIND_NAMES.items() if begun and any(fold(name).startswith(begun) for name in names)
    )


def core_name(name: str) -> str:
    """A group's name without "PS" or "pracovní skupina" before it; "PS" alone stays."""
    composed = normalise(name).strip()
    says = _SAYS_WORKING.match(fold(composed))
    return composed[says.end() :] if says else composed


def means_steering(name: str) -> bool:
    """Whether a name can only be that of the steering group: "ŘS", "řídící skupina"."""
    return fold(name).strip() in _STEERING_NAMES


def full_title(group: Group) -> str:
    """The name for headings and year ZIPs: "Pracovní skupina Péče", "Řídící skupina"."""
    if group.kind is GroupKind.WORKING and not means_steering(group.name):
        return f"{_WORKING} {core_name(group.name)}"
    return folder_name(group)


def folder_name(group: Group) -> str:
    """The name for the group's folder: "Péče", "Řídící skupina"."""
    if group.kind is GroupKind.STEERING and means_steering(group.name):
        return _STEERING
    return core_name(group.name) if group.kind is GroupKind.WORKING else normalise(group.name).strip()


def find_group(text: str, groups: Sequence[Group]) -> Group | None:
    """The group somebody meant by "péče", "PS Péče", "rs" or "řídící skupina"; None when it is none or not one only.

    A name that fits as written goes before one that fits only by its stems.
    """
    typed = text.strip()
    if not typed:
        return None
    by_id = [group for group in groups if group.id == typed]
    written, said = fold(core_name(typed)), fold(typed)
    exact = [group for group in groups if {written, said} & {fold(name).strip() for name in _all_names(group)}]
    wanted = sorted(_stems(core_name(typed)))
    alike = [group for group in groups if wanted in [sorted(_stems(core_name(name))) for name in _all_names(group)]]
    steering = [group for group in groups if group.kind is GroupKind.STEERING and means_steering(typed)]
    for candidates in (by_id, exact, alike, steering):
        if candidates:
            return candidates[0] if len(candidates) == 1 else None
    return None


def _all_names(group: Group) -> tuple[str, ...]:
    names = (group.name, *group.aliases)
    return (*names, *(core_name(name) for name in names), full_title(group))
