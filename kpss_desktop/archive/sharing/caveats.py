"""What a clerk should know of the place in which her archive lies, and what of that she has been told.

Told once on each computer; nothing in the program works otherwise because of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kpss_desktop.archive.sharing.abilities import Abilities, abilities

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_FACT = "place.told"


class Caveat(StrEnum):
    """What is not as it should be; the order is that of telling."""

    SYNCED = "synced"  # a sync program moves files behind our back
    UNSAFE = "unsafe"  # the disk cannot rename, replace or refuse to overwrite
    SHORT_NAMES = "short_names"  # it takes no long names
    REMOTE = "remote"  # it is on another computer


@dataclass(frozen=True, slots=True)
class Place:
    """The disk of an archive; `abilities` is None when it could not be tried, as by a reader."""

    abilities: Abilities | None
    caveats: tuple[Caveat, ...]
    untold: tuple[Caveat, ...]


def look(archive: Archive) -> Place:
    """What is known of the place; raises OSError when the disk takes nothing."""
    found = abilities(archive)
    there = caveats(found) if found else ()
    told = (archive.catalogue.fact(_FACT) or "").split()
    return Place(found, there, tuple(one for one in there if one not in told))


def caveats(found: Abilities) -> tuple[Caveat, ...]:
    """What of the abilities a clerk should know."""
    holds = {
        Caveat.SYNCED: bool(found.synced_by),
        Caveat.UNSAFE: not (found.rename and found.replace and found.never_overwrites),
        Caveat.SHORT_NAMES: not found.long_names,
        Caveat.REMOTE: found.remote and not found.synced_by,
    }
    return tuple(one for one, is_so in holds.items() if is_so)


def tell(archive: Archive, caveat: Caveat) -> None:
    """Remember that the clerk has read it."""
    told = (archive.catalogue.fact(_FACT) or "").split()
    archive.catalogue.remember(_FACT, " ".join(dict.fromkeys((*told, caveat.value))))
