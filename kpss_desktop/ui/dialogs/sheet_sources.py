"""A quiet line below the rows of the review sheet: how it is with the current row, and where its values were read.

The same is said by the tooltips, which keys do not reach.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from kpss_desktop.archive.intake.planning import IntakeItem
from kpss_desktop.model import Certainty
from kpss_desktop.ui.dialogs.sheet_model import ITEM, Column
from kpss_desktop.ui.dialogs.sheet_rows import Status, status
from kpss_desktop.ui.dialogs.sheet_view import SheetView
from kpss_desktop.ui.elided import ElidedLabel

_READ = (Column.DATE, Column.GROUPS, Column.KIND)


class SourceLine(ElidedLabel):
    """Follows the current cell: what its own tooltip says, or all of the row where the cell is the name of the file."""

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
        item: IntakeItem | None = now.data(ITEM)
        if item is None:
            self.clear()
            return
        columns = (Column(now.column()),) if now.column() in (*_READ, Column.STATE) else _worth_saying(item)
        self.setText("   ".join(filter(None, (_said(now.siblingAtColumn(column)) for column in columns))))


def _worth_saying(item: IntakeItem) -> list[Column]:
    """The columns of a row, the state only when it asks for something, what is in doubt before what is sure."""
    read = item.recognition
    certain = {
        Column.DATE: item.dated.certainty if item.dated else Certainty.SURE,
        Column.GROUPS: read.groups.certainty if read.groups else Certainty.SURE,
        Column.KIND: read.kind.certainty if read.kind else Certainty.SURE,
    }
    values = sorted(_READ, key=lambda column: certain[column] is not Certainty.UNCERTAIN)
    return values if status(item) is Status.NEW else [Column.STATE, *values]


def _said(cell: QModelIndex) -> str:
    """The heading of a cell and where its value was read; "" when it was not read anywhere."""
    where = cell.data(Qt.ItemDataRole.ToolTipRole)
    if not where:
        return ""
    return f"{cell.model().headerData(cell.column(), Qt.Orientation.Horizontal)}: {where}"
