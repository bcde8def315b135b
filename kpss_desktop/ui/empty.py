"""Empty places say why they are empty and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.i18n import _
from kpss_desktop.ui import icons, theme
from kpss_desktop.ui.listing import Listing
from kpss_desktop.ui.theme import UNIT

_SIDE = 48


class EmptyPlace(QWidget):
    """An icon, a sentence, a hint and at most one button."""

    add_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._icon = QLabel()
        self._name = "document"
        self.words = QLabel()
        self.words.setFont(theme.strong(self.words.font()))
        self.hint = QLabel()
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        self._clears = False
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * UNIT, 4 * UNIT, 4 * UNIT, 4 * UNIT)
        column.setSpacing(UNIT)
        column.addStretch(2)
        for label in (self._icon, self.words, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is not self._icon)
            column.addWidget(label)
        column.addSpacing(UNIT)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def explain(self, listing: Listing, *, writable: bool) -> None:
        """Say why nothing is in this listing."""
        self._clears = listing.is_search
        self._name, words, hint = _reason(listing)
        self.words.setText(words)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.button.setText(_("Clear the search") if self._clears else _("Add documents…"))
        adds = writable and not (listing.shelf.trashed or listing.shelf.to_file or listing.shelf.tag)
        self.button.setVisible(self._clears or adds)
        self._icon.setPixmap(icons.pixmap(self._name, _SIDE, theme.quiet(), self.devicePixelRatioF()))

    def _press(self) -> None:
        (self.clear_wanted if self._clears else self.add_wanted).emit()


def _reason(listing: Listing) -> tuple[str, str, str]:
    shelf = listing.shelf
    if listing.is_search:
        hint = _("Try fewer words or another place in the navigator.")
        if shelf == Shelf():
            hint = _("Try fewer words; accents and endings do not matter.")
        return "search", _("Nothing was found"), hint
    if shelf.trashed:
        return "trash", _("The trash is empty"), ""
    if shelf.to_file:
        return "check", _("Everything is filed"), _("Documents without a group or a date would wait here.")
    if shelf.group is not None or shelf.year is not None:
        return "document", _("No documents here yet"), _("Drop files here; the group is set for them.")
    return "drop", _("The archive is empty"), _("Drop files, folders or ZIPs anywhere in this window.")
