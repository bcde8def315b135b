"""The chosen file beside the rows of the review sheet."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from kpss_desktop.archive.intake.planning import IntakeItem
from kpss_desktop.i18n import _
from kpss_desktop.ui.chips import Chip
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.preview import ItemFeed, PreviewPane
from kpss_desktop.ui.theme import UNIT

_KEYS = "F4"


class SheetPreview(QObject):
    """A pane, hidden until the chip is pressed, and what fills it."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.pane = PreviewPane(can_open=False)
        self.pane.setMinimumWidth(40 * UNIT)
        self.pane.hide()
        self.chip = Chip(_("Preview"))
        self.chip.setCheckable(True)
        self.chip.setToolTip(_("Show the chosen file beside the rows ({keys})").format(keys=_KEYS))
        self.chip.toggled.connect(self._toggle)
        shortcut = QShortcut(QKeySequence(_KEYS), self.chip)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self.chip.click)
        self._feed = ItemFeed(self.pane, jobs)
        self._item: IntakeItem | None = None
        self._selected = 0

    def select(self, item: IntakeItem | None, selected: int) -> None:
        """Show this file when the pane is open; None when none or several are selected."""
        is_same = item is not None and self._item is not None and item.origin == self._item.origin
        self._item, self._selected = item, selected
        if self.chip.isChecked() and not is_same:
            self._feed.select(item, selected)

    def close(self) -> None:
        """Forget what was unpacked."""
        self._feed.close()

    def _toggle(self, is_open: bool) -> None:
        self.pane.setVisible(is_open)
        self._feed.select(self._item if is_open else None, self._selected)
