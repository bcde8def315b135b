"""The faithful view comes by itself, stays away on wish, and never takes the page from under the reader's eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.archive import Archive
from kpss_desktop.i18n import _
from kpss_desktop.model import Document
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.preview import PreviewFeed, PreviewPane, gather

Named = Callable[[str], Document]
pytestmark = pytest.mark.usefixtures("with_libreoffice")


@pytest.fixture
def feed(archive: Archive, pane: PreviewPane) -> Iterator[PreviewFeed]:
    """What fills the pane."""
    jobs = Jobs(archive)
    yield PreviewFeed(pane, jobs)
    jobs.close()


def button(pane: PreviewPane) -> QToolButton:
    """The one that switches between the two views."""
    return next(one for one in pane.strip.findChildren(QToolButton) if one.text() == _("Faithful view"))


def test_it_follows_the_simplified_view(feed: PreviewFeed, pane: PreviewPane, named: Named, qtbot: QtBot) -> None:
    feed.select(named("zapis.doc").id)
    qtbot.waitUntil(pane.views.paper.isVisible)
    assert not button(pane).isEnabled()
    qtbot.waitUntil(pane.views.pdf.isVisible, timeout=60_000)
    assert button(pane).isChecked()
    QTest.mouseClick(button(pane), Qt.MouseButton.LeftButton)
    assert pane.views.paper.isVisible()
    feed.select(named("zapis.docx").id)
    qtbot.waitUntil(lambda: pane.preview is not None and pane.preview.document.id == named("zapis.docx").id)
    qtbot.waitUntil(button(pane).isEnabled, timeout=60_000)
    assert pane.views.paper.isVisible()
    QTest.mouseClick(button(pane), Qt.MouseButton.LeftButton)
    assert pane.views.pdf.isVisible()


def test_one_that_was_made_before_is_shown_at_once(
    archive: Archive, feed: PreviewFeed, pane: PreviewPane, named: Named, qtbot: QtBot
) -> None:
    feed.select(named("zapis.doc").id)
    qtbot.waitUntil(pane.views.pdf.isVisible, timeout=60_000)
    pane.show_nothing()
    pane.show_document(gather(archive, named("zapis.doc").id))
    assert pane.views.pdf.isVisible()
    assert button(pane).isChecked()


def test_who_reads_on_is_not_disturbed(archive: Archive, pane: PreviewPane, named: Named, data_pdf: Path) -> None:
    preview = gather(archive, named("2020.txt").id)
    pane.resize(300, 120)
    pane.show_document(preview)
    pane.views.paper.verticalScrollBar().setValue(5)
    pane.take_faithful(preview, data_pdf)
    assert pane.views.paper.isVisible()
    assert not button(pane).isChecked()
    pane.views.paper.verticalScrollBar().setValue(0)
    assert pane.preview is not None
    pane.take_faithful(pane.preview, data_pdf)
    assert pane.views.pdf.isVisible()


def test_what_comes_late_is_not_shown(archive: Archive, pane: PreviewPane, named: Named, data_pdf: Path) -> None:
    late = gather(archive, named("zapis.docx").id)
    pane.show_document(gather(archive, named("2020.txt").id))
    pane.take_faithful(late, data_pdf)
    assert pane.views.paper.isVisible()


@pytest.fixture
def data_pdf() -> Path:
    """Any PDF."""
    return Path(__file__).resolve().parents[2] / "formats" / "data" / "zapis.pdf"
