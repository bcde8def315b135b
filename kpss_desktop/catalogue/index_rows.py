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
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

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
    distinct: Sequence[str]  # every form once, but what is too long

    @classmethod
    def of(cls, number: int, title: Sequence[str], texts: Sequence[Sequence[str]], meta: str) -> Self:
        """With the distinct forms, in order of appearance."""
        return cls(number, title, texts, meta, _distinct([title, *texts]))


class _Codes(dict[str, str]):
    """The index's word for each form; what is too long to be one holds its place only."""

    def __missing__(self, form: str) -> str:
        return _NO_WORD


def put_in(db: sqlite_utils.Database, documents: Collection[Words], forms: Forms) -> None:
    """Add rows; the numbers must be free."""
    _write(db, documents, forms, amount=1)


def take_out(db: sqlite_utils.Database, documents: Collection[Words], forms: Forms) -> None:
    """Remove rows; the words must be those that were put in."""
    _write(db, documents, forms, amount=-1)


def _write(db: sqlite_utils.Database, documents: Collection[Words], forms: Forms, *, amount: int) -> None:
    if not documents:
        return
    # FTS5 writes its buffer out whenever a row comes that is older than the last one, hence the order.
    ordered = sorted(documents, key=lambda document: document.number)
    key_of = _Codes({form: f"k{key}" for form, (_, key) in forms.items()}).__getitem__
    form_of = {form: f"f{number}" for form, (number, _) in forms.items()}.__getitem__

    def body(document: Words) -> str:
        return _PARTING.join([" ".join(map(key_of, text)) for text in document.texts])

    titles = [" ".join(map(key_of, document.title)) for document in ordered]
    numbered = list(zip(ordered, titles, strict=True))
    rows = ((document.number, body(document), title, document.meta) for document, title in numbered)
    _change(db, "fulltext", ("rowid", "body", "title", "meta"), rows, amount)
    title_rows = (
        (document.number, title, " ".join(map(form_of, _distinct([document.title]))), document.meta)
        for document, title in numbered
    )
    _change(db, "titles", ("rowid", "title", "forms", "meta"), title_rows, amount)
    form_rows = ((document.number, " ".join(map(form_of, document.distinct))) for document in ordered)
    _change(db, "exact", ("rowid", "forms"), form_rows, amount)
    amounts = Counter(chain.from_iterable(document.distinct for document in ordered))
    count_documents(db, [(forms[form][0], by * amount) for form, by in amounts.items()])


def _change(
    db: sqlite_utils.Database, table: str, columns: tuple[str, ...], rows: Iterable[tuple[int | str, ...]], amount: int
) -> None:
    command = (f"{table}, ", "'delete', ") if amount < 0 else ("", "")
    sql = f"INSERT INTO {table}({command[0]}{', '.join(columns)}) VALUES({command[1]}{', '.join('?' * len(columns))})"
    db.conn.executemany(sql, rows)


def _distinct(parts: Iterable[Sequence[str]]) -> list[str]:
    found = dict.fromkeys(chain.from_iterable(parts))
    if max(map(len, found), default=0) <= LONGEST:
        return list(found)
    return [form for form in found if len(form) <= LONGEST]
