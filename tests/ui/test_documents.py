from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.catalogue import search
from kpss_desktop.progress import silent
from kpss_desktop.ui import headings, lit, mime
from kpss_desktop.ui.documents_delegate import TALL
from kpss_desktop.ui.listing import PAGE, Column
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.workplace import Workplace


def titles(place: Workplace) -> list[str]:
    found = [place.table.rows.document(row) for row in range(place.table.rows.rowCount())]
    return [document.title if document else "…" for document in found]


def test_rows_are_newest_first(place: Workplace) -> None:
    assert titles(place) == [
        "Zápis PS Péče a Prevence 6. 3. 2020",
        "Pozvánka PS Prevence 7. 2. 2020",
        "Zápis PS Péče 16. 1. 2020",
        "Zápis PS Péče 10. 1. 2020",
        "Zápis ŘS 5. 5. 2019",
    ]
    model = place.table.rows
    assert [model.index(0, column).data() for column in Column][:4] == [
        "6. 3. 2020",
        titles(place)[0],
        "zápis",
        "Péče, Prevence",
    ]
    assert "Společný" in model.index(0, Column.TITLE).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize(
    ("column", "first"), [(Column.TITLE, "Pozvánka PS Prevence 7. 2. 2020"), (Column.DATE, "Zápis ŘS 5. 5. 2019")]
)
def test_a_click_on_a_heading_sorts(qtbot: QtBot, place: Workplace, column: Column, first: str) -> None:
    place.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: titles(place)[0] == first)
    place.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: titles(place)[-1] == first)


def test_titles_are_sorted_as_czechs_do(qtbot: QtBot, place: Workplace) -> None:
    place.table.sortByColumn(Column.TITLE, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: titles(place)[0].startswith("Pozvánka"))
    assert titles(place)[1:3] == ["Zápis PS Péče 10. 1. 2020", "Zápis PS Péče 16. 1. 2020"]


def test_hits_of_a_search_are_sorted_too(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    window.search.put("jednání")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 2)
    place.table.sortByColumn(Column.TITLE, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: titles(place) == ["Zápis PS Péče a Prevence 6. 3. 2020", "Pozvánka PS Prevence 7. 2. 2020"])


def test_rows_of_a_search_are_tall_and_have_lit_words(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    window.search.put("katalogy")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == 1)
    found = place.table.rows.index(0, 0).data(Qt.ItemDataRole.UserRole)
    low, high = found.spans[0]
    assert found.snippet[low:high].startswith("katalog")
    assert place.table.rowHeight(0) == TALL
    place.table.viewport().grab()


def test_selection_stays_when_the_rows_are_fetched_anew(qtbot: QtBot, place: Workplace) -> None:
    place.table.selectRow(2)
    chosen = place.selection
    place.jobs.change(lambda archive, _progress: editing.tag(archive, [chosen[0].id], "dluhy"))
    qtbot.waitUntil(lambda: bool(place.selection) and place.selection[0].tags == ("dluhy",))
    assert place.selection[0].id == chosen[0].id


def test_typed_letters_go_to_the_title(place: Workplace) -> None:
    place.table.setCurrentIndex(place.table.rows.index(0, Column.DATE))
    place.table.keyboardSearch("Poz")
    assert place.table.currentIndex().row() == 1


def test_space_asks_for_the_preview_and_return_opens(qtbot: QtBot, place: Workplace) -> None:
    place.table.selectRow(0)
    place.table.setFocus()
    with qtbot.waitSignal(place.table.preview_wanted):
        QTest.keyClick(place.table, Qt.Key.Key_Space)
    place.table.opened.disconnect()
    with qtbot.waitSignal(place.table.opened) as told:
        QTest.keyClick(place.table, Qt.Key.Key_Return)
    assert told.args == [place.selection[0]]


def test_documents_leave_as_files_with_their_names(place: Workplace, folder: Path) -> None:
    place.table.selectAll()
    place.table.copy()
    data = QGuiApplication.clipboard().mimeData()
    paths = [Path(url.toLocalFile()) for url in data.urls()]
    assert len(paths) == 5
    assert all(path.is_file() and path.is_relative_to(folder) for path in paths)
    assert mime.documents_of(data) == tuple(document.id for document in place.selection)
    assert mime.files_of(data) == ()
    # The off-screen clipboard outlives the application and fails on what Python gave it.
    QGuiApplication.clipboard().clear()


