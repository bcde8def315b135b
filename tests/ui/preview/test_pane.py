"""The pane with real files: what is seen, counted and walked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.search import searching
from kpss_desktop.errors import MissingFile
from kpss_desktop.messages import reason_sentence
from kpss_desktop.model import Document, Reason
from kpss_desktop.ui import theme
from kpss_desktop.ui.preview import Preview, PreviewPane, View, gather
from kpss_desktop.ui.preview.paper import LIT, LIT_NOW

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

Named = Callable[[str], Document]


def shows(pane: PreviewPane) -> object:
    """The view that is in sight."""
    return pane.views.currentWidget()


def colours(image: QImage) -> set[str]:
    """All colours of a picture, every third point."""
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


def test_nothing_chosen_says_what_to_do(pane: PreviewPane) -> None:
    assert shows(pane) is pane.views.message
    assert pane.views.message.sentence
    assert not pane.strip.isVisible()
    pane.show_nothing(selected=5)
    assert "5" in pane.views.message.sentence


def test_a_word_document_is_read_on_paper(pane: PreviewPane, archive: Archive, named: Named) -> None:
    pane.show_document(gather(archive, named("zapis.doc").id))
    assert shows(pane) is pane.views.paper
    assert "jednání" in pane.views.paper.toPlainText().casefold()
    heading = pane.views.paper.document().firstBlock()
    assert heading.blockFormat().headingLevel() > 0 or heading.charFormat().fontWeight() > 400
    assert not pane.strip.hits.isVisible()


def test_hits_are_counted_lit_and_walked_round(pane: PreviewPane, archive: Archive, named: Named) -> None:
    pane.show_document(gather(archive, named("2020.txt").id, "služba"))
    assert pane.strip.hits.text == "1 / 10"
    selections = pane.views.paper.extraSelections()
    assert [selection.cursor.selectedText() for selection in selections[:2]] == ["služby", "služba"]
    pane.walk.next_action.trigger()
    pane.walk.next_action.trigger()
    assert pane.strip.hits.text == "3 / 10"
    for _step in range(3):
        pane.walk.previous_action.trigger()
    assert pane.strip.hits.text == "10 / 10"
    pane.walk.next_action.trigger()
    assert pane.strip.hits.text == "1 / 10"
    seen = colours(pane.views.paper.viewport().grab().toImage())
    assert {LIT.name(), LIT_NOW.name()} <= seen
    QTest.keyClick(pane.views.paper, Qt.Key.Key_F3)
    assert pane.strip.hits.text == "2 / 10"


def test_a_search_without_hits_says_so(pane: PreviewPane, archive: Archive, named: Named) -> None:
    pane.show_document(gather(archive, named("2020.txt").id, "medvěd"))
    assert "/" not in pane.strip.hits.text
    assert not pane.walk.next_action.isEnabled()


def test_plain_text_does_not_take_on_the_letters_of_a_heading(
    pane: PreviewPane, archive: Archive, named: Named
) -> None:
    pane.show_document(gather(archive, named("zapis.doc").id))
    plain = replace(gather(archive, named("2020.txt").id), view=View.TEXT, text="obyčejná řádka")
    pane.show_document(plain)
    assert pane.views.paper.toPlainText() == "obyčejná řádka"
    assert pane.views.paper.document().firstBlock().charFormat().fontWeight() <= 400


def test_a_pdf_shows_its_pages_and_lights_its_words(
    pane: PreviewPane, archive: Archive, named: Named, qtbot: QtBot
) -> None:
    preview = gather(archive, named("zapis.pdf").id)
    pane.show_document(preview)
    assert shows(pane) is pane.views.pdf
    words = pane.views.pdf._pdf.getAllText(0).text()
    word = max(words.split(), key=len).strip(".,")
    pane.show_document(replace(preview, hits=searching.light(archive, word)))
    qtbot.waitUntil(pane.strip.hits.isVisible)
    count = words.casefold().count(word.casefold())
    assert pane.strip.hits.text == f"1 / {count}"
    area = pane.views.pdf._areas_of(pane.views.pdf._hits[0])[0]
    page, scale = pane.views.pdf._pages()[0]
    middle = page.topLeft() + area.center() * scale
    scrolled = QPoint(pane.views.pdf.horizontalScrollBar().value(), pane.views.pdf.verticalScrollBar().value())
    box = QImage()

    def lit() -> bool:
        nonlocal box
        box = pane.views.pdf.viewport().grab().toImage()
        return box.pixelColor(middle.toPoint() - scrolled - QPoint(0, round(area.height() * scale / 2))).blue() < 200

    qtbot.waitUntil(lit)


def test_pages_lie_where_qt_lays_them(pane: PreviewPane, archive: Archive, named: Named, qtbot: QtBot) -> None:
    """The hits are painted by our own reckoning of the layout; it must be that of QPdfView."""
    pane.show_document(gather(archive, named("zapis.pdf").id))
    view = pane.views.pdf
    for step in (0, 1, 1, -1):
        view.zoom(step)
        qtbot.wait(10)
        pages = view._pages()
        bottom = round(pages[-1][0].bottom()) + view.pageSpacing() + view.documentMargins().bottom()
        height = max(view.verticalScrollBar().maximum() + view.viewport().height(), view.viewport().height())
        assert abs(max(bottom, view.viewport().height()) - height) <= 2


def test_the_zoom_told_is_that_of_the_view_in_sight(
    pane: PreviewPane, archive: Archive, named: Named, qtbot: QtBot
) -> None:
    pane.show_document(gather(archive, named("zapis.pdf").id))
    fitted = pane.views.pdf.percent
    assert pane.strip.zoom.text.startswith(str(fitted))
    pane.resize(320, 640)
    qtbot.waitUntil(lambda: pane.views.pdf.percent < fitted)
    assert pane.strip.zoom.text.startswith(str(pane.views.pdf.percent))


def test_a_broken_pdf_offers_another_try(pane: PreviewPane, archive: Archive, named: Named, qtbot: QtBot) -> None:
    document = named("Poškozený 2020.pdf")
    pane.show_document(gather(archive, document.id))
    assert shows(pane) is pane.views.message
    assert pane.views.message._again.isVisible()
    with qtbot.waitSignal(pane.again_requested) as asked:
        pane.views.message._again.click()
    assert asked.args == [document.id]


def test_a_locked_document_can_be_opened_but_not_read_again(
    pane: PreviewPane, archive: Archive, named: Named, qtbot: QtBot
) -> None:
    document = named("heslo.docx")
    pane.show_document(gather(archive, document.id))
    assert pane.views.message.sentence == reason_sentence(Reason.PASSWORD)
    assert not pane.views.message._again.isVisible()
    with qtbot.waitSignal(pane.open_requested) as asked:
        pane.views.message._open.click()
    assert asked.args == [document.id]


def test_a_missing_file_cannot_be_opened(pane: PreviewPane, archive: Archive, named: Named) -> None:
    gone = replace(gather(archive, named("zapis.doc").id), view=View.NOTHING, reason=Reason.MISSING)
    pane.show_document(gone)
    assert not pane.views.message._open.isVisible()


def test_a_scan_is_fitted_turned_and_zoomed(pane: PreviewPane, archive: Archive, named: Named, qtbot: QtBot) -> None:
    pane.show_document(gather(archive, named("Sken 2020.tiff").id))
    qtbot.waitUntil(pane.strip.pages.isVisible)
    assert "1" in pane.strip.pages.text
    assert "2" in pane.strip.pages.text
    assert "#aabbcc" in colours(pane.views.picture.viewport().grab().toImage())
    pane.strip.pages.stepped.emit(1)
    qtbot.waitUntil(lambda: "#ccbbaa" in colours(pane.views.picture.viewport().grab().toImage()))
    before = pane.views.picture.percent
    pane.strip.zoom.stepped.emit(1)
    assert pane.views.picture.percent > before
    pane.strip.zoom.stepped.emit(0)
    assert pane.views.picture.percent == before


def test_a_picture_that_cannot_be_read_says_so(
    pane: PreviewPane, archive: Archive, named: Named, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnic")
    pane.show_document(replace(gather(archive, named("Sken 2020.tiff").id), path=broken))
    qtbot.waitUntil(lambda: shows(pane) is pane.views.message)
    assert pane.views.message.sentence


def test_a_zip_is_a_table(pane: PreviewPane, archive: Archive, named: Named) -> None:
    pane.show_document(gather(archive, named("2019.zip").id))
    assert shows(pane) is pane.views.contents
    model = pane.views.contents.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        "Zápis PS Péče 1 2 2019.txt",
        "Zápis PS Péče 5 6 2019.txt",
    ]
    pane.views.contents.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data() == "Zápis PS Péče 5 6 2019.txt"


def test_another_document_forgets_the_hits_of_the_last(pane: PreviewPane, archive: Archive, named: Named) -> None:
    pane.show_document(gather(archive, named("2020.txt").id, "služba"))
    pane.show_document(gather(archive, named("zapis.pdf").id))
    assert not pane.strip.hits.isVisible()
    assert not pane.walk.next_action.isEnabled()


def test_a_failure_is_told_in_a_sentence(pane: PreviewPane, tmp_path: Path) -> None:
    pane.show_failure(MissingFile(tmp_path / "Zápis.doc"))
    assert "Zápis.doc" in pane.views.message.sentence


def test_paper_stays_white_and_its_column_readable_in_the_dark(
    pane: PreviewPane, archive: Archive, named: Named, qapp: QApplication
) -> None:
    theme.apply(qapp, "dark")
    pane.resize(QSize(1400, 700))
    pane.show_document(gather(archive, named("zapis.doc").id))
    image = pane.views.paper.viewport().grab().toImage()
    assert image.pixelColor(20, 20).name() == "#ffffff"
    assert pane.views.paper.viewport().width() <= 790
    assert theme.is_dark()


def test_only_the_shown_rendition_is_offered_when_there_is_one(
    pane: PreviewPane, archive: Archive, named: Named, qtbot: QtBot
) -> None:
    preview = gather(archive, named("zapis.doc").id)
    pane.show_document(preview)
    assert not pane.strip._renditions.isVisible()
    pdf = named("zapis.pdf").file
    both = replace(preview.document, files=(preview.file, pdf))
    pane.show_document(Preview(both, preview.file, preview.path, View.HTML, html=preview.html))
    assert pane.strip._renditions.isVisible()
    with qtbot.waitSignal(pane.rendition_wanted) as asked:
        pane.strip._renditions.activated.emit(1)
    assert asked.args == [pdf.id]
