"""While the window paints, whoever works for it does not take the interpreter away from it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake.planning import IntakeItem, Origin
from kpss_desktop.progress import Progress
from kpss_desktop.ui import painting
from kpss_desktop.ui.dialogs.sheet_model import Column, SheetModel
from kpss_desktop.ui.dialogs.sheet_view import SheetView
from kpss_desktop.ui.workplace import Workplace


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


def test_what_is_read_for_the_window_stands_aside(
    place: Workplace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(painting, "_PATIENCE", 30.0)
    qtbot.waitUntil(lambda: not any(place.jobs._under_way))
    goes_on = threading.Event()

    def task(_archive: Archive, progress: Progress) -> None:
        progress(1, 2)
        goes_on.set()

    with painting.undisturbed():
        place.jobs.query(task, lambda _nothing: None)
        assert not goes_on.wait(0.2)
    assert goes_on.wait(30)


def test_the_rows_of_a_review_are_painted_undisturbed(qtbot: QtBot) -> None:
    seen: list[bool] = []

    class Spy(QStyledItemDelegate):
        def paint(
            self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
        ) -> None:
            super().paint(painter, option, index)
            seen.append(painting._free.is_set())

    rows = SheetModel(())
    rows.take_rows([(0, IntakeItem(Origin(Path("a.doc")), "a.doc", "a.doc"))])
    view = SheetView(rows)
    qtbot.addWidget(view)
    view.setItemDelegateForColumn(Column.FILE, Spy(view))
    view.grab()
    assert set(seen) == {False}
    assert painting._free.is_set()
