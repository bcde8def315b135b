"""The names of a large drop are recognised by the readers: the rows are those that this process would have made."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from kpss_desktop.archive.intake.planning import IntakeItem, plan_intake
from kpss_desktop.progress import Cancelled, silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.archive.conftest import Desk

AMOUNT = 130


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "PS Péče 2019"
    folder.mkdir()
    for number in range(AMOUNT):
        (folder / f"Zápis č. {number + 1} ze dne {number % 28 + 1}. {number % 12 + 1}..bin").write_bytes(b"%d" % number)
    return folder


def _readers() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if any("intake" in word for word in one.cmdline())]


def test_rows_come_in_their_order_with_what_their_names_say(desk: Desk, drop: Path) -> None:
    here = plan_intake(desk.archive, [drop], silent, year=2018, read=False).items
    first: list[IntakeItem] = []

    def on_items(batch: Sequence[tuple[int, IntakeItem]]) -> None:
        for place, item in batch:
            assert place <= len(first)  # a new row's place is the next one
            if place == len(first):
                first.append(item)

    plan_intake(desk.archive, [drop], silent, year=2018, on_items=on_items)
    assert len(here) == AMOUNT
    assert [(item.name, item.recognition, item.groups) for item in first] == [
        (item.name, item.recognition, item.groups) for item in here
    ]
    assert {item.dated.date.year for item in first if item.dated} == {2018}


def test_names_that_a_killed_reader_was_asked_are_recognised_all_the_same(desk: Desk, drop: Path) -> None:
    here = plan_intake(desk.archive, [drop], silent, read=False).items
    killed: list[int] = []

    def killing(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # as a Progress is called
        if total is None and not killed and (readers := _readers()):
            for reader in readers:
                with contextlib.suppress(psutil.NoSuchProcess):
                    reader.kill()
                killed.append(reader.pid)

    rows = plan_intake(desk.archive, [drop], killing).items
    assert killed
    assert [(item.name, item.recognition) for item in rows] == [(item.name, item.recognition) for item in here]


def test_whoever_stops_while_names_are_recognised_leaves_no_reader(desk: Desk, drop: Path) -> None:
    seen: list[psutil.Process] = []

    def stopping(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # as a Progress is called
        seen[:] = seen or _readers()
        if seen:
            raise Cancelled

    with pytest.raises(Cancelled):
        plan_intake(desk.archive, [drop], stopping)
    assert seen
    assert not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in seen)
