"""Every change can be taken back and made again, rows and files and records together, also after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.undo import next_redo, redo, undo
from kpss_desktop.errors import (
    NothingToRedo,
    NothingToUndo,
)

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def test_an_intake_is_taken_back_and_made_again(desk: Desk, shared: Path) -> None:
    empty = desk.state()
    desk.take(shared / "minutes" / "drive")
    full = desk.state()
    undo(desk.archive)
    assert desk.state() == empty
    assert desk.problems() == []
    redo(desk.archive)
    assert desk.state() == full
    assert desk.problems() == []
    desk.forget()
    assert desk.state() == full


def test_a_change_that_changes_nothing_leaves_redo_as_it_was(filled: Desk) -> None:
    one = filled.documents()[0]
    editing.tag(filled.archive, [one.id], "důležité")
    undo(filled.archive)
    editing.edit(filled.archive, [one.id], Edit(title=one.title))
    assert redo(filled.archive).label == "tag"
    assert filled.one(one.file.path.rpartition("/")[2]).tags == ("důležité",)


def test_there_is_an_end_to_undo_and_redo(filled: Desk) -> None:
    undo(filled.archive)
    with pytest.raises(NothingToUndo):
        undo(filled.archive)
    redo(filled.archive)
    with pytest.raises(NothingToRedo):
        redo(filled.archive)


def test_a_new_change_forgets_what_could_be_made_again(filled: Desk) -> None:
    document = filled.documents()[0]
    editing.tag(filled.archive, [document.id], "a")
    undo(filled.archive)
    editing.tag(filled.archive, [document.id], "b")
    assert next_redo(filled.archive) is None
    undo(filled.archive)
    assert looking.tags(filled.archive) == ()


def test_a_strangers_file_in_the_way_is_not_written_over(filled: Desk) -> None:
    document = filled.one("Zápis PS Péče 16 1 2020.doc")
    path = filled.folder / document.file.path
    editing.trash(filled.archive, [document.id])
    path.write_bytes(b"a stranger's")
    undo(filled.archive)
    assert path.read_bytes() == b"a stranger's"
    back = looking.document(filled.archive, document.id)
    assert back.file.path == "Péče/2020/Zápis PS Péče 16 1 2020 (2).doc"
    assert filled.problems() == [("orphaned", document.file.path)]
    redo(filled.archive)
    undo(filled.archive)
    assert filled.problems() == [("orphaned", document.file.path)]


def test_a_stranger_in_the_way_does_not_stop_what_is_made_again(desk: Desk, inbox: Path) -> None:
    for number in (1, 2):
        (inbox / "Zápis.doc").write_bytes(str(number).encode())
        desk.take(inbox, group="pece", year=2020)
    undo(desk.archive)
    undo(desk.archive)
    (desk.folder / "Péče" / "2020").mkdir(parents=True)
    (desk.folder / "Péče" / "2020" / "Zápis.doc").write_bytes(b"a stranger's")
    redo(desk.archive)
    redo(desk.archive)
    assert len(desk.documents()) == 2
    assert len(desk.tree()) == 3
    assert desk.problems() == [("orphaned", "Péče/2020/Zápis.doc")]
    undo(desk.archive)
    undo(desk.archive)
    assert list(desk.tree()) == ["Péče/2020/Zápis.doc"]
