"""Copies of the catalogue: another computer starts warm from one, and one that lies or is old does no harm."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.archive.trust import backup as backups
from kpss_desktop.archive.trust import keeping
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.texts import unread_count
from kpss_desktop.progress import silent
from tests.archive.sharing.minutes import NAMES

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def test_another_computer_starts_warm_from_the_snapshot(
    indexed: Desk, elsewhere: Callable[..., Any], tmp_path: Path
) -> None:
    backups.backup(indexed.archive, tmp_path / "Záloha", silent)
    before = state_digest(indexed.archive)
    indexed.archive.close()
    assert keeping.snapshot_path(indexed.folder).is_file()
    with elsewhere(indexed.folder) as other:
        assert unread_count(other.catalogue.db) == 0
        assert backups.last(other) is None  # it has made none
        assert state_digest(other) == before
        assert verify(other, silent) == []
        editing.tag(other, [looking.documents(other, [indexed_id(other)])[0].id], "odjinud")
        after = state_digest(other)
    indexed.archive = open_archive(indexed.folder)
    assert state_digest(indexed.archive) == after
    assert backups.last(indexed.archive) is not None


def indexed_id(archive: Archive) -> str:
    """The id of some document."""
    return looking.document_at(archive, f"Péče/2020/{NAMES[0]}").id


def test_a_snapshot_older_than_the_records_is_brought_up_to_them(indexed: Desk) -> None:
    indexed.archive.close()
    old = keeping.snapshot_path(indexed.folder).read_bytes()
    indexed.archive = open_archive(indexed.folder)
    editing.edit(indexed.archive, [indexed.one(NAMES[0]).id], editing.Edit(groups=("prevence",), note="nová"))
    editing.trash(indexed.archive, [indexed.one(NAMES[2]).id])
    before = state_digest(indexed.archive)
    indexed.archive.close()
    keeping.snapshot_path(indexed.folder).write_bytes(old)
    shutil.rmtree(indexed.archive.data)
    indexed.archive = open_archive(indexed.folder)
    assert state_digest(indexed.archive) == before
    assert unread_count(indexed.archive.catalogue.db) == 0
    assert indexed.problems() == []


@pytest.mark.parametrize("harm", ["garbage", "cut", "trigger", "foreign", "newer", "path"])
def test_a_snapshot_that_was_tampered_with_does_no_harm(indexed: Desk, harm: str) -> None:
    before = state_digest(indexed.archive)
    indexed.archive.close()
    path = keeping.snapshot_path(indexed.folder)
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
    shutil.rmtree(indexed.archive.data)
    indexed.archive = open_archive(indexed.folder)
    assert state_digest(indexed.archive) == before
    assert indexed.problems() == []


def test_ten_dated_copies_are_kept_and_one_replaces_a_lost_catalogue(indexed: Desk) -> None:
    indexed.reopen()
    (copy,) = keeping.dated_copies(indexed.archive.data)
    for day in range(10, 25):
        shutil.copyfile(copy, copy.with_name(f"catalogue-2020-01-{day}.db"))
    copy.unlink()
    editing.tag(indexed.archive, [indexed.one(NAMES[0]).id], "důležité")
    indexed.reopen()
    assert len(keeping.dated_copies(indexed.archive.data)) == keeping.KEPT
    before = state_digest(indexed.archive)
    indexed.archive.close()
    keeping.snapshot_path(indexed.folder).unlink()
    (indexed.archive.data / "catalogue.db").unlink()
    indexed.archive = open_archive(indexed.folder)
    assert state_digest(indexed.archive) == before
    assert unread_count(indexed.archive.catalogue.db) == 0


def test_nothing_is_copied_when_nothing_changed(indexed: Desk) -> None:
    indexed.reopen()
    indexed.archive.close()
    path = keeping.snapshot_path(indexed.folder)
    written = path.stat().st_ino
    indexed.archive = open_archive(indexed.folder)
    indexed.archive.close()
    assert path.stat().st_ino == written
    indexed.archive = open_archive(indexed.folder)
