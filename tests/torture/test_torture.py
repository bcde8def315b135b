"""The long trials; `make torture` runs them and prints what they found. `SHARE=10` tries every tenth disaster only."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from kpss_desktop.archive import editing, undo
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.archive.backup import backup
from kpss_desktop.archive.digest import state_digest
from kpss_desktop.archive.filing import file_intake
from kpss_desktop.archive.intake import plan_intake
from kpss_desktop.archive.keeping import snapshot_path
from kpss_desktop.archive.verify import verify
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.errors import ArchiveInUse, KpssError, NothingToRedo, NothingToUndo, ReadOnlyArchive
from kpss_desktop.messages import describe
from kpss_desktop.model import Dated, Kind, PartialDate
from kpss_desktop.progress import silent
from tests.torture import work
from tests.torture.faults import Steps, begun_process, dying, failing, in_a_process, watched

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and counts the calls of a POSIX system")

SHARE = int(os.environ.get("SHARE", "1"))
Act = Callable[[work.Place], None]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPSS_DATA_DIR", str(tmp_path / "data"))


def say(text: str) -> None:
    """Print a figure, whatever captures the output."""
    sys.__stdout__.write(f"\n{text}\n")  # type: ignore[union-attr]  # there is one under pytest


def steps_of(place: work.Place, act: Act) -> int:
    """How many steps an act has."""
    with watched(Steps(lambda _count, _name: None, place.root)) as steps:
        act(place)
    return steps.count


@pytest.mark.parametrize("act", work.ACTS, ids=lambda act: act.__name__)
def test_killed_before_every_step(act: Act, tmp_path: Path) -> None:
    original = work.made(tmp_path / "original", documents=12, more=5)
    total = steps_of(original.copied(tmp_path / "0"), act)
    tried = killed = 0
    for at in range(1, total + 1, SHARE):
        here = original.copied(tmp_path / str(at))
        before = work.look(here)

        def doomed(here: work.Place = here, at: int = at) -> None:
            with watched(Steps(dying(at), here.root)):
                act(here)

        killed += in_a_process(doomed) == -signal.SIGKILL
        tried += 1
        work.require_whole(here, before)
        shutil.rmtree(here.root)
    say(f"{act.__name__}: {total} steps, {tried} tried, {killed} killed, nothing lost")


@pytest.mark.parametrize("act", work.ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["ENOSPC", "EIO"])
@pytest.mark.parametrize("ever_after", [False, True], ids=["once", "ever after"])
def test_the_disk_fails_at_every_step(act: Act, number: int, ever_after: bool, tmp_path: Path) -> None:
    original = work.made(tmp_path / "original", documents=12, more=5)
    total = steps_of(original.copied(tmp_path / "0"), act)
    refused = tried = 0
    sentences: set[str] = set()
    for at in range(1, total + 1, SHARE):
        here = original.copied(tmp_path / str(at))
        before = work.look(here)
        with watched(Steps(failing(at, number, ever_after=ever_after), here.root)):
            try:
                act(here)
            except (KpssError, OSError) as error:
                sentences.add(describe(error))
                refused += 1
        tried += 1
        work.require_whole(here, before)
        act(here)
        work.require_whole(here, before)
        shutil.rmtree(here.root)
    assert [sentence for sentence in sentences if "\n" in sentence] == []
    say(f"{act.__name__}, {errno.errorcode[number]}, ever after {ever_after}: {tried} tried, {refused} refused")


def test_killed_at_300_random_moments(tmp_path: Path) -> None:
    chance = random.Random(20260101)  # the same moments again, as far as the machine allows
    original = work.made(tmp_path / "original", documents=150, more=60)
    ended: Counter[str] = Counter()
    for number in range(300 // SHARE):
        act = work.ACTS[number % len(work.ACTS)]
        here = original.copied(tmp_path / "world")
        before = work.look(here)
        child = begun_process(lambda act=act, here=here: act(here))  # type: ignore[misc]  # mypy and defaults of lambdas
        time.sleep(chance.uniform(0.002, 0.2))
        os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        ended[f"{act.__name__}: {'killed' if status else 'done before'}"] += 1
        work.require_whole(here, before)
        shutil.rmtree(here.root)
    say(f"random kills: {sum(ended.values())}, nothing lost; {dict(sorted(ended.items()))}")
    assert sum(amount for name, amount in ended.items() if name.endswith("killed")) > 0


def test_a_thousand_sessions_of_two_processes(tmp_path: Path) -> None:
    place = work.made(tmp_path / "world", documents=6, more=0)
    chance = random.Random(7)
    log = tmp_path / "log"
    log.touch()
    sessions, killed = 1000 // SHARE, 0
    running: dict[int, str] = {}
    started = 0
    while started < sessions or running:
        while started < sessions and len(running) < 2:
            name = f"značka-{started}"
            running[begun_process(lambda name=name, user=started % 2: _session(place, name, user, log))] = name  # type: ignore[misc]
            started += 1
        time.sleep(chance.uniform(0, 0.05))
        if running and chance.random() < 0.2:
            os.kill(chance.choice(list(running)), signal.SIGKILL)
        for child in list(running):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                killed += os.waitstatus_to_exitcode(status) == -signal.SIGKILL
                assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGKILL), running[child]
                del running[child]
    begun = time.monotonic()
    with open_archive(place.folder) as archive:
        waited = time.monotonic() - begun
        assert verify(archive, silent) == []
        tags = {tag for document in work.everything(archive) for tag in document.tags}
    lines = log.read_text(encoding="utf-8").split("\n")[:-1]
    committed = {line.split()[1] for line in lines if line.startswith("committed")}
    assert committed - tags == set()
    say(
        f"two processes: {sessions} sessions, {killed} killed, {len(committed)} changes committed and all there, "
        f"never two writers, takeover in {waited:.2f} s"
    )


def _session(place: work.Place, name: str, user: int, log: Path) -> None:
    """One clerk opens, changes one thing and closes, again and again while the other one has it."""
    os.environ["KPSS_DATA_DIR"] = str(place.root / f"data {user}")
    deadline = time.monotonic() + 60
    while True:
        try:
            archive = open_archive(place.folder)
        except (ArchiveInUse, ReadOnlyArchive):
            assert time.monotonic() < deadline
            time.sleep(0.01)
            continue
        with archive:
            _require_alone(place.root / "writing")
            editing.tag(archive, [all_ids(archive.catalogue.db)[0]], name)
            with log.open("a", encoding="utf-8") as handle:
                handle.write(f"committed {name}\n")
            (place.root / "writing").unlink()
        return


def _require_alone(sign: Path) -> None:
    """Nobody else who is alive is between opening and closing."""
    try:
        other = psutil.Process(int(sign.read_text(encoding="ascii")))
        assert other.status() == psutil.STATUS_ZOMBIE
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        pass
    sign.write_text(str(os.getpid()), encoding="ascii")


@pytest.mark.parametrize("seed", range(max(1, 5 // SHARE)))
def test_two_hundred_operations_and_all_of_them_back(seed: int, tmp_path: Path) -> None:
    place = work.made(tmp_path / "world", documents=12, more=30)
    chance = random.Random(seed)
    waiting = sorted(place.inbox.iterdir())
    with open_archive(place.folder) as archive:
        first = state_digest(archive)
    for _ in range(10):
        with open_archive(place.folder) as archive:
            for _ in range(20):
                _something(archive, chance, waiting)
            assert verify(archive, silent) == []
    with open_archive(place.folder) as archive:
        last = state_digest(archive)
    undone = _all(place, undo.undo, NothingToUndo)
    with open_archive(place.folder) as archive:
        # The archive's own making (an intake and a tag) can be undone too.
        for _ in range(2):
            undo.redo(archive)
        assert state_digest(archive) == first
        assert verify(archive, silent) == []
    redone = _all(place, undo.redo, NothingToRedo) + 2
    with open_archive(place.folder) as archive:
        assert state_digest(archive) == last
        assert verify(archive, silent) == []
        data = archive.data
    snapshot_path(place.folder).unlink(missing_ok=True)
    shutil.rmtree(data)
    with open_archive(place.folder) as archive:
        assert state_digest(archive) == last
    assert undone == redone
    say(f"seed {seed}: {undone} steps undone and made again across restarts; rebuilt from the folder alone: the same")


def _all(place: work.Place, verb: Callable[..., object], nothing: type[KpssError]) -> int:
    """Undo or redo everything, with a restart after each thirty."""
    number = 0
    while True:
        with open_archive(place.folder) as archive:
            for _ in range(30):
                try:
                    verb(archive)
                except nothing:
                    return number
                number += 1


def _something(archive: Archive, chance: random.Random, waiting: list[Path]) -> None:
    ids = all_ids(archive.catalogue.db)
    some = chance.sample(ids, min(len(ids), chance.randint(1, 5)))
    match chance.randrange(9):
        case 0:
            editing.tag(archive, some, chance.choice(["a", "b", "důležité"]))
        case 1:
            editing.untag(archive, some, chance.choice(["a", "b", "důležité"]))
        case 2:
            editing.trash(archive, some)
        case 3:
            editing.restore(archive, some)
        case 4:
            groups = tuple(chance.sample(["pece", "prevence", "rs"], chance.randint(0, 2)))
            editing.edit(archive, some, editing.Edit(groups=groups))
        case 5:
            date = PartialDate(chance.randint(2015, 2025), chance.randint(1, 12), chance.randint(1, 28))
            editing.edit(archive, some, editing.Edit(dated=Dated(date), kind=chance.choice(list(Kind))))
        case 6:
            editing.rename(archive, some[0], f"Jméno {chance.randrange(10**6)}")
        case 7:
            editing.add_group(archive, f"Skupina {chance.randrange(10**9)}", aliases=("přezdívka",))
        case _ if waiting:
            file_intake(archive, plan_intake(archive, [waiting.pop()], silent), silent)


def test_a_backup_of_many_files_is_killed_and_goes_on(tmp_path: Path) -> None:
    place = work.made(tmp_path / "world", documents=200, more=0)
    chance = random.Random(3)
    for _ in range(20 // SHARE + 1):
        child = begun_process(lambda: work.back_up(place))
        time.sleep(chance.uniform(0.01, 0.6))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with open_archive(place.folder) as archive:
            editing.edit(archive, all_ids(archive.catalogue.db)[:5], editing.Edit(note=str(chance.random())))
    begun = time.monotonic()
    with open_archive(place.folder) as archive:
        made = backup(archive, place.stick, silent)
    say(f"backup of {made.files} files after kills: {made.copied} copied, {time.monotonic() - begun:.2f} s")
    work.require_whole(place, work.look(place))
