"""Where a document lies: Group/Year, and under which name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kpss_desktop import records
from kpss_desktop.catalogue import documents, following
from kpss_desktop.czech.names import folder_name
from kpss_desktop.model import Document, Group, Meeting, PartialDate
from kpss_desktop.safe_names import numbered, path_key, safe_name

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_WORTH_A_LIST = 20  # names for one folder: to read its list is quicker then than to ask for each of them
COMMON = "Společné"  # the folder of documents that belong to no group: plans, rules, the catalogue of services
_FOLDER_LENGTH = 60


def shelf_of(document: Document, groups: Mapping[str, Group]) -> str:
    """The folder, and so the record file, of a document: "Péče/2020", "Péče", "Společné/2021"; "" in the trash."""
    if document.trashed:
        return records.TRASH_SHELF
    home = next((groups[group] for group in document.groups if group in groups), None)
    folder = group_folder(home) if home else COMMON
    return f"{folder}/{document.year}" if document.year else folder


@lru_cache(maxsize=256)
def group_folder(group: Group) -> str:
    """The name of a group's folder."""
    return safe_name(safe_name(folder_name(group))[:_FOLDER_LENGTH])


def group_folders(groups: Iterable[Group]) -> frozenset[str]:
    """The names of all folders that documents lie in."""
    return frozenset({COMMON, *(group_folder(group) for group in groups)})


def free_path(archive: Archive, folder: str, name: str) -> str:
    """A path in the folder that neither a row nor a file on the disk has, whatever the case of its letters."""
    return free_paths(archive, [(folder, name)])[0]


def free_paths(archive: Archive, names: Sequence[tuple[str, str]]) -> list[str]:
    """`free_path` for many folders and names, none of which is given twice."""
    db, store = archive.catalogue.db, archive.store
    wanted = [numbered(f"{folder}/{safe_name(name)}", 1) for folder, name in names]
    taken = documents.paths_taken(db, map(path_key, wanted))
    listed = {folder for folder, amount in Counter(folder for folder, _ in names).items() if amount >= _WORTH_A_LIST}
    taken.update(path_key(path) for folder in listed for path in store.listed(folder))
    free = []
    tried: dict[str, int] = {}  # hundreds of folders may each have a "zápis.doc"
    for (folder, _), path in zip(names, wanted, strict=True):
        number = tried.get(path, 1)
        found = numbered(path, number) if number > 1 else path
        # Only the plain names were asked about together; numbers behind the few that are taken are tried.
        while (key := path_key(found)) in taken or (folder not in listed and not store.is_free(found)):
            number += 1
            found = numbered(path, number)
            if documents.path_taken(db, path_key(found)):
                taken.add(path_key(found))
        taken.add(key)
        tried[path] = number
        free.append(found)
    return free


def groups_by_id(archive: Archive) -> dict[str, Group]:
    """The archive's groups."""
    return {group.id: group for group in documents.load_groups(archive.catalogue.db)}


def shelf_content(archive: Archive, shelf: str) -> records.Shelf:
    """What the record file of a shelf must say now."""
    db = archive.catalogue.db
    meetings = tuple(
        Meeting(i, _day(date), groups, number) for i, date, number, groups in following.meetings_on_shelf(db, shelf)
    )
    there = documents.load_documents(db, following.on_shelf(db, shelf), as_recorded=True)
    return records.Shelf(shelf, there, meetings)


_day = lru_cache(maxsize=4096)(PartialDate.parse)  # a shelf has its days many times
