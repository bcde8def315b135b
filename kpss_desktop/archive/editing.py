"""What a clerk changes by hand. Every call is one step that can be undone; files and records follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive import grouping, meetings
from kpss_desktop.archive.changes import change
from kpss_desktop.archive.placing import free_path, groups_by_id, shelf_of
from kpss_desktop.catalogue import documents
from kpss_desktop.catalogue import meetings as rows_of_meetings
from kpss_desktop.errors import BadValue, NameTaken, NoSuchDocument, NoSuchGroup
from kpss_desktop.model import Dated, Document, Group, GroupKind, Kind
from kpss_desktop.safe_names import path_key, safe_name

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.catalogue import Database


class Unset(Enum):
    """Says that a field is to be left as it is, where None is a value."""

    UNSET = 0


UNSET = Unset.UNSET


@dataclass(frozen=True, slots=True)
class Edit:
    """New values; None (or UNSET for the date, which may be taken away) leaves a field as it is.

    `add_groups` and `drop_groups` change each document's own groups, after `groups` if that is given too.
    """

    title: str | None = None
    kind: Kind | None = None
    groups: tuple[str, ...] | None = None
    dated: Dated | Unset | None = UNSET
    note: str | None = None
    add_groups: tuple[str, ...] = ()
    drop_groups: tuple[str, ...] = ()


def edit(archive: Archive, ids: Sequence[str], changes: Edit) -> int:
    """Set the same values on all these documents; how many were otherwise before. Raises NoSuchGroup, BadValue."""
    groups = groups_by_id(archive)
    for group in (*(changes.groups or ()), *changes.add_groups):
        if group not in groups:
            raise NoSuchGroup(group)
    if changes.title is not None and not changes.title.strip():
        raise BadValue("title", changes.title)
    loaded = documents.load_documents(archive.catalogue.db, ids)
    found = [(document, after) for document in loaded if (after := _edited(document, changes)) != document]
    with change(archive, "edit", len(found)) as db:
        for document, after in found:
            write_edited(archive, db, document, after, groups)
        meetings.gather(db, groups, [document.id for document, _after in found])
    return len(found)


def write_edited(archive: Archive, db: Database, document: Document, after: Document, groups: dict[str, Group]) -> None:
    """Write what is otherwise in `after`, as part of an open step; its files follow."""
    documents.update_document(db, document.id, _changed_columns(document, after))
    if after.groups != document.groups:
        documents.set_groups(db, document.id, after.groups)
    for name in (name for name in after.tags if name not in document.tags):
        documents.add_tag(db, document.id, name)
    for name in (name for name in document.tags if name not in after.tags):
        documents.remove_tag(db, document.id, name)
    _put_in_place(archive, db, after, groups)


def _edited(document: Document, changes: Edit) -> Document:
    return replace(
        document,
        title=document.title if changes.title is None else " ".join(changes.title.split()),
        kind=document.kind if changes.kind is None else changes.kind,
        groups=_edited_groups(document.groups, changes),
        dated=document.dated if isinstance(changes.dated, Unset) else changes.dated,
        note=document.note if changes.note is None else changes.note,
    )


def _edited_groups(before: tuple[str, ...], changes: Edit) -> tuple[str, ...]:
    given = before if changes.groups is None else changes.groups
    return tuple(group for group in dict.fromkeys((*given, *changes.add_groups)) if group not in changes.drop_groups)


def _changed_columns(before: Document, after: Document) -> dict[str, object]:
    values: dict[str, object] = {}
    if after.title != before.title:
        values["title"] = after.title
    if after.kind != before.kind:
        values["kind"] = after.kind
    if after.note != before.note:
        values["note"] = after.note
    if after.trashed is not before.trashed:
        values["trashed"] = int(after.trashed)
    if after.dated != before.dated:
        values |= documents.date_columns(after.dated)
    return values


def _put_in_place(archive: Archive, db: Database, document: Document, groups: dict[str, Group]) -> None:
    """Let the files follow their document to its folder, and its record to its shelf."""
    shelf = shelf_of(document, groups)
    if shelf == documents.shelf_name(db, document.id):
        return
    documents.update_document(db, document.id, {"shelf": shelf})
    for file in document.files:
        name = PurePosixPath(file.path).name
        path = f"{shelf}/{name}"
        if document.trashed:
            path = archive.store.kept_path(file.id, name)
        elif path_key(path) != path_key(file.path):  # a group that is only spelt otherwise finds its own files there
            path = free_path(archive, shelf, name)
        documents.move_file(db, file.id, path, path_key(path))


def tag(archive: Archive, ids: Sequence[str], name: str) -> int:
    """Give all these documents a tag; raises BadValue for an empty one."""
    clean = " ".join(name.split())
    if not clean:
        raise BadValue("tag", name)
    found = documents.load_documents(archive.catalogue.db, ids)
    with change(archive, "tag", len(found)) as db:
        for document in found:
            documents.add_tag(db, document.id, clean)
    return len(found)


def untag(archive: Archive, ids: Sequence[str], name: str) -> int:
    """Take a tag from all these documents."""
    clean = " ".join(name.split())
    having = [d for d in documents.load_documents(archive.catalogue.db, ids) if clean in d.tags]
    with change(archive, "untag", len(having)) as db:
        for document in having:
            documents.remove_tag(db, document.id, clean)
    return len(having)


def rename(archive: Archive, document_id: str, new_name: str) -> Document:
    """Give the document's first file another name in its folder, keeping its extension when the new name has none.

    Raises NoSuchDocument, NameTaken, BadValue.
    """
    db = archive.catalogue.db
    document = _one(archive, document_id)
    before = PurePosixPath(document.file.path)
    name = safe_name(new_name)
    if not new_name.strip() or "/" in new_name or "\\" in new_name:
        raise BadValue("name", new_name)
    if PurePosixPath(name).suffix.casefold() != before.suffix.casefold():
        name = safe_name(name + before.suffix)
    path = str(before.with_name(name))
    if path == str(before):
        return document
    same = path_key(path) == path_key(str(before))
    if not same and (documents.path_taken(db, path_key(path)) or not archive.store.is_free(path)):
        raise NameTaken(name)
    with change(archive, "rename") as db:
        documents.move_file(db, document.file.id, path, path_key(path))
        documents.update_document(db, document.id, {"title": PurePosixPath(name).stem})
    return _one(archive, document_id)


def trash(archive: Archive, ids: Sequence[str]) -> int:
    """Put documents into the trash; nothing is ever deleted by this."""
    return _set_trashed(archive, ids, "trash", trashed=True)


def restore(archive: Archive, ids: Sequence[str]) -> int:
    """Bring documents back from the trash to their folder."""
    return _set_trashed(archive, ids, "restore", trashed=False)


def _set_trashed(archive: Archive, ids: Sequence[str], label: str, *, trashed: bool) -> int:
    groups = groups_by_id(archive)
    found = [d for d in documents.load_documents(archive.catalogue.db, ids) if d.trashed is not trashed]
    with change(archive, label, len(found)) as db:
        for document in found:
            documents.update_document(db, document.id, {"trashed": int(trashed)})
            _put_in_place(archive, db, replace(document, trashed=trashed), groups)
        meetings.gather(db, groups, [document.id for document in found])
    return len(found)


def add_group(
    archive: Archive,
    name: str,
    kind: GroupKind = GroupKind.WORKING,
    aliases: Iterable[str] = (),
    colour: int | None = None,
) -> Group:
    """Register a group, in the next colour unless one is given; raises NameTaken, BadValue."""
    group = grouping.new_group(name, kind, documents.load_groups(archive.catalogue.db), aliases)
    if colour is not None:
        group = replace(group, colour=colour)
    with change(archive, "groups") as db:
        documents.save_group(db, group)
    return group


def change_group(archive: Archive, group: Group) -> None:
    """Change the group of this id; its documents follow to its folder. Raises NoSuchGroup, NameTaken, BadValue."""
    groups = groups_by_id(archive)
    if group.id not in groups:
        raise NoSuchGroup(group.name)
    others = [other for other in groups.values() if other.id != group.id]
    grouping.new_group(group.name, group.kind, others, group.aliases)
    with change(archive, "groups") as db:
        documents.save_group(db, group)
        changed = groups | {group.id: group}
        for document in documents.load_documents(db, documents.of_group(db, group.id)):
            _put_in_place(archive, db, document, changed)
        rows_of_meetings.bring_home(db, group.id)


def _one(archive: Archive, document_id: str) -> Document:
    found = documents.load_documents(archive.catalogue.db, [document_id])
    if not found:
        raise NoSuchDocument(document_id)
    return found[0]
