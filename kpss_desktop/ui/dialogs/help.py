"""A page of help: the first day, the search, the keys."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT


class HelpDialog(QDialog):
    """Stays open beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Help"))
        self.page.setOpenLinks(False)
        self.page.setHtml(page())
        self.page.document().setDocumentMargin(2 * UNIT)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self.page, 1)
        column.addWidget(buttons)
        open_within_screen(self, QSize(84 * UNIT, 76 * UNIT))
        self.page.setFocus()


def page() -> str:
    """The whole page as HTML of ours."""
    return "".join(
        (
            _heading(_("In short")), _list(_steps()),
            _heading(_("Searching")), _table(_searches()),
            _heading(_("Keys")), _table(_keys()),
            _heading(_("Nothing gets lost")), _list(_trust()),
        )
    )  # fmt: skip


def _steps() -> tuple[str, ...]:
    return (
        _("Drop files, folders or ZIPs onto the window. You see what was recognised before anything is written."),
        _("Choose a group or a year on the left and a document in the middle; on the right it is shown and described."),
        _("Change title, kind, date, groups, tags and note on the right, also for many selected documents at once."),
        _("Export a year packs a group's year into a ZIP for the town's page, in order of time."),
    )


def _searches() -> tuple[tuple[str, str], ...]:
    return (
        ("pecovatelska sluzba", _("all words, in any form, with accents or without")),
        ('"odlehčovací služba"', _("words side by side")), ("odlehč*", _("words that begin so")),
        ("-dotace", _("without this word")), (_("dluhy OR exekuce"), _("one or the other")),
        ("skupina:Péče", _("only documents of this group")),
        ("rok:2019  rok:2018..2020", _("only this year, or these years")),
        ("datum:2019-03", _("only this month or day")), ("druh:zápis", _("only this kind")),
        ("štítek:rada", _("only with this tag")), ("07/08/7/1", _("a reference number, as it is written")),
    )  # fmt: skip


def _keys() -> tuple[tuple[str, str], ...]:
    return (
        ("Ctrl+F", _("search; the down arrow goes to what was found")), ("F3, Shift+F3", _("next and previous hit")),
        ("F6, Shift+F6", _("next and previous pane")), (_("Enter"), _("open a copy in its program")),
        (_("Space"), _("go to the preview")), ("F2", _("rename the file")), ("Ctrl+T", _("add a tag")),
        (_("Del"), _("into the trash, or out of it")), ("Ctrl+Z, Ctrl+Y", _("undo and redo, also after a restart")),
        ("Ctrl+I, Ctrl+Shift+I", _("add documents, add a folder")), ("Ctrl+E", _("export a year")),
        ("Ctrl+B", _("pack the selected documents")), ("F5", _("show what is there now")),
        (_("Esc"), _("empty the search, leave a field as it was")),
    )  # fmt: skip


def _trust() -> tuple[str, ...]:
    return (
        _("Your originals stay where they are; the archive holds copies in ordinary folders by group and year."),
        _("Tools, Verify the archive, looks whether every file is as it was filed, and offers repairs."),
        _("Tools, Back up, copies the archive to another disk; from there it can be restored to any of its days."),
    )


def _heading(words: str) -> str:
    return f"<h3>{escape(words)}</h3>"


def _list(lines: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _table(rows: tuple[tuple[str, str], ...]) -> str:
    cells = (f"<tr><td><b>{escape(left)}</b></td><td>{escape(right)}</td></tr>" for left, right in rows)
    return '<table cellpadding="3">' + "".join(cells) + "</table>"
