"""Two clerks and one folder: one writes, the other reads and follows; sync programs and lost catalogues do no harm."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.reading.indexer import index_pending, read_again
from kpss_desktop.archive.sharing import lock, opening, presence
from kpss_desktop.archive.trust import keeping
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.texts import unread_count
from kpss_desktop.errors import ArchiveGone, ArchiveInUse, ReadOnlyArchive
from kpss_desktop.progress import silent
from tests.archive.sharing.minutes import NAMES

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def held_by_another_computer(folder: Path) -> None:
    """Make the lock look as if another computer held it."""
    held = json.loads(lock.lock_path(folder).read_text(encoding="utf-8"))
    lock.lock_path(folder).write_text(json.dumps(held | {"host": "radnice-pc2", "user": "jana"}), encoding="utf-8")


def test_one_writes_and_the_other_follows(indexed: Desk, elsewhere: Callable[..., Any]) -> None:
    with pytest.raises(ArchiveInUse), elsewhere(indexed.folder):
        pass
    with elsewhere(indexed.folder, writable=False) as reader:
        assert state_digest(reader) == state_digest(indexed.archive)
        assert not opening.follow_if_changed(reader)
        editing.tag(indexed.archive, [indexed.one(NAMES[0]).id], "důležité")
        editing.edit(indexed.archive, [indexed.one(NAMES[1]).id], editing.Edit(groups=("prevence",)))
        assert opening.follow_if_changed(reader)
        assert state_digest(reader) == state_digest(indexed.archive)
        assert not opening.follow_if_changed(reader)
        editing.trash(indexed.archive, [indexed.one(NAMES[2]).id])
        editing.add_group(indexed.archive, "Senioři")
        assert opening.follow_if_changed(reader)
        assert state_digest(reader) == state_digest(indexed.archive)
        with pytest.raises(ReadOnlyArchive):
            editing.tag(reader, [indexed.one(NAMES[0]).id], "ne")


def test_it_is_told_who_writes_and_whether_she_is_alive(indexed: Desk) -> None:
    found = presence.who_writes(indexed.folder)
    assert found is not None
    assert found.pid == os.getpid()
    watch = presence.Watch(indexed.folder)
    assert watch.silent_for() < presence.EVERY
    _, first = lock.last_beat(indexed.folder)
    indexed.archive.beaten = -1e9
    presence.beat(indexed.archive)
    _, second = lock.last_beat(indexed.folder)
    assert first != second
    indexed.archive.close()
    assert presence.who_writes(indexed.folder) is None
    indexed.archive = open_archive(indexed.folder)


def test_on_the_clerks_word_the_lock_is_taken_over_and_the_former_writer_writes_no_more(
    indexed: Desk, elsewhere: Callable[..., Any]
) -> None:
    held_by_another_computer(indexed.folder)
    with pytest.raises(ArchiveInUse), elsewhere(indexed.folder):
        pass
    with elsewhere(indexed.folder, take_over=True) as taken:
        assert taken.holder is not None
        assert taken.holder.taken.startswith("jana@radnice-pc2 ")
        before = state_digest(taken)
        with pytest.raises(ReadOnlyArchive):
            editing.tag(indexed.archive, [indexed.one(NAMES[0]).id], "pozdě")
        assert not indexed.archive.writable
        assert state_digest(indexed.archive) == before
        editing.tag(taken, [indexed.one(NAMES[0]).id], "včas")
        after = state_digest(taken)
    indexed.reopen()
    assert state_digest(indexed.archive) == after
    assert indexed.problems() == []


def test_what_another_computer_left_in_staging_is_kept_for_it(indexed: Desk, elsewhere: Callable[..., Any]) -> None:
    with elsewhere(indexed.folder, writable=False):
        pass
    indexed.archive.close()
    staging = indexed.folder / ".kpss" / "staging"
    (staging / "f00d").write_bytes(b"committed there, not moved yet")
    with elsewhere(indexed.folder) as other:
        assert verify(other, silent) == []
    assert (indexed.folder / ".kpss" / "trash" / "f00d" / "f00d").read_bytes() == b"committed there, not moved yet"
    indexed.archive = open_archive(indexed.folder)
    (staging / "f00e").write_bytes(b"from an intake of ours that was cut short")
    indexed.archive.close()
    with open_archive(indexed.folder, writable=False):
        assert (staging / "f00e").exists()
    indexed.archive = open_archive(indexed.folder)
    # The other computer wrote last when this one opened; now it is this one itself.
    indexed.reopen()
    assert indexed.staged() == []


@pytest.mark.parametrize(
    "name",
    [
        "2020 (PC-2).jsonl", "2020-DESKTOP-AB12.jsonl", "2020 (konfliktní kopie uživatele Jana 2024-01-05).jsonl",
        "2020.sync-conflict-20240105-101112-ABCDEFG.jsonl", "2020 (2).jsonl",
    ],
)  # fmt: skip
def test_a_sync_programs_copy_of_a_record_is_merged_by_rev(indexed: Desk, name: str) -> None:
    records = indexed.folder / ".kpss" / "records" / "Péče"
    older = (records / "2020.jsonl").read_bytes()
    one, two = indexed.one(NAMES[0]).id, indexed.one(NAMES[1]).id
    editing.tag(indexed.archive, [one], "z druhého počítače")
    newer = (records / "2020.jsonl").read_bytes()
    indexed.archive.close()
    # The sync program let the older file win and put the newer one beside it; then the first computer went on.
    (records / "2020.jsonl").write_bytes(older)
    (records / name).write_bytes(newer)
    shutil.rmtree(indexed.archive.data)
    keeping.snapshot_path(indexed.folder).unlink()
    indexed.archive = open_archive(indexed.folder)
    assert looking.document(indexed.archive, one).tags == ("z druhého počítače",)
    assert looking.document(indexed.archive, two).tags == ()
    assert indexed.problems() == []
    assert [path.name for path in records.iterdir()] == ["2020.jsonl"]
    assert len(list((indexed.folder / ".kpss" / "damaged").iterdir())) == 1
    before = state_digest(indexed.archive)
    indexed.forget()
    assert state_digest(indexed.archive) == before


def test_copies_of_the_trash_and_of_the_groups_are_merged_too(indexed: Desk) -> None:
    editing.trash(indexed.archive, [indexed.one(NAMES[0]).id])
    editing.add_group(indexed.archive, "Senioři")
    before = state_digest(indexed.archive)
    indexed.archive.close()
    system = indexed.folder / ".kpss"
    (system / "trash.jsonl").rename(system / "trash (PC-2).jsonl")
    facts = json.loads((system / "archive.json").read_text(encoding="utf-8"))
    shutil.copyfile(system / "archive.json", system / "archive-RADNICE-PC2.json")
    facts["groups"] = [group for group in facts["groups"] if group["name"] != "Senioři"]
    (system / "archive.json").write_text(json.dumps(facts), encoding="utf-8")
    shutil.rmtree(indexed.archive.data)
    keeping.snapshot_path(indexed.folder).unlink()
    indexed.archive = open_archive(indexed.folder)
    assert state_digest(indexed.archive) == before
    assert indexed.problems() == []


def test_a_group_whose_name_looks_like_a_copy_is_none(indexed: Desk) -> None:
    editing.add_group(indexed.archive, "Péče (děti)")
    group = next(g for g in looking.groups(indexed.archive) if g.name == "Péče (děti)")
    editing.edit(indexed.archive, [indexed.one(NAMES[0]).id], editing.Edit(groups=(group.id,), dated=None))
    before = state_digest(indexed.archive)
    indexed.forget()
    assert state_digest(indexed.archive) == before
    assert not (indexed.folder / ".kpss" / "damaged").exists()


def test_two_documents_that_claim_one_path_are_both_kept(indexed: Desk) -> None:
    indexed.archive.close()
    record = indexed.folder / ".kpss" / "records" / "Péče" / "2020.jsonl"
    line = next(line for line in record.read_text("utf-8").splitlines() if NAMES[0] in line)
    entry = json.loads(line) | {"id": "another"}
    with record.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(entry, ensure_ascii=False) + "\n")
    indexed.archive = open_archive(indexed.folder)
    assert len(indexed.documents()) == 4
    assert [kind for kind, _ in indexed.problems()] == ["missing"]


def test_an_unplugged_stick_is_one_sentence_and_work_goes_on_when_it_is_back(indexed: Desk) -> None:
    away = indexed.folder.with_name("pulled out")
    indexed.folder.rename(away)
    for work in (
        lambda: editing.tag(indexed.archive, [indexed.one(NAMES[0]).id], "důležité"),
        lambda: verify(indexed.archive, silent),
        lambda: opening.follow_if_changed(indexed.archive),
    ):
        with pytest.raises(ArchiveGone):
            work()
    away.rename(indexed.folder)
    editing.tag(indexed.archive, [indexed.one(NAMES[0]).id], "důležité")
    assert indexed.one(NAMES[0]).tags == ("důležité",)
    assert indexed.problems() == []


def test_texts_of_an_unplugged_stick_are_not_called_missing(indexed: Desk, inbox: Path) -> None:
    (inbox / "Zápis PS Péče 9 9 2022.txt").write_text("nepřečtený", encoding="utf-8")
    indexed.take(inbox / "Zápis PS Péče 9 9 2022.txt")
    read_again(indexed.archive, [document.id for document in indexed.documents()])
    waiting = unread_count(indexed.archive.catalogue.db)
    assert waiting
    away = indexed.folder.with_name("pulled out")
    indexed.folder.rename(away)
    with pytest.raises(ArchiveGone):
        index_pending(indexed.archive)
    with pytest.raises(ArchiveGone):
        indexed.take(inbox)
    away.rename(indexed.folder)
    assert unread_count(indexed.archive.catalogue.db) == waiting
    assert index_pending(indexed.archive) == waiting
    assert indexed.problems() == []
