"""The order of the review sheet while rows come: problems first, until the clerk works with the rows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QObject, Qt, QTimer

from kpss_desktop.ui.dialogs.sheet_model import Column, SheetModel
from kpss_desktop.ui.dialogs.sheet_view import SheetView

_EVERY = 300  # milliseconds: more often would only flicker


class ProblemsFirst(QObject):
    """Puts the rows that need the clerk on top, again and again while rows come and become clearer.

    It ends when she has laid hands on the rows: then nothing may jump away under them, what comes is added below, and
    a click on the heading of the states puts problems first again. The heading shows an order only while it is true.
    """

    def __init__(self, rows: SheetModel, view: SheetView) -> None:
        super().__init__(view)
        self._rows, self._view = rows, view
        self._is_begun = False
        self._again = QTimer(self, interval=_EVERY, singleShot=True)
        self._again.timeout.connect(self.arrange)
        view.worked_in.connect(self._begin)
        self.start()

    def start(self) -> None:
        """Other rows come, and nobody has worked with them yet."""
        self._is_begun = False
        self._view.horizontalHeader().setSortIndicator(Column.STATE, Qt.SortOrder.AscendingOrder)

    def follow(self) -> None:
        """Rows have come or become clearer."""
        if self._is_begun:
            self._view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        elif not self._again.isActive():
            self._again.start()

    def arrange(self) -> None:
        """Problems first, unless the clerk has begun."""
        self._again.stop()
        if self._is_begun or not self._rows.rowCount():
            return
        self._rows.sort(Column.STATE)
        # A row that was current because it was the first would now be anywhere.
        first = self._rows.index(0, Column.FILE)
        self._view.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._view.scrollToTop()

    def _begin(self) -> None:
        self._is_begun = True
