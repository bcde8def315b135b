"""How the full-text index is kept in step with the documents.

Triggers say which documents it must take up again (`stale`); `refresh` does so, batch by batch. To take a document
out, FTS5 must be given the very words it was given before: they are made again from the texts, and `former_texts` keeps
a text that is replaced before the index has followed.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import PurePosixPath

import sqlite_utils

from kpss_desktop.catalogue.index_rows import INDEX_NAMES, INDEX_TABLES, Words, put_in, take_out
from kpss_desktop.catalogue.lexicon import LEXICON_TABLES, Language, count_short_prefixes, learn_forms
from kpss_desktop.catalogue.scope import TRASH, first_row, meta_tokens
from kpss_desktop.catalogue.synonyms import SYNONYMS_TABLE
from kpss_desktop.catalogue.words import words
from kpss_desktop.errors import DamagedCatalogue

FULLTEXT_TABLES = (
    LEXICON_TABLES
    + INDEX_TABLES
    + SYNONYMS_TABLE
    + """
CREATE TABLE indexed(  -- what the index holds
  number INTEGER PRIMARY KEY,
  place INTEGER NOT NULL,  -- the first number of its day
  document_id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, meta TEXT NOT NULL,
  pieces TEXT NOT NULL  -- "digest of the file:digest of its text" of each file that has one
);
CREATE INDEX indexed_by_overflow ON indexed(number - place);
CREATE TABLE former_texts(sha256 TEXT NOT NULL, text TEXT NOT NULL);  -- until the index has followed
CREATE INDEX former_texts_by_digest ON former_texts(sha256);
CREATE TRIGGER texts_insert_former BEFORE INSERT ON texts BEGIN
  INSERT INTO former_texts SELECT sha256, text FROM texts WHERE sha256 = NEW.sha256;
END;
CREATE TRIGGER texts_update_former AFTER UPDATE OF text ON texts WHEN OLD.text <> NEW.text BEGIN
  INSERT INTO former_texts VALUES(OLD.sha256, OLD.text);
  INSERT OR IGNORE INTO stale SELECT document_id FROM files WHERE sha256 = OLD.sha256;
END;
CREATE TRIGGER texts_delete_former AFTER DELETE ON texts BEGIN
  INSERT INTO former_texts VALUES(OLD.sha256, OLD.text);
  INSERT OR IGNORE INTO stale SELECT document_id FROM files WHERE sha256 = OLD.sha256;
END;
"""
)

_VERSION = "fulltext.language"
_TEXT_OF_BATCH = 4_000_000  # characters; a batch ends there, so that no writing lasts long


@dataclass(frozen=True, slots=True)
class _Entry:
    """One document as the index holds it, or should."""

    place: int
    document_id: str
    title: str
    meta: str
    pieces: str
    beside: tuple[str, ...]  # its note, and names of its files that the title does not say
    texts: tuple[str, ...]
    number: int = 0  # the row's; 0 until it has one


def pending(db: sqlite_utils.Database) -> int:
    """How many documents the index has not followed yet."""
    return int(db.execute("SELECT count(*) FROM stale").fetchone()[0])


def refresh(db: sqlite_utils.Database, language: Language, *, limit: int = 500) -> int:
    """Bring the index in step for up to `limit` documents, in one transaction; returns how many, 0 when none waits.

    An index that was made under other rules of the language is emptied first and everything made to wait.
    """
    with _writing(db):
        _follow_language(db, language)
        ids = [i for (i,) in db.execute("SELECT document_id FROM stale LIMIT ?", (limit,))]
        if not ids:
            db.execute("DELETE FROM former_texts")
            return 0
        new = _current(db, ids)
        ids = ids[: len(new)]
        old = _indexed(db, ids)
        if old is None:
            _empty(db)
            old = {}
        _replace(db, language, old, {i: entry for i, entry in new.items() if entry is not None})
        db.execute("DELETE FROM stale WHERE document_id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
        count_short_prefixes(db)
        return len(ids)


def overflow(db: sqlite_utils.Database) -> int:
    """By how many rows the fullest day runs over into the next ones, at most."""
    return int(db.execute("SELECT coalesce(max(number - place), 0) FROM indexed").fetchone()[0])


def rebuild(db: sqlite_utils.Database, language: Language) -> None:
    """Empty the index and let every document wait; `refresh` then fills it."""
    with _writing(db):
        _empty(db)
        _remember_language(db, language)


@contextlib.contextmanager
def _writing(db: sqlite_utils.Database) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error, OSError, DamagedCatalogue):
            db.execute("ROLLBACK")
        raise


def _follow_language(db: sqlite_utils.Database, language: Language) -> None:
    row = db.execute("SELECT value FROM facts WHERE name = ?", (_VERSION,)).fetchone()
    if row is not None and row[0] == str(language.version):
        return
    if row is not None:
        _empty(db)
    _remember_language(db, language)


def _remember_language(db: sqlite_utils.Database, language: Language) -> None:
    db.execute("INSERT OR REPLACE INTO facts VALUES(?, ?)", (_VERSION, str(language.version)))


def _empty(db: sqlite_utils.Database) -> None:
    for table in INDEX_NAMES:
        db.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")
    for table in ("indexed", "former_texts", "short_prefixes", "forms", "lexkeys"):
        db.execute(f"DELETE FROM {table}")
    db.execute("DELETE FROM facts WHERE name = 'fulltext.counted'")
    db.execute("INSERT OR IGNORE INTO stale SELECT id FROM documents")


def mark(text: str) -> str:
    """A short digest of a text, by which the index remembers what it was given."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _indexed(db: sqlite_utils.Database, ids: Sequence[str]) -> dict[str, _Entry] | None:
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
        entries[document_id] = _Entry(
            place, document_id, title, meta, pieces, tuple(json.loads(beside)), tuple(texts), number
        )
    return entries


