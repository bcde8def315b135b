"""The quiet bar that changes all selected rows at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from kpss_desktop.czech.dates import parse_date
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.model import Group, Kind, PartialDate
from kpss_desktop.ui.dialogs.group_picker import GroupPicker
from kpss_desktop.ui.dialogs.sheet_delegates import fill_kinds, prepare_date_field
from kpss_desktop.ui.elided import ElidedLabel
from kpss_desktop.ui.theme import UNIT


class BulkBar(QWidget):
    """Tells what is to become of the selected rows; knows none of them."""

    kind_chosen = Signal(object)
    groups_chosen = Signal(object, object)
    """Ids, and names of groups to be made."""
    date_typed = Signal(object)
    confirmed = Signal()

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = groups
        self._label = ElidedLabel()
        self._label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._kind = QComboBox()
        self._kind.addItem(_("Kind…"), None)
        fill_kinds(self._kind)
        self._kind.setAccessibleName(_("Kind of the selected rows"))
        self._kind.activated.connect(self._choose_kind)
        self._picker = GroupPicker(self)
        self._picker.chosen.connect(self.groups_chosen)
        self._pick = QPushButton(_("Groups…"))
        self._pick.setAutoDefault(False)
        self._pick.setAccessibleName(_("Groups of the selected rows"))
        self._pick.clicked.connect(self._open_picker)
        self._date = QLineEdit()
        prepare_date_field(self._date)
        self._date.setPlaceholderText(_("Date or year"))
        self._date.setAccessibleName(_("Date or year of the selected rows"))
        self._date.setFixedWidth(16 * UNIT)
        self._date.returnPressed.connect(self._type_date)
        self._confirm = QPushButton(_("Confirm as read"))
        self._confirm.setAutoDefault(False)
        self._confirm.setToolTip(_("What was read from the names is right"))
        self._confirm.clicked.connect(self.confirmed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for widget in (self._label, self._kind, self._pick, self._date, self._confirm):
            row.addWidget(widget)
        row.addStretch()
        self.set_selected(0, of=0)

    def set_selected(self, count: int, *, of: int) -> None:
        """Say how many rows a change would reach, of those that are selected."""
        if count:
            self._label.setText(ngettext("For {n} selected row:", "For {n} selected rows:", count).format(n=count))
        elif of:
            self._label.setText(_("There is nothing to change here."))
        else:
            self._label.setText(_("Select rows to change them at once."))
        for widget in (self._kind, self._pick, self._date, self._confirm):
            widget.setEnabled(count > 0)

    def _choose_kind(self, index: int) -> None:
        chosen = self._kind.itemData(index)
        self._kind.setCurrentIndex(0)
        if chosen is not None:
            self.kind_chosen.emit(Kind(chosen))

    def _open_picker(self) -> None:
        corner = self._pick.mapToGlobal(QPoint(0, self._pick.height()))
        self._picker.open_at(corner, self._groups, (), (), ())

    def _type_date(self) -> None:
        date: PartialDate | None = parse_date(self._date.text())
        if date is not None:
            self._date.clear()
            self.date_typed.emit(date)
