"""The readable truth beside the files: `archive.json` and one line a document in `records/*.jsonl`.

What is read here may have been edited by hand, by a sync program or by a stranger, so every value is checked; a line
that cannot be understood is reported, never dropped in silence. Format version 1.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from kpss_desktop.errors import DamagedRecord, NewerArchive, NotAnArchive, UnsafePath
from kpss_desktop.lasting import safe_write
from kpss_desktop.model import (
    Certainty,
    Dated,
    Document,
    Group,
    GroupKind,
    Kind,
    Meeting,
    PartialDate,
    SavedSearch,
    Source,
    StoredFile,
)
from kpss_desktop.record_values import SENSELESS, identity, searches, synonyms, text, texts, whole
from kpss_desktop.store import STAGING, SYSTEM, TRASH, Store

FORMAT = 1
TRASH_SHELF = ""
_MAX_FILE = 256 * 1024 * 1024  # bytes; 100,000 documents on one shelf stay far below
_FACTS = frozenset({"format", "id", "created", "groups", "searches", "synonyms"})  # what archive.json says by itself
_line = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` would make an encoder for each
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """What `archive.json` says: who the archive is, which groups it has, what its clerk taught the search.

    `synonyms` are families of phrases that mean the same, None when the file does not speak of them. `more` is what a
    later program of the same format wrote beside, kept as it is.
    """

    id: str
    groups: tuple[Group, ...] = ()
    created: str = ""
    format: int = FORMAT
    searches: tuple[SavedSearch, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One record file: the documents and meetings of a folder. `bad_lines` count from 1."""

    name: str
    documents: tuple[Document, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    bad_lines: tuple[int, ...] = ()
    digest: str = field(default="", compare=False)


def facts_path(folder: Path) -> Path:
    """Where `archive.json` lies."""
    return folder / SYSTEM / "archive.json"


def shelf_path(folder: Path, shelf: str) -> Path:
    """Where the record file of a shelf lies ("Péče/2020", or "" for the trash)."""
    if shelf == TRASH_SHELF:
        return folder / SYSTEM / "trash.jsonl"
    return Store(folder).inside(f"{SYSTEM}/records/{shelf}.jsonl")


def write_facts(folder: Path, facts: ArchiveFacts) -> None:
    """Write `archive.json` whole or not at all."""
    data: dict[str, Any] = {
        "format": facts.format,
        "id": facts.id,
        "created": facts.created,
        "groups": [
            {"id": g.id, "name": g.name, "kind": g.kind, "aliases": list(g.aliases), "colour": g.colour}
            for g in facts.groups
        ],
        "searches": [{"name": one.name, "query": one.query} for one in facts.searches],
    }
    if facts.synonyms is not None:
        data["synonyms"] = [list(family) for family in facts.synonyms]
    data |= {name: value for name, value in facts.more.items() if name not in _FACTS}
    content = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    safe_write(facts_path(folder), content.encode(), folder / STAGING)


def read_facts(folder: Path) -> ArchiveFacts:
    """Read `archive.json`; raises NotAnArchive, NewerArchive, or OSError when it cannot be read at all."""
    return read_facts_file(folder, facts_path(folder))


def read_facts_file(folder: Path, path: Path) -> ArchiveFacts:
    """Read an `archive.json` that may lie elsewhere; raises what `read_facts` raises."""
    try:
        data = json.loads(_limited(path))
        version = data["format"]
        if type(version) is not int or version < 1:
            raise NotAnArchive(folder)
        if version > FORMAT:
            raise NewerArchive(folder, version)
        groups = tuple(_group(entry) for entry in data["groups"])
        return ArchiveFacts(
            identity(data),
            groups,
            text(data, "created", ""),
            version,
            searches(data),
            synonyms(data),
            {name: value for name, value in data.items() if name not in _FACTS},
        )
    except (FileNotFoundError, NotADirectoryError, *SENSELESS):
        raise NotAnArchive(folder) from None


def with_content(
    facts: ArchiveFacts,
    groups: tuple[Group, ...],
    saved: tuple[SavedSearch, ...],
    families: tuple[tuple[str, ...], ...],
) -> ArchiveFacts:
    """The same archive with these groups, saved searches and synonyms."""
    return replace(facts, groups=groups, searches=saved, synonyms=families)


def facts_digest(folder: Path) -> str:
    """The digest of `archive.json` as it lies there now."""
    return hashlib.sha256(_limited(facts_path(folder))).hexdigest()


def write_shelf(folder: Path, shelf: Shelf) -> str:
    """Write the record file of a shelf, or remove it when nothing is left on it; its digest."""
    path, data = shelf_path(folder, shelf.name), _shelf_data(shelf)
    if data:
        safe_write(path, data, folder / STAGING)
    else:
        path.unlink(missing_ok=True)
        Store(folder).prune(path.parent)
        Store(folder).sync([path.parent.relative_to(folder).as_posix()])
    return _digest(data)


def write_version(path: Path, document: Document) -> None:
    """Write the record of one document into a file of its own; raises OSError."""
    safe_write(path, _shelf_data(Shelf(path.stem, (document,))))


def digest_of(shelf: Shelf) -> str:
    """The digest of the record file that `write_shelf` would write; "" when there would be none."""
    return _digest(_shelf_data(shelf))


def _shelf_data(shelf: Shelf) -> bytes:
    lines = [_line(_meeting_line(meeting)) for meeting in shelf.meetings]
    lines += [_line(_document_line(document)) for document in shelf.documents]
    return "".join(line + "\n" for line in lines).encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() if data else ""


def shelf_names(folder: Path) -> Iterator[str]:
    """The shelves that have a record file; the trash first."""
    if shelf_path(folder, TRASH_SHELF).exists():
        yield TRASH_SHELF
    root = folder / SYSTEM / "records"
    for path in sorted(root.rglob("*.jsonl")):
        if path.is_file():
            yield path.relative_to(root).with_suffix("").as_posix()


def read_shelf(folder: Path, name: str) -> Shelf:
    """Read one record file; a missing one is an empty shelf. Lines that make no sense are named in `bad_lines`."""
    try:
        return read_record_file(folder, shelf_path(folder, name), name)
    except FileNotFoundError:
        return Shelf(name)


def read_record_file(folder: Path, path: Path, name: str) -> Shelf:
    """Read the record file at a path as that of the shelf `name`; raises FileNotFoundError."""
    data = _limited(path)
    documents, meetings, bad = [], [], []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            if entry["type"] == "meeting":
                meetings.append(_meeting(entry))
            elif entry["type"] == "document":
                documents.append(_document(folder, entry))
            else:
                bad.append(number)
        except SENSELESS:
            bad.append(number)
    return Shelf(name, tuple(documents), tuple(meetings), tuple(bad), hashlib.sha256(data).hexdigest())


def shelf_digest(folder: Path, name: str) -> str:
    """The digest of a record file as it lies there now; "" when there is none."""
    try:
        return hashlib.sha256(_limited(shelf_path(folder, name))).hexdigest()
    except FileNotFoundError:
        return ""


def _limited(path: Path) -> bytes:
    with path.open("rb") as handle:
        data = handle.read(_MAX_FILE + 1)
    if len(data) > _MAX_FILE:
        raise DamagedRecord(path, 0)
    return data


def _group(entry: Mapping[str, Any]) -> Group:
    return Group(
        text(entry, "id"),
        text(entry, "name"),
        GroupKind(entry["kind"]),
        texts(entry, "aliases"),
        whole(entry, "colour"),
    )


def _meeting_line(meeting: Meeting) -> dict[str, Any]:
    return {
        "type": "meeting",
        "id": meeting.id,
        "date": str(meeting.date),
        "groups": list(meeting.groups),
        "number": meeting.number,
    }


def _meeting(entry: Mapping[str, Any]) -> Meeting:
    number = None if entry.get("number") is None else whole(entry, "number")
    return Meeting(identity(entry), PartialDate.parse(text(entry, "date")), texts(entry, "groups"), number)


def _document_line(document: Document) -> dict[str, Any]:
    line: dict[str, Any] = {
        "type": "document",
        "id": document.id,
        "rev": document.rev,
        "title": document.title,
        "kind": document.kind,
    }
    if document.dated:
        line["date"] = str(document.dated.date)
        line["date_source"] = document.dated.source
        line["date_certainty"] = document.dated.certainty
    line |= {"groups": list(document.groups), "tags": list(document.tags), "note": document.note}
    line |= {"added": document.added, "meeting": document.meeting, "trashed": document.trashed}
    line["files"] = [_file_line(file) for file in document.files]
    return line


def _file_line(file: StoredFile) -> dict[str, Any]:
    line: dict[str, Any] = {"id": file.id, "path": file.path, "size": file.size, "sha256": file.sha256}
    line |= {"mime": file.mime, "original_name": file.original_name, "source": file.source}
    if file.original_raw is not None:
        line["original_raw"] = file.original_raw.hex()
    return line


def _document(folder: Path, entry: Mapping[str, Any]) -> Document:
    dated = None
    if entry.get("date"):
        dated = Dated(
            PartialDate.parse(text(entry, "date")),
            Source(entry.get("date_source", Source.CLERK)),
            Certainty(entry.get("date_certainty", Certainty.SURE)),
        )
    files = tuple(_file(folder, line) for line in entry["files"])
    trashed = entry.get("trashed", False)
    if not files or not isinstance(trashed, bool):
        raise ValueError("files")
    return Document(
        id=identity(entry),
        rev=whole(entry, "rev"),
        title=text(entry, "title"),
        kind=Kind(entry["kind"]),
        files=files,
        groups=texts(entry, "groups"),
        dated=dated,
        tags=texts(entry, "tags"),
        note=text(entry, "note", ""),
        added=text(entry, "added", ""),
        trashed=trashed,
        meeting=None if entry.get("meeting") is None else text(entry, "meeting"),
    )


def _file(folder: Path, entry: Mapping[str, Any]) -> StoredFile:
    sha256 = text(entry, "sha256")
    if not _DIGEST.fullmatch(sha256):
        raise ValueError("sha256")
    raw = entry.get("original_raw")
    return StoredFile(
        id=identity(entry),
        path=_place(folder, text(entry, "path")),
        size=whole(entry, "size"),
        sha256=sha256,
        mime=text(entry, "mime", ""),
        original_name=text(entry, "original_name"),
        original_raw=None if raw is None else bytes.fromhex(raw),
        source=text(entry, "source", ""),
    )


def _place(folder: Path, path: str) -> str:
    """A path that a document's file may have: in the open, or on the trash's shelf, never one of our own files."""
    Store(folder).inside(path)
    pure = PurePosixPath(path)
    in_trash = pure.parent.parent == PurePosixPath(TRASH)
    if pure.parts[0].casefold() == SYSTEM and not in_trash:
        raise UnsafePath(path)
    return path
