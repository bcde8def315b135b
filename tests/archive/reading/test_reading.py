"""Texts come after filing: what cannot be read is filed all the same, with its reason, and can be tried again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.intake.filing import Filed
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending, read_again, structure_of
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.archive.undo import redo, undo
from kpss_desktop.catalogue.texts import unread_count
from kpss_desktop.messages import reason_sentence
from kpss_desktop.model import Reason, TextState
from kpss_desktop.progress import Cancelled, silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def encrypted(document: bytes) -> bytes:
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(document)).encrypt("heslo", made)
    return made.getvalue()


@pytest.fixture
def docx(shared: Path) -> bytes:
    return next((shared / "minutes" / "drive" / "disk").rglob("*.docx")).read_bytes()


@pytest.fixture
def doc(shared: Path) -> bytes:
    return (shared / "minutes" / "seed-page" / "Zápis PS Péče 16 1 2020.doc").read_bytes()


def test_what_cannot_be_read_is_filed_with_its_reason(desk: Desk, inbox: Path, docx: bytes, doc: bytes) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", bytes(300 << 20))
    files = {
        "dobrý.docx": (docx, Reason.NONE),
        "chráněný.docx": (encrypted(docx), Reason.PASSWORD),
        "useknutý.doc": (doc[:2000], Reason.BROKEN),
        "poškozený.doc": (doc[:512] + bytes(len(doc) - 512), Reason.BROKEN),
        "useknutý.docx": (docx[:300], Reason.BROKEN),
        "prázdný.doc": (b"", Reason.EMPTY_FILE),
        "neznámý.xyz": (bytes(range(256)) * 20, Reason.NO_READER),
        "bomba.docx": (bomb.getvalue(), Reason.TOO_BIG),
    }
    for name, (data, _) in files.items():
        (inbox / name).write_bytes(data)
    report = desk.take(inbox)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED] * len(files)
    assert index_pending(desk.archive) == len(files)
    found = {document.file.original_name: document.file for document in desk.documents()}
    assert {name: file.text_reason for name, file in found.items()} == {name: why for name, (_, why) in files.items()}
    assert found["dobrý.docx"].text_state is TextState.READY
    for name, (data, why) in files.items():
        assert looking.file_path(desk.archive, found[name]).read_bytes() == data
        assert bool(reason_sentence(why)) is (why is not Reason.NONE)
    assert desk.problems() == []
    assert unread_count(desk.archive.catalogue.db) == 0


def test_reading_may_be_stopped_and_goes_on(desk: Desk, shared: Path) -> None:
    desk.take(shared / "minutes" / "drive" / "disk")
    number = len(desk.documents())

    def stop(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # the names of Progress
        if done >= 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        index_pending(desk.archive, stop)
    left = unread_count(desk.archive.catalogue.db)
    assert number - 10 <= left <= number - 5
    desk.reopen()
    assert index_pending(desk.archive) == left
    assert index_pending(desk.archive) == 0


def test_what_tells_copies_of_a_text_apart_is_taken_later_when_that_was_stopped(desk: Desk, inbox: Path) -> None:
    text = "Pracovní skupina se sešla nad rozpočtem příštího roku a nad pečovatelskou službou v okolních obcích."
    (inbox / "Zápis PS Péče 6 3 2020.txt").write_text(text, encoding="utf-8")
    desk.take(inbox)

    def stop(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # the names of Progress
        if total is None:
            raise Cancelled

    with pytest.raises(Cancelled):
        index_pending(desk.archive, stop)
    assert unread_count(desk.archive.catalogue.db) == 0
    assert index_pending(desk.archive) == 0
    (inbox / "doporučení.html").write_text(f"<p>{text}</p>", encoding="utf-8")
    (item,) = plan_intake(desk.archive, [inbox / "doporučení.html"], silent).items
    assert item.rendition_of == desk.documents()[0].id


def test_a_document_is_tried_again_when_it_is_asked_for(desk: Desk, inbox: Path) -> None:
    (inbox / "a.txt").write_text("pečovatelská služba", encoding="utf-8")
    desk.take(inbox)
    index_pending(desk.archive)
    (document,) = desk.documents()
    read_again(desk.archive, [document.id])
    assert desk.documents()[0].file.text_state is TextState.PENDING
    assert index_pending(desk.archive) == 1
    assert [hit.document.id for hit in searching.find(desk.archive, "pecovatelske").found] == [document.id]


def test_the_search_follows_every_change(desk: Desk, inbox: Path) -> None:
    (inbox / "Zápis PS Péče 6 3 2020.txt").write_text("rozpočet na příští rok", encoding="utf-8")
    desk.take(inbox)
    (document,) = desk.documents()

    def found(words: str) -> bool:
        index_pending(desk.archive)
        return bool(searching.find(desk.archive, words).found)

    assert found("rozpočtu")
    editing.edit(desk.archive, [document.id], editing.Edit(title="Jiný název"))
    assert found("jiny nazev")
    undo(desk.archive)
    assert not found("jiny nazev")
    editing.trash(desk.archive, [document.id])
    assert not found("rozpočet")
    assert searching.find(desk.archive, "rozpočet", shelf=Shelf(trashed=True)).total == 1
    editing.restore(desk.archive, [document.id])
    assert found("rozpočet")
    undo(desk.archive)
    undo(desk.archive)
    undo(desk.archive)
    assert not found("rozpočet")
    for _ in range(3):
        redo(desk.archive)
    assert found("rozpočet")


def test_a_text_that_is_known_is_not_read_twice(desk: Desk, inbox: Path) -> None:
    (inbox / "a.txt").write_text("text", encoding="utf-8")
    desk.take(inbox)
    assert index_pending(desk.archive) == 1
    undo(desk.archive)
    redo(desk.archive)
    assert index_pending(desk.archive) == 0
    assert desk.documents()[0].file.text_state is TextState.READY


def test_a_file_that_vanished_has_a_reason_too(desk: Desk, inbox: Path) -> None:
    (inbox / "a.txt").write_text("text", encoding="utf-8")
    desk.take(inbox)
    looking.file_path(desk.archive, desk.documents()[0].file).unlink()
    index_pending(desk.archive)
    assert desk.documents()[0].file.text_reason is Reason.MISSING
    assert [kind for kind, _ in desk.problems()] == ["missing"]


def test_the_structure_for_the_preview_is_made_once(desk: Desk, inbox: Path, docx: bytes) -> None:
    (inbox / "a.docx").write_bytes(docx)
    (inbox / "b.docx").write_bytes(encrypted(docx))
    desk.take(inbox)
    made, none = (structure_of(desk.archive, desk.one(name).file) for name in ("a.docx", "b.docx"))
    assert "<p" in made
    assert none == ""
    looking.file_path(desk.archive, desk.one("a.docx").file).unlink()
    assert structure_of(desk.archive, desk.one("a.docx").file) == made
