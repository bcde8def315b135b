"""The rows of the full-text index.

The columns hold words of our own making, so that no text of a document or a query is ever read as FTS5 syntax: `body`
and `title` one word "k<key>" for each word of the text, `meta` what is known of the document (see `scope`), `forms` one
word "f<form>" for each distinct form, to find the very form. The letters keep them apart, so a search need name no
column. Row numbers are coded by date: the newest documents come first without sorting.

The tables are contentless: they take a third of the room, and give nothing back but row numbers. The body comes first
because FTS5 writes no column number for the first column. `titles` are there a second time, as it is quick to ask a
small table for them first; `exact` keeps forms without their places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlite_utils

from kpss_desktop.catalogue.lexicon import count_documents
from kpss_desktop.catalogue.words import LONGEST

INDEX_TABLES = """
CREATE VIRTUAL TABLE fulltext USING fts5(body, title, meta, content='', tokenize='ascii');
CREATE VIRTUAL TABLE exact USING fts5(forms, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE titles USING fts5(title, forms, meta, content='', tokenize='ascii');
"""

_NO_WORD = "k0"  # no key has this number; it parts two files and stands for what is no word
_PARTING = f" {_NO_WORD} "

INDEX_NAMES = ("fulltext", "titles", "exact")

Forms = Mapping[str, tuple[int, int]]  # a form as written: the ids of the form and of its key


@dataclass(frozen=True, slots=True)
class Words:
    """A document cut into words: the row's number, those of its title, of each text and what is beside it, `meta`."""

    number: int
    title: Sequence[str]
    texts: Sequence[Sequence[str]]
    meta: str

    @property
    def distinct(self) -> list[str]:
        """Every form once, in order of appearance."""
        return _distinct([self.title, *self.texts])


def put_in(db: sqlite_utils.Database, documents: Iterable[Words], forms: Forms) -> None:
    """Add rows; the numbers must be free."""
    _write(db, documents, forms, amount=1)


def take_out(db: sqlite_utils.Database, documents: Iterable[Words], forms: Forms) -> None:
    """Remove rows; the words must be those that were put in."""
    _write(db, documents, forms, amount=-1)


def _write(db: sqlite_utils.Database, documents: Iterable[Words], forms: Forms, *, amount: int) -> None:
    # FTS5 writes its buffer out whenever a row comes that is older than the last one, hence the order.
    ordered = sorted(documents, key=lambda document: document.number)
    key_words = {form: f"k{key}" for form, (_, key) in forms.items()}
    form_words = {form: f"f{number}" for form, (number, _) in forms.items()}
    rows, title_rows, form_rows = [], [], []
    amounts: Counter[int] = Counter()
    for document in ordered:
        distinct = document.distinct
        amounts.update([forms[form][0] for form in distinct])
        title = _words_of(document.title, key_words)
        body = _PARTING.join([_words_of(text, key_words) for text in document.texts])
        rows.append((document.number, body, title, document.meta))
        in_title = " ".join([form_words[form] for form in _distinct([document.title])])
        title_rows.append((document.number, title, in_title, document.meta))
        form_rows.append((document.number, " ".join([form_words[form] for form in distinct])))
    _change(db, "fulltext", ("rowid", "body", "title", "meta"), rows, amount)
    _change(db, "titles", ("rowid", "title", "forms", "meta"), title_rows, amount)
    _change(db, "exact", ("rowid", "forms"), form_rows, amount)
    count_documents(db, [(form, by * amount) for form, by in amounts.items()])


def _change(
    db: sqlite_utils.Database, table: str, columns: tuple[str, ...], rows: Sequence[tuple[int | str, ...]], amount: int
) -> None:
    command = (f"{table}, ", "'delete', ") if amount < 0 else ("", "")
    sql = f"INSERT INTO {table}({command[0]}{', '.join(columns)}) VALUES({command[1]}{', '.join('?' * len(columns))})"
    db.conn.executemany(sql, rows)


def _distinct(parts: Iterable[Sequence[str]]) -> list[str]:
    found: dict[str, None] = {}
    for part in parts:
        found |= dict.fromkeys(part)
    return [form for form in found if len(form) <= LONGEST]


def _words_of(text: Sequence[str], key_words: Mapping[str, str]) -> str:
    return " ".join([key_words.get(form, _NO_WORD) for form in text])
