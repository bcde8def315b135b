"""Show 5 of the search: any sequence of changes, undone and made again, leaves the index as one made afresh."""

from __future__ import annotations

from pathlib import Path

from hypothesis.stateful import run_state_machine_as_test

from tests.torture import work
from tests.torture.any_index import AnyIndex
from tests.torture.any_order import trials
from tests.torture.conftest import Say


def test_the_index_after_a_hundred_operations_is_one_made_afresh(disk: Path, share: int, say: Say) -> None:
    class Here(AnyIndex):
        original = work.made(disk / "original", documents=12, more=30)
        here = disk / "here"

    examples = max(1, 40 // share)
    run_state_machine_as_test(Here, settings=trials(examples, 100))
    assert Here.rows
    say(f"index: {examples} times up to 100 operations, {Here.rows} entries equal to those made afresh")
