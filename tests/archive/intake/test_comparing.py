"""Rows are compared while others are still read, by what they are in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.editing import trash
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


def test_a_copy_of_the_bytes_is_found_in_the_drop_the_archive_and_beside_the_trash(desk: Desk, tmp_path: Path) -> None:
    before, folder = tmp_path / "before", tmp_path / "drop"
    before.mkdir()
    folder.mkdir()
    for name in ("kept", "thrown"):
        (before / f"Zápis PS Péče 1. 1. {2018 if name == 'kept' else 2019}.txt").write_text(f"{name} {BODY}", "utf-8")
    desk.take(before, read=True)
    kept, thrown = desk.documents()
    trash(desk.archive, [thrown.id])
    for number in range(60):
        (folder / f"m {number:02} Zápis PS Péče {number % 28 + 1}. {number // 28 + 1}. 2020.txt").write_text(
            f"{number}", "utf-8"
        )
    (folder / "a kopie.txt").write_text(f"kept {BODY}", "utf-8")
    (folder / "b Zápis PS Péče 1. 1. 2019.txt").write_text(f"thrown {BODY}", "utf-8")
    (folder / "c PS Prevence.txt").write_text("0", "utf-8")
    (folder / "z kopie.txt").write_text("0", "utf-8")
    plan = plan_intake(desk.archive, [folder], silent)
    of_archive, of_trash, first, again, last = (plan.items[place] for place in (0, 1, 2, 3, 63))
    assert (of_archive.state, of_archive.duplicate_of) == (ItemState.DUPLICATE, kept.id)
    assert (of_trash.state, first.state) == (ItemState.NEW, ItemState.NEW)
    assert plan.extracts[of_trash.sha256].text == f"thrown {BODY}"
    assert [(one.state, one.duplicate_item) for one in (again, last)] == [(ItemState.DUPLICATE, 2)] * 2
    assert {item.state for item in plan.items[4:63]} == {ItemState.NEW}


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
