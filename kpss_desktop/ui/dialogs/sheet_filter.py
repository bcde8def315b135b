"""The chips above the rows of the review sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.chips import Chip
from kpss_desktop.ui.dialogs.sheet_rows import Status
from kpss_desktop.ui.theme import UNIT

_ALL = frozenset(Status)
_FRESH = frozenset({Status.NEW, Status.CHECK, Status.SIMILAR})
_CHECK = frozenset({Status.CHECK, Status.SIMILAR})
_KNOWN = frozenset({Status.FURTHER, Status.JOINS, Status.DUPLICATE})
_REFUSED = frozenset({Status.REFUSED})


class StatusFilter(QWidget):
    """One chip a status, with its count; chips of nothing are hidden."""

    chosen = Signal(object)
    """The statuses to show, a frozenset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[frozenset[Status], Chip] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        for statuses in (_ALL, _CHECK, _FRESH, _KNOWN, _REFUSED):
            chip = Chip("")
            chip.setCheckable(True)
            chip.clicked.connect(lambda _checked=False, statuses=statuses: self.chosen.emit(statuses))
            group.addButton(chip)
            row.addWidget(chip)
            self._chips[statuses] = chip
        self._chips[_ALL].setChecked(True)

    def set_counts(self, counts: dict[Status, int]) -> None:
        """Show how many rows there are of each."""
        names = {
            _ALL: _("All"),
            _CHECK: _("To check"),
            _FRESH: _("New"),
            _KNOWN: _("Repeated"),
            _REFUSED: _("Cannot be taken"),
        }
        for statuses, chip in self._chips.items():
            count = sum(counts.get(status, 0) for status in statuses)
            chip.setText(f"{names[statuses]} {count}")
            chip.setAccessibleName(chip.text())
            chip.updateGeometry()
            chip.setVisible(count > 0 or statuses == _ALL or chip.isChecked())

    def press(self, statuses: frozenset[Status]) -> None:
        """Choose a chip."""
        self._chips[statuses].click()
