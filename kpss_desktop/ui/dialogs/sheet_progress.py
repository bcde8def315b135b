"""How far the reading of a drop is, above the rows of the review sheet."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from kpss_desktop.i18n import _, ngettext
from kpss_desktop.ui.elided import ElidedLabel
from kpss_desktop.ui.theme import UNIT


class SheetProgress(QWidget):
    """A bar with what is read beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self.doing = ElidedLabel()
        self.doing.setText(_("Reading what was dropped…"))
        self.doing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._bar)
        row.addWidget(self.doing, 1)

    def show_progress(self, done: int, total: int | None, label: str = "") -> None:
        """Say how far it is; `total` None when nobody knows."""
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done)
        text = ngettext("{n} file read", "{n} files read", done).format(n=done)
        self.doing.setText(f"{text} – {label}" if label else text)
