"""Files of an attacker through the whole program: no escape, no crash, no hang, no call, and everything is told."""

from __future__ import annotations

import json
import unicodedata

import pytest

from tests.hostile import text_traps
from tests.hostile.trials import HEAVY, KINDS, drop, survive
from tests.hostile.watching import Room

pytestmark = pytest.mark.timeout(300)
LIMIT = 240.0  # seconds for a whole kind on a busy machine


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_of_traps(room: Room, kind: str) -> None:
    names = drop(room, (trap for trap in KINDS[kind]() if trap.name not in HEAVY))
    assert len(names) > 10
    survive(room, limit=LIMIT)
    known = _known(room)
    assert room.kpss("rebuild").code == 0
    assert _known(room) == known


def _known(room: Room) -> list[tuple[str, str, str, str | None]]:
    lines = map(json.loads, room.kpss("--json", "list").out.splitlines())
    return sorted((line["id"], line["path"], line["title"], line["date"]) for line in lines)


def test_names_that_are_bait(room: Room) -> None:
    for number, name in enumerate(text_traps.names()):
        (room.inbox / name).write_text(f"Zápis {number}", encoding="utf-8")
    taken, _ = survive(room, limit=LIMIT)
    paths = [json.loads(line)["path"] for line in taken.out.splitlines()]
    unseen = {"Cc", "Cf", "Cs", "Co"}
    assert not any(unicodedata.category(letter) in unseen for path in paths for letter in path)
