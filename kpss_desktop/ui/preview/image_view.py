"""A picture: fitted to the pane, zoomed, and page by page when the file holds several."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.preview.paper import PAPER
from kpss_desktop.ui.theme import UNIT, hairline

_LONGEST_SIDE = 4_000  # pixels that are decoded at most: four times what a pane shows, sharp enough to read a scan
_ZOOMS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded page of an image file; `image` is null when it could not be read."""

    image: QImage
    pages: int


def read_picture(path: Path, page: int = 0) -> Picture:
    """Decode one page (from 0), turned as the camera says, no larger than is useful on a screen."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    pages = max(reader.imageCount(), 1)
    if page:
        reader.jumpToImage(page)
    size = reader.size()
    if max(size.width(), size.height()) > _LONGEST_SIDE:
        reader.setScaledSize(size.scaled(_LONGEST_SIDE, _LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    return Picture(reader.read(), pages)


class ImageView(QAbstractScrollArea):
    """Decodes beside the window; an answer for a file that is no longer asked for is dropped."""

    page_changed = Signal(int, int)
    """The page in sight, from 1, and how many there are."""
    zoomed = Signal(int)
    """Pixels of the screen a hundred pixels of the picture take."""
    unreadable = Signal()
    _decoded = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self._page = 0
        self._asked = 0
        self._picture = Picture(QImage(), 1)
        self._zoom: float | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Picture"))
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._decoded.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def show_file(self, path: Path) -> None:
        """Show the first page of a file."""
        self._path, self._page, self._zoom = path, 0, None
        self._picture = Picture(QImage(), 1)
        self._decode()

    def clear(self) -> None:
        """Forget the picture and the one that is being decoded."""
        self._asked += 1
        self._picture = Picture(QImage(), 1)

    def turn(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) page."""
        page = self._page + step
        if 0 <= page < self._picture.pages:
            self._page = page
            self._decode()

    def zoom(self, step: int) -> None:
        """Larger (1), smaller (-1), or fitted into the pane (0)."""
        now = self._scale()
        if step == 0:
            self._zoom = None
        else:
            beyond = [zoom for zoom in _ZOOMS if (zoom > now * 1.01 if step > 0 else zoom < now * 0.99)]
            self._zoom = (beyond[0] if step > 0 else beyond[-1]) if beyond else now
        self._lay_out()

    @property
    def percent(self) -> int:
        """The zoom in percent."""
        return round(100 * self._scale())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture.image.isNull():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._sheet()
        painter.fillRect(sheet, PAPER)
        painter.drawImage(sheet, self._picture.image)
        painter.setPen(hairline())
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._lay_out()

    def _decode(self) -> None:
        self._asked += 1
        asked, path, page = self._asked, self._path, self._page
        QThreadPool.globalInstance().start(lambda: self._decoded.emit(asked, read_picture(path, page)))

    def _take(self, asked: int, picture: Picture) -> None:
        if asked != self._asked:
            return
        self._picture = picture
        if picture.image.isNull():
            self.unreadable.emit()
            return
        self._lay_out()
        self.page_changed.emit(self._page + 1, picture.pages)

    def _scale(self) -> float:
        """Pixels of the window (device-independent) a pixel of the picture."""
        if self._zoom is not None:
            return self._zoom
        size, room = self._picture.image.size(), self.viewport().size() - QSize(2 * UNIT, 2 * UNIT)
        if size.isEmpty():
            return 1.0
        return max(min(room.width() / size.width(), room.height() / size.height(), 1.0), 0.01)

    def _sheet(self) -> QRect:
        size = self._picture.image.size() * self._scale()
        room = self.viewport().size()
        left = max((room.width() - size.width()) // 2, UNIT) - self.horizontalScrollBar().value()
        top = max((room.height() - size.height()) // 2, UNIT) - self.verticalScrollBar().value()
        return QRect(QPoint(left, top), size)

    def _lay_out(self) -> None:
        size, room = self._picture.image.size() * self._scale(), self.viewport().size()
        for bar, length, seen in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setRange(0, 0 if self._zoom is None else max(length + 2 * UNIT - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(4 * UNIT)
        self.viewport().update()
        self.zoomed.emit(self.percent)
