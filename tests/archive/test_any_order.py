"""Show 5 in short: operations in any order, all of them back and again; the long form is in tests/torture."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.torture import work
from tests.torture.any_order import AnyOrder
from tests.torture.layer import quick_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its worlds lie in a folder of POSIX systems")


def test_whatever_was_done_in_any_order_can_be_undone_and_made_again(tmp_path: Path) -> None:
    with quick_folder(tmp_path) as disk:

        class Here(AnyOrder):
            original = work.made(disk / "original", documents=6, more=6)
            here = disk / "here"

        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=10, stateful_step_count=20, deadline=None, derandomize=True, database=None,
                suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
            ),
        )  # fmt: skip
