"""Saved searches and synonyms: what the clerk teaches the search. They stand in archive.json, and undo knows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpss_desktop.archive.changes import change
from kpss_desktop.catalogue import saved
from kpss_desktop.catalogue import synonyms as families
from kpss_desktop.catalogue.query import Filter, parse
from kpss_desktop.czech.folding import fold
from kpss_desktop.errors import BadValue, NameTaken, NoSuchSearch
from kpss_desktop.model import SavedSearch

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


def searches(archive: Archive) -> tuple[SavedSearch, ...]:
    """All saved searches in Czech order."""
    return saved.load_searches(archive.catalogue.db)


def save_search(archive: Archive, name: str, text: str) -> SavedSearch:
    """Keep what is typed under a name, in place of a search of the same name; raises BadValue when either is empty."""
    query = parse(text)
    made = SavedSearch(_clean(name), str(query))
    if not made.query:
        raise BadValue("search", text)
    with change(archive, "searches") as db:
        for old in searches(archive):
            if fold(old.name) == fold(made.name):
                saved.delete_search(db, old.name)
        saved.put_search(db, made)
    return made


def rename_search(archive: Archive, name: str, new: str) -> None:
    """Give a saved search another name; raises NoSuchSearch, NameTaken, BadValue."""
    old, clean = _known(archive, name), _clean(new)
    if any(fold(one.name) == fold(clean) for one in searches(archive) if one != old):
        raise NameTaken(clean)
    with change(archive, "searches") as db:
        saved.rename_search(db, old.name, clean)


def delete_search(archive: Archive, name: str) -> None:
    """Forget a saved search; raises NoSuchSearch."""
    old = _known(archive, name)
    with change(archive, "searches") as db:
        saved.delete_search(db, old.name)


def as_filter(name: str) -> str:
    """What is typed to look for what a saved search looks for."""
    return str(Filter("saved", (name,)))


def is_saved(text: str) -> bool:
    """Whether a text asks for a saved search."""
    return any(one.name == "saved" for one in parse(text).filters)


def synonyms(archive: Archive) -> families.Families:
    """Families of words and phrases that stand for each other in a search."""
    return families.load_synonyms(archive.catalogue.db)


def set_synonyms(archive: Archive, wanted: Sequence[Sequence[str]]) -> None:
    """Make these the families; phrases without a word, and families of one, are left out."""
    with change(archive, "synonyms") as db:
        families.save_synonyms(db, wanted)


def _known(archive: Archive, name: str) -> SavedSearch:
    found = next((one for one in searches(archive) if fold(one.name) == fold(name)), None)
    if found is None:
        raise NoSuchSearch(name)
    return found


def _clean(name: str) -> str:
    clean = " ".join(name.replace('"', " ").split())
    if not clean:
        raise BadValue("search", name)
    return clean
