"""What the full-text index should hold of a document, and what it was given: both are told by the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from posixpath import basename, splitext

import sqlite_utils

from kpss_desktop.catalogue.scope import TRASH, first_row, meta_tokens
from kpss_desktop.catalogue.words import words

_TEXT_OF_BATCH = 4_000_000  # characters; a batch ends there, so that no writing lasts long

# A row for each file, of documents in the order they are asked for; a document that is gone has one of nothing.
_DOCUMENTS = """
SELECT asked.value, f.position, f.id, f.sha256, coalesce(x.state, 'pending'), coalesce(x.text, ''), f.path,
  f.original_name, d.title, d.kind, d.date, d.year, d.date_certainty, d.trashed, d.note
FROM json_each(?) AS asked LEFT JOIN documents d ON d.id = asked.value
LEFT JOIN files f ON f.document_id = d.id LEFT JOIN texts x ON x.sha256 = f.sha256
"""
_FILE, _DOCUMENT = slice(3, 8), slice(8, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as the index holds it, or should."""

    place: int  # the first number of its day
    document_id: str
    title: str
    meta: str
    pieces: str
    beside: tuple[str, ...]  # its note, and names of its files that the title does not say
    texts: tuple[str, ...]
    number: int = 0  # the row's; 0 until it has one


def mark(text: str) -> str:
    """A short digest of a text, by which the index remembers what it was given."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def indexed_entries(db: sqlite_utils.Database, ids: Sequence[str]) -> dict[str, Entry] | None:
    """The entries as they were given to the index; None when a text that was indexed is nowhere to be found."""
    sql = (
        "SELECT place, document_id, title, meta, pieces, beside, number FROM indexed "
        "WHERE document_id IN (SELECT value FROM json_each(?))"
    )
    entries = {}
    for place, document_id, title, meta, pieces, beside, number in db.execute(sql, (json.dumps(ids),)).fetchall():
        texts = []
        for piece in pieces.split():
            digest, marked = piece.split(":")
            text = next((text for text in _versions(db, digest) if mark(text) == marked), None)
            if text is None:
                return None
            texts.append(text)
        entries[document_id] = Entry(
            place, document_id, title, meta, pieces, tuple(json.loads(beside)), tuple(texts), number
        )
    return entries


def _versions(db: sqlite_utils.Database, digest: str) -> Iterator[str]:
    for table in ("texts", "former_texts"):
        for (text,) in db.execute(f"SELECT text FROM {table} WHERE sha256 = ?", (digest,)):
            yield text


def current_entries(db: sqlite_utils.Database, ids: Sequence[str]) -> dict[str, Entry | None]:
    """The entries as they should be, None for a document that is gone; fewer than asked when the texts are long."""
    asked = json.dumps(ids)
    groups, tags = _belonging(db, "document_groups", "group_id", asked), _belonging(db, "document_tags", "tag", asked)
    entries: dict[str, Entry | None] = {}
    size = 0
    rows = db.execute(_DOCUMENTS, (asked,))
    for document_id, of_document in groupby(rows, key=itemgetter(0)):
        files = sorted(of_document, key=itemgetter(1, 2))
        title, kind, date, year, certainty, trashed, note = files[0][_DOCUMENT]
        if title is None:
            entries[document_id] = None
            continue
        of_files = [file[_FILE] for file in files if file[2] is not None]
        texts = {digest: text for digest, _, text, _, _ in of_files if text}
        states = [state for _, state, _, _, _ in of_files]
        entries[document_id] = Entry(
            place=first_row(date) + (TRASH if trashed else 0),
            document_id=document_id,
            title=title,
            meta=meta_tokens(
                groups.get(document_id, []), kind, tags.get(document_id, []), states, year, date, certainty
            ),
            pieces=" ".join(f"{digest}:{mark(text)}" for digest, text in texts.items()),
            beside=_beside(title, note, [path for file in of_files for path in file[3:]]),
            texts=tuple(texts.values()),
        )
        size += sum(map(len, texts.values()))
        if size > _TEXT_OF_BATCH:
            break
    rows.close()
    return entries


def _belonging(db: sqlite_utils.Database, table: str, column: str, asked: str) -> Mapping[str, list[str]]:
    sql = f"SELECT document_id, {column} FROM {table} WHERE document_id IN (SELECT value FROM json_each(?))"
    found: dict[str, list[str]] = {}
    for document_id, value in db.execute(sql, (asked,)):
        found.setdefault(document_id, []).append(value)
    return found


def _beside(title: str, note: str, paths: Sequence[str]) -> tuple[str, ...]:
    """What else a document can be found by. Most files are called as their document is, and add nothing."""
    names = dict.fromkeys(splitext(basename(path))[0] for path in paths)
    told = words(title)
    others = (name for name in names if name != title and words(name) != told)
    return tuple(part for part in (note, *others) if part and words(part))
