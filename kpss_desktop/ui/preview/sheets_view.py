"""A workbook: the table of one sheet, and below it a tab for each sheet as office programs have it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.i18n import _
from kpss_desktop.ui.preview.matching import HITS_LIMIT, find_hits, shorten_html
from kpss_desktop.ui.preview.paper import Paper
from kpss_desktop.ui.preview.sheets import Sheet, sheets_of
from kpss_desktop.ui.theme import UNIT

_WIDEST_TAB = 26 * UNIT


class SheetTabs(QTabBar):
    """Names of sheets; a long one ends in an ellipsis and its tooltip has the whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Sheets of the workbook"))
        self.setShape(QTabBar.Shape.RoundedSouth)
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)

    def name_sheets(self, sheets: tuple[Sheet, ...]) -> None:
        """A tab for each sheet, the first one chosen; a single sheet needs none."""
        while self.count():
            self.removeTab(0)
        for sheet in sheets:
            index = self.addTab(sheet.name.replace("&", "&&"))
            self.setTabToolTip(index, sheet.name)
        self.setVisible(len(sheets) > 1)

    def tabSizeHint(self, index: int) -> QSize:
        return super().tabSizeHint(index).boundedTo(QSize(_WIDEST_TAB, super().tabSizeHint(index).height()))


class SheetsView(QWidget):
    """Shows one sheet at a time; hits are counted and walked through all sheets."""

    hits_counted = Signal(int)
    hit_wanted = Signal(int)
    """The first hit of a sheet that the clerk has chosen."""
    zoomed = Signal(int)
    """The size in percent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: tuple[Sheet, ...] = ()
        self._light: Light | None = None
        self._ends: tuple[int, ...] = ()
        self.paper, self.tabs = Paper(is_wide=True), SheetTabs()
        self.setFocusProxy(self.paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.paper, 1)
        column.addWidget(self.tabs)
        self.paper.zoomed.connect(self.zoomed)
        self.tabs.currentChanged.connect(self._choose)

    def show_html(self, html: str, light: Light | None) -> None:
        """Show the first sheet of a workbook and count the hits in all of them."""
        self._sheets, self._light = sheets_of(html), light
        counts = [_count(sheet, light) for sheet in self._sheets] if light is not None else []
        self._ends = tuple(accumulate(counts))
        with QSignalBlocker(self.tabs):
            self.tabs.name_sheets(self._sheets)
        self._show(0)
        self.hits_counted.emit(self.hit_count)

    @property
    def hit_count(self) -> int:
        """How many searched words there are in all sheets; at most HITS_LIMIT of each."""
        return self._ends[-1] if self._ends else 0

    def go_to_hit(self, index: int) -> None:
        """Mark one hit as the current one and bring its sheet and itself into sight."""
        if not 0 <= index < self.hit_count:
            return
        sheet = bisect_right(self._ends, index)
        if sheet != self.tabs.currentIndex():
            with QSignalBlocker(self.tabs):
                self.tabs.setCurrentIndex(sheet)
            self._show(sheet)
        self.paper.go_to_hit(index - self._first_hit(sheet))

    @property
    def is_begun(self) -> bool:
        """Whether the clerk has left the beginning of the first sheet."""
        return self.tabs.currentIndex() > 0 or self.paper.verticalScrollBar().value() > 0

    @property
    def percent(self) -> int:
        """The size of the letters against the window's own."""
        return self.paper.percent

    def zoom(self, step: int) -> None:
        """Make the letters larger (1), smaller (-1) or as they were (0)."""
        self.paper.zoom(step)

    def _choose(self, sheet: int) -> None:
        self._show(sheet)
        if self.paper.hit_count:
            self.hit_wanted.emit(self._first_hit(sheet))

    def _show(self, sheet: int) -> None:
        self.paper.show_html(self._sheets[sheet].html, self._light)

    def _first_hit(self, sheet: int) -> int:
        return self._ends[sheet - 1] if sheet else 0


def _count(sheet: Sheet, light: Light | None) -> int:
    """How many hits the sheet will have on paper: in the text that Qt makes of it, which is not laid out for that."""
    document = QTextDocument()
    document.setHtml(shorten_html(sheet.html).shown)
    return len(find_hits(document.toPlainText(), light, HITS_LIMIT))