def _versions(db: sqlite_utils.Database, digest: str) -> Iterator[str]:
    for table in ("texts", "former_texts"):
        for (text,) in db.execute(f"SELECT text FROM {table} WHERE sha256 = ?", (digest,)):
            yield text


def _current(db: sqlite_utils.Database, ids: Sequence[str]) -> dict[str, _Entry | None]:
    """The entries as they should be, None for a document that is gone; fewer than asked when the texts are long."""
    entries: dict[str, _Entry | None] = {}
    size = 0
    for document_id in ids:
        if size > _TEXT_OF_BATCH:
            break
        row = db.execute(
            "SELECT title, kind, date, year, date_certainty, trashed, note FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        if row is None:
            entries[document_id] = None
            continue
        title, kind, date, year, certainty, trashed, note = row
        files = db.execute(
            "SELECT f.sha256, coalesce(x.state, 'pending'), coalesce(x.text, ''), f.path, f.original_name "
            "FROM files f LEFT JOIN texts x ON x.sha256 = f.sha256 WHERE f.document_id = ? ORDER BY f.position, f.id",
            (document_id,),
        ).fetchall()
        texts = {digest: text for digest, _, text, _, _ in files if text}
        size += sum(map(len, texts.values()))
        groups = db.execute("SELECT group_id FROM document_groups WHERE document_id = ?", (document_id,))
        tags = db.execute("SELECT tag FROM document_tags WHERE document_id = ?", (document_id,))
        entries[document_id] = _Entry(
            place=first_row(date) + (TRASH if trashed else 0),
            document_id=document_id,
            title=title,
            meta=meta_tokens(
                [g for (g,) in groups], kind, [t for (t,) in tags], [file[1] for file in files], year, date, certainty
            ),
            pieces=" ".join(f"{digest}:{mark(text)}" for digest, text in texts.items()),
            beside=_beside(title, note, [name for file in files for name in file[3:]]),
            texts=tuple(texts.values()),
        )
    return entries


def _beside(title: str, note: str, paths: Sequence[str]) -> tuple[str, ...]:
    """What else a document can be found by. Most files are called as their document is, and add nothing."""
    names = dict.fromkeys(PurePosixPath(path).stem for path in paths)
    told = words(title)
    return tuple(part for part in (note, *(name for name in names if words(name) != told)) if words(part))


def _replace(db: sqlite_utils.Database, language: Language, old: dict[str, _Entry], new: dict[str, _Entry]) -> None:
    """Take the old entries out and put the new ones in; those that are equal stay."""
    leaving, arriving = [], []
    for document_id in sorted(old.keys() | new.keys()):
        before, after = old.get(document_id), new.get(document_id)
        if before is not None and after is not None and before.place == after.place:
            after = replace(after, number=before.number)
        if before == after:
            continue
        leaving += [before] if before is not None else []
        arriving += [after] if after is not None else []
    _write(db, language, leaving, _numbered(db, leaving, arriving))


def _numbered(db: sqlite_utils.Database, leaving: Sequence[_Entry], arriving: Sequence[_Entry]) -> list[_Entry]:
    """Note what leaves and arrives, and give a row's number to what has none."""
    db.conn.executemany("DELETE FROM indexed WHERE number = ?", [(entry.number,) for entry in leaving])
    staying = [entry for entry in arriving if entry.number]
    sql = "INSERT INTO indexed(number, place, document_id, title, meta, pieces, beside) VALUES(?, ?, ?, ?, ?, ?, ?)"
    next_free: dict[int, int] = {}
    numbered = list(staying)
    for entry in staying + [entry for entry in arriving if not entry.number]:
        number = entry.number
        if not number:
            number = _free_row(db, next_free.get(entry.place, entry.place))
            next_free[entry.place] = number + 1
            numbered.append(replace(entry, number=number))
        beside = json.dumps(entry.beside, ensure_ascii=False)
        db.execute(sql, (number, entry.place, entry.document_id, entry.title, entry.meta, entry.pieces, beside))
    return numbered


def _free_row(db: sqlite_utils.Database, first: int) -> int:
    rows = db.execute("SELECT number FROM indexed WHERE number >= ? ORDER BY number", (first,))
    for (number,) in rows:
        if number != first:
            break
        first += 1
    rows.close()
    return first


def _write(
    db: sqlite_utils.Database, language: Language, leaving: Sequence[_Entry], arriving: Sequence[_Entry]
) -> None:
    cut_leaving, cut_arriving = ([_cut(entry) for entry in entries] for entries in (leaving, arriving))
    forms = learn_forms(db, language, {word for cut in cut_leaving + cut_arriving for word in cut.distinct})
    take_out(db, cut_leaving, forms)
    put_in(db, cut_arriving, forms)


def _cut(entry: _Entry) -> Words:
    texts = [words(text) for text in (*entry.texts, *entry.beside)]
    return Words(entry.number, words(entry.title), texts, entry.meta)
