"""Two texts beside each other: what was taken out, what came."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from kpss_desktop.archive.intake.differences import DiffLine
from kpss_desktop.i18n import _
from kpss_desktop.ui import theme
from kpss_desktop.ui.dialogs.fields import quiet_label
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT

# Told by a sign and a line through or below it as well, not by colour alone.
_STYLES = {"-": "text-decoration: line-through", "+": "text-decoration: underline"}
_SIGNS = {"-": "−", "+": "+", " ": "&nbsp;&nbsp;", "…": "…"}


class DifferenceDialog(QDialog):
    """Shows how a new text differs from the one it resembles."""

    def __init__(self, old: str, new: str, lines: Iterable[DiffLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Differences"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Differences"))
        self.page.setHtml("".join(map(_paragraph, lines)) or escape(_("The texts are the same.")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(quiet_label(_("− {old}\n+ {new}").format(old=old, new=new)))
        column.addWidget(self.page, 1)
        column.addWidget(buttons)
        open_within_screen(self, QSize(100 * UNIT, 70 * UNIT))


def _paragraph(line: DiffLine) -> str:
    """One line, its sign standing out to the left of what is wrapped."""
    style = f"margin: 3px 0 3px {2 * UNIT}px; text-indent: -{2 * UNIT}px"
    return f'<p style="{style}">{_SIGNS[line.mark]} {_words(line)}</p>'


def _words(line: DiffLine) -> str:
    """The text with what differs in it lit, or all of it where the whole line is gone or new."""
    if line.mark not in _STYLES:
        return escape(line.text)
    lit = f"{_STYLES[line.mark]}; background: {theme.mark().name()}; color: {theme.mark_text().name()}"
    made, end = "", 0
    for first, last in line.changed or ((0, len(line.text)),):
        made += f'{escape(line.text[end:first])}<span style="{lit}">{escape(line.text[first:last])}</span>'
        end = last
    return made + escape(line.text[end:])
