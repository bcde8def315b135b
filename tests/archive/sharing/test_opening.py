"""Show 5 and 7: the folder alone is the archive, wherever it lies; what cannot be opened says why and loses nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kpss_desktop import records
from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import create_archive, open_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.sharing.lock import lock_path
from kpss_desktop.archive.trust.rebuild import rebuild
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.archive.undo import next_undo
from kpss_desktop.errors import (
    AlreadyArchive,
    NameTaken,
    NewerArchive,
    NotAnArchive,
    ReadOnlyArchive,
)
from kpss_desktop.messages import describe
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

SHELF = ".kpss/records/Péče/2020.jsonl"


def snapshot_of_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- the folder is the truth ---


def test_without_this_computers_catalogue_everything_is_there_again(filled: Desk) -> None:
    editing.tag(filled.archive, [filled.documents()[0].id], "důležité")
    editing.trash(filled.archive, [filled.documents()[-1].id])
    before = filled.state()
    filled.forget()
    assert filled.state() == before
    assert filled.problems() == []
    assert next_undo(filled.archive) is None


def test_a_copy_elsewhere_is_the_same_archive_with_a_life_of_its_own(filled: Desk, tmp_path: Path) -> None:
    before = filled.state()
    copy = tmp_path / "stick" / "Kopie archivu"
    shutil.copytree(filled.folder, copy, ignore=shutil.ignore_patterns("lock*", "heartbeat*"))
    with open_archive(copy) as other:
        assert other.id == filled.archive.id
        assert [one.file.path for one in looking.documents(other, [one.id for one in filled.documents()])] == [
            one.file.path for one in filled.documents()
        ]
        assert verify(other, silent) == []
        editing.trash(other, [filled.documents()[0].id])
    assert filled.state() == before
    filled.reopen()
    assert filled.state() == before


def test_a_folder_that_moved_is_opened_where_it_lies(filled: Desk, tmp_path: Path) -> None:
    before = filled.documents()
    filled.archive.close()
    moved = filled.folder.rename(tmp_path / "jinde")
    filled.archive = open_archive(moved)
    assert filled.documents() == before
    assert filled.problems() == []


def test_the_texts_are_read_again_on_a_new_computer(filled: Desk) -> None:
    index_pending(filled.archive)
    found = [hit.document.id for hit in searching.find(filled.archive, "zápis").found]
    assert found
    filled.forget()
    index_pending(filled.archive)
    assert sorted(hit.document.id for hit in searching.find(filled.archive, "zápis").found) == sorted(found)


def test_rebuild_makes_the_catalogue_anew(filled: Desk) -> None:
    index_pending(filled.archive)
    before = filled.state()
    filled.archive.close()
    assert rebuild(filled.folder, silent) == 4
    filled.archive = open_archive(filled.folder)
    assert filled.state() == before


def test_opening_changes_nothing_in_the_folder(filled: Desk) -> None:
    filled.archive.close()
    (filled.folder / ".kpss" / "snapshot.db").unlink(missing_ok=True)
    before = snapshot_of_files(filled.folder)
    with open_archive(filled.folder, writable=False):
        assert snapshot_of_files(filled.folder) == before
    filled.archive = open_archive(filled.folder)


def test_an_archive_may_be_made_of_a_folder_with_files(tmp_path: Path) -> None:
    (tmp_path / "moje.doc").write_bytes(b"mine")
    with create_archive(tmp_path, [("Péče", GroupKind.WORKING)]) as archive:
        assert (tmp_path / "moje.doc").read_bytes() == b"mine"
        assert [finding.path for finding in verify(archive, silent)] == ["moje.doc"]


def test_an_archive_is_not_made_twice(filled: Desk) -> None:
    before = filled.state()
    with pytest.raises(AlreadyArchive):
        create_archive(filled.folder)
    assert filled.state() == before


def test_an_archive_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(NameTaken):
        create_archive(tmp_path / "A", [("Péče", GroupKind.WORKING), ("péče", GroupKind.WORKING)])
    assert not (tmp_path / "A").exists()


# --- what other computers did ---


def test_a_change_made_elsewhere_is_followed(filled: Desk) -> None:
    filled.archive.close()
    path = filled.folder / SHELF
    changed = path.read_text(encoding="utf-8").replace('"note": ""', '"note": "odjinud"')
    path.write_text(re.sub(r'"rev": (\d+)', r'"rev": 1\1', changed), encoding="utf-8")
    filled.archive = open_archive(filled.folder)
    assert {one.note for one in filled.documents() if one.file.path.startswith("Péče")} == {"odjinud"}
    assert filled.problems() == []


def test_a_file_and_record_that_came_by_copying_are_taken_over(filled: Desk, tmp_path: Path, shared: Path) -> None:
    filled.archive.close()
    shutil.copytree(filled.folder, tmp_path / "other", ignore=shutil.ignore_patterns("lock*", "heartbeat*"))
    with open_archive(tmp_path / "other") as other:
        file_intake(other, plan_intake(other, [shared / "minutes" / "drive" / "disk"], silent), silent)
    shutil.rmtree(filled.folder)
    shutil.copytree(tmp_path / "other", filled.folder)
    filled.archive = open_archive(filled.folder)
    assert len(filled.documents()) > 20
    assert filled.problems() == []


def test_damaged_lines_are_kept_aside_before_anything_is_written(filled: Desk) -> None:
    filled.archive.close()
    path = filled.folder / SHELF
    damaged = path.read_bytes() + b'{"type": "document", "id": "cut\n'
    path.write_bytes(damaged)
    filled.archive = open_archive(filled.folder)
    editing.tag(filled.archive, [filled.one("Zápis PS Péče 16 1 2020.doc").id], "x")
    kept = [one.read_bytes() for one in (filled.folder / ".kpss" / "damaged").rglob("*") if one.is_file()]
    assert damaged in kept
    assert len(filled.documents()) == 4


@pytest.mark.parametrize("change", ["same file", "same path", "same id"])
def test_two_records_of_one_file_are_no_reason_not_to_open(filled: Desk, change: str) -> None:
    filled.archive.close()
    path = filled.folder / SHELF
    lines = path.read_text(encoding="utf-8").splitlines()
    entry: dict[str, Any] = json.loads(lines[-1])
    if change != "same id":
        entry["id"] = "f" * 32
    if change == "same path":
        entry["files"][0]["id"] = "e" * 32
    path.write_text("\n".join([*lines, json.dumps(entry)]) + "\n", encoding="utf-8")
    before = filled.tree()
    filled.archive = open_archive(filled.folder)
    assert {one.file.path for one in filled.documents()} >= before.keys()
    assert filled.tree() == before
    # What the odd line says may be missing; nothing else is the matter.
    assert {kind for kind, _ in filled.problems()} <= {"missing"}


def test_a_missing_record_file_does_not_lose_its_documents(filled: Desk) -> None:
    before = filled.documents()
    filled.archive.close()
    (filled.folder / SHELF).unlink()
    filled.archive = open_archive(filled.folder)
    assert filled.documents() == before
    assert (filled.folder / SHELF).is_file()
    assert filled.problems() == []


# --- what cannot be opened ---


def test_a_folder_that_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive) as caught:
        open_archive(tmp_path)
    assert describe(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_archive_is_refused_untouched(filled: Desk) -> None:
    filled.archive.close()
    path = records.facts_path(filled.folder)
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 7'), encoding="utf-8")
    before = snapshot_of_files(filled.folder)
    with pytest.raises(NewerArchive) as caught:
        open_archive(filled.folder)
    assert str(filled.folder) in describe(caught.value)
    assert snapshot_of_files(filled.folder) == before


def test_a_newer_catalogue_is_refused_untouched(filled: Desk) -> None:
    filled.archive.close()
    path = filled.archive.catalogue.path
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerArchive):
        open_archive(filled.folder)
    assert path.read_bytes() == before
    assert not lock_path(filled.folder).exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _data: b"garbage" * 1000,
        lambda _data: b"",
        lambda data: data[:5000],
        lambda data: data[:4096] + os.urandom(len(data) - 4096),
        lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2),
    ],
    ids=["garbage", "empty", "cut", "pages", "zeros"],
)
def test_a_damaged_catalogue_is_put_aside_and_made_anew(filled: Desk, damage: Callable[[bytes], bytes]) -> None:
    before = filled.state()
    filled.archive.close()
    path = filled.archive.catalogue.path
    path.write_bytes(damage(path.read_bytes()))
    filled.archive = open_archive(filled.folder)
    assert filled.state() == before
    assert filled.problems() == []


READ_ONLY = """
    import sys
    from kpss_desktop.cli import main
    folder, drop, document = sys.argv[1:]
    codes = [
        main(["--archive", folder, *verb])
        for verb in (["list"], ["search", "zápis"], ["import", drop], ["tag", "zápis", "x"], ["trash", document])
    ]
    print("codes", *codes)
