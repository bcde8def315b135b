"""Show 5 in short: operations in any order, all of them back and again; the long form is in tests/torture."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.torture import work
from tests.torture.any_order import AnyOrder, trials

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its worlds lie in a folder of POSIX systems")


def test_whatever_was_done_in_any_order_can_be_undone_and_made_again(tmp_path: Path) -> None:
    class Here(AnyOrder):
        original = work.made(tmp_path / "original", documents=6, more=6)
        here = tmp_path / "here"

    run_state_machine_as_test(Here, settings=trials(10, 20, always_the_same=True))
