"""The six views of a preview, one of which is seen: a message, paper, sheets, PDF, picture, the list of a ZIP."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.model import Reason
from kpss_desktop.ui.preview.gather import Preview, View
from kpss_desktop.ui.preview.image_view import ImageView
from kpss_desktop.ui.preview.message_page import MessagePage
from kpss_desktop.ui.preview.paper import Paper
from kpss_desktop.ui.preview.pdf_view import PdfView
from kpss_desktop.ui.preview.sheets_view import SheetsView
from kpss_desktop.ui.preview.zip_view import ZipView


class Views(QStackedWidget):
    """Chooses the view of a preview and hands on what is asked of the one that is seen."""

    hits_counted = Signal(int)
    hit_wanted = Signal(int)
    """The clerk has gone to the hit of this number by other means than walking."""
    page_changed = Signal(int, int)
    """Which page is in sight, from 1, and how many there are."""
    zoomed = Signal(int)
    """The size of what is seen, in percent."""
    unreadable = Signal(object)
    """The Reason why what was to be shown cannot be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message, self.paper, self.sheets = MessagePage(), Paper(), SheetsView()
        self.pdf, self.picture, self.contents = PdfView(self), ImageView(), ZipView()
        for view in (self.message, self.paper, self.sheets, self.pdf, self.picture, self.contents):
            self.addWidget(view)
        self.picture.unreadable.connect(lambda: self.unreadable.emit(Reason.BROKEN))
        self.sheets.hit_wanted.connect(self.hit_wanted)
        for walkable in (self.paper, self.sheets, self.pdf):
            walkable.hits_counted.connect(self.hits_counted)
        for paged in (self.pdf, self.picture):
            paged.page_changed.connect(self.page_changed)
        for zoomable in (self.paper, self.sheets, self.pdf, self.picture):
            zoomable.zoomed.connect(partial(self._tell_zoom, zoomable))

    def clear(self) -> None:
        """Let go of files, and show the message."""
        self.pdf.clear()
        self.picture.clear()
        self.setCurrentWidget(self.message)

    def show_preview(self, preview: Preview) -> None:
        """Show what was gathered."""
        match preview.view:
            case View.HTML:
                self._show_paper(self.paper)
                self.paper.show_html(preview.html, preview.hits)
            case View.SHEETS:
                self._show_paper(self.sheets)
                self.sheets.show_html(preview.html, preview.hits)
            case View.TEXT:
                self._show_paper(self.paper)
                self.paper.show_text(preview.text, preview.hits)
            case View.PDF:
                self.show_pdf(preview.path, preview.hits)
            case View.IMAGE:
                self.setCurrentWidget(self.picture)
                self.picture.show_file(preview.path)
            case View.ZIP:
                self.setCurrentWidget(self.contents)
                self.contents.show_entries(preview.entries)
            case View.NOTHING:
                self.unreadable.emit(preview.reason)

    def show_pdf(self, path: Path, hits: Light | None) -> None:
        """Show the pages of a PDF, which may be another file than the one that was gathered."""
        self.setCurrentWidget(self.pdf)
        reason = self.pdf.show_file(path, hits)
        if reason is not Reason.NONE:
            self.unreadable.emit(reason)

    @property
    def is_begun(self) -> bool:
        """Whether the clerk has read on from the beginning of what is seen."""
        view = self.currentWidget()
        return isinstance(view, Paper | SheetsView) and view.is_begun

    @property
    def hit_count(self) -> int:
        """How many searched words are lit in what is seen."""
        view = self.currentWidget()
        return view.hit_count if isinstance(view, Paper | SheetsView | PdfView) else 0

    def go_to_hit(self, index: int) -> None:
        """Bring a searched word into sight."""
        view = self.currentWidget()
        if isinstance(view, Paper | SheetsView | PdfView):
            view.go_to_hit(index)

    def turn(self, step: int) -> None:
        """Go a page on or back."""
        view = self.currentWidget()
        if isinstance(view, PdfView | ImageView):
            view.turn(step)

    def zoom(self, step: int) -> None:
        """Show it larger or smaller; 0 is the usual size."""
        view = self.currentWidget()
        if isinstance(view, Paper | SheetsView | PdfView | ImageView):
            view.zoom(step)

    def _show_paper(self, paper: Paper | SheetsView) -> None:
        self.setCurrentWidget(paper)
        self.zoomed.emit(paper.percent)

    def _tell_zoom(self, view: QWidget, percent: int) -> None:
        if view is self.currentWidget():
            self.zoomed.emit(percent)
