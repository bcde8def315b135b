"""Text documents on white paper: a column of comfortable width, also in the dark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QTextEdit, QWidget

from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.formats.structure import STYLESHEET
from kpss_desktop.i18n import _
from kpss_desktop.ui.preview.matching import HITS_LIMIT, find_hits, in_utf16, shorten_html, shorten_text
from kpss_desktop.ui.theme import UNIT, hairline

PAPER = QColor("#ffffff")
INK = QColor("#1c1f22")
LIT = QColor("#fbe9a0")
LIT_NOW = QColor("#f7b948")

COLUMN = 780
"""The widest column of text, margins included, in device-independent pixels at 100 % zoom."""

_ZOOM_STEPS = range(-4, 11)


class Paper(QTextBrowser):
    """Shows safe HTML or plain text and lights the searched words. Never loads anything and follows no link."""

    hits_counted = Signal(int)
    zoomed = Signal(int)
    """The size in percent."""

    def __init__(self, parent: QWidget | None = None, *, is_wide: bool = False) -> None:
        """`is_wide`: for tables, as wide as there is room; no word is broken, what is wider is scrolled sideways."""
        super().__init__(parent)
        self._is_wide = is_wide
        self._spans: Sequence[tuple[int, int]] = ()
        self._now = -1
        self._zoom = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        wrap = QTextOption.WrapMode
        self.setWordWrapMode(wrap.WordWrap if is_wide else wrap.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(_("Text of the document"))
        self.document().setDefaultStyleSheet(STYLESHEET)
        self._dress()

    def show_html(self, html: str, light: Light | None) -> None:
        """Show a fragment of formats.structure; a very long one only in its beginning."""
        shortened = shorten_html(html)
        self.setHtml(shortened.shown)
        self._finish(light, whole=shortened.whole)

    def show_text(self, text: str, light: Light | None) -> None:
        """Show plain text; a very long one only in its beginning."""
        shortened = shorten_text(text)
        self.clear()
        self.setCurrentCharFormat(QTextCharFormat())  # plain text would take on the last heading's letters
        self.setPlainText(shortened.shown)
        self._finish(light, whole=shortened.whole)

    @property
    def hit_count(self) -> int:
        """How many searched words are lit; at most HITS_LIMIT."""
        return len(self._spans)

    @property
    def is_begun(self) -> bool:
        """Whether the clerk has left the beginning."""
        return self.verticalScrollBar().value() > 0

    def go_to_hit(self, index: int) -> None:
        """Mark one hit as the current one and bring it into sight."""
        if not 0 <= index < len(self._spans):
            return
        self._now = index
        self._light()
        cursor = self.textCursor()
        cursor.setPosition(self._spans[index][0])
        self.setTextCursor(cursor)
        self.ensureCursorVisible()  # sideways too
        self._centre(cursor)

    def zoom(self, step: int) -> None:
        """Make the letters larger (1), smaller (-1) or as they were (0)."""
        wanted = 0 if step == 0 else self._zoom + step
        if wanted in _ZOOM_STEPS:
            self.zoomIn(wanted - self._zoom)
            self._zoom = wanted
            self._set_margins()
            self.zoomed.emit(self.percent)

    @property
    def percent(self) -> int:
        """The size of the letters against the window's own."""
        usual = QApplication.font().pointSizeF()
        return round(100 * (usual + self._zoom) / usual)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures inside the document only; everything else is a blank point, so that Qt looks no further."""
        url = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "data":
            return self._fitted(QImage.fromData(_payload(url)))
        blank = QImage(1, 1, QImage.Format.Format_ARGB32)
        blank.fill(0)
        return blank

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_margins()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(hairline())
        sheet = self.viewport().rect()
        painter.drawLine(sheet.topLeft(), sheet.bottomLeft())
        painter.drawLine(sheet.topRight(), sheet.bottomRight())

    def _finish(self, light: Light | None, *, whole: bool) -> None:
        self.document().setDocumentMargin(self._inner_margin())
        if not whole:
            self._say_cut()
        text = self.toPlainText()
        self._spans = in_utf16(text, find_hits(text, light, HITS_LIMIT))
        self._now = -1
        self._light()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.hits_counted.emit(len(self._spans))

    def _say_cut(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        quiet = QTextCharFormat()
        quiet.setForeground(QColor("#646d76"))
        cursor.insertBlock()
        cursor.insertText(_("Only the beginning is shown here. Open the original to read the rest."), quiet)

    def _light(self) -> None:
        lit, now = QTextCharFormat(), QTextCharFormat()
        lit.setBackground(LIT)
        now.setBackground(LIT_NOW)
        now.setFontUnderline(True)
        selections = []
        for index, (start, end) in enumerate(self._spans):
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            # PySide's ExtraSelection has plain attributes that its stubs declare for the class only.
            selection.cursor = cursor
            selection.format = now if index == self._now else lit
            selections.append(selection)
        self.setExtraSelections(selections)

    def _centre(self, cursor: QTextCursor) -> None:
        line = self.cursorRect(cursor)
        bar = self.verticalScrollBar()
        third = self.viewport().height() // 3
        if not 0 <= line.top() <= self.viewport().height() - line.height() or line.top() > 2 * third:
            bar.setValue(bar.value() + line.top() - third)

    def _dress(self) -> None:
        surroundings = QPalette(QApplication.palette())
        paper = QPalette(surroundings)
        for role, colour in (
            (QPalette.ColorRole.Base, PAPER),
            (QPalette.ColorRole.Text, INK),
            (QPalette.ColorRole.Highlight, QColor("#cfe2f0")),
            (QPalette.ColorRole.HighlightedText, INK),
            (QPalette.ColorRole.Link, QColor("#1f6296")),
        ):
            paper.setColor(role, colour)
        self.setPalette(paper)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setPalette(surroundings)

    def _set_margins(self) -> None:
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        column = room if self._is_wide else COLUMN * max(self.percent, 100) // 100
        side = max((room - column) // 2, 2 * UNIT if room > COLUMN // 2 else UNIT)
        self.setViewportMargins(side, UNIT, side, 0)
        self.document().setDocumentMargin(self._inner_margin())

    def _inner_margin(self) -> int:
        return 5 * UNIT if self.viewport().width() > COLUMN * 3 // 4 else 3 * UNIT

    def _fitted(self, picture: QImage) -> QImage:
        widest = COLUMN - 10 * UNIT
        return picture if picture.width() <= widest else _scaled(picture, widest)


def _payload(url: QUrl) -> bytes:
    """The bytes of a `data:` address in base64; nothing when it is written otherwise."""
    head, _comma, body = url.path().partition(",")
    if not head.endswith(";base64"):
        return b""
    return bytes(QByteArray.fromBase64(body.encode("ascii", "ignore")).data())


def _scaled(picture: QImage, width: int) -> QImage:
    return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
