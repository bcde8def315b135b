"""What is done with a search in the window: keeping it, looking among results, teaching words, listing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from kpss_desktop import settings
from kpss_desktop.ui.chips import Chip
from kpss_desktop.ui.dialogs.synonyms import SynonymsDialog
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.shelves import Place
from kpss_desktop.ui.verbs import finding
from kpss_desktop.ui.wiring import place_menu
from kpss_desktop.ui.workplace import Workplace
from tests import keyboard


def dialog(qtbot: QtBot, window: MainWindow, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isVisible())


def searches(place: Workplace) -> tuple[Place, ...]:
    return next((one.children for one in place.navigator._places if one.key == "searches"), ())


def save(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.actions_["save-search"].trigger()
    box = dialog(qtbot, window, QInputDialog)
    assert isinstance(box, QInputDialog)
    box.setTextValue(name)
    box.accept()


def test_a_search_is_saved_chosen_renamed_and_deleted(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    place.navigator.choose("group/pece")
    window.search.put("jednání")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    save(qtbot, window, "Jednání Péče")
    qtbot.waitUntil(lambda: [one.label for one in searches(place)] == ["Jednání Péče"])
    assert searches(place)[0].tip == "jednání skupina:Péče"
    window.search.put("")
    place.navigator.choose("all")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 5)
    place.navigator.choose("search/Jednání Péče")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    window.search.put("katalog")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    window.search.put("dluh")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 0)
    menu = place_menu(window.desk, searches(place)[0])
    assert menu is not None
    menu.actions()[1].trigger()
    box = dialog(qtbot, window, QInputDialog)
    assert isinstance(box, QInputDialog)
    box.setTextValue("Péče jedná")
    box.accept()
    qtbot.waitUntil(lambda: [one.label for one in searches(place)] == ["Péče jedná"])
    finding.edit_search(window.desk, window.desk.place.overview.searches[0])  # type: ignore[union-attr]  # shown above
    assert window.search.text() == "jednání skupina:Péče"
    finding.delete_search(window.desk, "Péče jedná")
    qtbot.waitUntil(lambda: searches(place) == ())
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: [one.label for one in searches(place)] == ["Péče jedná"])


def test_nothing_to_save_says_so(window: MainWindow, place: Workplace) -> None:
    place.navigator.choose("all")
    window.actions_["save-search"].trigger()
    assert window.status.sentence.text() == "Nejprve napište, co hledat; pak to půjde uložit."


def test_a_typing_error_offers_what_was_meant(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    keyboard.type_text(window.search, "odlehčovcí služba ")
    qtbot.waitUntil(lambda: not place.strip._meant.isHidden())
    (chip,) = place.strip._meant.findChildren(Chip)
    assert chip.text() == "odlehčovací služba"
    chip.click()
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    assert window.search.text() == "odlehčovací služba"
    qtbot.waitUntil(place.strip._meant.isHidden)


def test_a_search_among_the_selected(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    window.search.put("jednání")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 2)
    place.table.selectAll()
    qtbot.waitUntil(lambda: len(place.selection) == 2)
    window.actions_["search-among"].trigger()
    assert window.search.text() == ""
    window.search.put("zápis")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    chips = place.strip._filters.findChildren
    qtbot.waitUntil(lambda: [one for one in chips(Chip) if not one.isHidden()] != [])
    (chip,) = [one for one in chips(Chip) if not one.isHidden()]
    assert chip.text() == "ve 2 vybraných dokumentech"
    chip.click()
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 4)


def test_searches_that_led_somewhere_are_offered_again(window: MainWindow, place: Workplace) -> None:
    assert place.overview is not None
    keyboard.type_text(window.search, "služba")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    window.search.put("zápis")
    assert settings.load().searches == ("služba",)
    completer = window.search.completer()
    completer.setCompletionPrefix("SLU")
    assert completer.currentCompletion() == "služba"
    for number in range(30):
        window.search.used.emit(f"hledání {number}")
    assert len(settings.load().searches) == 20
    assert settings.load().searches[0] == "hledání 29"


def test_words_that_mean_the_same_are_taught(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    window.search.put("asistence")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 0)
    window.actions_["synonyms"].trigger()
    shown = dialog(qtbot, window, SynonymsDialog)
    assert isinstance(shown, SynonymsDialog)
    before = len(shown.families)
    assert before > 10
    keyboard.type_text(shown.line, "asistence")
    assert not shown._add.isEnabled()
    keyboard.type_text(shown.line, " = katalog služeb; ")
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert shown.families[-1] == ("asistence", "katalog služeb")
    shown.rows.setCurrentRow(0)
    shown._remove.click()
    assert len(shown.families) == before
    shown.accept()
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)


def test_a_listing_is_written_as_a_table(qtbot: QtBot, window: MainWindow, place: Workplace, tmp_path: Path) -> None:
    window.search.put("jednání")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 2)
    finding.write_list(window.desk, tmp_path / "seznam.csv", place.table.rows.listing)
    qtbot.waitUntil((tmp_path / "seznam.csv").exists)
    lines = (tmp_path / "seznam.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Datum;Název;Druh;Skupiny;Štítky;Poznámka;Soubor"
    assert len(lines) == 3
    qtbot.waitUntil(lambda: "seznam.csv" in window.status.sentence.text())
