"""How the full-text index is kept in step with the documents.

Triggers say which documents it must take up again (`stale`); `refresh` does so, batch by batch. To take a document
out, FTS5 must be given the very words it was given before: they are made again from the texts, and `former_texts` keeps
a text that is replaced before the index has followed.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import sqlite_utils

from kpss_desktop.catalogue.index_entries import Entry, current_entries, indexed_entries
from kpss_desktop.catalogue.index_rows import INDEX_NAMES, INDEX_TABLES, Words, put_in, take_out
from kpss_desktop.catalogue.lexicon import LEXICON_TABLES, Language, count_short_prefixes, learn_forms
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
# How many more forms there must be before what begins alike is counted again: it takes a second when there are 400,000.
_GROWTH = 1.1
_GROWTH_MEANWHILE = 2.0  # while documents wait


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
        new = current_entries(db, ids)
        ids = list(new)
        old = indexed_entries(db, ids)
        if old is None:
            _empty(db)
            old = {}
        _replace(db, language, old, {i: entry for i, entry in new.items() if entry is not None})
        db.execute("DELETE FROM stale WHERE document_id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
        waits = db.execute("SELECT EXISTS(SELECT 1 FROM stale)").fetchone()[0]
        count_short_prefixes(db, growth=_GROWTH_MEANWHILE if waits else _GROWTH)
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


def _replace(db: sqlite_utils.Database, language: Language, old: Mapping[str, Entry], new: Mapping[str, Entry]) -> None:
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
    db.conn.executemany("DELETE FROM indexed WHERE number = ?", [(entry.number,) for entry in leaving])
    _write(db, language, [_cut(entry, entry.number) for entry in leaving], _take_up(db, arriving))


def _take_up(db: sqlite_utils.Database, arriving: Sequence[Entry]) -> list[Words]:
    """Note what arrives, and give a row's number to what has none."""
    sql = "INSERT INTO indexed(number, place, document_id, title, meta, pieces, beside) VALUES(?, ?, ?, ?, ?, ?, ?)"
    numbered = _numbered(db, arriving)
    db.conn.executemany(
        sql,
        [
            (entry.number, entry.place, entry.document_id, entry.title, entry.meta, entry.pieces, _listed(entry.beside))
            for entry in numbered
        ],
    )
    return [_cut(entry, entry.number) for entry in numbered]


def _numbered(db: sqlite_utils.Database, arriving: Sequence[Entry]) -> list[Entry]:
    """All of them with a row's number: their own, or the first ones that are free from the first of their day on."""
    given = {entry.number for entry in arriving if entry.number}
    waiting = Counter(entry.place for entry in arriving if not entry.number)
    free = {place: iter(_free_rows(db, place, amount, given)) for place, amount in waiting.items()}
    return [entry if entry.number else replace(entry, number=next(free[entry.place])) for entry in arriving]


def _free_rows(db: sqlite_utils.Database, first: int, amount: int, given: set[int]) -> list[int]:
    """So many free numbers from the first on, which are `given` from now on."""
    rows = db.execute("SELECT number FROM indexed WHERE number >= ? ORDER BY number", (first,))
    found: list[int] = []
    taken = rows.fetchone()
    while len(found) < amount:
        if taken is not None and taken[0] == first:
            taken = rows.fetchone()
        elif first not in given:
            found.append(first)
        first += 1
    rows.close()
    given.update(found)
    return found


def _listed(beside: Sequence[str]) -> str:
    return json.dumps(beside, ensure_ascii=False) if beside else "[]"


def _write(db: sqlite_utils.Database, language: Language, leaving: Sequence[Words], arriving: Sequence[Words]) -> None:
    forms = learn_forms(db, language, set().union(*(cut.distinct for cut in (*leaving, *arriving))))
    take_out(db, leaving, forms)
    put_in(db, arriving, forms)


def _cut(entry: Entry, number: int) -> Words:
    return Words.of(number, words(entry.title), [words(text) for text in (*entry.texts, *entry.beside)], entry.meta)