def test_the_menu_of_columns_hides_and_shows(place: Workplace) -> None:
    menu = headings.column_menu(place.table.horizontalHeader())
    size = menu.actions()[-1]
    assert not size.isChecked()
    size.trigger()
    assert not place.table.horizontalHeader().isSectionHidden(Column.SIZE)
    menu.close()


@pytest.fixture
def many(empty_folder: Path, tmp_path: Path) -> Path:
    """An archive with more documents than two pages."""
    source = tmp_path / "mnoho"
    source.mkdir()
    for number in range(2 * PAGE + 30):
        (source / f"Zápis PS Péče {number % 28 + 1}. {number % 12 + 1}. {2005 + number // 28}.txt").write_text(
            str(number)
        )
    with open_archive(empty_folder) as archive:
        file_intake(archive, plan_intake(archive, [source], silent), silent)
        assert looking.counts(archive).all == 2 * PAGE + 30
    return empty_folder


def test_rows_come_as_they_are_scrolled_to(qtbot: QtBot, window: MainWindow, many: Path) -> None:
    place = opened(qtbot, window, many)
    model = place.table.rows
    assert model.rowCount() == 2 * PAGE + 30
    assert model.document(PAGE - 1) is not None
    assert model.document(2 * PAGE + 20) is None
    place.table.scrollToBottom()
    place.table.viewport().grab()
    qtbot.waitUntil(lambda: model.document(2 * PAGE + 20) is not None)
    assert model.document(PAGE + 1) is None


def test_all_rows_can_be_selected_though_not_all_were_seen(qtbot: QtBot, window: MainWindow, many: Path) -> None:
    place = opened(qtbot, window, many)
    place.table.selectAll()
    qtbot.waitUntil(lambda: len(place.selection) == 2 * PAGE + 30)
    ids = [document.id for document in place.selection]
    place.jobs.change(lambda archive, _progress: editing.tag(archive, ids, "vše"))
    qtbot.waitUntil(lambda: bool(place.overview and place.overview.counts.tags.get("vše") == len(ids)))


@pytest.fixture
def hits(qtbot: QtBot, window: MainWindow, many: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """A search with more hits than are counted, of which a page is there."""
    monkeypatch.setattr(search, "COUNTED", PAGE)
    place = opened(qtbot, window, many)
    window.search.put("zápis")
    qtbot.waitUntil(lambda: place.table.rows.rowCount() == PAGE)
    return place


def test_all_hits_of_a_search_can_be_selected_though_fewer_are_counted(qtbot: QtBot, hits: Workplace) -> None:
    hits.table.selectAll()
    before = hits.selection
    assert before == ()
    qtbot.waitUntil(lambda: len(hits.selection) == 2 * PAGE + 30)
    ids = [document.id for document in hits.selection]
    assert len(set(ids)) == 2 * PAGE + 30
    hits.jobs.change(lambda archive, _progress: editing.tag(archive, ids, "vše"))
    qtbot.waitUntil(lambda: bool(hits.overview and hits.overview.counts.tags.get("vše") == len(ids)))
    qtbot.waitUntil(lambda: bool(hits.selection) and all(one.tags == ("vše",) for one in hits.selection))
    assert {document.id for document in hits.selection} == set(ids)


def test_who_selects_one_while_all_are_coming_has_that_one(qtbot: QtBot, hits: Workplace) -> None:
    hits.table.selectAll()
    hits.table.selectRow(3)
    qtbot.waitUntil(lambda: hits.table.rows.rowCount() == 2 * PAGE + 30)
    assert [hits.table.rows.document(3)] == list(hits.selection)


def opened(qtbot: QtBot, window: MainWindow, folder: Path) -> Workplace:
    window.entry.go(folder)
    qtbot.waitUntil(lambda: window.entry.workplace is not None and window.desk.place.table.rows.rowCount() > 0)
    qtbot.waitUntil(lambda: not any(window.desk.place.jobs._under_way))
    return window.desk.place


def test_a_line_is_cut_so_that_its_lit_word_is_seen(place: Workplace) -> None:
    metrics = place.table.fontMetrics()
    text = "slovo " * 40 + "pečovatelská služba " + "konec " * 40
    low = text.index("pečovatelská")
    shown, spans = lit.fit(text, [(low, low + 12)], metrics, 300)
    assert metrics.horizontalAdvance(shown) <= 300
    assert [shown[start:end] for start, end in spans] == ["pečovatelská"]


def test_a_line_that_fits_is_not_cut(place: Workplace) -> None:
    assert lit.fit("Péče", [(0, 4)], place.table.fontMetrics(), 300) == ("Péče", [(0, 4)])
