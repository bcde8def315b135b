"""Rows are compared while others are still read, by what they are in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.intake.filing import Filed, file_intake
from kpss_desktop.archive.intake.planning import FileAs, ItemState, plan_intake
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from tests.archive.conftest import Desk

BODY = "\n".join(f"{number}. bod: klub, tísňová péče a doprava číslo {number}" for number in range(40))


@pytest.mark.parametrize("others", [0, 40])
def test_papers_whose_groups_turn_out_to_be_one_repeat_each_other(desk: Desk, tmp_path: Path, others: int) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    text = f"Zápis ze dne 5. 5. 2020\n{BODY}"
    (folder / "a Zápis PS Senioři 5. 5. 2020.txt").write_text(text, "utf-8")
    (folder / "b Zápis PS Seniori 5. 5. 2020.md").write_text(text + "\n", "utf-8")
    for number in range(others):
        (folder / f"k Zápis PS Péče {number % 28 + 1}. {number // 28 + 1}. 2019.txt").write_text(f"{number}", "utf-8")
    items = plan_intake(desk.archive, [folder], silent).items
    first, second = items[0], items[1]
    assert (first.new_groups, second.new_groups) == (("Senioři",), ("Senioři",))
    assert (second.state, second.rendition_of) == (ItemState.RENDITION, 0)


def test_a_copy_of_the_text_is_found_however_far_apart_the_files_are(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    for number in range(60):
        text = f"Zápis z jednání PS Péče dne {number % 28 + 1}. {number // 28 + 1}. 2020, {number}\n{BODY} {number}"
        (folder / f"Zápis PS Péče {number:02} {number % 28 + 1}. {number // 28 + 1}. 2020.txt").write_text(
            text, "utf-8"
        )
    last = folder / "zápis PS Péče 1. 1. 2020.html"
    first = min(folder.iterdir())
    last.write_text(f"<p>{first.read_text('utf-8')}</p>", "utf-8")
    items = plan_intake(desk.archive, [folder], silent).items
    assert [item.state for item in items[:-1]] == [ItemState.NEW] * 60
    assert (items[-1].state, items[-1].rendition_of) == (ItemState.RENDITION, 0)


def test_a_rendition_of_what_becomes_a_further_file_finds_its_document_wherever_it_was_read_to_belong(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "a Zápis PS Péče 5. 5. 2020.txt").write_text(BODY, "utf-8")
    (folder / "b Zápis PS Péče 5. 5. 2020.txt").write_text(f"{BODY}\nDoplněno.", "utf-8")
    (folder / "c.html").write_text(f"<p>{BODY}\nDoplněno.</p>", "utf-8")
    plan = plan_intake(desk.archive, [folder], silent)
    first, newer, copy = plan.items
    assert (newer.similar_to, copy.rendition_of) == (0, 1)
    assert newer.groups != copy.groups
    chosen = replace(plan, items=(first, replace(newer, files_as=FileAs.VERSION), copy))
    report = file_intake(desk.archive, chosen, silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED, Filed.ADDED, Filed.ADDED]
    assert [len(document.files) for document in desk.documents()] == [3]
