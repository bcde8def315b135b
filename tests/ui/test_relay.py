"""Rows on their way from the planning thread to the window."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.archive.intake.planning import IntakeItem, Origin
from kpss_desktop.ui.verbs.filing import Relay

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Batch = list[tuple[int, IntakeItem]]


def _row(place: int, name: str) -> tuple[int, IntakeItem]:
    return place, IntakeItem(Origin(Path(name)), name, name)


def test_the_worker_goes_on_when_the_window_has_taken_a_batch_in(qtbot: QtBot) -> None:
    taken: list[Batch] = []
    before: list[int] = []
    relay = Relay(taken.append)

    def work() -> None:
        for place in range(5):
            relay.tell([_row(place, "a")])
            before.append(len(taken))

    worker = threading.Thread(target=work)
    worker.start()
    qtbot.waitUntil(lambda: len(before) == 5)
    worker.join()
    assert before == [1, 2, 3, 4, 5]
    assert [place for batch in taken for place, _ in batch] == [0, 1, 2, 3, 4]


def test_a_worker_does_not_wait_for_ever_for_a_window_that_is_busy_with_something_else(qtbot: QtBot) -> None:
    taken: list[Batch] = []
    relay = Relay(taken.append)
    worker = threading.Thread(target=relay.tell, args=([_row(0, "a")],))
    worker.start()
    worker.join()  # the window's thread is here, and does nothing else
    assert not taken
    qtbot.waitUntil(lambda: bool(taken))


def test_a_batch_on_its_way_does_not_come_after_the_end(qtbot: QtBot) -> None:
    taken: list[Batch] = []
    relay, other = Relay(taken.append), Relay(taken.append)

    def work() -> None:
        relay.tell([_row(0, "a")])
        other.tell([_row(0, "b")])

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()  # both wait for the window's thread, which is here
    relay.end()
    qtbot.waitUntil(lambda: bool(taken))
    assert taken == [[_row(0, "b")]]
