"""Whether the full text is what the documents and texts say it should be."""

from __future__ import annotations

import sqlite3

import sqlite_utils

from kpss_desktop.catalogue.index_entries import mark
from kpss_desktop.catalogue.index_rows import INDEX_NAMES
from kpss_desktop.errors import DamagedCatalogue


def is_index_right(db: sqlite_utils.Database) -> bool:
    """Whether the index is whole and holds each document with its texts, but for those that wait to be taken up."""
    return _is_whole(db) and _holds_all(db) and _holds_the_texts(db)


def _is_whole(db: sqlite_utils.Database) -> bool:
    """FTS5's own check of its structure; https://www.sqlite.org/fts5.html#the_integrity_check_command."""
    try:
        for table in INDEX_NAMES:
            db.execute(f"INSERT INTO {table}({table}) VALUES('integrity-check')")
    except (sqlite3.DatabaseError, DamagedCatalogue):
        return False
    return True


def _holds_all(db: sqlite_utils.Database) -> bool:
    sql = (
        "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM stale) "
        "EXCEPT SELECT document_id FROM indexed "
        "UNION ALL SELECT document_id FROM indexed WHERE document_id NOT IN (SELECT document_id FROM stale) "
        "AND document_id NOT IN (SELECT id FROM documents) "
        "UNION ALL SELECT number FROM indexed WHERE number NOT IN (SELECT id FROM fulltext_docsize) LIMIT 1"
    )
    same = "SELECT (SELECT count(*) FROM fulltext_docsize) = (SELECT count(*) FROM indexed)"
    return db.execute(sql).fetchone() is None and bool(db.execute(same).fetchone()[0])


def _holds_the_texts(db: sqlite_utils.Database) -> bool:
    texts: dict[str, str] = {}
    for sha256, text in db.execute("SELECT sha256, text FROM texts WHERE text <> ''"):
        texts[sha256] = f"{sha256}:{mark(text)}"
    rows = db.execute(
        "SELECT i.document_id, i.title, d.title, i.pieces FROM indexed i JOIN documents d ON d.id = i.document_id "
        "WHERE d.id NOT IN (SELECT document_id FROM stale)"
    ).fetchall()
    files: dict[str, dict[str, None]] = {}
    for document_id, sha256 in db.execute("SELECT document_id, sha256 FROM files ORDER BY position, id"):
        if sha256 in texts:
            files.setdefault(document_id, {})[texts[sha256]] = None
    return all(title == now and pieces.split() == list(files.get(i, ())) for i, title, now, pieces in rows)
