"""Texts by digest, and the queue of files that have none yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlite_utils

from kpss_desktop.catalogue.rows import in_batches, marks
from kpss_desktop.model import Extract, Reason, TextState


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


# Which helper looked at a file last and found nothing is a fact of this computer: another one may have others.
_HELPED = "place.helped."
_MAY_BE_HELPED = (
    "FROM texts t JOIN files f USING(sha256) JOIN documents d ON d.id = f.document_id "
    f"LEFT JOIN facts h ON h.name = '{_HELPED}' || t.sha256 "
    "WHERE t.reason IN ({}) AND t.mime IN ({}) AND t.machine_read = 0 AND coalesce(h.value, '') <> ?"
)


def helpable(
    db: sqlite_utils.Database, reasons: Sequence[str], mimes: Sequence[str], helper: str, limit: int
) -> list[Unread]:
    """Files without a (whole) text for one of these reasons that `helper` has not looked at, newest document first."""
    rows = db.execute(
        f"SELECT t.sha256, min(f.path), min(f.original_name) {_MAY_BE_HELPED.format(marks(reasons), marks(mimes))} "
        "GROUP BY t.sha256 ORDER BY max(d.number) DESC LIMIT ?",
        [*reasons, *mimes, helper, limit],
    )
    return [Unread(*row) for row in rows]


def helpable_count(db: sqlite_utils.Database, reasons: Sequence[str], mimes: Sequence[str], helper: str) -> int:
    """How many files wait for that helper."""
    sql = f"SELECT count(DISTINCT t.sha256) {_MAY_BE_HELPED.format(marks(reasons), marks(mimes))}"
    return int(db.execute(sql, [*reasons, *mimes, helper]).fetchone()[0])


def put_helped(db: sqlite_utils.Database, sha256: str, helper: str) -> None:
    """Note that a helper has looked at a file, so that it is not asked again."""
    db.execute("INSERT OR REPLACE INTO facts VALUES(?, ?)", (_HELPED + sha256, helper))


_READERS = "place.readers"


def readers_of_failures(db: sqlite_utils.Database) -> int:
    """The version of the readers that died of the files whose texts are FAILED."""
    row = db.execute("SELECT value FROM facts WHERE name = ?", (_READERS,)).fetchone()
    return int(row[0]) if row else 0


def forget_failures(db: sqlite_utils.Database, readers: int) -> None:
    """Put the files that killed their reader back into the queue, for readers of this version."""
    db.execute("DELETE FROM texts WHERE state = ?", (TextState.FAILED,))
    db.execute("INSERT OR REPLACE INTO facts VALUES(?, ?)", (_READERS, str(readers)))


def is_machine_read(db: sqlite_utils.Database, sha256: str) -> bool:
    """Whether the text of a file was recognised from pictures."""
    return db.execute("SELECT 1 FROM texts WHERE sha256 = ? AND machine_read", (sha256,)).fetchone() is not None


def put_text(db: sqlite_utils.Database, sha256: str, extract: Extract) -> None:
    """Keep what a reader found."""
    put_texts(db, {sha256: extract})


def put_texts(db: sqlite_utils.Database, extracts: Mapping[str, Extract]) -> None:
    """Keep what readers found, by digest."""
    # One row at a time, for a text may be long and each that is handed over is copied.
    db.conn.executemany(
        "INSERT OR REPLACE INTO texts(sha256, state, reason, text, mime, title, author, created, pages, machine_read) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                sha256, one.state, one.reason, one.text, one.mime, one.title, one.author, one.created, one.pages,
                int(one.machine_read),
            )
            for sha256, one in extracts.items()
        ],
    )  # fmt: skip


def known(db: sqlite_utils.Database, digests: Iterable[str]) -> set[str]:
    """Those of the files that have been read, whatever came of it."""
    found: set[str] = set()
    for batch in in_batches(digests):
        rows = db.execute(f"SELECT sha256 FROM texts WHERE sha256 IN ({marks(batch)})", batch)
        found |= {sha256 for (sha256,) in rows}
    return found


def text_of(db: sqlite_utils.Database, sha256: str) -> str:
    """The text of a file, "" when there is none."""
    row = db.execute("SELECT text FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    return "" if row is None else str(row[0])


def extracts_of(db: sqlite_utils.Database, digests: Iterable[str]) -> dict[str, Extract]:
    """All that readers found in files, without those that nobody has read."""
    found = {}
    for batch in in_batches(digests):
        rows = db.execute(
            "SELECT sha256, mime, state, text, reason, title, author, created, pages, machine_read FROM texts "
            f"WHERE sha256 IN ({marks(batch)})",
            batch,
        )
        for sha256, mime, state, text, reason, title, author, created, pages, machine_read in rows:
            found[sha256] = Extract(
                mime, TextState(state), text, Reason(reason), title, author, created, pages, bool(machine_read)
            )
    return found


def forget_texts(db: sqlite_utils.Database, document_ids: list[str]) -> None:
    """Put the documents' files back into the queue."""
    for batch in in_batches(document_ids):
        of_these = f"FROM files WHERE document_id IN ({marks(batch)})"
        db.execute(f"DELETE FROM texts WHERE sha256 IN (SELECT sha256 {of_these})", batch)
        db.execute(f"DELETE FROM facts WHERE name IN (SELECT '{_HELPED}' || sha256 {of_these})", batch)
        db.execute(f"INSERT OR IGNORE INTO stale SELECT id FROM documents WHERE id IN ({marks(batch)})", batch)
