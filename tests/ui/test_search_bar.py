from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kpss_desktop.ui.chips import Chip
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.search_bar import SearchBox
from kpss_desktop.ui.workplace import Workplace
from tests import keyboard


def facets(place: Workplace) -> dict[str, Chip]:
    return {chip.text(): chip for chip in place.strip._facets.findChildren(Chip) if not chip.isHidden()}


def filters(place: Workplace) -> dict[str, Chip]:
    return {chip.text(): chip for chip in place.strip._filters.findChildren(Chip) if not chip.isHidden()}


def test_typing_finds_words_in_any_form(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    keyboard.type_text(window.search, "služba")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 3)
    assert place.strip._result.text() == "Nalezeno: 3 dokumenty"


def test_the_box_tells_once_after_the_last_key(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    told: list[str] = []
    box.asked.connect(told.append)
    keyboard.type_text(box, "šťastná")
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["šťastná"]
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert told == ["šťastná", ""]
    assert box.text() == ""


def test_a_count_narrows_and_its_chip_widens_again(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    window.search.put("jednání")
    qtbot.waitUntil(lambda: "Prevence" in facets(place))
    assert facets(place)["Prevence"].accessibleName() == "Prevence 2"
    facets(place)["Péče"].click()
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    qtbot.waitUntil(lambda: list(filters(place)) == ["skupina:Péče"])
    filters(place)["skupina:Péče"].click()
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 2)
    assert window.search.text() == "jednání"
    assert filters(place) == {}


def test_nothing_found_says_so_and_offers_the_way_back(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    window.search.put("nosorožec")
    qtbot.waitUntil(lambda: place.middle.currentWidget() is place.empty)
    assert place.empty.words.text() == "Nic nebylo nalezeno"
    place.empty.button.click()
    qtbot.waitUntil(lambda: place.middle.currentWidget() is place.table)
    assert place.table.rows.rowCount() == 5


def test_down_leaves_for_the_results(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.search.setFocus()
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    assert place.table.hasFocus()


def test_a_chip_is_removed_by_the_keyboard_too(qtbot: QtBot) -> None:
    chip = Chip("rok:2020", removable=True)
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.removed):
        QTest.keyClick(chip, Qt.Key.Key_Delete)
