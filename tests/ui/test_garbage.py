"""Everything is looked through for garbage only while the clerk works with another program."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kpss_desktop.ui import garbage

_OLDEST = 2


@pytest.fixture
def full_looks(qapp: QApplication) -> Iterator[list[int]]:
    """One entry for each time when all objects were looked through."""
    before, looks = gc.get_threshold(), list[int]()

    def hear(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == _OLDEST:
            looks.append(info["collected"])

    garbage.collect_unseen(qapp)
    gc.callbacks.append(hear)
    yield looks
    gc.callbacks.remove(hear)
    gc.set_threshold(*before)
    gc.unfreeze()


def test_many_new_objects_stop_nobody(full_looks: list[int]) -> None:
    alive = [[number] for number in range(300_000)]
    assert len(alive) == 300_000
    assert full_looks == []


def test_a_look_at_another_program_is_the_time_for_it(qapp: QApplication, full_looks: list[int]) -> None:
    circle: list[object] = []
    circle.append(circle)
    del circle
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert full_looks == []
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert full_looks
