"""The prints of texts: a digest of their letters, by which the same text is found again whatever its file is called.

A text that has come has a row without a print until somebody takes it; the triggers of `schema` see to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlite_utils

from kpss_desktop.catalogue.rows import in_batches, marks


def put(db: sqlite_utils.Database, letters: Mapping[str, str]) -> None:
    """Keep the prints of texts, by the digests of their files; "" for a text that says too little."""
    db.conn.executemany(
        "UPDATE prints SET letters = ? WHERE sha256 = ?", [(said, one) for one, said in letters.items()]
    )


def untaken(db: sqlite_utils.Database, limit: int) -> list[tuple[str, str]]:
    """Some texts without a print: the digests of their files, and what they say."""
    sql = "SELECT sha256, text FROM prints JOIN texts USING(sha256) WHERE letters IS NULL LIMIT ?"
    return db.execute(sql, (limit,)).fetchall()


def known(db: sqlite_utils.Database, letters: Iterable[str]) -> set[str]:
    """Those of the prints that some file has."""
    found: set[str] = set()
    for batch in in_batches(letters):
        rows = db.execute(f"SELECT DISTINCT letters FROM prints WHERE letters IN ({marks(batch)})", batch)
        found |= {one for (one,) in rows}
    return found


def documents_with(db: sqlite_utils.Database, letters: str, limit: int) -> list[str]:
    """The ids of documents outside the trash of which a file has this print, any so many of them."""
    rows = db.execute(
        "SELECT DISTINCT d.id FROM prints JOIN files USING(sha256) JOIN documents d ON d.id = document_id "
        "WHERE letters = ? AND trashed = 0 LIMIT ?",
        (letters, limit),
    )
    return [document_id for (document_id,) in rows]
