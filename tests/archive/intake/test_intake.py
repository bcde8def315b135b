"""Shows 2 and 3: what is dropped becomes a plan, the plan becomes documents, and nothing is lost on the way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.editing import trash
from kpss_desktop.archive.exporting.year_zip import export_year_zip
from kpss_desktop.archive.intake.filing import Filed, file_intake
from kpss_desktop.archive.intake.planning import IntakePlan, ItemState, plan_intake
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.archive.undo import next_undo, undo
from kpss_desktop.czech.names import kind_of_word
from kpss_desktop.errors import DiskFull, ReadOnlyArchive
from kpss_desktop.model import Certainty, Kind
from kpss_desktop.progress import Cancelled, silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def names(desk: Desk) -> list[str]:
    return [document.file.path for document in desk.documents()]


# --- Show 2 ---


def test_the_four_minutes_of_the_towns_page(desk: Desk, shared: Path) -> None:
    report = desk.take(shared / "minutes" / "seed-page")
    assert (report.filed, report.duplicates, report.failed) == (4, 0, 0)
    found = {
        str(document.dated.date): (document.groups, document.dated.certainty)
        for document in desk.documents()
        if document.dated
    }
    assert found == {
        "2020-01-10": (("prevence",), Certainty.SURE),
        "2020-01-16": (("pece",), Certainty.SURE),
        "2020-02-07": (("pece",), Certainty.SURE),
        "2020-03-06": (("pece", "prevence"), Certainty.INFERRED),
    }
    assert sorted(desk.tree()) == names(desk)
    assert names(desk) == [
        "Prevence/2020/Zápis PS Prevence 2020 01 10.doc",
        "Péče/2020/Zápis PS Péče 16 1 2020.doc",
        "Péče/2020/Zápis PS Péče 7 2 2020.doc",
        "Péče/2020/Zápis PS Péče a Prevence 6 3.doc",
    ]
    assert desk.problems() == []


def test_a_second_intake_brings_nothing_new(desk: Desk, shared: Path) -> None:
    desk.take(shared / "minutes" / "seed-page")
    before = desk.state()
    again = desk.take(shared / "minutes" / "seed-page")
    assert (again.filed, again.duplicates, again.failed) == (0, 4, 0)
    assert all(outcome.document_id for outcome in again.outcomes)
    assert desk.state() == before
    step = next_undo(desk.archive)
    assert step is not None
    assert (step.label, step.amount) == ("import", 4)


def test_joint_minutes_go_into_the_year_of_both_groups(desk: Desk, shared: Path, tmp_path: Path) -> None:
    desk.take(shared / "minutes" / "seed-page")
    pece, prevence, _ = looking.groups(desk.archive)
    assert export_year_zip(desk.archive, pece, 2020, tmp_path / "out", silent).files == 3
    assert export_year_zip(desk.archive, prevence, 2020, tmp_path / "out", silent).files == 2


# --- Show 3 ---


@pytest.fixture
def drive(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "minutes" / "drive.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_document_of_the_drive_has_its_kind_groups_and_date(
    desk: Desk, shared: Path, drive: list[dict[str, Any]]
) -> None:
    report = desk.take(shared / "minutes" / "drive")
    by_source = {outcome.item.source: outcome.document_id for outcome in report.outcomes}
    groups = {group.id: group.name for group in looking.groups(desk.archive)}
    wrong = []
    for told in drive:
        document_id = by_source[f"drive/{told['file']}"]
        assert document_id is not None, told["file"]
        document = looking.document(desk.archive, document_id)
        date = str(document.dated.date) if document.dated else None
        read = (document.kind, [groups[group] for group in document.groups], date, document.year)
        wanted = (kind_of_word(told["kind"]), told["groups"], told["date"], told["year"])
        if read != wanted:
            wrong.append((told["file"], read, wanted))
    assert wrong == []
    assert report.failed == 0
    assert desk.problems() == []


def test_the_drive_has_each_document_once_and_no_odd_letter(
    desk: Desk, shared: Path, drive: list[dict[str, Any]]
) -> None:
    report = desk.take(shared / "minutes" / "drive")
    documents = desk.documents()
    assert len({document.file.sha256 for document in documents}) == len(documents)
    year_zips = [document for document in documents if document.kind is Kind.YEAR_ZIP]
    assert len(year_zips) == 9
    assert report.filed + report.duplicates == len(drive) + len(year_zips)
    told = {Path(line["file"].rpartition("!")[2]).name for line in drive}
    assert {name.rpartition("/")[2] for name in names(desk)} - {zip_.file.original_name for zip_ in year_zips} <= told
    letters = set("".join(names(desk)))
    assert letters <= set(
        "aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzžAÁBCČDĎEÉĚFGHIÍJKLMNŇOÓPQRŘSŠTŤUÚŮVWXYÝZŽ0123456789 .,-/"
    )


def test_the_clerks_files_are_not_touched(desk: Desk, shared: Path) -> None:
    def facts() -> dict[str, tuple[int, int, bytes]]:
        files = sorted(path for path in (shared / "minutes").rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_mode, path.read_bytes()) for path in files}

    before = facts()
    desk.take(shared / "minutes")
    assert facts() == before


# --- what comes with a file ---


def test_a_group_and_a_year_said_by_the_clerk_are_taken(desk: Desk, inbox: Path) -> None:
    (inbox / "Zápis 6 3.doc").write_bytes(b"a")
    desk.take(inbox, group="prevence", year=2015)
    assert names(desk) == ["Prevence/2015/Zápis 6 3.doc"]


def test_same_bytes_with_another_group_join_the_document(desk: Desk, inbox: Path) -> None:
    for group in ("Péče", "Prevence"):
        (inbox / group).mkdir()
        (inbox / group / f"Zápis PS {group} 6 3 2020.doc").write_bytes(b"the same")
    report = desk.take(inbox)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED, Filed.JOINED]
    (document,) = desk.documents()
    assert sorted(document.groups) == ["pece", "prevence"]
    assert len(desk.tree()) == 1
    undo(desk.archive)
    assert desk.documents() == ()
    assert desk.tree() == {}


def test_same_bytes_join_a_document_that_was_filed_before(desk: Desk, inbox: Path) -> None:
    (inbox / "Zápis PS Péče 6 3 2020.doc").write_bytes(b"the same")
    desk.take(inbox)
    before = desk.state()
    (inbox / "Zápis PS Péče 6 3 2020.doc").rename(inbox / "Zápis PS Prevence 6 3 2020.doc")
    report = desk.take(inbox)
    assert [outcome.state for outcome in report.outcomes] == [Filed.JOINED]
    assert desk.documents()[0].groups == ("pece", "prevence")
    undo(desk.archive)
    assert desk.state() == before
    assert desk.problems() == []


def test_a_document_without_a_group_moves_to_the_folder_of_the_one_its_copy_brings(desk: Desk, inbox: Path) -> None:
    for number, name in enumerate(("Zápis 6 3 2020.doc", "Zápis PS Péče 6 3 2020 (kopie).doc")):
        (inbox / f"{number}").mkdir()
        (inbox / f"{number}" / name).write_bytes(b"the same")
    desk.take(inbox / "0" / "Zápis 6 3 2020.doc")
    assert [(document.file.path, document.meeting) for document in desk.documents()] == [
        ("Společné/2020/Zápis 6 3 2020.doc", None)
    ]
    before = desk.state()
    report = desk.take(inbox / "1" / "Zápis PS Péče 6 3 2020 (kopie).doc")
    assert [outcome.state for outcome in report.outcomes] == [Filed.JOINED]
    (document,) = desk.documents()
    assert (document.file.path, document.groups) == ("Péče/2020/Zápis 6 3 2020.doc", ("pece",))
    assert document.meeting is not None
    assert list(desk.tree()) == ["Péče/2020/Zápis 6 3 2020.doc"]
    assert desk.problems() == []
    undo(desk.archive)
    assert desk.state() == before


def test_a_plan_writes_nothing(desk: Desk, shared: Path) -> None:
    before = desk.state()
    plan = plan_intake(desk.archive, [shared / "minutes" / "drive"], silent)
    assert len(plan.items) > 100
    assert desk.state() == before
    assert desk.staged() == []


def test_a_plan_that_is_filed_twice_files_once(desk: Desk, shared: Path) -> None:
    plan = plan_intake(desk.archive, [shared / "minutes" / "seed-page"], silent)
    file_intake(desk.archive, plan, silent)
    before = desk.state()
    again = file_intake(desk.archive, plan, silent)
    assert (again.filed, again.duplicates) == (0, 4)
    assert desk.state() == before
    assert desk.problems() == []


def test_what_the_clerk_unticked_or_edited_is_filed_so(desk: Desk, shared: Path) -> None:
    plan = plan_intake(desk.archive, [shared / "minutes" / "seed-page"], silent)
    first, second, *rest = plan.items
    edited = replace(second, title="Jiný název", kind=Kind.ATTACHMENT, groups=(), new_groups=("Senioři",))
    report = file_intake(desk.archive, IntakePlan((replace(first, take=False), edited, *rest)), silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.SKIPPED, Filed.FILED, Filed.FILED, Filed.FILED]
    document = desk.one(second.name)
    assert (document.title, document.kind) == ("Jiný název", Kind.ATTACHMENT)
    assert document.file.path == f"Senioři/2020/{second.name}"
    assert "Senioři" in [group.name for group in looking.groups(desk.archive)]
    desk.forget()
    assert desk.one(second.name).title == "Jiný název"


def test_a_trashed_document_is_no_reason_to_refuse_its_file(desk: Desk, inbox: Path) -> None:
    (inbox / "Zápis PS Péče 6 3 2020.doc").write_bytes(b"a")
    desk.take(inbox)
    trash(desk.archive, [desk.documents()[0].id])
    assert desk.take(inbox).filed == 1
    assert list(desk.tree()) == ["Péče/2020/Zápis PS Péče 6 3 2020.doc"]
    assert desk.problems() == []


# --- odd files ---


def test_names_that_differ_by_case_only_both_find_a_place(
    desk: Desk, inbox: Path, make_zip: Callable[..., bytes]
) -> None:
    packed = make_zip([("Zápis.doc", b"1"), ("ZÁPIS.DOC", b"2"), ("Zápis.doc", b"3"), ("x/Za\u0301pis.doc", b"4")])
    (inbox / "a.zip").write_bytes(packed)
    report = desk.take(inbox / "a.zip", group="pece", year=2020)
    assert report.filed == 4
    keys = [path.casefold() for path in names(desk)]
    assert len(set(keys)) == 4
    assert sorted(desk.archive.store.inside(path).read_bytes() for path in names(desk)) == [b"1", b"2", b"3", b"4"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_of_an_old_linux_computer_is_read_and_its_bytes_kept(desk: Desk, inbox: Path) -> None:
    raw = "Zápis PS Péče 16 1 2020.doc".encode("cp1250")
    (Path(os.fsdecode(os.fsencode(inbox) + b"/" + raw))).write_bytes(b"a")
    report = desk.take(inbox)
    assert report.filed == 1
    assert names(desk) == ["Péče/2020/Zápis PS Péče 16 1 2020.doc"]
    assert desk.documents()[0].file.original_raw == raw
    before = desk.state()
    desk.forget()
    assert desk.state() == before


@pytest.mark.parametrize("name", ["CON .txt", "a:b?.doc", " ..doc", "Zápis " + "ž" * 100 + ".doc", "a\u202ecod.exe"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_windows_refuses_are_mended(desk: Desk, inbox: Path, name: str) -> None:
    (inbox / name).write_bytes(b"a")
    assert desk.take(inbox).filed == 1
    assert desk.documents()[0].file.original_name == name
    assert desk.problems() == []


def test_what_is_no_file_or_cannot_be_read_is_a_line_of_the_report(desk: Desk, inbox: Path) -> None:
    (inbox / "good.txt").write_bytes(b"a")
    missing = inbox / "nowhere.doc"
    link = inbox / "dangling.doc"
    link.symlink_to(inbox / "nobody.doc")
    os.mkfifo(inbox / "pipe.doc")
    report = desk.take(inbox, missing)
    states = {outcome.item.name: (outcome.state, outcome.item.refusal) for outcome in report.outcomes}
    assert states == {
        "good.txt": (Filed.FILED, None),
        "nowhere.doc": (Filed.FAILED, Refusal.UNREADABLE),
        "dangling.doc": (Filed.FAILED, Refusal.LINK),
        "pipe.doc": (Filed.FAILED, Refusal.UNREADABLE),
    }


@pytest.mark.skipif(os.name == "nt", reason="the folder is made step by step, as only other systems can")
def test_a_folder_that_cannot_be_looked_into_is_a_line_of_the_report(desk: Desk, inbox: Path) -> None:
    (inbox / "good.txt").write_bytes(b"a")
    name, depth = "složka" * 30, 0
    here = os.open(inbox, os.O_RDONLY)
    while len(os.fsencode(inbox)) + depth * (len(name.encode()) + 1) < 4096:  # PATH_MAX: the system refuses the last
        os.mkdir(name, dir_fd=here)
        deeper = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here, depth = deeper, depth + 1
    os.close(here)
    report = desk.take(inbox)
    states = {outcome.item.name: (outcome.state, outcome.item.refusal) for outcome in report.outcomes}
    assert states == {"good.txt": (Filed.FILED, None), name: (Filed.FAILED, Refusal.UNREADABLE)}


def test_a_file_that_vanishes_between_plan_and_filing_is_one_failure(desk: Desk, inbox: Path) -> None:
    for name in "abc":
        (inbox / f"{name}.txt").write_bytes(name.encode())
    plan = plan_intake(desk.archive, [inbox], silent)
    (inbox / "b.txt").unlink()
    report = file_intake(desk.archive, plan, silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED, Filed.FAILED, Filed.FILED]
    assert isinstance(report.outcomes[1].error, FileNotFoundError)
    assert desk.problems() == []


def test_the_archive_dropped_into_itself_files_nothing(desk: Desk, shared: Path) -> None:
    desk.take(shared / "minutes" / "seed-page")
    before = desk.state()
    assert desk.take(desk.folder, desk.folder.parent).filed == 0
    assert desk.state() == before


def test_what_file_managers_leave_behind_is_not_taken(desk: Desk, inbox: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$pis.doc", ".hidden", "a.txt"):
        (inbox / name).write_bytes(name.encode())
    assert desk.take(inbox).filed == 1


def test_an_empty_file_is_filed_like_any_other(desk: Desk, inbox: Path) -> None:
    (inbox / "Zápis PS Péče 6 3 2020.doc").write_bytes(b"")
    assert desk.take(inbox).filed == 1
    assert desk.documents()[0].size == 0
    assert desk.problems() == []


# --- stopping, room, rights ---


@pytest.mark.parametrize("after", [0, 1, 7, 120, 149])
def test_a_stopped_intake_keeps_what_is_filed_and_says_so(desk: Desk, inbox: Path, after: int) -> None:
    for number in range(150):
        (inbox / f"Zápis PS Péče {number:03d}.txt").write_bytes(str(number).encode())

    def stop(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # the names of Progress
        if done >= after:
            raise Cancelled

    plan = plan_intake(desk.archive, [inbox], silent)
    report = file_intake(desk.archive, plan, stop)
    assert report.stopped
    assert report.count(Filed.FILED) + report.count(Filed.SKIPPED) == 150
    assert len(desk.documents()) == len(desk.tree()) == report.filed <= after
    assert desk.staged() == []
    assert desk.problems() == []
    rest = desk.take(inbox)
    assert rest.filed == 150 - report.filed
    assert desk.problems() == []


def test_many_files_are_one_step(desk: Desk, inbox: Path) -> None:
    for number in range(230):
        (inbox / f"{number:03d}.txt").write_bytes(str(number).encode())
    desk.take(inbox)
    step = next_undo(desk.archive)
    assert step is not None
    assert step.amount == 230
    undo(desk.archive)
    assert desk.documents() == ()
    assert next_undo(desk.archive) is None


def test_too_little_room_is_said_before_anything_is_written(
    desk: Desk, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=10_000))
    plan = plan_intake(desk.archive, [shared / "minutes" / "seed-page"], silent)
    with pytest.raises(DiskFull):
        file_intake(desk.archive, plan, silent)
    assert desk.documents() == ()


def test_nothing_is_filed_into_an_archive_open_for_reading(desk: Desk, shared: Path) -> None:
    with open_archive(desk.folder, writable=False) as reading:
        plan = plan_intake(reading, [shared / "minutes" / "seed-page"], silent)
        with pytest.raises(ReadOnlyArchive):
            file_intake(reading, plan, silent)
    assert plan.items[0].state is ItemState.NEW
    assert desk.documents() == ()
