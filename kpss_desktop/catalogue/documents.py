"""Groups, documents, files: rows to frozen records and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlite_utils

from kpss_desktop.catalogue.rows import in_batches, insert_rows, marks
from kpss_desktop.model import (
    Certainty,
    Dated,
    Document,
    Group,
    GroupKind,
    Kind,
    PartialDate,
    Reason,
    Source,
    StoredFile,
    TextState,
)


def load_groups(db: sqlite_utils.Database) -> tuple[Group, ...]:
    """All groups in the clerk's order."""
    aliases = defaultdict(list)
    for group_id, alias in db.execute("SELECT group_id, alias FROM aliases ORDER BY alias"):
        aliases[group_id].append(alias)
    rows = db.execute("SELECT id, name, kind, colour FROM groups ORDER BY position, id").fetchall()
    return tuple(Group(i, name, GroupKind(kind), tuple(aliases[i]), colour) for i, name, kind, colour in rows)


def save_group(db: sqlite_utils.Database, group: Group) -> None:
    """Add a group at the end, or change the one with its id."""
    values = {"name": group.name, "kind": group.kind, "colour": group.colour}
    known = {alias for (alias,) in db.execute("SELECT alias FROM aliases WHERE group_id = ?", (group.id,))}
    if db.execute("SELECT 1 FROM groups WHERE id = ?", (group.id,)).fetchone():
        db.execute(
            "UPDATE groups SET name = :name, kind = :kind, colour = :colour WHERE id = :id", {**values, "id": group.id}
        )
    else:
        position = db.execute("SELECT coalesce(max(position), 0) + 1 FROM groups").fetchone()[0]
        db.execute(
            "INSERT INTO groups(id, name, kind, colour, position) VALUES(:id, :name, :kind, :colour, :position)",
            {**values, "id": group.id, "position": position},
        )
    for alias in known - set(group.aliases):
        db.execute("DELETE FROM aliases WHERE group_id = ? AND alias = ?", (group.id, alias))
    for alias in set(group.aliases) - known:
        db.execute("INSERT INTO aliases VALUES(?, ?)", (group.id, alias))


def delete_group(db: sqlite_utils.Database, group_id: str) -> None:
    """Remove a group that no document belongs to."""
    db.execute("DELETE FROM aliases WHERE group_id = ?", (group_id,))
    db.execute("DELETE FROM groups WHERE id = ?", (group_id,))


def is_used(db: sqlite_utils.Database, group_id: str) -> bool:
    """Whether a document belongs to the group."""
    return db.execute("SELECT 1 FROM document_groups WHERE group_id = ? LIMIT 1", (group_id,)).fetchone() is not None


def load_documents(db: sqlite_utils.Database, ids: Iterable[str], *, as_recorded: bool = False) -> tuple[Document, ...]:
    """The documents of these ids, in their order; ids that are no document's are left out.

    As they are recorded, nobody is asked what became of their texts.
    """
    wanted = list(ids)
    found: dict[str, Document] = {}
    for batch in in_batches(wanted):
        found |= {document.id: document for document in _load(db, batch, _RECORDED if as_recorded else _READ)}
    return tuple(found[i] for i in wanted if i in found)


_READ = "t.state, t.reason FROM files f LEFT JOIN texts t USING(sha256)"
_RECORDED = "NULL, NULL FROM files f"


def _load(db: sqlite_utils.Database, ids: list[str], texts: str) -> Iterator[Document]:
    inside = f"IN ({marks(ids)})"
    groups = _gather(
        db, f"SELECT document_id, group_id FROM document_groups WHERE document_id {inside} ORDER BY position", ids
    )
    tags = _gather(
        db, f"SELECT document_id, tag FROM document_tags WHERE document_id {inside} ORDER BY tag COLLATE czech", ids
    )
    files: dict[str, list[StoredFile]] = defaultdict(list)
    for row in db.execute(
        "SELECT f.document_id, f.id, f.path, f.size, f.sha256, f.mime, f.original_name, f.original_raw, f.source, "
        f"{texts} WHERE f.document_id {inside} ORDER BY f.position, f.id",
        ids,
    ):
        files[row[0]].append(_file(row[1:]))
    rows = db.execute(
        "SELECT id, rev, title, kind, date, date_source, date_certainty, note, added, trashed, meeting_id "
        f"FROM documents WHERE id {inside}",
        ids,
    )
    for i, rev, title, kind, date, source, certainty, note, added, trashed, meeting in rows.fetchall():
        dated = _dated(date, source, certainty) if date else None
        yield Document(
            i, title, Kind(kind), tuple(files[i]), tuple(groups[i]), dated, tuple(tags[i]), note, added, rev,
            bool(trashed), meeting,
        )  # fmt: skip


