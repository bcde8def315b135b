"""Two clerks and one folder: one writes, the other reads and follows; sync programs and lost catalogues do no harm."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.archive.reading.indexer import index_pending, read_again
from kpss_desktop.archive.sharing import lock, opening, presence
from kpss_desktop.archive.trust import backup as backups
from kpss_desktop.archive.trust import keeping
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.texts import unread_count
from kpss_desktop.errors import ArchiveGone, ArchiveInUse, ReadOnlyArchive
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

NAMES = ("Zápis PS Péče 16 1 2020.txt", "Zápis PS Péče 5 3 2020.txt", "Zápis PS Prevence 2 2 2021.txt")


@pytest.fixture
def filled(desk: Desk, inbox: Path) -> Desk:
    """Three documents whose texts have been read."""
    for number, name in enumerate(NAMES):
        (inbox / name).write_text(f"Text zápisu č. {number}: pečovatelská služba", encoding="utf-8")
    desk.take(inbox)
    index_pending(desk.archive)
    return desk


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Open a folder as another computer would: with a data folder of its own."""

    @contextmanager
    def opened(folder: Path, **options: bool) -> Iterator[Archive]:
        with monkeypatch.context() as patch:
            patch.setenv("KPSS_DATA_DIR", str(tmp_path / "jiný počítač"))
            archive = open_archive(folder, **options)
        with archive:
            yield archive

    return opened


def held_by_another_computer(folder: Path) -> None:
    """Make the lock look as if another computer held it."""
    held = json.loads(lock.lock_path(folder).read_text(encoding="utf-8"))
    lock.lock_path(folder).write_text(json.dumps(held | {"host": "radnice-pc2", "user": "jana"}), encoding="utf-8")


def test_one_writes_and_the_other_follows(filled: Desk, elsewhere: Callable[..., Any]) -> None:
    with pytest.raises(ArchiveInUse), elsewhere(filled.folder):
        pass
    with elsewhere(filled.folder, writable=False) as reader:
        assert state_digest(reader) == state_digest(filled.archive)
        assert not opening.follow_if_changed(reader)
        editing.tag(filled.archive, [filled.one(NAMES[0]).id], "důležité")
        editing.edit(filled.archive, [filled.one(NAMES[1]).id], editing.Edit(groups=("prevence",)))
        assert opening.follow_if_changed(reader)
        assert state_digest(reader) == state_digest(filled.archive)
        assert not opening.follow_if_changed(reader)
        editing.trash(filled.archive, [filled.one(NAMES[2]).id])
        editing.add_group(filled.archive, "Senioři")
        assert opening.follow_if_changed(reader)
        assert state_digest(reader) == state_digest(filled.archive)
        with pytest.raises(ReadOnlyArchive):
            editing.tag(reader, [filled.one(NAMES[0]).id], "ne")


def test_it_is_told_who_writes_and_whether_she_is_alive(filled: Desk) -> None:
    found = presence.who_writes(filled.folder)
    assert found is not None
    assert found.pid == os.getpid()
    watch = presence.Watch(filled.folder)
    assert watch.silent_for() < presence.EVERY
    _, first = lock.last_beat(filled.folder)
    filled.archive.beaten = -1e9
    presence.beat(filled.archive)
    _, second = lock.last_beat(filled.folder)
    assert first != second
    filled.archive.close()
    assert presence.who_writes(filled.folder) is None
    filled.archive = open_archive(filled.folder)


def test_on_the_clerks_word_the_lock_is_taken_over_and_the_former_writer_writes_no_more(
    filled: Desk, elsewhere: Callable[..., Any]
) -> None:
    held_by_another_computer(filled.folder)
    with pytest.raises(ArchiveInUse), elsewhere(filled.folder):
        pass
    with elsewhere(filled.folder, take_over=True) as taken:
        assert taken.holder is not None
        assert taken.holder.taken.startswith("jana@radnice-pc2 ")
        before = state_digest(taken)
        with pytest.raises(ReadOnlyArchive):
            editing.tag(filled.archive, [filled.one(NAMES[0]).id], "pozdě")
        assert not filled.archive.writable
        assert state_digest(filled.archive) == before
        editing.tag(taken, [filled.one(NAMES[0]).id], "včas")
        after = state_digest(taken)
    filled.reopen()
    assert state_digest(filled.archive) == after
    assert filled.problems() == []


