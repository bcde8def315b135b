"""Documents in a real catalogue, for the tests of the search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpss_desktop.catalogue.catalogue import Catalogue
from kpss_desktop.catalogue.documents import delete_document, insert_document, save_group, update_document
from kpss_desktop.catalogue.fulltext import refresh
from kpss_desktop.catalogue.query import parse
from kpss_desktop.catalogue.scope import Scope
from kpss_desktop.catalogue.search import Order, Results, search
from kpss_desktop.catalogue.texts import put_text
from kpss_desktop.czech.language import LANGUAGE
from kpss_desktop.model import Dated, Document, Extract, Group, Kind, PartialDate, StoredFile, TextState


def _compare(one: str, other: str) -> int:
    return (one > other) - (one < other)


class Shelf:
    """A catalogue with short ways to put documents into it and to search it."""

    def __init__(self, path: Path) -> None:
        self.catalogue = Catalogue(path, LANGUAGE, _compare)
        self.db = self.catalogue.db

    def group(self, name: str) -> None:
        with self.catalogue.transaction():
            save_group(self.db, Group(name, name))

    def put(
        self,
        name: str,
        *texts: str,
        title: str = "",
        date: str | None = None,
        groups: tuple[str, ...] = (),
        kind: Kind = Kind.MINUTES,
        tags: tuple[str, ...] = (),
        note: str = "",
        called: str = "_.txt",
    ) -> None:
        """Add a document; it has one file with a digest of its own for each text, named without a word."""
        files = tuple(self._file(f"{name}-{i}", called) for i in range(max(1, len(texts))))
        dated = Dated(PartialDate.parse(date)) if date else None
        document = Document(name, title, kind, files, groups, dated, tags, note)
        with self.catalogue.transaction():
            insert_document(self.db, document, "shelf", [file.path for file in files])
            for file, text in zip(files, texts, strict=False):
                put_text(self.db, file.sha256, Extract("text/plain", TextState.READY, text))

    def retext(self, name: str, text: str) -> None:
        with self.catalogue.transaction():
            put_text(self.db, self._file(f"{name}-0").sha256, Extract("text/plain", TextState.READY, text))

    def change(self, name: str, **values: object) -> None:
        with self.catalogue.transaction():
            update_document(self.db, name, values)

    def delete(self, name: str) -> None:
        with self.catalogue.transaction():
            delete_document(self.db, name)

    def follow(self) -> None:
        while refresh(self.db, LANGUAGE):
            pass

    def search(
        self, text: str, scope: Scope | None = None, *, limit: int = 50, order: Order = "typing", live: bool = False
    ) -> Results:
        self.follow()
        return search(self.db, LANGUAGE, parse(text), scope or Scope(), limit=limit, order=order, live=live)

    def found(self, text: str, scope: Scope | None = None, *, order: Order = "typing", live: bool = False) -> list[str]:
        """Ids in order."""
        return [hit.document_id for hit in self.search(text, scope, limit=1000, order=order, live=live).hits]

    @staticmethod
    def _file(name: str, called: str = "_.txt") -> StoredFile:
        return StoredFile(name, f"{name}/{called}", 1, hashlib.sha256(name.encode()).hexdigest(), "", called)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "catalogue.db")
    yield made
    made.catalogue.close()
