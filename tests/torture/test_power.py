"""The power is cut after every step of an import and of an edit; the disk forgets all that was not made lasting."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture import replay, work
from tests.torture.conftest import Say

LUCKY = 3  # disks that by chance keep some of what they need not, beside the one that keeps nothing of it


@pytest.mark.parametrize("act", [work.take_in, work.move_many, work.trash_some], ids=lambda act: act.__name__)
def test_the_power_is_cut_after_every_step(act: work.Act, library: Path, disk: Path, share: int, say: Say) -> None:
    command = [sys.executable, "-m", "tests.torture.recorder", act.__name__, str(disk)]
    subprocess.run(command, env=os.environ | {"LD_PRELOAD": str(library)}, check=True)
    told = json.loads((disk / "kept.json").read_text(encoding="utf-8"))
    before, after = work.Kept(**told["before"]), work.Kept(**told["after"])
    place = work.Place(disk / "world")
    place.enter()
    model, steps = replay.Disk(place.root), list(replay.steps(disk / "log"))
    lost: list[str] = []
    tried = 0
    for number, step in enumerate(steps, start=1):
        model.make(step)
        if number % share and number < len(steps):
            continue
        for turn in range(1 + LUCKY):
            model.after_a_power_cut(place.root, random.Random(number * 10 + turn) if turn else None)
            tried += 1
            try:
                now = work.require_whole(place, before)
                assert number < len(steps) or now == after, "what had returned is not there"
            except AssertionError as error:
                lost.append(f"{number} of {len(steps)} ({step.op.name} {step.path}), disk {turn}: {str(error)[:300]}")
    assert lost == []
    say(f"{act.__name__}: power cut after each of {len(steps)} steps, {tried} disks looked at: nothing lost")
