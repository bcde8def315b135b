"""Shows 1 and 2: the disk fails at every step, the process ends before every step and in the middle of every write.

A step is any call of the system that changes the archive, this computer's data or what is exported, SQLite's own too.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kpss_desktop.archive import editing
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.trust.backup import backup
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.progress import silent
from tests.torture import work
from tests.torture.conftest import Say
from tests.torture.faults import begun_process
from tests.torture.layer import DISASTERS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and counts the calls of a POSIX system")

# Rebuilding reads the texts, each time in new processes, and does the same again for each document.
OF_SO_MANY: dict[work.Act, int] = {work.rebuild_it: 11}


def told_by_workers(library: Path, disk: Path, act: work.Act, share: int) -> dict[str, Counter[str]]:
    """Let a worker for each processor meet its share of all disasters; the sums of their tallies, and sentences."""
    amount = os.cpu_count() or 1
    environment = os.environ | {"LD_PRELOAD": str(library)}

    def told(number: int) -> str:
        arguments = [act.__name__, str(disk / str(number)), str(1 + number * share), str(amount * share)]
        command = [sys.executable, "-m", "tests.torture.worker", *arguments]
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout

    sums: dict[str, Counter[str]] = {disaster.name: Counter() for disaster in DISASTERS}
    with ThreadPoolExecutor(amount) as workers:
        for tally in (json.loads(line) for lines in workers.map(told, range(amount)) for line in lines.splitlines()):
            sums[tally["disaster"]].update({name: tally[name] for name in ("tried", "refused", "killed")})
            sums[tally["disaster"]].update(f"“{sentence}”" for sentence in tally["sentences"])
    return sums


@pytest.mark.parametrize("act", work.ACTS, ids=lambda act: act.__name__)
def test_every_step_meets_every_disaster(act: work.Act, library: Path, disk: Path, share: int, say: Say) -> None:
    begun = time.monotonic()
    sums = told_by_workers(library, disk, act, share * OF_SO_MANY.get(act, 1))
    for name, told in sums.items():
        assert told["tried"] > 0, name
        assert told["killed"] == (told["tried"] if name.startswith("kill") else 0), name
    sentences = {sentence for told in sums.values() for sentence in told if sentence.startswith("“")}
    assert [sentence for sentence in sentences if "\n" in sentence or "„“" in sentence or ".part" in sentence] == []
    figures = ", ".join(f"{name} {told['tried']} ({told['refused']} refused)" for name, told in sums.items())
    say(f"{act.__name__}: {figures}: nothing lost; {len(sentences)} sentences; {time.monotonic() - begun:.0f} s")


def test_killed_at_300_random_moments(disk: Path, share: int, say: Say) -> None:
    chance = random.Random(20260101)  # the same moments again, as far as the machine allows
    place = work.made(disk / "world", documents=150, more=60)
    work.back_up(place)
    before = work.look(place)
    shutil.copytree(place.root, disk / "original")
    ended: Counter[str] = Counter()
    for number in range(300 // share):
        act = work.ACTS[number % len(work.ACTS)]
        shutil.rmtree(place.root)
        shutil.copytree(disk / "original", place.root)
        child = begun_process(lambda act=act: act(place))  # type: ignore[misc]  # mypy and defaults of lambdas
        time.sleep(chance.uniform(0.002, 0.2))
        os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        ended[f"{act.__name__}: {'killed' if status else 'done before'}"] += 1
        work.require_whole(place, before)
    say(f"random kills: {sum(ended.values())}, nothing lost; {dict(sorted(ended.items()))}")
    assert sum(amount for name, amount in ended.items() if name.endswith("killed")) > 0


def test_a_backup_of_many_files_is_killed_and_goes_on(disk: Path, share: int, say: Say) -> None:
    place = work.made(disk / "world", documents=200, more=0)
    chance = random.Random(3)
    for _ in range(20 // share + 1):
        child = begun_process(lambda: work.back_up(place))
        time.sleep(chance.uniform(0.01, 0.3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with open_archive(place.folder) as archive:
            editing.edit(archive, all_ids(archive.catalogue.db)[:5], editing.Edit(note=str(chance.random())))
    begun = time.monotonic()
    with open_archive(place.folder) as archive:
        made = backup(archive, place.stick, silent)
    say(f"backup of {made.files} files after kills: {made.copied} copied, {time.monotonic() - begun:.2f} s")
    work.require_whole(place, work.look(place))
