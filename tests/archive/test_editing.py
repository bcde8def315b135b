"""Every kind of change: rows, files and records move together, there, back and there again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.undo import next_undo, redo, undo
from kpss_desktop.catalogue.meetings import all_meetings
from kpss_desktop.errors import (
    BadValue,
    NameTaken,
    NoSuchDocument,
    NoSuchGroup,
)
from kpss_desktop.model import Dated, Kind, PartialDate

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def dated(text: str) -> Dated:
    return Dated(PartialDate.parse(text))


def test_files_follow_their_document_to_its_new_folder(filled: Desk) -> None:
    document = filled.one("Zápis PS Péče 16 1 2020.doc")
    editing.edit(filled.archive, [document.id], Edit(groups=("prevence",), dated=dated("2019-05-04")))
    assert "Prevence/2019/Zápis PS Péče 16 1 2020.doc" in filled.tree()
    assert "Péče/2020/Zápis PS Péče 16 1 2020.doc" not in filled.tree()
    editing.edit(filled.archive, [document.id], Edit(groups=(), dated=None))
    assert "Společné/Zápis PS Péče 16 1 2020.doc" in filled.tree()
    assert not (filled.folder / "Prevence" / "2019").exists()
    assert filled.problems() == []


def test_an_edit_of_many_leaves_alone_what_it_does_not_name(filled: Desk) -> None:
    before = filled.documents()
    editing.edit(filled.archive, [document.id for document in before], Edit(note="pro radu", kind=Kind.ATTACHMENT))
    changed = [replace(one, note="pro radu", kind=Kind.ATTACHMENT) for one in before]
    assert list(filled.documents()) == changed
    step = next_undo(filled.archive)
    assert step is not None
    assert (step.label, step.amount) == ("edit", 4)


def test_two_files_of_one_name_do_not_meet(filled: Desk, inbox: Path) -> None:
    (inbox / "Zápis PS Péče 16 1 2020.doc").write_bytes(b"another")
    filled.take(inbox, group="prevence")
    both = [one.id for one in filled.documents() if one.file.original_name == "Zápis PS Péče 16 1 2020.doc"]
    assert editing.edit(filled.archive, both, Edit(groups=("rs",))) == 2
    assert filled.tree().keys() >= {
        "Řídící skupina/2020/Zápis PS Péče 16 1 2020.doc",
        "Řídící skupina/2020/Zápis PS Péče 16 1 2020 (2).doc",
    }
    assert filled.problems() == []


def test_trash_keeps_the_file_and_gives_it_back(filled: Desk) -> None:
    before = filled.state()
    document = filled.one("Zápis PS Péče 16 1 2020.doc")
    editing.trash(filled.archive, [document.id])
    assert "Péče/2020/Zápis PS Péče 16 1 2020.doc" not in filled.tree()
    trashed = looking.document(filled.archive, document.id)
    assert trashed.trashed
    assert looking.file_path(filled.archive, trashed.file).is_file()
    filled.forget()
    editing.edit(filled.archive, [document.id], Edit(title="V koši"))
    editing.restore(filled.archive, [document.id])
    editing.edit(filled.archive, [document.id], Edit(title=document.title))
    # Which meeting it is of is found anew, with an id of its own.
    assert [replace(one, meeting=None) for one in filled.documents()] == [
        replace(one, meeting=None)
        for one in before[0]  # type: ignore[attr-defined]  # documents come first
    ]
    assert filled.tree() == before[2]
    assert filled.problems() == []


def test_trash_and_restore_of_what_is_there_already_change_nothing(filled: Desk) -> None:
    document = filled.documents()[0]
    editing.restore(filled.archive, [document.id])
    step = next_undo(filled.archive)
    assert step is not None
    assert step.label == "import"


def test_tags(filled: Desk) -> None:
    first, second, *_ = filled.documents()
    editing.tag(filled.archive, [first.id, second.id], "  dluhové   poradenství ")
    editing.tag(filled.archive, [first.id], "Čeká")
    editing.tag(filled.archive, [first.id], "Čeká")
    assert looking.document(filled.archive, first.id).tags == ("Čeká", "dluhové poradenství")
    assert looking.tags(filled.archive) == ("Čeká", "dluhové poradenství")
    editing.untag(filled.archive, [first.id, second.id], "dluhové poradenství")
    assert looking.tags(filled.archive) == ("Čeká",)
    undo(filled.archive)
    assert looking.tags(filled.archive) == ("Čeká", "dluhové poradenství")
    filled.forget()
    assert looking.tags(filled.archive) == ("Čeká", "dluhové poradenství")


@pytest.mark.parametrize(
    ("new", "path"),
    [
        ("Jiný název", "Péče/2020/Jiný název.doc"),
        ("Jiný název.DOC", "Péče/2020/Jiný název.DOC"),
        ("Zápis 17. 1. 2020", "Péče/2020/Zápis 17. 1. 2020.doc"),
        ("ZÁPIS ps péče 16 1 2020.doc", "Péče/2020/ZÁPIS ps péče 16 1 2020.doc"),
        ("CON", "Péče/2020/_CON.doc"),
        ("a:b", "Péče/2020/a_b.doc"),
    ],
)
def test_renaming(filled: Desk, new: str, path: str) -> None:
    before = filled.state()
    document = filled.one("Zápis PS Péče 16 1 2020.doc")
    renamed = editing.rename(filled.archive, document.id, new)
    assert renamed.file.path == path
    assert path in filled.tree()
    assert filled.problems() == []
    undo(filled.archive)
    assert filled.state() == before


def test_a_long_new_name_is_shortened_to_what_windows_takes(filled: Desk) -> None:
    document = filled.one("Zápis PS Péče 16 1 2020.doc")
    renamed = editing.rename(filled.archive, document.id, "Zápis " + "ž" * 400)
    name = renamed.file.path.rpartition("/")[2]
    assert len(name) <= 120
    assert name.endswith(".doc")


@pytest.mark.parametrize("new", ["", "  ", "../x", "a/b", "a\\b"])
def test_a_name_that_is_none_is_refused(filled: Desk, new: str) -> None:
    before = filled.state()
    with pytest.raises(BadValue):
        editing.rename(filled.archive, filled.documents()[0].id, new)
    assert filled.state() == before


@pytest.mark.parametrize("new", ["Zápis PS Péče 7 2 2020.doc", "ZÁPIS PS PÉČE 7 2 2020", "cizí"])
def test_a_taken_name_is_refused(filled: Desk, new: str) -> None:
    (filled.folder / "Péče" / "2020" / "cizí.doc").write_bytes(b"not ours")
    before = filled.state()
    with pytest.raises(NameTaken):
        editing.rename(filled.archive, filled.one("Zápis PS Péče 16 1 2020.doc").id, new)
    assert filled.state() == before


def test_a_group_that_changes_its_name_takes_its_documents_along(filled: Desk) -> None:
    before = filled.state()
    pece = looking.groups(filled.archive)[0]
    editing.change_group(filled.archive, replace(pece, name="Senioři", aliases=("Péče", "PS Péče")))
    assert sorted(path.partition("/")[0] for path in filled.tree()) == ["Prevence", "Senioři", "Senioři", "Senioři"]
    assert filled.problems() == []
    after = filled.state()
    undo(filled.archive)
    assert filled.state() == before
    redo(filled.archive)
    assert filled.state() == after
    filled.forget()
    assert filled.state() == after


def test_the_record_of_a_meeting_follows_its_documents(desk: Desk, inbox: Path) -> None:
    for name in ("Zápis PS Péče 16 1 2020.txt", "Pozvánka PS Péče 16 1 2020.txt"):
        (inbox / name).write_text(name, encoding="utf-8")
    desk.take(inbox)

    def homes() -> list[str]:
        return [home for _, _, home, _ in all_meetings(desk.archive.catalogue.db)]

    assert homes() == ["Péče/2020"]
    one, two = (document.id for document in desk.documents())
    editing.edit(desk.archive, [one], Edit(groups=("prevence", "pece")))
    assert homes() == ["Péče/2020"]
    editing.edit(desk.archive, [two], Edit(groups=("prevence",)))
    assert homes() == ["Prevence/2020"]
    assert not (desk.folder / ".kpss" / "records" / "Péče" / "2020.jsonl").exists()
    after = desk.state()
    desk.forget()
    assert (desk.state(), homes()) == (after, ["Prevence/2020"])


def test_groups_come_and_go(filled: Desk) -> None:
    before = filled.state()
    made = editing.add_group(filled.archive, "Děti a mládež", aliases=["mládež"])
    with pytest.raises(NameTaken):
        editing.add_group(filled.archive, "děti a MLÁDEŽ")
    with pytest.raises(BadValue):
        editing.add_group(filled.archive, "  ")
    assert made in looking.groups(filled.archive)
    filled.reopen()
    undo(filled.archive)
    assert filled.state() == before


def test_a_group_is_added_to_many_documents_and_dropped_in_one_step_each(filled: Desk) -> None:
    before, ids = filled.state(), [document.id for document in filled.documents()]
    steering = len([one for one in filled.documents() if "rs" in one.groups])
    assert editing.edit(filled.archive, ids, Edit(add_groups=("rs",))) == len(ids) - steering
    assert all(document.groups[-1] == "rs" for document in filled.documents())
    step = next_undo(filled.archive)
    assert step is not None
    assert (step.label, step.amount) == ("edit", len(ids) - steering)
    undo(filled.archive)
    assert filled.state() == before
    redo(filled.archive)
    assert editing.edit(filled.archive, ids, Edit(drop_groups=("rs",))) == len(ids)
    assert not any("rs" in document.groups for document in filled.documents())
    assert filled.problems() == []


def test_a_group_that_all_have_already_makes_no_step(filled: Desk) -> None:
    document = filled.one("Zápis PS Péče 16 1 2020.doc")
    assert editing.edit(filled.archive, [document.id], Edit(add_groups=document.groups, drop_groups=("rs",))) == 0
    step = next_undo(filled.archive)
    assert step is not None
    assert step.label == "import"


def test_what_makes_no_sense_is_refused_and_changes_nothing(filled: Desk) -> None:
    before = filled.state()
    document = filled.documents()[0]
    for call, error in (
        (lambda: editing.edit(filled.archive, [document.id], Edit(groups=("nikdo",))), NoSuchGroup),
        (lambda: editing.edit(filled.archive, [document.id], Edit(add_groups=("nikdo",))), NoSuchGroup),
        (lambda: editing.edit(filled.archive, [document.id], Edit(title="  ")), BadValue),
        (lambda: editing.tag(filled.archive, [document.id], "  "), BadValue),
        (lambda: editing.rename(filled.archive, "nobody", "x"), NoSuchDocument),
        (lambda: looking.document(filled.archive, "nobody"), NoSuchDocument),
    ):
        with pytest.raises(error):
            call()
    assert filled.state() == before
    step = next_undo(filled.archive)
    assert step is not None
    assert step.label == "import"


def test_a_group_that_is_only_spelt_otherwise_keeps_the_names_of_its_files(filled: Desk) -> None:
    before = [document.file.path for document in filled.documents()]
    pece = next(group for group in looking.groups(filled.archive) if group.name == "Péče")
    editing.change_group(filled.archive, replace(pece, name="PÉČE"))
    after = [document.file.path for document in filled.documents()]
    assert sorted(after) == sorted(path.replace("Péče/", "PÉČE/", 1) for path in before)
    assert not (filled.folder / ".kpss" / "records" / "Péče").exists()
    assert filled.problems() == []
    undo(filled.archive)
    assert [document.file.path for document in filled.documents()] == before
    assert filled.problems() == []
