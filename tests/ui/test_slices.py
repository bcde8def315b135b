"""Long work in the window's thread leaves room for everything else."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from kpss_desktop.ui.slices import Slices


def counting(into: list[str], name: str, times: int) -> Iterator[None]:
    for _turn in range(times):
        into.append(name)
        yield


def test_short_work_is_done_at_once() -> None:
    slices, done = Slices(), list[str]()
    slices.run(counting(done, "a", 3))
    assert done == ["a", "a", "a"]
    assert not slices.busy


def test_the_window_lives_while_work_that_would_never_end_goes_on(qtbot: QtBot) -> None:
    slices, pressed = Slices(), list[str]()

    def endless() -> Iterator[None]:
        while not pressed:
            yield

    QTimer.singleShot(0, lambda: pressed.append("a key"))
    slices.run(endless())
    assert slices.busy
    qtbot.waitUntil(lambda: not slices.busy)


def test_what_is_asked_for_meanwhile_comes_after(qtbot: QtBot) -> None:
    slices, done, go_on = Slices(), list[str](), list[bool]()

    def first() -> Iterator[None]:
        while not go_on:
            yield
        done.append("first")

    slices.run(first())
    slices.run(counting(done, "second", 1))
    assert done == []
    go_on.append(True)
    with qtbot.waitSignal(slices.ended):
        pass
    assert done == ["first", "second"]


def test_work_that_was_dropped_is_not_taken_up_again(qtbot: QtBot) -> None:
    slices, turns = Slices(), list[str]()
    slices.run(counting(turns, "a", 10**9))
    slices.drop()
    before = len(turns)
    slices.run(counting(turns, "b", 1))
    qtbot.wait(20)
    assert turns[before:] == ["b"]
    assert not slices.busy


def test_a_bug_in_one_piece_of_work_does_not_stop_the_next() -> None:
    slices, done = Slices(), list[str]()

    def broken() -> Iterator[None]:
        yield
        raise ZeroDivisionError

    try:
        slices.run(broken())
    except ZeroDivisionError:
        done.append("told")
    slices.run(counting(done, "next", 1))
    assert done == ["told", "next"]
