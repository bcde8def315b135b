"""Show 5: two hundred operations in any order, all of them back, all of them again, across restarts."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from hypothesis import seed
from hypothesis.stateful import run_state_machine_as_test

from tests.torture import work
from tests.torture.any_order import AnyOrder, trials
from tests.torture.conftest import Say


def test_two_hundred_operations_and_all_of_them_back(disk: Path, share: int, say: Say) -> None:
    ended: Counter[str] = Counter()

    class Here(AnyOrder):
        original = work.made(disk / "original", documents=12, more=30)
        here = disk / "here"

        def teardown(self) -> None:
            while self.future:
                self.redo_one()
            ended.update(examples=1, steps=len(self.past))
            super().teardown()

    run = seed(random.Random(5).randrange(1 << 32))(run_state_machine_as_test)
    run(Here, settings=trials(max(1, 20 // share), 200))
    say(
        f"any order: {ended['examples']} times up to 200 operations, {ended['steps']} steps undone and made again "
        "across restarts, the digest compared after each; rebuilt from the folder alone: the same"
    )
