"""The words of all texts: every form that was written, the key it shares with the other forms of its word.

The index holds keys, so a search for any form finds all forms. A form keeps its key for ever (until the index is made
anew), so what was indexed can be told again exactly; FTS5 needs that to take a document out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

import sqlite_utils

LEXICON_TABLES = """
CREATE TABLE lexkeys(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE forms(
  id INTEGER PRIMARY KEY,
  form TEXT NOT NULL UNIQUE,  -- as written, the case kept: "Prahy" is the town, "prahy" are thresholds
  fold TEXT NOT NULL, stem TEXT NOT NULL, key_id INTEGER NOT NULL REFERENCES lexkeys(id),
  amount INTEGER NOT NULL DEFAULT 0  -- documents that hold it
);
CREATE INDEX forms_by_fold ON forms(fold);
CREATE INDEX forms_by_stem ON forms(stem);
CREATE INDEX forms_by_key ON forms(key_id);
CREATE TABLE short_prefixes(  -- the commonest keys of each beginning of 1 to 3 letters, commonest first
  prefix TEXT NOT NULL, place INTEGER NOT NULL, key_id INTEGER NOT NULL, PRIMARY KEY(prefix, place)
) WITHOUT ROWID;
"""

_END = "\U0010ffff"
_SHORT = 3  # letters of the beginnings that are counted beforehand
_FEW_FORMS = 30_000  # fewer are counted while she types
_COUNTED = 64  # keys of each short beginning; more than are searched for, as typed accents may rule most of them out
_KEYS_OF_PREFIX = {1: 8, 2: 8, 3: 16}
_KEYS_OF_LONG_PREFIX = 32


class Language(Protocol):
    """What the search asks of a language. A change of `version` has the whole index made anew."""

    @property
    def version(self) -> int:
        """Grows with every change that gives any word another key."""

    @property
    def function_lemmas(self) -> frozenset[str]:
        """Words too common to be meant when another word is written alike but for its accents."""

    def fold(self, word: str, /) -> str:
        """Lower case, without accents."""

    def stem(self, word: str, /) -> str:
        """What the forms of a word begin with, folded."""

    def lemma(self, word: str, /) -> str | None:
        """The dictionary form, None when the dictionary does not know the word."""

    def key(self, word: str, /) -> str:
        """The lemma, or "~" and the stem."""


@dataclass(frozen=True, slots=True)
class Form:
    """A row of `forms`."""

    id: int
    form: str
    key_id: int
    stem: str


def known_forms(db: sqlite_utils.Database, words: Collection[str]) -> dict[str, tuple[int, int]]:
    """Ids of the form and of its key, for each of the words that has been met."""
    sql = "SELECT form, id, key_id FROM forms WHERE form IN (SELECT value FROM json_each(?))"
    return {form: (number, key) for form, number, key in db.execute(sql, (json.dumps(list(words)),))}


def learn_forms(db: sqlite_utils.Database, language: Language, words: Collection[str]) -> dict[str, tuple[int, int]]:
    """As `known_forms`, but words not met before are taken up."""
    known = known_forms(db, words)
    new = sorted(set(words) - known.keys())
    if not new:
        return known
    keys = [language.key(word) for word in new]
    ids = _learn_keys(db, set(keys))
    learnt = {
        word: (number, ids[key]) for number, (word, key) in enumerate(zip(new, keys, strict=True), _next(db, "forms"))
    }
    db.conn.executemany(
        "INSERT INTO forms(id, form, fold, stem, key_id) VALUES(?, ?, ?, ?, ?)",
        ((number, word, language.fold(word), language.stem(word), key) for word, (number, key) in learnt.items()),
    )
    return known | learnt


def _learn_keys(db: sqlite_utils.Database, keys: Collection[str]) -> dict[str, int]:
    sql = "SELECT key, id FROM lexkeys WHERE key IN (SELECT value FROM json_each(?))"
    ids: dict[str, int] = dict(db.execute(sql, (json.dumps(list(keys)),)).fetchall())
    new = {key: number for number, key in enumerate(sorted(set(keys) - ids.keys()), _next(db, "lexkeys"))}
    db.conn.executemany("INSERT INTO lexkeys(key, id) VALUES(?, ?)", new.items())
    return ids | new


def _next(db: sqlite_utils.Database, table: str) -> int:
    return int(db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def count_documents(db: sqlite_utils.Database, changes: Iterable[tuple[int, int]]) -> None:
    """Add to the number of documents that hold a form; pairs of form id and difference."""
    db.conn.executemany("UPDATE forms SET amount = amount + ? WHERE id = ?", ((by, form) for form, by in changes if by))


def forms_of_keys(db: sqlite_utils.Database, keys: Collection[int]) -> frozenset[str]:
    """Every written form of the keys."""
    sql = "SELECT form FROM forms WHERE key_id IN (SELECT value FROM json_each(?)) AND amount > 0"
    return frozenset(form for (form,) in db.execute(sql, (json.dumps(list(keys)),)))


def has_accents(language: Language, word: str) -> bool:
    """Whether accents were typed; then they count."""
    return language.fold(word) != word.lower()


def same_forms(db: sqlite_utils.Database, language: Language, word: str) -> list[Form]:
    """The forms written like this very word: accents as typed, any accents when none were typed."""
    rows = forms_where(db, "fold = ?", language.fold(word))
    return [row for row in rows if row.form.lower() == word.lower()] if has_accents(language, word) else rows


def prefix_keys(db: sqlite_utils.Database, language: Language, prefix: str, limit: int | None = None) -> list[int]:
    """Ids of the commonest keys of the words that begin so, `limit` of them.

    Without a limit as many as can be searched for while she types. Of a short beginning never more than were counted.
    """
    limit = limit or _KEYS_OF_PREFIX.get(len(prefix), _KEYS_OF_LONG_PREFIX)
    folded = language.fold(prefix)
    accents = has_accents(language, prefix)
    if len(folded) <= _SHORT:
        sql = "SELECT key_id FROM short_prefixes WHERE prefix = ? ORDER BY place"
        counted = [key for (key,) in db.execute(sql, (folded,))]
        if counted:
            return (_with_beginning(db, counted, prefix.lower()) if accents else counted)[:limit]
    if accents:
        return _accented_prefix_keys(db, folded, prefix.lower(), limit)
    sql = (
        "SELECT key_id FROM forms WHERE fold >= ? AND fold < ? AND amount > 0 "
        "GROUP BY key_id ORDER BY sum(amount) DESC, key_id LIMIT ?"
    )
    return [key for (key,) in db.execute(sql, (folded, folded + _END, limit))]


def count_short_prefixes(db: sqlite_utils.Database, growth: float) -> None:
    """Count the keys of all short beginnings, when there are too many forms to do so while she types.

    What was counted before will do until there are `growth` times as many forms.
    """
    forms = db.execute("SELECT count(*) FROM forms").fetchone()[0]
    counted = db.execute("SELECT value FROM facts WHERE name = 'fulltext.counted'").fetchone()
    if forms < _FEW_FORMS or (counted is not None and forms < int(counted[0]) * growth):
        return
    db.execute("DELETE FROM short_prefixes")
    for length in range(1, _SHORT + 1):
        db.execute(
            "INSERT INTO short_prefixes SELECT prefix, place, key_id FROM ("
            "  SELECT prefix, key_id, row_number() OVER (PARTITION BY prefix ORDER BY n DESC, key_id) AS place FROM ("
            "    SELECT substr(fold, 1, :length) AS prefix, key_id, sum(amount) AS n FROM forms "
            "    WHERE length(fold) >= :length AND amount > 0 GROUP BY prefix, key_id)) WHERE place <= :limit",
            {"length": length, "limit": _COUNTED},
        )
    db.execute("INSERT OR REPLACE INTO facts VALUES('fulltext.counted', ?)", (str(forms),))


def forms_where(db: sqlite_utils.Database, where: str, value: str) -> list[Form]:
    """The forms that some text holds of which a condition such as "stem = ?" is true, the commonest first."""
    sql = f"SELECT id, form, key_id, stem FROM forms WHERE {where} AND amount > 0 ORDER BY amount DESC, form"
    return [Form(*row) for row in db.execute(sql, (value,))]


def _with_beginning(db: sqlite_utils.Database, keys: list[int], prefix: str) -> list[int]:
    sql = "SELECT form, key_id FROM forms WHERE key_id IN (SELECT value FROM json_each(?)) AND amount > 0"
    rows = db.execute(sql, (json.dumps(keys),))
    fitting = {key for form, key in rows if form.lower().startswith(prefix)}
    return [key for key in keys if key in fitting]


def _accented_prefix_keys(db: sqlite_utils.Database, folded: str, prefix: str, limit: int) -> list[int]:
    amounts: dict[int, int] = {}
    sql = "SELECT form, key_id, amount FROM forms WHERE fold >= ? AND fold < ? AND amount > 0"
    for form, key, amount in db.execute(sql, (folded, folded + _END)):
        if form.lower().startswith(prefix):
            amounts[key] = amounts.get(key, 0) + amount
    return sorted(amounts, key=lambda key: (-amounts[key], key))[:limit]
