"""Backups: incremental, in generations, read back, restored elsewhere, and never worse for being stopped."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing
from kpss_desktop.archive.archive import create_archive, open_archive
from kpss_desktop.archive.trust import backup as backups
from kpss_desktop.archive.trust import bag, restore
from kpss_desktop.archive.trust.backup import backup
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.restore import Change
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.errors import BackupInside, DamagedBackup, DiskFull, FolderNotEmpty, ForeignBackup, NotABackup
from kpss_desktop.lasting import digest_of
from kpss_desktop.progress import Cancelled, silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

NAMES = ("Zápis PS Péče 16 1 2020.doc", "Zápis PS Péče 5 3 2020.txt", "Zápis PS Prevence 2 2 2021.txt")


@pytest.fixture
def filled(desk: Desk, inbox: Path) -> Desk:
    """Three documents, one of them tagged, one in the trash."""
    for number, name in enumerate(NAMES):
        (inbox / name).write_text(f"Text zápisu č. {number}: pečovatelská služba", encoding="utf-8")
    desk.take(inbox)
    editing.tag(desk.archive, [desk.one(NAMES[0]).id], "důležité")
    editing.trash(desk.archive, [desk.one(NAMES[2]).id])
    return desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "Flash disk" / "Záloha"


def stopping_after(calls: int) -> Callable[..., None]:
    """Progress that stops the work at its n-th call."""
    left = [calls]

    def progress(*_said: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Cancelled

    return progress


def test_what_was_backed_up_opens_in_a_new_place(filled: Desk, stick: Path, tmp_path: Path) -> None:
    made = backup(filled.archive, stick, silent)
    assert (made.missing, made.changed) == ((), ())
    assert made.copied == made.files
    there = restore.restore(stick, tmp_path / "Obnovený", silent)
    assert there.files == made.files
    with open_archive(there.folder) as archive:
        assert state_digest(archive) == state_digest(filled.archive)
        assert verify(archive, silent) == []


def test_the_second_backup_copies_only_what_is_new(filled: Desk, stick: Path, inbox: Path) -> None:
    backup(filled.archive, stick, silent)
    (inbox / "Zápis PS Péče 9 9 2022.txt").write_text("nový", encoding="utf-8")
    filled.take(inbox / "Zápis PS Péče 9 9 2022.txt")
    made = backup(filled.archive, stick, silent)
    assert made.generation == 2
    record = filled.folder / ".kpss" / "records" / "Péče" / "2022.jsonl"
    new = [filled.folder / filled.one("Zápis PS Péče 9 9 2022.txt").file.path, record]
    assert made.copied == len(new)
    assert made.copied_bytes == sum(path.stat().st_size for path in new)


def test_the_backup_is_a_bag_that_anybody_can_read(filled: Desk, stick: Path) -> None:
    made = backup(filled.archive, stick, silent)
    assert (stick / "bagit.txt").read_text(encoding="utf-8").startswith("BagIt-Version: 1.0\n")
    lines = (stick / "manifest-sha256.txt").read_text("utf-8").splitlines()
    listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    on_disk = {p.relative_to(stick).as_posix(): digest_of(p) for p in (stick / "data").rglob("*") if p.is_file()}
    assert listed == on_disk
    assert len(listed) == made.files
    assert (stick / "data" / filled.one(NAMES[0]).file.path).is_file()


def test_older_generations_open_too(filled: Desk, stick: Path, tmp_path: Path) -> None:
    states = []
    for number in range(4):
        editing.edit(filled.archive, [filled.one(NAMES[0]).id], editing.Edit(note=f"poznámka {number}"))
        editing.rename(filled.archive, filled.one(NAMES[1]).id, f"Zápis {number}.txt") if number == 3 else None
        states.append(state_digest(filled.archive))
        backup(filled.archive, stick, silent)
    for generation in restore.generations(stick):
        target = tmp_path / f"stav {generation.number}"
        restore.restore(stick, target, silent, number=generation.number)
        with open_archive(target) as archive:
            assert state_digest(archive) == states[generation.number - 1]
            assert verify(archive, silent) == []


def test_at_least_three_generations_are_kept_and_nothing_they_do_not_need(filled: Desk, stick: Path) -> None:
    for number in range(6):
        editing.edit(filled.archive, [filled.one(NAMES[0]).id], editing.Edit(note=f"poznámka {number}"))
        backup(filled.archive, stick, silent, keep=1)
    kept = restore.generations(stick)
    assert [generation.number for generation in kept] == [4, 5, 6]
    needed = {digest for generation in kept for digest in generation.files.values()}
    assert {path.name for path in (stick / "content").rglob("*") if path.is_file()} <= needed
    for generation in kept:
        assert restore.check(stick, silent, number=generation.number) == ()


def test_a_backup_that_is_stopped_anywhere_leaves_the_older_one_whole(
    filled: Desk, stick: Path, inbox: Path, tmp_path: Path
) -> None:
    before = state_digest(filled.archive)
    backup(filled.archive, stick, silent)
    editing.edit(filled.archive, [filled.one(NAMES[0]).id], editing.Edit(title="Jinak"))
    editing.restore(filled.archive, [filled.one(NAMES[2]).id])
    (inbox / "Zápis PS Péče 9 9 2022.txt").write_text("nový", encoding="utf-8")
    filled.take(inbox / "Zápis PS Péče 9 9 2022.txt")
    total = sum(1 for _ in filled.folder.rglob("*") if _.is_file())
    for calls in range(total):
        try:
            backup(filled.archive, stick, stopping_after(calls))
        except Cancelled:
            assert restore.check(stick, silent, number=1) == ()
            assert [generation.number for generation in restore.generations(stick)] == [1]
        else:
            break
    assert [generation.number for generation in restore.generations(stick)] == [1, 2]
    restore.restore(stick, tmp_path / "první", silent, number=1)
    with open_archive(tmp_path / "první") as archive:
        assert state_digest(archive) == before


def test_what_rots_on_the_stick_is_healed_by_the_next_backup(filled: Desk, stick: Path, tmp_path: Path) -> None:
    backup(filled.archive, stick, silent)
    rotten = stick / "data" / filled.one(NAMES[0]).file.path
    rotten.write_bytes(rotten.read_bytes()[::-1])
    assert restore.check(stick, silent) == (filled.one(NAMES[0]).file.path,)
    with pytest.raises(DamagedBackup):
        restore.restore(stick, tmp_path / "nikdy", silent)
    assert not (tmp_path / "nikdy").exists()
    left = restore.restore(stick, tmp_path / "zbytek", silent, leave_out_damaged=True)
    assert left.damaged == (filled.one(NAMES[0]).file.path,)
    assert backup(filled.archive, stick, silent).copied == 1
    assert restore.check(stick, silent) == ()


def test_a_file_that_changed_in_the_archive_does_not_push_the_filed_one_out(
    filled: Desk, stick: Path, tmp_path: Path
) -> None:
    document = filled.one(NAMES[0])
    backup(filled.archive, stick, silent)
    (filled.folder / document.file.path).write_bytes(b"rotten")
    for _ in range(4):
        backup(filled.archive, stick, silent, keep=3)
    assert digest_of(stick / "data" / document.file.path) == document.file.sha256
    # Where the backup has nothing better, the changed file is kept as it is, and named.
    assert backup(filled.archive, tmp_path / "nová", silent).changed == (document.file.path,)
    (filled.folder / document.file.path).unlink()
    for _ in range(4):
        assert backup(filled.archive, stick, silent, keep=3).missing == (document.file.path,)
    assert bag.read(stick).proved(document.file.sha256) is not None


def test_missing_files_are_named(filled: Desk, stick: Path) -> None:
    document = filled.one(NAMES[0])
    (filled.folder / document.file.path).unlink()
    assert backup(filled.archive, stick, silent).missing == (document.file.path,)


def test_a_folder_with_other_things_gets_the_backup_in_one_of_its_own(filled: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "E"
    stick.mkdir()
    (stick / "dovolená.jpg").write_bytes(b"x")
    made = backup(filled.archive, stick, silent)
    assert made.folder == stick / f"Záloha {filled.archive.name}"
    assert backup(filled.archive, stick, silent).generation == 2
    assert restore.restore(stick, tmp_path / "zpět", silent).files == made.files


def test_a_backup_goes_nowhere_it_could_do_harm(filled: Desk, stick: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupInside):
        backup(filled.archive, filled.folder / "záloha", silent)
    with create_archive(tmp_path / "Jiný") as other:
        backup(other, stick, silent)
    with pytest.raises(ForeignBackup):
        backup(filled.archive, stick, silent)
    with pytest.raises(FolderNotEmpty):
        restore.restore(stick, filled.folder, silent)
    with pytest.raises(BackupInside):
        restore.restore(stick, stick / "zpět", silent)
    with pytest.raises(NotABackup):
        restore.restore(tmp_path / "nic", tmp_path / "zpět", silent)


def test_a_backup_on_the_archives_own_disk_says_so(filled: Desk, stick: Path) -> None:
    assert backups.is_same_volume(filled.archive, stick)
    assert backup(filled.archive, stick, silent).same_volume


def test_too_small_a_disk_is_told_before_anything_is_copied(
    filled: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpss_desktop.store.RESERVE", shutil.disk_usage(filled.folder).total * 2)
    with pytest.raises(DiskFull):
        backup(filled.archive, stick, silent)
    assert not (stick / "data").exists()


def test_the_last_backup_is_remembered_and_one_is_asked_for(filled: Desk, stick: Path) -> None:
    assert backups.last(filled.archive) is None
    assert backups.is_due(filled.archive)
    made = backup(filled.archive, stick, silent)
    filled.reopen()
    found = backups.last(filled.archive)
    assert found is not None
    assert (found.folder, found.files) == (str(stick), made.files)
    assert not backups.is_due(filled.archive)
    assert backups.is_due(filled.archive, days=0)


def test_what_differs_from_a_backup_is_told(filled: Desk, stick: Path, inbox: Path) -> None:
    backup(filled.archive, stick, silent)
    assert restore.compare(stick, filled.archive) == []
    edited, trashed = filled.one(NAMES[0]), filled.one(NAMES[1])
    editing.edit(filled.archive, [edited.id], editing.Edit(title="Jinak", note="nové"))
    editing.trash(filled.archive, [trashed.id])
    (inbox / "Zápis PS Péče 9 9 2022.txt").write_text("nový", encoding="utf-8")
    filled.take(inbox / "Zápis PS Péče 9 9 2022.txt")
    found = {difference.document_id: difference for difference in restore.compare(stick, filled.archive)}
    assert found[edited.id].fields == ("title", "note")
    assert set(found[trashed.id].fields) == {"trashed", "path", "meeting"}
    new = filled.one("Zápis PS Péče 9 9 2022.txt")
    assert found[new.id].kind is Change.ADDED
    assert len(found) == 3
    backup(filled.archive, stick, silent)
    assert restore.compare(stick, filled.archive) == []
    assert len(restore.compare(stick, filled.archive, number=1)) == 3


def test_paths_in_a_manifest_cannot_lead_out(filled: Desk, stick: Path, tmp_path: Path) -> None:
    backup(filled.archive, stick, silent)
    (listing,) = (stick / "generations").glob("*.txt")
    listing.write_text(listing.read_text("utf-8") + f"{'0' * 64}  data/../../venku.txt\n", encoding="utf-8")
    with pytest.raises(NotABackup):
        restore.restore(stick, tmp_path / "zpět", silent)


def test_what_was_renamed_only_in_case_stays_on_a_disk_that_ignores_case(filled: Desk, stick: Path) -> None:
    backup(filled.archive, stick, silent)
    group = stick / "data" / "Péče"
    group.rename(group.with_name("PÉČE"))
    group.symlink_to("PÉČE", target_is_directory=True)  # as exFAT does: found by either name, listed by one
    for _ in range(2):
        backup(filled.archive, stick, silent)
        assert restore.check(stick, silent) == ()
        assert (stick / "data" / filled.one(NAMES[0]).file.path).is_file()


def test_content_of_the_newest_backup_that_its_tree_has_not_is_kept(filled: Desk, stick: Path) -> None:
    backup(filled.archive, stick, silent)
    made = bag.find(stick)
    file = filled.one(NAMES[0]).file
    made.set_aside(made.data_path(file.path), file.sha256)
    bag.forget_older(made, 3, ())
    assert made.proved(file.sha256) == made.content_path(file.sha256)
    assert restore.check(stick, silent) == ()
    backup(filled.archive, stick, silent)
    assert made.proved(file.sha256) == made.data_path(file.path)
    assert not made.content_path(file.sha256).exists()
