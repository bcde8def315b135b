"""Show 6: every trap by itself, the heavy ones too, with its time and the memory of the whole program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.trials import KINDS, MOST_MEMORY, drop, survive
from tests.hostile.watching import Room

LIMIT = 200.0
"""Seconds that a trap may take in all: each reading of it has its own limit of twenty."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_trap(kind: str, tmp_path: Path, say: Callable[[str], None], share: int) -> None:
    seconds: dict[str, float] = {}
    memory: dict[str, float] = {}
    for number, trap in enumerate(KINDS[kind]()):
        if number % share:
            continue
        room = Room(tmp_path / str(number))
        room.prepare()
        assert room.kpss("init", "--group", "Péče").code == 0
        drop(room, [trap])
        taken, seen = survive(room, limit=LIMIT)
        seconds[trap.name], memory[trap.name] = taken.seconds + seen.seconds, max(taken.peak, seen.peak)
    slowest, largest = max(seconds, key=seconds.__getitem__), max(memory, key=memory.__getitem__)
    say(
        f"{kind}: {len(seconds)} traps, no escape, no crash, no call; slowest {slowest} {seconds[slowest]:.1f} s; "
        f"most memory {largest} {memory[largest]:.0f} MB of {MOST_MEMORY:.0f}"
    )
