"""A workbook in the pane: a tab for each sheet, hits through all of them, wide tables scrolled sideways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.search import searching
from kpss_desktop.formats.structure import structure
from kpss_desktop.formats.table import by_extension
from kpss_desktop.model import Document
from kpss_desktop.ui.preview import Preview, PreviewPane, View, gather
from kpss_desktop.ui.preview.gather import fill

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

Named = Callable[[str], Document]
Shown = Callable[..., Preview]
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "documents"


def sheet(name: str, *cells: str) -> str:
    """A sheet of one column as formats.structure writes it."""
    return f"<h2>{name}</h2><table>{''.join(f'<tr><td>{cell}</td></tr>' for cell in cells)}</table>"


THREE = (
    sheet("Rok 2019", "Sociální služba", "nic")
    + sheet("Prázdno &amp; nic", "nic")
    + sheet("Rok 2020", "služby", "služba", *["řádek"] * 80, "služba")
)


@pytest.fixture
def shown(pane: PreviewPane, archive: Archive, named: Named) -> Shown:
    """Shows this HTML as that of a workbook, with the words of a query lit."""

    def show(html: str, query: str = "") -> Preview:
        text = gather(archive, named("2020.txt").id)
        hits = searching.light(archive, query) if query else None
        preview = replace(text, view=View.SHEETS, html=html, hits=hits)
        pane.show_document(preview)
        return preview

    return show


def tab_names(pane: PreviewPane) -> list[str]:
    """What stands on the tabs."""
    return [pane.views.sheets.tabs.tabText(index) for index in range(pane.views.sheets.tabs.count())]


def click_tab(pane: PreviewPane, index: int) -> None:
    """A press of the mouse on a tab."""
    tabs = pane.views.sheets.tabs
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(index).center() + QPoint(0, 1))


def test_each_sheet_has_a_tab_that_shows_it(pane: PreviewPane, shown: Shown) -> None:
    shown(THREE)
    assert pane.views.sheets.tabs.isVisible()
    assert pane.views.sheets.tabs.accessibleName()
    assert tab_names(pane) == ["Rok 2019", "Prázdno && nic", "Rok 2020"]
    assert "Sociální služba" in pane.views.sheets.paper.toPlainText()
    assert "řádek" not in pane.views.sheets.paper.toPlainText()
    click_tab(pane, 2)
    assert "řádek" in pane.views.sheets.paper.toPlainText()
    assert "Sociální služba" not in pane.views.sheets.paper.toPlainText()
    assert not pane.strip.hits.isVisible()


def test_a_single_sheet_needs_no_tabs(pane: PreviewPane, shown: Shown) -> None:
    shown(THREE)
    shown(sheet("List1", "sama"))
    assert not pane.views.sheets.tabs.isVisible()
    assert "sama" in pane.views.sheets.paper.toPlainText()


def test_hits_are_walked_through_all_sheets(pane: PreviewPane, shown: Shown) -> None:
    shown(THREE, "služba")
    assert pane.strip.hits.text == "1 / 4"
    assert pane.views.sheets.tabs.currentIndex() == 0
    pane.walk.next_action.trigger()
    assert (pane.strip.hits.text, pane.views.sheets.tabs.currentIndex()) == ("2 / 4", 2)
    assert pane.views.sheets.paper.textCursor().block().text() == "služby"
    pane.walk.next_action.trigger()
    pane.walk.next_action.trigger()
    assert pane.strip.hits.text == "4 / 4"
    assert pane.views.sheets.paper.verticalScrollBar().value() > 0
    pane.walk.next_action.trigger()
    assert (pane.strip.hits.text, pane.views.sheets.tabs.currentIndex()) == ("1 / 4", 0)
    pane.walk.previous_action.trigger()
    assert (pane.strip.hits.text, pane.views.sheets.tabs.currentIndex()) == ("4 / 4", 2)


def test_a_chosen_sheet_is_walked_on_from_its_first_hit(pane: PreviewPane, shown: Shown) -> None:
    shown(THREE, "služba")
    click_tab(pane, 1)
    assert pane.strip.hits.text == "1 / 4"
    click_tab(pane, 2)
    assert pane.strip.hits.text == "2 / 4"
    pane.walk.previous_action.trigger()
    assert (pane.strip.hits.text, pane.views.sheets.tabs.currentIndex()) == ("1 / 4", 0)


def test_the_first_sheet_with_a_hit_comes_first(pane: PreviewPane, shown: Shown) -> None:
    shown(sheet("Jiné", "nic") + sheet("Pravé", "služba"), "služba")
    assert pane.views.sheets.tabs.currentIndex() == 1
    shown(sheet("Jiné", "nic") + sheet("Pravé", "nic"), "služba")
    assert "/" not in pane.strip.hits.text
    assert pane.views.sheets.tabs.currentIndex() == 0


def test_a_wide_sheet_is_scrolled_sideways_and_breaks_no_word(pane: PreviewPane, shown: Shown) -> None:
    row = "".join(f"<td>Poskytovatelé{column}</td>" for column in range(12))
    shown(f"<h2>Široký</h2><table><tr>{row}</tr></table>")
    bar = pane.views.sheets.paper.horizontalScrollBar()
    assert bar.isVisible()
    assert bar.maximum() > 0
    shown(sheet("Úzký", "nic"))
    assert bar.maximum() == 0


def test_a_hit_aside_is_brought_into_sight(pane: PreviewPane, shown: Shown) -> None:
    row = "".join(f"<td>Poskytovatelé{column}</td>" for column in range(12))
    shown(f"<h2>Široký</h2><table><tr>{row}<td>služba</td></tr></table>", "služba")
    assert pane.views.sheets.paper.horizontalScrollBar().value() > 0


def test_a_clerk_who_reads_another_sheet_is_left_there(pane: PreviewPane, shown: Shown) -> None:
    preview = shown(THREE)
    click_tab(pane, 2)
    pane.take_faithful(preview, Path("made.pdf"))
    assert pane.views.sheets.tabs.currentIndex() == 2
    assert pane.views.sheets.isVisible()


def test_letters_of_all_sheets_are_made_larger_together(pane: PreviewPane, shown: Shown) -> None:
    shown(THREE)
    pane.strip.zoom.stepped.emit(1)
    larger = pane.strip.zoom.text
    click_tab(pane, 2)
    assert pane.views.sheets.percent > 100
    assert pane.strip.zoom.text == larger


@pytest.mark.parametrize(
    ("name", "count"),
    [("xlsx/StructuredRefs-lots-with-lookups.xlsx", 5), ("xls/stress.xls", 2), ("xlsx/sample.strict.xlsx", 2)],
)
def test_real_workbooks_have_their_tabs(
    pane: PreviewPane, archive: Archive, named: Named, name: str, count: int
) -> None:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("the sample documents are not here")
    kind = by_extension(path.suffix)
    assert kind is not None
    plain = gather(archive, named("2020.txt").id)
    file = replace(plain.file, mime=kind.mime)
    document = replace(plain.document, files=(file,))
    nothing = Preview(document, file, path, View.NOTHING)
    preview = fill(nothing, lambda: structure(path, kind.mime), str)
    assert preview.view is View.SHEETS
    pane.show_document(preview)
    assert pane.views.sheets.tabs.count() == count
    for index in range(count):
        click_tab(pane, index)
        assert pane.views.sheets.paper.toPlainText().startswith(pane.views.sheets.tabs.tabToolTip(index))