@lru_cache(maxsize=4096)  # days of a few years; reading one takes longer than the rest of a row
def _dated(date: str, source: str, certainty: str) -> Dated:
    return Dated(PartialDate.parse(date), Source(source), Certainty(certainty))


def _gather(db: sqlite_utils.Database, sql: str, ids: list[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for document_id, value in db.execute(sql, ids):
        found[document_id].append(value)
    return found


def _file(row: tuple[Any, ...]) -> StoredFile:
    i, path, size, sha256, mime, name, raw, source, state, reason = row
    return StoredFile(
        i, path, size, sha256, mime, name, None if raw is None else bytes.fromhex(raw), source,
        TextState(state) if state else TextState.PENDING, Reason(reason or ""),
    )  # fmt: skip


def insert_document(db: sqlite_utils.Database, document: Document, shelf: str, path_keys: Sequence[str]) -> None:
    """Add a document with its files, groups and tags; `path_keys` are the files' case-folded paths."""
    insert_documents(db, [(document, shelf, path_keys)])


def insert_documents(db: sqlite_utils.Database, placed: Sequence[tuple[Document, str, Sequence[str]]]) -> None:
    """`insert_document` for many: each with its shelf and the case-folded paths of its files."""
    documents = [document for document, _, _ in placed]
    insert_rows(
        db,
        "INSERT INTO documents(id, rev, title, kind, note, added, trashed, meeting_id, shelf, "
        "date, year, date_source, date_certainty)",
        [
            (
                one.id, one.rev, one.title, one.kind, one.note, one.added, int(one.trashed), one.meeting, shelf,
                *date_columns(one.dated).values(),
            )
            for one, shelf, _ in placed
        ],
    )  # fmt: skip
    files = [
        (one.id, position, file, key)
        for one, _, keys in placed
        for position, (file, key) in enumerate(zip(one.files, keys, strict=True))
    ]
    insert_rows(db, "INSERT INTO files", [_file_row(*file) for file in files])
    groups = [(one.id, group, place) for one in documents for place, group in enumerate(dict.fromkeys(one.groups))]
    insert_rows(db, "INSERT INTO document_groups", groups)
    insert_rows(db, "INSERT OR IGNORE INTO document_tags", [(one.id, tag) for one in documents for tag in one.tags])


def _file_row(document_id: str, position: int, file: StoredFile, key: str) -> tuple[object, ...]:
    return (
        file.id, document_id, position, file.path, key, file.size, file.sha256, file.mime, file.original_name,
        None if file.original_raw is None else file.original_raw.hex(), file.source,
    )  # fmt: skip


def add_files(db: sqlite_utils.Database, added: Sequence[tuple[str, StoredFile, str]]) -> None:
    """Add files, each with its document's id and its case-folded path, after those that the documents have."""
    last: dict[str, int] = {}
    for batch in in_batches({document_id for document_id, _, _ in added}):
        sql = f"SELECT document_id, max(position) FROM files WHERE document_id IN ({marks(batch)}) GROUP BY document_id"
        last |= dict(db.execute(sql, batch).fetchall())
    rows = []
    for document_id, file, key in added:
        last[document_id] = last.get(document_id, -1) + 1
        rows.append(_file_row(document_id, last[document_id], file, key))
    insert_rows(db, "INSERT INTO files", rows)


def add_first_file(db: sqlite_utils.Database, document_id: str, file: StoredFile, key: str) -> None:
    """Add a file to a document as the one that is shown."""
    db.execute("UPDATE files SET position = position + 1 WHERE document_id = ?", (document_id,))
    insert_rows(db, "INSERT INTO files", [_file_row(document_id, 0, file, key)])


def days_and_titles(db: sqlite_utils.Database) -> list[tuple[str, str | None, str]]:
    """Id, date and title of every document that is not in the trash."""
    return db.execute("SELECT id, date, title FROM documents WHERE trashed = 0 ORDER BY number").fetchall()


def date_columns(dated: Dated | None) -> dict[str, str | int | None]:
    """A date as the columns of `documents`."""
    if dated is None:
        return dict.fromkeys(("date", "year", "date_source", "date_certainty"))
    return {
        "date": str(dated.date),
        "year": dated.date.year,
        "date_source": dated.source,
        "date_certainty": dated.certainty,
    }


def update_document(db: sqlite_utils.Database, document_id: str, values: Mapping[str, object]) -> None:
    """Set columns of a document."""
    if values:
        columns = ", ".join(f"{column} = :{column}" for column in values)
        db.execute(f"UPDATE documents SET {columns} WHERE id = :id", {**values, "id": document_id})


def set_groups(db: sqlite_utils.Database, document_id: str, groups: Sequence[str]) -> None:
    """Make these the document's groups, in this order, and touch no row that is right already."""
    now = dict(
        db.execute("SELECT group_id, position FROM document_groups WHERE document_id = ?", (document_id,)).fetchall()
    )
    wanted = {group: position for position, group in enumerate(dict.fromkeys(groups))}
    for group in now.keys() - wanted.keys():
        db.execute("DELETE FROM document_groups WHERE document_id = ? AND group_id = ?", (document_id, group))
    for group, position in wanted.items():
        if group not in now:
            db.execute("INSERT INTO document_groups VALUES(?, ?, ?)", (document_id, group, position))
        elif now[group] != position:
            db.execute(
                "UPDATE document_groups SET position = ? WHERE document_id = ? AND group_id = ?",
                (position, document_id, group),
            )


def move_file(db: sqlite_utils.Database, file_id: str, path: str, key: str) -> None:
    """Give a file another path; a trigger leaves the intent to move it."""
    db.execute("UPDATE files SET path = ?, path_key = ? WHERE id = ?", (path, key, file_id))


def delete_document(db: sqlite_utils.Database, document_id: str) -> None:
    """Remove a document and all its rows; triggers leave the intents to put its files away."""
    for table in ("document_tags", "document_groups", "files"):
        db.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    db.execute("DELETE FROM documents WHERE id = ?", (document_id,))


def paths_taken(db: sqlite_utils.Database, keys: Iterable[str]) -> set[str]:
    """Those of the case-folded paths that a file has."""
    taken: set[str] = set()
    for batch in in_batches(keys):
        taken |= {key for (key,) in db.execute(f"SELECT path_key FROM files WHERE path_key IN ({marks(batch)})", batch)}
    return taken


def path_taken(db: sqlite_utils.Database, key: str) -> bool:
    """Whether a file has this case-folded path."""
    return db.execute("SELECT 1 FROM files WHERE path_key = ?", (key,)).fetchone() is not None


def file_known(db: sqlite_utils.Database, file_id: str) -> bool:
    """Whether a file has this id."""
    return db.execute("SELECT 1 FROM files WHERE id = ?", (file_id,)).fetchone() is not None


def by_digest(db: sqlite_utils.Database, digests: Iterable[str]) -> dict[str, str]:
    """Digest to the id of the document that has such a file; one that is not in the trash first."""
    found: dict[str, str] = {}
    for batch in in_batches(digests):
        rows = db.execute(
            "SELECT f.sha256, d.id FROM files f JOIN documents d ON d.id = f.document_id "
            f"WHERE f.sha256 IN ({marks(batch)}) ORDER BY d.trashed DESC",
            batch,
        )
        found |= dict(rows.fetchall())
    return found


def by_path(db: sqlite_utils.Database, key: str) -> str | None:
    """The id of the document that has a file at this case-folded path."""
    row = db.execute("SELECT document_id FROM files WHERE path_key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def all_files(db: sqlite_utils.Database) -> Iterator[tuple[str, str, str, int]]:
    """Document id, path, digest and size of every file, the trash's too, by path."""
    yield from db.execute("SELECT document_id, path, sha256, size FROM files ORDER BY path").fetchall()


def all_ids(db: sqlite_utils.Database) -> list[str]:
    """The ids of all documents, the trash's too."""
    return [i for (i,) in db.execute("SELECT id FROM documents ORDER BY id")]


def tag_names(db: sqlite_utils.Database) -> tuple[str, ...]:
    """All tags that a document has, in Czech order."""
    rows = db.execute("SELECT DISTINCT tag FROM document_tags ORDER BY tag COLLATE czech")
    return tuple(tag for (tag,) in rows)


def add_tag(db: sqlite_utils.Database, document_id: str, tag: str) -> None:
    """Give a document a tag; one that it has already changes nothing."""
    db.execute("INSERT OR IGNORE INTO document_tags VALUES(?, ?)", (document_id, tag))


def remove_tag(db: sqlite_utils.Database, document_id: str, tag: str) -> None:
    """Take a tag from a document."""
    db.execute("DELETE FROM document_tags WHERE document_id = ? AND tag = ?", (document_id, tag))


def shelf_name(db: sqlite_utils.Database, document_id: str) -> str:
    """The shelf that holds a document's record."""
    return str(db.execute("SELECT shelf FROM documents WHERE id = ?", (document_id,)).fetchone()[0])


def of_group(db: sqlite_utils.Database, group_id: str) -> list[str]:
    """The ids of a group's documents, the trash's too."""
    return [i for (i,) in db.execute("SELECT document_id FROM document_groups WHERE group_id = ?", (group_id,))]
