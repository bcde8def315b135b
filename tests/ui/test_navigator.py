from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt, QUrl
from pytestqt.qtbot import QtBot

from kpss_desktop.archive import editing
from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.model import Group, Kind
from kpss_desktop.ui import mime
from kpss_desktop.ui.navigator import Navigator
from kpss_desktop.ui.shelves import Place
from kpss_desktop.ui.workplace import Workplace


def lines(places: tuple[Place, ...], depth: int = 0) -> list[str]:
    made = []
    for one in places:
        made.append("  " * depth + f"{one.label} {one.count or ''}".strip())
        made += lines(one.children, depth + 1)
    return made


def group_ids(place: Workplace) -> dict[str, str]:
    assert place.overview is not None
    return {group.name: group.id for group in place.overview.groups.values()}


def index_of(navigator: Navigator, key: str) -> QModelIndex:
    return next(index for index, place in navigator._walk() if place.key == key)


def test_places_are_groups_with_their_years_and_counts(place: Workplace) -> None:
    assert lines(place.navigator._places) == [
        "Všechny dokumenty 5",
        "K zařazení",
        "Pracovní skupiny",
        "  Péče 3",
        "    2020 3",
        "  Prevence 2",
        "    2020 2",
        "Řídící skupina 1",
        "  2019 1",
        "Neúplná jednání 1",
        "Koš",
    ]


def test_a_chosen_year_shows_its_documents(qtbot: QtBot, place: Workplace) -> None:
    prevence = group_ids(place)["Prevence"]
    assert place.navigator.choose(f"group/{prevence}/2020")
    assert place.navigator.shelf == Shelf(group=prevence, year=2020)
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 2)


def test_headings_cannot_be_chosen_as_a_shelf(place: Workplace) -> None:
    place.navigator.choose("working")
    assert place.navigator.shelf == Shelf()


def test_what_was_chosen_stays_when_counts_change(qtbot: QtBot, place: Workplace) -> None:
    rs = group_ids(place)["ŘS"]
    place.navigator.choose(f"group/{rs}")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    document = place.table.rows.document(0)
    assert document is not None
    place.jobs.change(lambda archive, _progress: editing.edit(archive, [document.id], editing.Edit(kind=Kind.PLAN)))
    qtbot.waitUntil(lambda: any(one.key == "plans" for one in place.navigator._places))
    assert place.navigator.place is not None
    assert place.navigator.place.key == f"group/{rs}"


def test_files_dropped_on_a_year_bring_their_group_and_year(qtbot: QtBot, place: Workplace, tmp_path: Path) -> None:
    pece = group_ids(place)["Péče"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "Zápis.doc"))])
    target = index_of(place.navigator, f"group/{pece}/2020")
    place.navigator.files_dropped.disconnect()
    with qtbot.waitSignal(place.navigator.files_dropped) as told:
        place.navigator.model().dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, target)
    assert told.args == [(tmp_path / "Zápis.doc",), Shelf(group=pece, year=2020)]


@pytest.mark.parametrize("key", ["working", "trash"])
def test_files_are_not_taken_where_they_make_no_sense(place: Workplace, tmp_path: Path, key: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    target = index_of(place.navigator, key)
    assert not place.navigator.model().canDropMimeData(data, Qt.DropAction.CopyAction, -1, -1, target)


def test_documents_dropped_on_a_group_join_it(qtbot: QtBot, place: Workplace) -> None:
    groups = group_ids(place)
    document = next(
        found for row in range(5) if (found := place.table.rows.document(row)) and found.groups == (groups["ŘS"],)
    )
    target = index_of(place.navigator, f"group/{groups['Péče']}")
    place.navigator.model().dropMimeData(mime.carry([document.id], []), Qt.DropAction.CopyAction, -1, -1, target)
    qtbot.waitUntil(lambda: place.overview is not None and place.overview.counts.by_group[groups["Péče"]] == 4)
    assert place.overview is not None
    assert place.overview.counts.by_group[groups["ŘS"]] == 1


def test_documents_dropped_on_the_trash_go_there(qtbot: QtBot, place: Workplace) -> None:
    document = place.table.rows.document(0)
    assert document is not None
    target = index_of(place.navigator, "trash")
    place.navigator.model().dropMimeData(mime.carry([document.id], []), Qt.DropAction.CopyAction, -1, -1, target)
    qtbot.waitUntil(lambda: place.overview is not None and place.overview.counts.trash == 1)


def test_a_place_says_above_its_rows_what_is_special_about_it(qtbot: QtBot, place: Workplace) -> None:
    place.navigator.choose("gaps")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    assert place.strip._note.isVisible()
    assert place.strip._note.text() == "Jednání, která proběhla a nemají zápis, a zápisy bez známého dne"
    group = group_ids(place)["Péče"]
    place.jobs.change(
        lambda archive, _progress: editing.change_group(archive, Group(group, "Péče", aliases=("Rodina",)))
    )
    qtbot.waitUntil(lambda: place.overview is not None and place.overview.groups[group].aliases == ("Rodina",))
    place.navigator.choose(f"group/{group}")
    qtbot.waitUntil(lambda: place.strip._note.text() == "Také: Rodina")
    place.navigator.choose("all")
    qtbot.waitUntil(lambda: not place.strip._note.isVisible())
