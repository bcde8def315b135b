"""Two computers change one document at once: neither version is lost, and the clerk chooses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing, looking, undo
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.sharing import divergence
from kpss_desktop.archive.trust import keeping
from kpss_desktop.archive.trust.repair import repair
from kpss_desktop.archive.trust.tracing import Finding, Repair, Trouble
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.cli import main
from kpss_desktop.messages import trouble_sentence
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

NAME = "Zápis PS Péče 1. 2. 2020.txt"
OURS = editing.Edit(title="Schůzka o rozpočtu", note="od nás")
THEIRS = editing.Edit(title="Schůzka o dotacích", note="od nich")


@pytest.fixture
def shelf(desk: Desk, inbox: Path) -> Path:
    """The record file of one filed document."""
    (inbox / NAME).write_text("Text.", encoding="utf-8")
    desk.take(inbox)
    return desk.folder / ".kpss" / "records" / "Péče" / "2020.jsonl"


@pytest.fixture
def theirs(desk: Desk, shelf: Path) -> bytes:
    """The record file after the other computer's change; the archive is as it was before that."""
    editing.edit(desk.archive, [desk.one(NAME).id], THEIRS)
    editing.tag(desk.archive, [desk.one(NAME).id], "z druhého počítače")
    written = shelf.read_bytes()
    undo.undo(desk.archive)
    undo.undo(desk.archive)
    return written


def change_here(desk: Desk, theirs: bytes) -> None:
    """Change the same document so often that its rev is that of the other computer's version."""
    document = desk.one(NAME)
    rev = json.loads(theirs.splitlines()[-1])["rev"]
    # As if undo had not counted: the two computers began from one and the same record.
    desk.archive.catalogue.db.execute("UPDATE documents SET rev = ? WHERE id = ?", (rev - 1, document.id))
    editing.edit(desk.archive, [document.id], OURS)
    assert looking.document(desk.archive, document.id).rev == rev


def found(desk: Desk) -> Finding:
    """The one thing that verification finds."""
    (finding,) = verify(desk.archive, silent)
    assert finding.kind is Trouble.DIVERGED
    return finding


def test_a_copy_of_the_same_rev_is_a_finding_with_both_contents(desk: Desk, shelf: Path, theirs: bytes) -> None:
    change_here(desk, theirs)
    desk.archive.close()
    shelf.with_name("2020 (PC-2).jsonl").write_bytes(theirs)
    desk.archive = open_archive(desk.folder)
    assert desk.one(NAME).note == "od nás"
    sentence = trouble_sentence(found(desk))
    for words in ("od nás", "od nich", "Schůzka o rozpočtu", "Schůzka o dotacích", "z druhého počítače"):
        assert words in sentence
    assert [document.id for document in divergence.untold(desk.archive)] == [desk.one(NAME).id]
    divergence.tell(desk.archive)
    desk.reopen()
    assert divergence.untold(desk.archive) == ()
    found(desk)


def test_a_record_that_took_the_place_of_ours_does_not_take_our_words(desk: Desk, shelf: Path, theirs: bytes) -> None:
    change_here(desk, theirs)
    desk.archive.close()
    shelf.write_bytes(theirs)
    desk.archive = open_archive(desk.folder)
    assert desk.one(NAME).note == "od nich"
    assert found(desk).versions[1].note == "od nás"
    # Another computer, or this one without its catalogue, finds the same.
    desk.forget()
    assert found(desk).versions[1].note == "od nás"


def test_what_a_reader_notices_is_kept_until_it_writes(desk: Desk, shelf: Path, theirs: bytes) -> None:
    change_here(desk, theirs)
    desk.archive.close()
    shelf.write_bytes(theirs)
    with open_archive(desk.folder, writable=False) as reader:
        assert not (desk.folder / divergence.FOLDER).exists()
        assert reader.writable is False
    desk.archive = open_archive(desk.folder)
    assert found(desk).versions[1].note == "od nás"


@pytest.mark.parametrize(("chosen", "note"), [(Repair.KEEP_THIS, "od nás"), (Repair.TAKE_OTHER, "od nich")])
def test_the_clerk_chooses_and_the_other_version_is_kept_aside(
    desk: Desk, shelf: Path, theirs: bytes, chosen: Repair, note: str
) -> None:
    change_here(desk, theirs)
    desk.archive.close()
    shelf.with_name("2020 (PC-2).jsonl").write_bytes(theirs)
    desk.archive = open_archive(desk.folder)
    before = desk.state()
    done = repair(desk.archive, [(found(desk), chosen)], silent)
    assert (len(done.done), done.left, done.failed) == (1, (), ())
    assert desk.one(NAME).note == note
    assert ("z druhého počítače" in desk.one(NAME).tags) is (chosen is Repair.TAKE_OTHER)
    assert desk.problems() == []
    kept = "".join(path.read_text(encoding="utf-8") for path in (desk.folder / ".kpss" / "damaged").glob("*.jsonl"))
    assert {"od nás", "od nich"} - {note} <= {words for words in ("od nás", "od nich") if words in kept}
    if chosen is Repair.TAKE_OTHER:
        undo.undo(desk.archive)
        assert desk.state() == before


def test_equal_versions_and_older_ones_are_no_finding(desk: Desk, shelf: Path) -> None:
    older = shelf.read_bytes()
    editing.edit(desk.archive, [desk.one(NAME).id], OURS)
    same = shelf.read_bytes()
    desk.archive.close()
    shelf.with_name("2020 (PC-2).jsonl").write_bytes(older)
    shelf.with_name("2020 (PC-3).jsonl").write_bytes(same)
    shutil.rmtree(desk.archive.data)
    keeping.snapshot_path(desk.folder).unlink()
    desk.archive = open_archive(desk.folder)
    assert desk.problems() == []


def test_the_command_says_it_once(desk: Desk, shelf: Path, theirs: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    change_here(desk, theirs)
    desk.archive.close()
    shelf.with_name("2020 (PC-2).jsonl").write_bytes(theirs)
    said = []
    for _ in range(2):
        assert main(["--archive", str(desk.folder), "--json", "list"]) == 0
        said.append(capsys.readouterr().err.count("\n"))
    assert said == [1, 0]
    desk.archive = open_archive(desk.folder)
