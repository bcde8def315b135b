"""A quiet line below the rows of the review sheet: where the values of the current row were read.

The same is said by the tooltips, which keys do not reach.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from kpss_desktop.ui.dialogs.sheet_model import Column
from kpss_desktop.ui.dialogs.sheet_view import SheetView
from kpss_desktop.ui.elided import ElidedLabel

_READ = (Column.DATE, Column.GROUPS, Column.KIND)


class SourceLine(ElidedLabel):
    """Follows the current cell: its own value, or all values of the row when the cell has none that was read."""

    def __init__(self, view: SheetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._view = view
        model = view.model()
        view.selectionModel().currentChanged.connect(self.tell)
        model.dataChanged.connect(self.tell)
        model.modelReset.connect(self.tell)

    def tell(self) -> None:
        """Say it of the cell that is current now."""
        now = self._view.currentIndex()
        columns = (Column(now.column()),) if now.column() in _READ else _READ
        self.setText("   ".join(filter(None, (_said(now.siblingAtColumn(column)) for column in columns))))


def _said(cell: QModelIndex) -> str:
    """The heading of a cell and where its value was read; "" when it was not read anywhere."""
    where = cell.data(Qt.ItemDataRole.ToolTipRole)
    if not where:
        return ""
    return f"{cell.model().headerData(cell.column(), Qt.Orientation.Horizontal)}: {where}"
