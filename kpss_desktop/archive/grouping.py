"""Making groups: a readable id that stays when the name changes, and a colour of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpss_desktop.czech.folding import fold
from kpss_desktop.errors import BadValue, NameTaken
from kpss_desktop.model import Group, GroupKind


def new_group(name: str, kind: GroupKind, existing: Iterable[Group], aliases: Iterable[str] = ()) -> Group:
    """A group beside the existing ones; raises NameTaken, or BadValue for an empty name."""
    others = tuple(existing)
    clean = " ".join(name.split())
    if not clean:
        raise BadValue("group", name)
    if any(fold(other.name) == fold(clean) for other in others):
        raise NameTaken(clean)
    slug = re.sub(r"[^a-z0-9]+", "-", fold(clean)).strip("-") or "group"
    taken, number = {other.id for other in others}, 1
    while (free := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return Group(
        free, clean, kind, tuple(dict.fromkeys(alias.strip() for alias in aliases if alias.strip())), len(others)
    )
