"""PDF pages under each other, with the searched words lit.

QPdfSearchModel knows no accents apart and no word forms, so the words are looked for in the pages' own text, a page
at a time between two events, and painted over the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent, QTransform
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.i18n import _
from kpss_desktop.model import Reason
from kpss_desktop.ui.preview.matching import HITS_LIMIT, find_hits_of_page, in_utf16
from kpss_desktop.ui.preview.paper import LIT, LIT_NOW
from kpss_desktop.ui.theme import UNIT, hairline

_POINTS_PER_INCH = 72.0
_ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)

_REASONS = {
    QPdfDocument.Error.IncorrectPassword: Reason.PASSWORD,
    QPdfDocument.Error.UnsupportedSecurityScheme: Reason.PASSWORD,
    QPdfDocument.Error.FileNotFound: Reason.MISSING,
}


@dataclass(frozen=True, slots=True)
class _Hit:
    """A word on a page: where it begins in the page's text and how long it is, in UTF-16 units."""

    page: int
    start: int
    length: int


class PdfView(QPdfView):
    """All pages of a PDF, as wide as the pane or zoomed."""

    hits_counted = Signal(int)
    page_changed = Signal(int, int)
    """The page in sight, from 1, and how many there are."""
    zoomed = Signal(int)
    """The zoom in percent; 100 is the size on paper."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # No child of the view: Qt would delete it after the view, whose slot then still hears of its closing.
        self._pdf = QPdfDocument()
        self._words: Light | None = None
        self._hits: list[_Hit] = []
        self._now = -1
        self._areas: dict[_Hit, list[QRectF]] = {}
        self._unsearched: Iterator[int] = iter(())
        self._searching = QTimer(self)
        self._searching.timeout.connect(self._search_page)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setPageSpacing(UNIT)
        self.setAccessibleName(_("Pages of the document"))
        self.setDocument(self._pdf)
        self.pageNavigator().currentPageChanged.connect(self._tell_page)

    def show_file(self, path: Path, light: Light | None) -> Reason:
        """Open a PDF; returns why it cannot be shown, or NONE."""
        self.clear()
        self._surround()
        error = self._pdf.load(str(path))
        if error is not QPdfDocument.Error.None_:
            return _REASONS.get(error, Reason.BROKEN)
        self._words = light
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.verticalScrollBar().setValue(0)
        self._tell_page(0)
        self.zoomed.emit(self.percent)
        if light is not None:
            self._unsearched = iter(range(self._pdf.pageCount()))
            self._searching.start(0)
        else:
            self.hits_counted.emit(0)
        return Reason.NONE

    def clear(self) -> None:
        """Close the file, so that it can be moved or deleted (Windows keeps open files)."""
        self._searching.stop()
        self._hits, self._now, self._areas = [], -1, {}
        self._pdf.close()

    @property
    def hit_count(self) -> int:
        """How many searched words were found so far."""
        return len(self._hits)

    def go_to_hit(self, index: int) -> None:
        """Mark one hit as the current one and bring it into sight."""
        if not 0 <= index < len(self._hits):
            return
        self._now = index
        hit = self._hits[index]
        areas = self._areas_of(hit)
        top = areas[0].top() if areas else 0.0
        page, scale = self._pages()[hit.page]
        bar = self.verticalScrollBar()
        wanted = page.top() + top * scale
        height = self.viewport().height()
        if not bar.value() <= wanted <= bar.value() + height - 4 * UNIT:
            bar.setValue(round(wanted - height / 3))
        self.viewport().update()

    def zoom(self, step: int) -> None:
        """Larger (1), smaller (-1), or as wide as the pane (0)."""
        if step == 0:
            self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        else:
            now = self.percent / 100
            beyond = [zoom for zoom in _ZOOMS if (zoom > now * 1.01 if step > 0 else zoom < now * 0.99)]
            if not beyond:
                return
            self.setZoomMode(QPdfView.ZoomMode.Custom)
            self.setZoomFactor(beyond[0] if step > 0 else beyond[-1])
        self.zoomed.emit(self.percent)

    def turn(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) page."""
        page = self.pageNavigator().currentPage() + step
        if 0 <= page < self._pdf.pageCount():
            self.verticalScrollBar().setValue(round(self._pages()[page][0].top()) - self.documentMargins().top())

    @property
    def percent(self) -> int:
        """The zoom of the first page against its size on paper."""
        pages = self._pages()
        return round(100 * pages[0][1] / self._resolution()) if pages else 100

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pdf.pageCount() and self.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            self.zoomed.emit(self.percent)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = self.viewport().rect().translated(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for number, (page, scale) in enumerate(self._pages()):
            if page.intersects(QRectF(seen)):
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                painter.setPen(hairline())
                painter.drawRect(page)
                self._paint_hits(painter, number, QTransform(scale, 0, 0, scale, page.left(), page.top()))

    def _paint_hits(self, painter: QPainter, page: int, to_view: QTransform) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for index, hit in enumerate(self._hits):
            if hit.page != page:
                continue
            now = index == self._now
            painter.setPen(QPen(QColor("#8a5a00"), 1.5) if now else Qt.PenStyle.NoPen)
            painter.setBrush(LIT_NOW if now else LIT)
            for area in self._areas_of(hit):
                painter.drawRoundedRect(to_view.mapRect(area).adjusted(-1, -1, 1, 1), 2, 2)

    def _areas_of(self, hit: _Hit) -> list[QRectF]:
        """Where the hit stands on its page, in points from the top left; asked once, it costs a millisecond."""
        if hit not in self._areas:
            selection = self._pdf.getSelectionAtIndex(hit.page, hit.start, hit.length)
            self._areas[hit] = [polygon.boundingRect() for polygon in selection.bounds()]
        return self._areas[hit]

    def _search_page(self) -> None:
        page = next(self._unsearched, None)
        if page is None or len(self._hits) >= HITS_LIMIT:
            self._searching.stop()
            self.hits_counted.emit(len(self._hits))
            return
        text = self._pdf.getAllText(page).text()
        spans = in_utf16(text, find_hits_of_page(text, self._words, HITS_LIMIT - len(self._hits)))
        self._hits += [_Hit(page, start, end - start) for start, end in spans]
        self.viewport().update()

    def _pages(self) -> list[tuple[QRectF, float]]:
        """Where each page lies in the scrolled area and its pixels a point: the layout of QPdfView, which hides it.

        As in QPdfViewPrivate::calculateDocumentLayout of Qt 6: pages of rounded size, centred, one spacing apart.
        """
        margins, width = QMarginsF(self.documentMargins()), self.viewport().width()
        fitted = self.zoomMode() is QPdfView.ZoomMode.FitToWidth
        sizes: list[tuple[QSizeF, float]] = []
        for number in range(self._pdf.pageCount()):
            points = self._pdf.pagePointSize(number)
            zoom = self.zoomFactor()
            size = QSizeF(points * self._resolution() * (1.0 if fitted else zoom)).toSize()
            if fitted:
                zoom = (width - margins.left() - margins.right()) / max(size.width(), 1)
                size = QSize(round(size.width() * zoom), round(size.height() * zoom))
            sizes.append((QSizeF(size), zoom * self._resolution()))
        widest = max((page.width() for page, _scale in sizes), default=0.0) + margins.left() + margins.right()
        top = margins.top()
        pages = []
        for page, scale in sizes:
            left = int((max(widest, width) - page.width()) / 2)
            pages.append((QRectF(QPointF(left, top), page), scale))
            top += page.height() + self.pageSpacing()
        return pages

    def _resolution(self) -> float:
        """Pixels a point at 100 %."""
        return QGuiApplication.primaryScreen().logicalDotsPerInch() / _POINTS_PER_INCH

    def _tell_page(self, page: int) -> None:
        self.page_changed.emit(page + 1, self._pdf.pageCount())

    def _surround(self) -> None:
        palette = QPalette(QGuiApplication.palette())
        palette.setColor(QPalette.ColorRole.Dark, palette.color(QPalette.ColorRole.Window))
        self.setPalette(palette)
