"""Texts by digest, and the queue of files that have none yet."""

from __future__ import annotations

from dataclasses import dataclass

import sqlite_utils

from kpss_desktop.catalogue.documents import in_batches, marks
from kpss_desktop.model import Extract


@dataclass(frozen=True, slots=True)
class Unread:
    """A file whose text nobody has read: where it lies in the archive and its digest."""

    sha256: str
    path: str
    original_name: str


def unread(db: sqlite_utils.Database, limit: int = 500) -> list[Unread]:
    """Files that wait for a reader, newest document first; one for each digest."""
    rows = db.execute(
        "SELECT f.sha256, min(f.path), min(f.original_name) FROM files f JOIN documents d ON d.id = f.document_id "
        "WHERE NOT EXISTS(SELECT 1 FROM texts t WHERE t.sha256 = f.sha256) "
        "GROUP BY f.sha256 ORDER BY max(d.number) DESC LIMIT ?",
        (limit,),
    )
    return [Unread(*row) for row in rows]


def unread_count(db: sqlite_utils.Database) -> int:
    """How many files wait for a reader."""
    sql = "SELECT count(DISTINCT sha256) FROM files f WHERE NOT EXISTS(SELECT 1 FROM texts t WHERE t.sha256 = f.sha256)"
    return int(db.execute(sql).fetchone()[0])


def put_text(db: sqlite_utils.Database, sha256: str, extract: Extract) -> None:
    """Keep what a reader found."""
    db.execute(
        "INSERT OR REPLACE INTO texts(sha256, state, reason, text, mime, title, author, created, pages, machine_read) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            sha256, extract.state, extract.reason, extract.text, extract.mime, extract.title, extract.author,
            extract.created, extract.pages, int(extract.machine_read),
        ),
    )  # fmt: skip


def text_of(db: sqlite_utils.Database, sha256: str) -> str:
    """The text of a file, "" when there is none."""
    row = db.execute("SELECT text FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    return "" if row is None else str(row[0])


def forget_texts(db: sqlite_utils.Database, document_ids: list[str]) -> None:
    """Put the documents' files back into the queue."""
    for batch in in_batches(document_ids):
        db.execute(
            f"DELETE FROM texts WHERE sha256 IN (SELECT sha256 FROM files WHERE document_id IN ({marks(batch)}))", batch
        )
        db.execute(f"INSERT OR IGNORE INTO stale SELECT id FROM documents WHERE id IN ({marks(batch)})", batch)