@pytest.mark.parametrize("hours", [-1, 1], ids=["behind", "ahead"])
def test_a_clock_that_is_an_hour_off_neither_ends_a_living_writer_nor_keeps_a_dead_one(
    filled: Desk, elsewhere: Callable[..., Any], hours: int
) -> None:
    written = datetime.now().astimezone() + timedelta(hours=hours)
    living = json.loads(lock.lock_path(filled.folder).read_text(encoding="utf-8"))
    living["since"] = written.isoformat(timespec="seconds")
    if living["born"]:  # elsewhere the system tells the start of a process alike however the clock is set
        living["started"] += 3600 * hours
    for held in (living, living | {"host": "radnice-pc2"}):
        lock.lock_path(filled.folder).write_text(json.dumps(held), encoding="utf-8")
        for path in (lock.lock_path(filled.folder), lock.heartbeat_path(filled.folder)):
            os.utime(path, (written.timestamp(), written.timestamp()))
        with pytest.raises(ArchiveInUse), elsewhere(filled.folder):
            pass
    with elsewhere(filled.folder, take_over=True) as taken:
        assert taken.writable
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    dead = living | {"pid": gone.pid, "token": "gone"}
    lock.lock_path(filled.folder).write_text(json.dumps(dead), encoding="utf-8")
    os.utime(lock.heartbeat_path(filled.folder), (written.timestamp(), written.timestamp()))
    with elsewhere(filled.folder) as taken:
        assert taken.writable


def test_a_lock_that_a_sync_program_lost_is_put_back(filled: Desk) -> None:
    lock.lock_path(filled.folder).unlink()
    editing.tag(filled.archive, [filled.one(NAMES[0]).id], "důležité")
    assert presence.who_writes(filled.folder) == filled.archive.holder


