"""Rows that are written many at a time are the rows that one at a time would have made."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from kpss_desktop.catalogue.documents import add_files, add_first_file, insert_documents, load_documents, paths_taken
from kpss_desktop.model import Dated, Document, Kind, PartialDate, StoredFile

if TYPE_CHECKING:
    from tests.catalogue.conftest import Shelf


def file(name: str) -> StoredFile:
    return StoredFile(name, f"Péče/{name}.txt", 1, sha256(name.encode()).hexdigest(), "text/plain", f"{name}.txt")


def document(number: int) -> Document:
    """One with two files, and as many groups and tags as its number leaves by three."""
    name = f"document{number:04d}"
    few = tuple(f"{letter}" for letter in "abc"[: number % 3])
    dated = Dated(PartialDate(2000 + number % 20, 5)) if number % 4 else None
    return Document(name, f"Zápis {number}", Kind.MINUTES, (file(f"{name}x"), file(f"{name}y")), few, dated, few, rev=1)


def test_hundreds_of_documents_come_back_as_they_were_put(shelf: Shelf) -> None:
    put = [document(number) for number in range(700)]
    for group in "abc":
        shelf.group(group)
    with shelf.catalogue.transaction():
        insert_documents(shelf.db, [(one, "Péče", [path.path.casefold() for path in one.files]) for one in put])
    assert load_documents(shelf.db, [one.id for one in put]) == tuple(put)
    assert load_documents(shelf.db, [one.id for one in put], as_recorded=True) == tuple(put)
    asked = [f"péče/document{number:04d}x.txt" for number in range(650, 750)]
    assert paths_taken(shelf.db, asked) == set(asked[:50])


def test_further_files_come_after_those_of_their_document_and_a_first_one_before(shelf: Shelf) -> None:
    one, other = document(1), document(2)
    for group in "abc":
        shelf.group(group)
    with shelf.catalogue.transaction():
        insert_documents(shelf.db, [(it, "Péče", [path.path for path in it.files]) for it in (one, other)])
        added = [(one.id, "p"), (other.id, "q"), (one.id, "r")]
        add_first_file(shelf.db, one.id, file("first"), "first")
        add_files(shelf.db, [(document_id, file(name), name) for document_id, name in added])
    names = [[path.id for path in it.files] for it in load_documents(shelf.db, [one.id, other.id])]
    assert names == [
        ["first", "document0001x", "document0001y", "p", "r"],
        ["document0002x", "document0002y", "q"],
    ]
