"""Verifying and backing up while somebody edits: what is only on its way is not amiss, and nothing is left out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.trust import restore
from kpss_desktop.archive.trust.backup import backup
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.tracing import Trouble
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


@pytest.fixture
def filled(desk: Desk, inbox: Path) -> Desk:
    """Forty documents of two groups."""
    for number in range(40):
        group = ("PS Péče", "PS Prevence")[number % 2]
        (inbox / f"Zápis {group} {number % 28 + 1}. 3. 2020 č. {number}.txt").write_text(f"{number}", encoding="utf-8")
    desk.take(inbox)
    return desk


@contextmanager
def editing_meanwhile(archive: Archive, once: Callable[[Archive, int], None]) -> Iterator[list[str]]:
    """Edit in another thread as long as this lasts; the digests of the states there were."""
    ended, states, failures = threading.Event(), [state_digest(archive)], []
    begun = threading.Event()

    def go_on() -> None:
        try:
            with archive.session() as session:
                for turn in range(1, 100_000):
                    if ended.is_set():
                        return
                    once(session, turn)
                    states.append(state_digest(session))
                    begun.set()
        except BaseException as error:
            failures.append(error)
            begun.set()
            raise

    thread = threading.Thread(target=go_on)
    thread.start()
    begun.wait(30)
    try:
        yield states
    finally:
        ended.set()
        thread.join()
    assert failures == []


def move(archive: Archive, turn: int) -> None:
    """One change, each of which moves files."""
    ids = all_ids(archive.catalogue.db)
    match turn % 4:
        case 0:
            editing.edit(archive, ids[turn % 5 :: 3], editing.Edit(groups=(("pece",), ("prevence",))[turn // 4 % 2]))
        case 1:
            editing.trash(archive, ids[turn % 7 :: 11])
        case 2:
            editing.rename(archive, ids[turn % len(ids)], f"Jméno {turn}")
        case _:
            editing.restore(archive, ids)


def test_what_is_only_on_its_way_is_not_amiss(filled: Desk) -> None:
    with editing_meanwhile(filled.archive, move) as states, filled.archive.session() as session:
        found = [verify(session, silent) for _ in range(3)]
    assert found == [[]] * 3
    assert len(states) > 3
    assert filled.problems() == []


def test_what_is_really_amiss_is_found_beside_edits(filled: Desk) -> None:
    spoilt, *_, gone = sorted(document.file.path for document in filled.documents())

    def note(archive: Archive, turn: int) -> None:
        editing.edit(archive, all_ids(archive.catalogue.db), editing.Edit(note=f"{turn}"))

    with editing_meanwhile(filled.archive, note), filled.archive.session() as session:
        (filled.folder / spoilt).write_bytes(b"spoilt")
        (filled.folder / gone).unlink()
        (filled.folder / "cizí.txt").write_bytes(b"foreign")
        found = {(finding.kind, finding.path) for finding in verify(session, silent)}
    expected = {(Trouble.CHANGED, spoilt), (Trouble.MISSING, gone), (Trouble.ORPHANED, "cizí.txt")}
    assert found == expected


def test_copies_on_their_way_in_are_no_orphans_and_nobody_clears_them(filled: Desk, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    for number in range(300):
        (drop / f"Zápis PS Péče {number % 28 + 1}. 5. 2021 č. {number}.txt").write_text(
            f"new {number}", encoding="utf-8"
        )
    plan = plan_intake(filled.archive, [drop], silent, read=False)
    found: list[object] = []

    def looking(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # a Progress takes them
        if done % 50 == 25:
            with filled.archive.session() as session:
                found.append(verify(session, silent))

    report = file_intake(filled.archive, plan, looking)
    assert (report.filed, report.failed) == (300, 0)
    assert len(found) >= 6
    assert [one for one in found if one] == []
    assert filled.problems() == []


def test_a_backup_beside_edits_is_the_archive_as_it_was_at_one_moment(filled: Desk, tmp_path: Path) -> None:
    with editing_meanwhile(filled.archive, move) as states, filled.archive.session() as session:
        made = [backup(session, tmp_path / "Záloha", silent) for _ in range(3)]
    assert [(one.missing, one.changed) for one in made] == [((), ())] * 3
    for one in made:
        restore.restore(tmp_path / "Záloha", tmp_path / f"zpět {one.generation}", silent, number=one.generation)
        with open_archive(tmp_path / f"zpět {one.generation}") as archive:
            assert verify(archive, silent) == []
            assert state_digest(archive) in states
