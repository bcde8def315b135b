"""A disk that fails and a process that is killed at each step, in short; the whole is in tests/torture."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpss_desktop.archive import editing, undo
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.errors import KpssError
from kpss_desktop.messages import describe
from kpss_desktop.progress import silent
from tests.torture import work
from tests.torture.faults import Steps, dying, failing, in_a_process, watched

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and counts the calls of a POSIX system")

EVERY = 13  # steps between two faults; a prime, so that all kinds of steps have their turn
ACTS = (work.take_in, work.move_many, work.export, work.back_up)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> work.Place:
    """A small archive, and a few files to take in."""
    before = os.environ.get("KPSS_DATA_DIR")
    place = work.made(tmp_path_factory.mktemp("faults") / "original", documents=6, more=3)
    if before is not None:
        os.environ["KPSS_DATA_DIR"] = before
    return place


@pytest.fixture
def place(original: work.Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], work.Place]:
    """A fresh copy of the archive for each disaster."""
    monkeypatch.setenv("KPSS_DATA_DIR", str(tmp_path / "data"))
    return lambda number: original.copied(tmp_path / str(number))


def steps_of(place: work.Place, act: Callable[[work.Place], None]) -> int:
    """How many steps an act has."""
    with watched(Steps(lambda _count, _name: None, place.root)) as steps:
        act(place)
    return steps.count


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_failing_disk_costs_nothing_but_one_sentence(
    place: Callable[[int], work.Place], act: Callable[[work.Place], None]
) -> None:
    total = steps_of(place(0), act)
    assert total > 20
    for at in range(1, total + 1, EVERY):
        here = place(at)
        before = work.look(here)
        number = (errno.ENOSPC, errno.EIO)[at % 2]
        sentence = ""
        with watched(Steps(failing(at, number, ever_after=at % 3 == 0), here.root)):
            try:
                act(here)
            except (KpssError, OSError) as error:
                sentence = describe(error)
        assert "\n" not in sentence
        work.require_whole(here, before)
        act(here)
        work.require_whole(here, before)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_process_killed_before_any_step_leaves_nothing_half_done(
    place: Callable[[int], work.Place], act: Callable[[work.Place], None]
) -> None:
    total = steps_of(place(0), act)
    killed = 0
    for at in range(2, total + 1, EVERY):
        here = place(at)
        before = work.look(here)

        def doomed(here: work.Place = here, at: int = at) -> None:
            with watched(Steps(dying(at), here.root)):
                act(here)

        killed += in_a_process(doomed) == -9
        work.require_whole(here, before)
    assert killed > 2


def write_notes(archive: Archive) -> None:
    """Write more than there is room for."""
    for number in range(100):
        editing.edit(archive, all_ids(archive.catalogue.db), editing.Edit(note=f"{number}" * 2000))


def test_no_room_for_the_catalogue_is_a_full_disk_and_nothing_happened(place: Callable[[int], work.Place]) -> None:
    here = place(0)
    with open_archive(here.folder) as archive:
        before = state_digest(archive)
        pages = archive.catalogue.db.execute("PRAGMA page_count").fetchone()[0]
        archive.catalogue.db.execute(f"PRAGMA max_page_count = {pages}")
        # The words are the system's, in whatever language a window in this process has chosen.
        with pytest.raises(OSError, match=r"\[Errno 28\]") as refused:
            write_notes(archive)
        assert refused.value.errno == errno.ENOSPC
        archive.catalogue.db.execute("PRAGMA max_page_count = 1000000")
        while (step := undo.next_undo(archive)) and step.label == "edit":
            undo.undo(archive)
        assert state_digest(archive) == before
        assert verify(archive, silent) == []