def test_a_lock_that_was_cut_short_holds_nobody_up(filled: Desk) -> None:
    filled.archive.close()
    lock.lock_path(filled.folder).write_bytes(b"")
    filled.archive = open_archive(filled.folder)
    assert filled.archive.writable


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_lock_is_never_removed_that_came_into_the_place_of_a_dead_one(
    filled: Desk, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    mine = filled.archive.holder
    assert mine is not None
    lock._remove(filled.folder, replace(mine, token="somebody dead"))
    assert lock.is_mine(filled.folder, mine)


def _no_links(*_paths: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_what_another_computer_left_in_staging_is_kept_for_it(filled: Desk, elsewhere: Callable[..., Any]) -> None:
    with elsewhere(filled.folder, writable=False):
        pass
    filled.archive.close()
    staging = filled.folder / ".kpss" / "staging"
    (staging / "f00d").write_bytes(b"committed there, not moved yet")
    with elsewhere(filled.folder) as other:
        assert verify(other, silent) == []
    assert (filled.folder / ".kpss" / "trash" / "f00d" / "f00d").read_bytes() == b"committed there, not moved yet"
    filled.archive = open_archive(filled.folder)
    (staging / "f00e").write_bytes(b"from an intake of ours that was cut short")
    filled.archive.close()
    with open_archive(filled.folder, writable=False):
        assert (staging / "f00e").exists()
    filled.archive = open_archive(filled.folder)
    # The other computer wrote last when this one opened; now it is this one itself.
    filled.reopen()
    assert filled.staged() == []


@pytest.mark.parametrize(
    "name",
    [
        "2020 (PC-2).jsonl", "2020-DESKTOP-AB12.jsonl", "2020 (konfliktní kopie uživatele Jana 2024-01-05).jsonl",
        "2020.sync-conflict-20240105-101112-ABCDEFG.jsonl", "2020 (2).jsonl",
    ],
)  # fmt: skip
def test_a_sync_programs_copy_of_a_record_is_merged_by_rev(filled: Desk, name: str) -> None:
    records = filled.folder / ".kpss" / "records" / "Péče"
    older = (records / "2020.jsonl").read_bytes()
    one, two = filled.one(NAMES[0]).id, filled.one(NAMES[1]).id
    editing.tag(filled.archive, [one], "z druhého počítače")
    newer = (records / "2020.jsonl").read_bytes()
    filled.archive.close()
    # The sync program let the older file win and put the newer one beside it; then the first computer went on.
    (records / "2020.jsonl").write_bytes(older)
    (records / name).write_bytes(newer)
    shutil.rmtree(filled.archive.data)
    keeping.snapshot_path(filled.folder).unlink()
    filled.archive = open_archive(filled.folder)
    assert looking.document(filled.archive, one).tags == ("z druhého počítače",)
    assert looking.document(filled.archive, two).tags == ()
    assert filled.problems() == []
    assert [path.name for path in records.iterdir()] == ["2020.jsonl"]
    assert len(list((filled.folder / ".kpss" / "damaged").iterdir())) == 1
    before = state_digest(filled.archive)
    filled.forget()
    assert state_digest(filled.archive) == before


def test_copies_of_the_trash_and_of_the_groups_are_merged_too(filled: Desk) -> None:
    editing.trash(filled.archive, [filled.one(NAMES[0]).id])
    editing.add_group(filled.archive, "Senioři")
    before = state_digest(filled.archive)
    filled.archive.close()
    system = filled.folder / ".kpss"
    (system / "trash.jsonl").rename(system / "trash (PC-2).jsonl")
    facts = json.loads((system / "archive.json").read_text(encoding="utf-8"))
    shutil.copyfile(system / "archive.json", system / "archive-RADNICE-PC2.json")
    facts["groups"] = [group for group in facts["groups"] if group["name"] != "Senioři"]
    (system / "archive.json").write_text(json.dumps(facts), encoding="utf-8")
    shutil.rmtree(filled.archive.data)
    keeping.snapshot_path(filled.folder).unlink()
    filled.archive = open_archive(filled.folder)
    assert state_digest(filled.archive) == before
    assert filled.problems() == []


def test_a_group_whose_name_looks_like_a_copy_is_none(filled: Desk) -> None:
    editing.add_group(filled.archive, "Péče (děti)")
    group = next(g for g in looking.groups(filled.archive) if g.name == "Péče (děti)")
    editing.edit(filled.archive, [filled.one(NAMES[0]).id], editing.Edit(groups=(group.id,), dated=None))
    before = state_digest(filled.archive)
    filled.forget()
    assert state_digest(filled.archive) == before
    assert not (filled.folder / ".kpss" / "damaged").exists()


def test_two_documents_that_claim_one_path_are_both_kept(filled: Desk) -> None:
    filled.archive.close()
    record = filled.folder / ".kpss" / "records" / "Péče" / "2020.jsonl"
    line = next(line for line in record.read_text("utf-8").splitlines() if NAMES[0] in line)
    entry = json.loads(line) | {"id": "another"}
    with record.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(entry, ensure_ascii=False) + "\n")
    filled.archive = open_archive(filled.folder)
    assert len(filled.documents()) == 4
    assert [kind for kind, _ in filled.problems()] == ["missing"]


def test_another_computer_starts_warm_from_the_snapshot(
    filled: Desk, elsewhere: Callable[..., Any], tmp_path: Path
) -> None:
    backups.backup(filled.archive, tmp_path / "Záloha", silent)
    before = state_digest(filled.archive)
    filled.archive.close()
    assert keeping.snapshot_path(filled.folder).is_file()
    with elsewhere(filled.folder) as other:
        assert unread_count(other.catalogue.db) == 0
        assert backups.last(other) is None  # it has made none
        assert state_digest(other) == before
        assert verify(other, silent) == []
        editing.tag(other, [looking.documents(other, [filled_id(other)])[0].id], "odjinud")
        after = state_digest(other)
    filled.archive = open_archive(filled.folder)
    assert state_digest(filled.archive) == after
    assert backups.last(filled.archive) is not None


def filled_id(archive: Archive) -> str:
    """The id of some document."""
    return looking.document_at(archive, f"Péče/2020/{NAMES[0]}").id


def test_a_snapshot_older_than_the_records_is_brought_up_to_them(filled: Desk) -> None:
    filled.archive.close()
    old = keeping.snapshot_path(filled.folder).read_bytes()
    filled.archive = open_archive(filled.folder)
    editing.edit(filled.archive, [filled.one(NAMES[0]).id], editing.Edit(groups=("prevence",), note="nová"))
    editing.trash(filled.archive, [filled.one(NAMES[2]).id])
    before = state_digest(filled.archive)
    filled.archive.close()
    keeping.snapshot_path(filled.folder).write_bytes(old)
    shutil.rmtree(filled.archive.data)
    filled.archive = open_archive(filled.folder)
    assert state_digest(filled.archive) == before
    assert unread_count(filled.archive.catalogue.db) == 0
    assert filled.problems() == []


@pytest.mark.parametrize("harm", ["garbage", "cut", "trigger", "foreign", "newer", "path"])
def test_a_snapshot_that_was_tampered_with_does_no_harm(filled: Desk, harm: str) -> None:
    before = state_digest(filled.archive)
    filled.archive.close()
    path = keeping.snapshot_path(filled.folder)
    statements = {
        "trigger": "CREATE TRIGGER evil AFTER INSERT ON documents BEGIN DELETE FROM files; END",
        "foreign": "UPDATE facts SET value = 'another' WHERE name = 'archive.id'",
        "newer": "PRAGMA user_version = 999",
        "path": "UPDATE files SET path = '../../etc/passwd'",
    }
    if harm in statements:
        connection = sqlite3.connect(path)
        connection.execute(statements[harm])
        connection.commit()
        connection.close()
    else:
        data = path.read_bytes()
        path.write_bytes(b"x" * 5000 if harm == "garbage" else data[: len(data) // 2])
    shutil.rmtree(filled.archive.data)
    filled.archive = open_archive(filled.folder)
    assert state_digest(filled.archive) == before
    assert filled.problems() == []


def test_ten_dated_copies_are_kept_and_one_replaces_a_lost_catalogue(filled: Desk) -> None:
    filled.reopen()
    (copy,) = keeping.dated_copies(filled.archive.data)
    for day in range(10, 25):
        shutil.copyfile(copy, copy.with_name(f"catalogue-2020-01-{day}.db"))
    copy.unlink()
    editing.tag(filled.archive, [filled.one(NAMES[0]).id], "důležité")
    filled.reopen()
    assert len(keeping.dated_copies(filled.archive.data)) == keeping.KEPT
    before = state_digest(filled.archive)
    filled.archive.close()
    keeping.snapshot_path(filled.folder).unlink()
    (filled.archive.data / "catalogue.db").unlink()
    filled.archive = open_archive(filled.folder)
    assert state_digest(filled.archive) == before
    assert unread_count(filled.archive.catalogue.db) == 0


def test_nothing_is_copied_when_nothing_changed(filled: Desk) -> None:
    filled.reopen()
    filled.archive.close()
    path = keeping.snapshot_path(filled.folder)
    written = path.stat().st_ino
    filled.archive = open_archive(filled.folder)
    filled.archive.close()
    assert path.stat().st_ino == written
    filled.archive = open_archive(filled.folder)


def test_an_unplugged_stick_is_one_sentence_and_work_goes_on_when_it_is_back(filled: Desk) -> None:
    away = filled.folder.with_name("pulled out")
    filled.folder.rename(away)
    for work in (
        lambda: editing.tag(filled.archive, [filled.one(NAMES[0]).id], "důležité"),
        lambda: verify(filled.archive, silent),
        lambda: opening.follow_if_changed(filled.archive),
    ):
        with pytest.raises(ArchiveGone):
            work()
    away.rename(filled.folder)
    editing.tag(filled.archive, [filled.one(NAMES[0]).id], "důležité")
    assert filled.one(NAMES[0]).tags == ("důležité",)
    assert filled.problems() == []


def test_texts_of_an_unplugged_stick_are_not_called_missing(filled: Desk, inbox: Path) -> None:
    (inbox / "Zápis PS Péče 9 9 2022.txt").write_text("nepřečtený", encoding="utf-8")
    filled.take(inbox / "Zápis PS Péče 9 9 2022.txt")
    read_again(filled.archive, [document.id for document in filled.documents()])
    waiting = unread_count(filled.archive.catalogue.db)
    assert waiting
    away = filled.folder.with_name("pulled out")
    filled.folder.rename(away)
    with pytest.raises(ArchiveGone):
        index_pending(filled.archive)
    with pytest.raises(ArchiveGone):
        filled.take(inbox)
    away.rename(filled.folder)
    assert unread_count(filled.archive.catalogue.db) == waiting
    assert index_pending(filled.archive) == waiting
    assert filled.problems() == []
