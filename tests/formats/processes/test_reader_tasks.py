"""Which task a reader process is given: those of its kin where nobody waits for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpss_desktop.formats.processes.requests import KIN, reading
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.formats.processes.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_requests_without_kin_are_drawn_one_by_one_in_their_order() -> None:
    drawn: list[int] = []

    def requests() -> Iterator[dict[str, Any]]:
        for number in range(3):
            drawn.append(number)
            yield {"do": "read"}

    tasks = Tasks(requests())
    assert tasks
    assert [tasks.next(1, 2).index, list(drawn)] == [0, [0]]
    assert [tasks.next(0, 2).index, tasks.next(0, 2).index, bool(tasks)] == [1, 2, False]


def test_each_reader_is_given_its_kin_first() -> None:
    tasks = Tasks({"do": "look", KIN: number % 2} for number in range(6))
    assert [tasks.next(1, 2).index for _ in range(3)] == [1, 3, 5]
    assert [tasks.next(0, 2).index for _ in range(3)] == [0, 2, 4]
    assert not tasks


def test_nobody_waits_for_a_reader_that_is_long_at_a_file() -> None:
    tasks = Tasks({"do": "look", KIN: 0} for _ in range(100))
    assert [tasks.next(1, 2).index for _ in range(3)] == [0, 1, 2]


def test_what_is_put_back_comes_first() -> None:
    tasks = Tasks({"do": "read"} for _ in range(3))
    first, second = tasks.next(0, 2), tasks.next(1, 2)
    tasks.put_back([first, second])
    assert [tasks.next(1, 2).index for _ in range(3)] == [0, 1, 2]


def test_no_reader_is_given_many_files_that_take_long(tmp_path: Path) -> None:
    path = tmp_path / "long.rtf"
    path.write_bytes(rb"{\rtf1\ansi " + rb"\par a" * 100_000 + b"}")
    drawn = 0

    def requests() -> Iterator[dict[str, Any]]:
        nonlocal drawn
        for _ in range(14):
            drawn += 1
            yield reading(path, "")

    ahead = []
    with Sandbox(2) as sandbox:
        for done, _ in enumerate(sandbox.ask_many(requests(), ahead=14)):
            ahead.append(drawn - done)
    assert len(ahead) == 14
    assert max(ahead) <= 2 * 4 + 1  # and the next one, which is drawn before a reader has room for it
