"""What a full-text index holds, so that two of them can be compared."""

from __future__ import annotations

from collections import Counter

import sqlite_utils

from kpss_desktop.catalogue.fulltext import rebuild, refresh
from kpss_desktop.catalogue.index_check import is_index_right
from kpss_desktop.catalogue.index_rows import INDEX_NAMES
from kpss_desktop.czech.language import LANGUAGE


def index_content(db: sqlite_utils.Database) -> Counter[tuple[object, ...]]:
    """Everything the index holds, in words instead of the numbers that depend on its history."""
    names = {f"k{i}": f"key {key}" for i, key in db.execute("SELECT id, key FROM lexkeys")}
    names |= {f"f{i}": f"form {form}" for i, form in db.execute("SELECT id, form FROM forms")}
    documents = dict(db.execute("SELECT number, document_id FROM indexed").fetchall())
    held: Counter[tuple[object, ...]] = Counter()
    for table in INDEX_NAMES:
        db.execute(f"CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, {table}, instance)")
        for term, row, column, offset in db.execute("SELECT term, doc, col, offset FROM temp.held"):
            held[table, names.get(term, term), documents[row], column, offset, row < 0] += 1
        db.execute("DROP TABLE temp.held")
    held.update(("amount", *row) for row in db.execute("SELECT form, amount FROM forms WHERE amount <> 0"))
    return held


def require_as_made_afresh(db: sqlite_utils.Database) -> Counter[tuple[object, ...]]:
    """Let the index follow: it must be whole and equal to one made afresh, which stands there afterwards."""
    _follow(db)
    assert is_index_right(db)
    kept = index_content(db)
    rebuild(db, LANGUAGE)
    _follow(db)
    assert index_content(db) == kept
    return kept


def _follow(db: sqlite_utils.Database) -> None:
    while refresh(db, LANGUAGE):
        pass
