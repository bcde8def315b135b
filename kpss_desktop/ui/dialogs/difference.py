"""Two texts beside each other: what was taken out, what came."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from kpss_desktop.archive.intake.differences import DiffLine
from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.fields import quiet_label
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT

# Told by a sign and a line through it as well, not by colour alone.
_STYLES = {"-": "text-decoration: line-through", "+": "font-weight: 600", " ": "", "…": ""}


class DifferenceDialog(QDialog):
    """Shows how a new text differs from the one it resembles."""

    def __init__(self, old: str, new: str, lines: Iterable[DiffLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Differences"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Differences"))
        shown = [f'<p style="margin: 2px 0; {_STYLES[one.mark]}">{one.mark} {escape(one.text)}</p>' for one in lines]
        self.page.setHtml("".join(shown) or escape(_("The texts are the same.")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(quiet_label(_("− {old}\n+ {new}").format(old=old, new=new)))
        column.addWidget(self.page, 1)
        column.addWidget(buttons)
        open_within_screen(self, QSize(100 * UNIT, 70 * UNIT))
