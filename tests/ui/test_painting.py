"""While the window paints, whoever works for it does not take the interpreter away from it."""

from __future__ import annotations

import threading

import pytest

from kpss_desktop.ui import painting


def test_a_worker_waits_at_its_next_word_until_the_window_has_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "_PATIENCE", 30.0)
    came: list[str] = []

    def work() -> None:
        painting.stand_aside()
        came.append("the worker")

    worker = threading.Thread(target=work)
    with painting.undisturbed():
        worker.start()
        worker.join(0.05)
        came.append("the window")
    worker.join()
    assert came == ["the window", "the worker"]


def test_a_window_that_does_not_come_to_an_end_holds_nobody_up() -> None:
    with painting.undisturbed():
        painting.stand_aside()  # goes on after a moment, for else this test would never end


def test_a_painting_that_fails_holds_nobody_up_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "_PATIENCE", 1e6)
    with pytest.raises(ZeroDivisionError), painting.undisturbed():
        raise ZeroDivisionError
    painting.stand_aside()
