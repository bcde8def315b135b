"""Words in a name that look like a group's abbreviation though nobody has registered it: "KS" in "Zapis_07.KS"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpss_desktop.czech.file_names import split_name
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.group_shapes import registry_of, tokens_of
from kpss_desktop.model import Group

_ABBREVIATION = re.compile(r"[^\W\d_a-záčďéěíňóřšťúůýž]{2,6}|[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]{1,4}a[A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]{1,4}")
# Abbreviations that stand in names and are no group: planning itself, offices, laws, formats, kinds of papers.
_KNOWN = frozenset((
    "ps", "ops", "prs", "rs", "kpss", "kp", "orp", "so", "mas", "mu", "meu", "mmu", "ou", "us", "cr", "eu", "mpsv",
    "zm", "rm", "zo", "ro", "rmc", "zmc", "mc", "hmp", "sprss", "rpss", "gdpr", "pdf", "doc", "zip", "ok", "vii",
    "vi", "iv", "iii", "ii", "viii", "ix", "xi", "xii", "xx", "pl", "prez", "zapis", "zaznam", "usn",
))  # fmt: skip


def unknown_names(name: str, groups: Sequence[Group]) -> tuple[str, ...]:
    """The abbreviations of a file name, or of a title, that no group goes by; in their order, each once."""
    title = split_name(name)[0]
    letters = [title[token.start : token.end] for token in tokens_of(title)]
    if sum(word.isupper() for word in letters if len(word) > 1) > max(2, len(letters) // 2):
        return ()  # written in capitals as a whole
    shapes = registry_of(tuple(groups)).shapes
    found = []
    for token in tokens_of(title):
        word = title[token.start : token.end]
        known = fold(word) in _KNOWN or any(shape.fits([token]) for shape in shapes if len(shape.words) == 1)
        if _ABBREVIATION.fullmatch(word) and not known:
            found.append(word)
    return tuple(dict.fromkeys(found))
