"""The incoming folder, what waits to be filed, and what a meeting lacks."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import looking
from kpss_desktop.archive.intake import inbox as incoming
from kpss_desktop.archive.intake.doubts import Doubt, doubts
from kpss_desktop.archive.intake.filing import Filed
from kpss_desktop.archive.intake.inbox import Inbox, Watch
from kpss_desktop.archive.intake.planning import IntakePlan, Lesson, plan_intake
from kpss_desktop.archive.intake.waiting import plan_waiting, settle_waiting
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.archive.undo import undo
from kpss_desktop.model import Dated, Kind, PartialDate
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def write(folder: Path, name: str, text: str = "text") -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


# --- Příchozí ---


def test_a_file_is_there_when_two_looks_agree(inbox: Path) -> None:
    chosen, watch = Inbox(inbox), Watch()
    path = write(inbox, "a/Zápis.txt", "zač")
    write(inbox, "a/soubor.part")
    write(inbox, "~$Zápis.doc")
    assert (watch.look(chosen).ready, watch.look(chosen).ready) == ((), (path,))
    write(inbox, "a/Zápis.txt", "začátek a ještě něco")
    found = watch.look(chosen)
    assert (found.ready, found.coming) == ((), 1)
    assert watch.look(chosen).ready == (path,)


def test_what_was_settled_is_offered_again_only_when_it_changes(desk: Desk, inbox: Path) -> None:
    incoming.save(desk.archive, Inbox(inbox))
    path = write(inbox, "Zápis.txt")
    incoming.settle(desk.archive, [path])
    watch = Watch()
    for _ in range(2):
        assert watch.look(incoming.load(desk.archive)).ready == ()
    write(inbox, "Zápis.txt", "jiný text")
    watch.look(incoming.load(desk.archive))
    assert watch.look(incoming.load(desk.archive)).ready == (path,)


def test_only_what_is_sure_is_filed_by_itself_and_the_folder_stays(desk: Desk, inbox: Path) -> None:
    incoming.save(desk.archive, Inbox(inbox, files_itself=True))
    sure = write(inbox, "Zápis PS Péče 12. 3. 2018.txt")
    unsure = write(inbox, "bez data.txt", "jiný")
    report = incoming.file_sure(desk.archive, [sure, unsure], silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED, Filed.SKIPPED]
    assert sorted(path.name for path in inbox.iterdir()) == sorted([sure.name, unsure.name])
    watch = Watch()
    watch.look(incoming.load(desk.archive))
    assert watch.look(incoming.load(desk.archive)).ready == (unsure,)


def test_a_zip_that_cannot_be_looked_into_waits_for_the_clerk(desk: Desk, inbox: Path) -> None:
    closed = inbox / "Pracovní skupina Péče - 2017.zip"
    closed.write_bytes(b"PK\3\4 not a directory in sight")
    (item,) = plan_intake(desk.archive, [closed], silent).items
    assert (item.kind, item.groups) == (Kind.YEAR_ZIP, ("pece",))
    assert doubts(item) == (Doubt.UNOPENED,)
    report = incoming.file_sure(desk.archive, [closed], silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.SKIPPED]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_folder_that_is_gone_is_told(desk: Desk, inbox: Path) -> None:
    found = Watch().look(Inbox(inbox / "nikde"))
    assert [(path, type(error)) for path, error in found.troubles] == [(inbox / "nikde", FileNotFoundError)]
    (desk.archive.data / "inbox.json").write_text("[1, 2", encoding="utf-8")
    assert incoming.load(desk.archive) == Inbox()


# --- K zařazení ---


def test_what_waits_is_settled_as_one_step(desk: Desk, inbox: Path) -> None:
    write(inbox, "Zápis 6 3.txt", "a")
    write(inbox, "Zápis KPS 7. 4. 2019.txt", "b")
    write(inbox, "Zápis PS Péče 1. 1. 2018.txt", "c")
    desk.take(inbox)
    assert looking.counts(desk.archive).to_file == 2
    before = desk.state()
    plan = plan_waiting(desk.archive, silent)
    assert sorted(item.name for item in plan.items) == ["Zápis 6 3.txt", "Zápis KPS 7. 4. 2019.txt"]
    items = tuple(
        replace(item, groups=("pece",), dated=item.dated if "KPS" in item.name else Dated(PartialDate(2020, 3, 6)))
        for item in plan.items
    )
    assert settle_waiting(desk.archive, IntakePlan(items, plan.extracts, (Lesson("KPS", "pece"),)), silent) == 2
    assert looking.counts(desk.archive).to_file == 0
    assert sorted(desk.tree()) == [
        "Péče/2018/Zápis PS Péče 1. 1. 2018.txt",
        "Péče/2019/Zápis KPS 7. 4. 2019.txt",
        "Péče/2020/Zápis 6 3.txt",
    ]
    assert looking.groups(desk.archive)[0].aliases == ("KPS",)
    undo(desk.archive)
    assert desk.state() == before
    assert desk.problems() == []


def test_accepting_without_a_change_is_no_step(desk: Desk, inbox: Path) -> None:
    write(inbox, "Zápis 6 3.txt", "a")
    desk.take(inbox)
    before = desk.state()
    assert settle_waiting(desk.archive, plan_waiting(desk.archive, silent), silent) == 0
    assert desk.state() == before


# --- meetings ---


def test_a_meeting_without_minutes_and_minutes_without_a_day_are_gaps(desk: Desk, inbox: Path) -> None:
    write(inbox, "Pozvánka PS Péče 12. 3. 2018.txt", "a")
    write(inbox, "Prezenční listina PS Péče 12. 3. 2018.txt", "b")
    write(inbox, "Pozvánka PS Péče 15. 6. 2018.txt", "c")
    write(inbox, "Zápis PS Péče 15. 6. 2018.txt", "d")
    write(inbox, "Zápis PS Prevence 2018.txt", "e")
    desk.take(inbox)
    found = searching.find(desk.archive, shelf=Shelf(gaps=True))
    assert sorted(one.document.title for one in found.found) == [
        "Pozvánka PS Péče 12. 3. 2018",
        "Prezenční listina PS Péče 12. 3. 2018",
        "Zápis PS Prevence 2018",
    ]
    assert looking.counts(desk.archive).gaps == 3
    write(inbox, "Zápis PS Péče 12. 3. 2018.txt", "f")
    desk.take(inbox)
    assert looking.counts(desk.archive).gaps == 1