"""


@pytest.fixture
def read_only() -> Callable[[Path], list[str]]:
    """The beginning of a command that sees a folder as on a disk that may only be read."""
    allowed = ["unshare", "-m", "true"]
    if not shutil.which("unshare") or subprocess.run(allowed, capture_output=True, check=False).returncode:
        pytest.skip("only root on Linux may show a process a folder that cannot be written")

    def command(folder: Path) -> list[str]:
        mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
        return ["unshare", "-m", "sh", "-c", mounted, str(folder)]

    return command


def test_a_folder_that_may_only_be_read_is_read(
    filled: Desk, tmp_path: Path, read_only: Callable[[Path], list[str]]
) -> None:
    filled.archive.close()
    before = snapshot_of_files(filled.folder)
    drop = tmp_path / "drop.txt"
    drop.write_bytes(b"a")
    document = "Péče/2020/Zápis PS Péče 16 1 2020.doc"
    python = [sys.executable, "-c", textwrap.dedent(READ_ONLY), str(filled.folder), str(drop), document]
    done = subprocess.run(
        [*read_only(filled.folder), *python],
        capture_output=True, text=True, encoding="utf-8", timeout=100, check=False, env=_environment(),
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == ["codes 0 0 1 1 1"], done.stderr
    assert "Zápis PS Péče 16 1 2020" in done.stdout
    assert len(set(done.stderr.splitlines())) == 1
    assert "Traceback" not in done.stderr
    assert snapshot_of_files(filled.folder) == before
    filled.archive = open_archive(filled.folder)
    assert filled.problems() == []


def test_who_reads_writes_nothing(filled: Desk) -> None:
    with open_archive(filled.folder, writable=False) as reading:
        assert not reading.writable
        assert verify(reading, silent) == []
        for change in (
            lambda: editing.tag(reading, [filled.documents()[0].id], "x"),
            lambda: editing.trash(reading, [filled.documents()[0].id]),
            lambda: editing.add_group(reading, "X"),
        ):
            with pytest.raises(ReadOnlyArchive):
                change()


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
