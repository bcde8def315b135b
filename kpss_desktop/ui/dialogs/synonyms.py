"""Words that mean the same: one family a row, its members parted by semicolons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.fields import quiet_label
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT

_PARTING = ";"


class SynonymsDialog(QDialog):
    """Edits the families in place; after `accept`, `families` is what to save."""

    def __init__(
        self, families: Sequence[Sequence[str]], parent: QWidget | None = None, *, writable: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Words that mean the same"))
        self.rows = QListWidget()
        self.rows.setAccessibleName(_("Words that mean the same"))
        self.rows.setSpacing(UNIT // 4)
        self.rows.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("e.g. DPS; dům s pečovatelskou službou"))
        self.line.setAccessibleName(_("New row"))
        self._add = QPushButton(_("Add"))
        self._remove = QPushButton(_("Remove"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = self._buttons.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        for family in families:
            self._append(f"{_PARTING} ".join(family))
        for widget in (self.rows, self.line, self._add, self._remove, save):
            widget.setEnabled(writable)
        self._lay_out()
        self._connect()
        self._update()

    @property
    def families(self) -> tuple[tuple[str, ...], ...]:
        """The families as they are written here; a row of one word stands for nothing and is left out."""
        read = (_family(self.rows.item(row).text()) for row in range(self.rows.count()))
        return tuple(family for family in read if len(family) > 1)

    def _lay_out(self) -> None:
        new = QHBoxLayout()
        new.setSpacing(UNIT)
        new.addWidget(self.line, 1)
        new.addWidget(self._add)
        new.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(quiet_label(_("A search for one of a row finds the others too. Semicolons part them.")))
        column.addWidget(self.rows, 1)
        column.addLayout(new)
        column.addSpacing(UNIT)
        column.addWidget(self._buttons)
        open_within_screen(self, QSize(72 * UNIT, 60 * UNIT))

    def _connect(self) -> None:
        self._add.setAutoDefault(False)
        self._remove.setAutoDefault(False)
        self._add.clicked.connect(self._add_row)
        self._remove.clicked.connect(self._remove_row)
        self.line.textChanged.connect(self._update)
        self.line.returnPressed.connect(self._add_row)
        self.rows.currentRowChanged.connect(self._update)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.rows)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove_row)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _append(self, text: str) -> QListWidgetItem:
        item = QListWidgetItem(text, self.rows)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        return item

    def _add_row(self) -> None:
        family = _family(self.line.text())
        if len(family) > 1:
            self.rows.setCurrentItem(self._append(f"{_PARTING} ".join(family)))
            self.line.clear()

    def _remove_row(self) -> None:
        if self.rows.currentRow() >= 0 and self._remove.isEnabled():
            self.rows.takeItem(self.rows.currentRow())

    def _update(self) -> None:
        writable = self.line.isEnabled()
        self._add.setEnabled(writable and len(_family(self.line.text())) > 1)
        self._remove.setEnabled(writable and self.rows.currentRow() >= 0)


def _family(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in text.replace("=", _PARTING).split(_PARTING))
    return tuple(dict.fromkeys(part for part in parts if part))
