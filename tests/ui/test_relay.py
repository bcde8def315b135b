"""Rows on their way from the planning thread to the window."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.archive.intake.planning import IntakeItem, Origin
from kpss_desktop.ui.verbs.filing import Relay

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Batch = list[tuple[int, IntakeItem]]


def _row(place: int, name: str) -> tuple[int, IntakeItem]:
    return place, IntakeItem(Origin(Path(name)), name, name)


def _told_from_a_worker(relay: Relay, batches: list[Batch]) -> threading.Thread:
    def work() -> None:
        for batch in batches:
            relay.tell(batch)

    worker = threading.Thread(target=work)
    worker.start()
    return worker


def test_what_becomes_clearer_before_the_window_looks_is_told_once(qtbot: QtBot) -> None:
    taken: list[Batch] = []
    relay = Relay(taken.append)
    worker = _told_from_a_worker(relay, [[_row(0, "a")], [_row(1, "b")], [_row(1, "B"), _row(2, "c")], [_row(1, "Bé")]])
    worker.join()  # nothing holds it up, though the window has not looked yet
    qtbot.waitUntil(lambda: sum(map(len, taken)) == 3)
    assert [(place, item.name) for batch in taken for place, item in batch] == [(0, "a"), (1, "Bé"), (2, "c")]


def test_rows_come_in_their_order_a_few_at_a_time_however_slow_the_window_is(qtbot: QtBot) -> None:
    taken: list[Batch] = []

    def take(batch: Batch) -> None:
        time.sleep(0.01)
        taken.append(batch)

    relay = Relay(take)
    worker = _told_from_a_worker(
        relay, [[_row(place, "a") for place in range(at, at + 150)] for at in range(0, 900, 150)]
    )
    qtbot.waitUntil(lambda: sum(map(len, taken)) == 900)
    worker.join()
    assert [place for batch in taken for place, _ in batch] == list(range(900))
    assert max(map(len, taken)) <= 100
