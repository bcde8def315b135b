from __future__ import annotations

import threading

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kpss_desktop.progress import Progress
from kpss_desktop.ui import errand
from kpss_desktop.ui.errand import Errand


def test_closing_waits_for_nothing_and_the_task_stops_at_its_next_word(qtbot: QtBot) -> None:
    owner = QWidget()
    one = Errand(owner)
    go, began = threading.Event(), threading.Event()
    passed: list[str] = []
    told: list[object] = []

    def task(progress: Progress) -> None:
        began.set()
        assert go.wait(timeout=60)
        progress(1, 2)
        passed.append("past the word")

    for signal in (one.done, one.failed, one.cancelled):
        signal.connect(lambda *given: told.append(given))
    one.run(task)
    assert began.wait(timeout=60)
    one.close()
    owner.deleteLater()
    del owner
    go.set()
    qtbot.waitUntil(lambda: not errand._LEAVING)
    assert (passed, told) == ([], [])
