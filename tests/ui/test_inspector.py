from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.archive import open_archive
from kpss_desktop.model import Dated, Document, Kind, PartialDate
from kpss_desktop.ui.chips import Chip
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.workplace import Workplace
from tests import keyboard


def select(qtbot: QtBot, place: Workplace, *rows: int) -> tuple[Document, ...]:
    place.table.clearSelection()
    for row in rows:
        index = place.table.rows.index(row, 0)
        flags = place.table.selectionModel().SelectionFlag
        place.table.selectionModel().select(index, flags.Select | flags.Rows)
    qtbot.waitUntil(lambda: len(place.inspector.documents) == len(rows))
    return place.inspector.documents


def idle(qtbot: QtBot, place: Workplace) -> None:
    qtbot.waitUntil(lambda: not any(place.jobs._under_way))


def chips(place: Workplace) -> dict[str, Chip]:
    return {chip.text(): chip for chip in place.inspector.groups.findChildren(Chip) if not chip.isHidden()}


def test_a_title_is_edited_in_place_and_taken_back(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    select(qtbot, place, 0)
    field = place.inspector.title
    field.selectAll()
    keyboard.type_text(field, "Společné jednání – říjen\n")
    qtbot.waitUntil(lambda: place.selection[0].title == "Společné jednání – říjen")
    idle(qtbot, place)
    assert window.actions_["undo"].text() == "&Zpět: úprava 1 dokumentu"
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: place.selection[0].title == "Zápis PS Péče a Prevence 6. 3. 2020")
    qtbot.waitUntil(lambda: field.text() == "Zápis PS Péče a Prevence 6. 3. 2020")


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("16. 2. 2021", PartialDate(2021, 2, 16)),
        ("2021", PartialDate(2021)),
        ("březen 2021", PartialDate(2021, 3)),
    ],
)
def test_a_date_is_typed_as_clerks_write_it(qtbot: QtBot, place: Workplace, typed: str, date: PartialDate) -> None:
    select(qtbot, place, 0)
    field = place.inspector.date.line
    field.selectAll()
    keyboard.type_text(field, typed + "\n")
    qtbot.waitUntil(lambda: [one.dated for one in place.selection] == [Dated(date)])


def test_what_is_no_date_is_told_and_changes_nothing(qtbot: QtBot, place: Workplace) -> None:
    select(qtbot, place, 0)
    field = place.inspector.date.line
    field.selectAll()
    keyboard.type_text(field, "31. 2. 2020\n")
    assert place.inspector.date._origin.text() == "Tohle není datum: 31. 2. 2020"
    assert not place.jobs.busy


def test_several_documents_are_edited_at_once(qtbot: QtBot, place: Workplace) -> None:
    select(qtbot, place, 1, 2)
    details = place.inspector
    assert details.kind.currentIndex() == -1
    assert details.title.placeholderText() == "(různé)"
    assert details.title.isReadOnly()
    details.kind.setCurrentIndex(details.kind.findData(Kind.PLAN))
    details.kind.activated.emit(details.kind.currentIndex())
    qtbot.waitUntil(lambda: [one.kind for one in place.selection] == [Kind.PLAN, Kind.PLAN])
    assert details.kind.currentData() == Kind.PLAN


def test_a_group_is_added_to_all_whatever_they_have(qtbot: QtBot, place: Workplace) -> None:
    before = select(qtbot, place, 1, 2)
    qtbot.waitUntil(lambda: list(chips(place)) == ["Péče (některé)", "Prevence (některé)", "ŘS"])
    assert not chips(place)["Péče (některé)"].isChecked()
    chips(place)["ŘS"].click()
    qtbot.waitUntil(lambda: [len(one.groups) for one in place.selection] == [2, 2])
    idle(qtbot, place)
    assert chips(place)["ŘS"].isChecked()
    assert [one.groups[0] for one in place.selection] == [one.groups[0] for one in before]


def test_tags_are_added_and_removed(qtbot: QtBot, place: Workplace) -> None:
    select(qtbot, place, 0)
    keyboard.type_text(place.inspector.tags.line, "péče o děti\n")
    qtbot.waitUntil(lambda: place.selection[0].tags == ("péče o děti",))
    idle(qtbot, place)

    def chips() -> list[Chip]:
        return [one for one in place.inspector.tags.findChildren(Chip) if not one.isHidden()]

    qtbot.waitUntil(lambda: len(chips()) == 1)
    chips()[0].removed.emit()
    qtbot.waitUntil(lambda: place.selection[0].tags == ())


def test_a_note_is_kept_when_the_focus_leaves(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    select(qtbot, place, 0)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    place.inspector.note.setFocus()
    keyboard.type_text(place.inspector.note, "Čeká na podpis")
    place.table.setFocus()
    qtbot.waitUntil(lambda: place.selection[0].note == "Čeká na podpis")


def test_a_note_goes_to_its_own_document_when_another_is_chosen_meanwhile(
    qtbot: QtBot, window: MainWindow, place: Workplace
) -> None:
    mine = select(qtbot, place, 0)[0].id
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    place.inspector.note.setFocus()
    keyboard.type_text(place.inspector.note, "Čeká na podpis")
    place.table.selectRow(1)
    qtbot.waitUntil(lambda: place.inspector.documents[0].id != mine)
    assert place.inspector.note.toPlainText() == ""
    place.table.setFocus()
    rows = place.table.rows

    def notes() -> dict[str, str]:
        shown = [rows.document(row) for row in range(rows.rowCount())]
        return {document.id: document.note for document in shown if document is not None and document.note}

    qtbot.waitUntil(lambda: notes() == {mine: "Čeká na podpis"})
    idle(qtbot, place)
    assert notes() == {mine: "Čeká na podpis"}


def test_tags_stand_in_the_order_of_the_czech_alphabet(qtbot: QtBot, place: Workplace) -> None:
    document = select(qtbot, place, 0)[0]
    place.inspector.show_documents([replace(document, tags=("chata", "čas", "děti", "hra"))], {}, ())
    assert [chip.text() for chip in place.inspector.tags._tags] == ["čas", "děti", "hra", "chata"]


def test_escape_puts_the_title_back(qtbot: QtBot, place: Workplace) -> None:
    title = select(qtbot, place, 0)[0].title
    keyboard.type_text(place.inspector.title, "x")
    QTest.keyClick(place.inspector.title, Qt.Key.Key_Escape)
    assert place.inspector.title.text() == title


def test_fields_of_a_read_only_archive_say_why(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    with open_archive(folder):
        window.entry.go(folder)
        qtbot.waitUntil(lambda: window.entry.workplace is not None and window.desk.place.table.rows.rowCount() == 5)
        place = window.desk.place
        select(qtbot, place, 0)
        assert not place.archive.writable
        assert not place.inspector.title.isEnabled()
        assert place.inspector._reason.text() == window.entry.read_only_because != ""
        assert window.status.state.text() == "Jen pro čtení"
        assert not window.actions_["add-files"].isEnabled()
        window.entry.shut()
