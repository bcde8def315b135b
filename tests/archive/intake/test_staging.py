"""Copies are made a batch ahead; whatever ends the work, no copy is left behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.intake.filing import Filed, file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.progress import Cancelled, silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


@pytest.fixture
def many(inbox: Path) -> Path:
    for number in range(350):
        (inbox / f"Zápis PS Péče {number % 28 + 1}. 5. 2020 č. {number}.txt").write_bytes(b"%d" % number)
    return inbox


def test_a_stop_while_the_batch_after_the_next_is_copied_keeps_what_was_filed_and_no_copy(
    desk: Desk, many: Path
) -> None:
    plan = plan_intake(desk.archive, [many], silent, read=False)
    told: list[str] = []

    def stop_at_last(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # Progress
        told.append(label)
        if done == 330:
            raise Cancelled

    report = file_intake(desk.archive, plan, stop_at_last)
    assert (report.stopped, report.filed, report.count(Filed.SKIPPED)) == (True, 300, 50)
    assert told == [item.name for item in plan.items[:331]]
    assert desk.staged() == []
    assert desk.problems() == []
    again = file_intake(desk.archive, plan, silent)
    assert (again.filed, again.duplicates) == (50, 300)


def test_a_commit_that_fails_takes_the_next_copies_away(
    desk: Desk, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_intake(desk.archive, [many], silent, read=False)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kpss_desktop.archive.intake.entering.documents.insert_documents", full)
    with pytest.raises(OSError, match="No space"):
        file_intake(desk.archive, plan, silent)
    monkeypatch.undo()
    # The copies of the batch that was being committed are left for the next opening, as ever; those ahead are not.
    assert len(desk.staged()) <= 100
    assert desk.documents() == ()
