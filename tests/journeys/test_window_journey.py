"""The story of the seed page through the window: init, import, again, export, by drops, keys and clicks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.search import searching
from kpss_desktop.model import Certainty, Document
from tests.journeys import hands
from tests.journeys.tour import Tour

SEED_PAGE = {
    "Zápis PS Prevence 2020 01 10": ("2020-01-10", ["Prevence"], Certainty.SURE),
    "Zápis PS Péče 16 1 2020": ("2020-01-16", ["Péče"], Certainty.SURE),
    "Zápis PS Péče 7 2 2020": ("2020-02-07", ["Péče"], Certainty.SURE),
    "Zápis PS Péče a Prevence 6 3": ("2020-03-06", ["Péče", "Prevence"], Certainty.INFERRED),
}


def documents_in(folder: Path) -> tuple[Document, ...]:
    with open_archive(folder, writable=False) as archive:
        return looking.documents(archive, searching.ids_of(archive))


def group_names(folder: Path) -> dict[str, str]:
    with open_archive(folder, writable=False) as archive:
        return {group.id: group.name for group in looking.groups(archive)}


@pytest.mark.timeout(180)
def test_a_first_day_through_the_window(tour: Tour, shared: Path) -> None:
    tour.start()
    page = shared / "minutes" / "seed-page"
    folder = tour.folder / "Archiv KPSS"

    sheet = tour.take_in([page])
    assert len(sheet.plan.items) == 4
    tour.accept(sheet)
    names = group_names(folder)
    filed = {
        document.title: (
            str(document.dated.date), [names[group] for group in document.groups], document.dated.certainty
        )
        for document in documents_in(folder)
        if document.dated
    }  # fmt: skip
    assert filed == SEED_PAGE
    assert sorted(path.name for path in folder.glob("[!.]*/2020/*")) == sorted(f"{title}.doc" for title in SEED_PAGE)

    again = tour.take_in([page])
    assert [item.take for item in again.plan.items] == [False] * 4
    again.reject()
    tour.settle()
    assert len(documents_in(folder)) == 4

    tour.browse()
    assert [document.title for document in tour.place.selection] == ["Zápis PS Péče a Prevence 6 3"]

    tour.search("pecovatelska sluzba")
    assert tour.place.table.rows.rowCount() >= 1

    pece = tour.export_year("pece", 2020)
    with zipfile.ZipFile(pece) as packed:
        assert packed.namelist() == [
            "Zápis PS Péče 16 1 2020.doc",
            "Zápis PS Péče 7 2 2020.doc",
            "Zápis PS Péče a Prevence 6 3.doc",
        ]
    first = pece.read_bytes()
    pece.unlink()
    assert tour.export_year("pece", 2020).read_bytes() == first


@pytest.mark.timeout(180)
def test_an_intake_is_undone_and_redone_by_the_keys(tour: Tour, shared: Path) -> None:
    tour.start()
    folder = tour.folder / "Archiv KPSS"
    tour.accept(tour.take_in([shared / "minutes" / "seed-page"]))

    hands.press(tour.place.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    tour.settle()
    assert documents_in(folder) == ()
    assert list(folder.glob("[!.]*/2020/*.doc")) == []

    redo = tour.window.actions_["redo"]
    assert redo.isEnabled()
    redo.trigger()
    tour.settle()
    assert len(documents_in(folder)) == 4
    assert len(list(folder.glob("[!.]*/2020/*.doc"))) == 4
