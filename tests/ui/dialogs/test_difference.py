"""The comparison of two texts as it is read."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.intake.differences import text_diff
from kpss_desktop.ui.dialogs.difference import DifferenceDialog

OLD = "Zápis\nPříští jednání proběhne dne 3. března v 9 hodin.\nKonec"
NEW = "Zápis\nPříští jednání proběhne dne <13.> března v 9 hodin.\nKonec"


def marked(dialog: DifferenceDialog, *, struck: bool) -> str:
    """The letters that are struck out, or those that are underlined."""
    cursor, found = QTextCursor(dialog.page.document()), ""
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        form = cursor.charFormat()
        found += cursor.selectedText() if (form.fontStrikeOut() if struck else form.fontUnderline()) else ""
        cursor.clearSelection()
    return found


def test_only_the_words_that_differ_are_lit_and_signs_say_which_side_they_are_of(qtbot: QtBot) -> None:
    dialog = DifferenceDialog("starý.doc", "nový.doc", text_diff(OLD, NEW))
    qtbot.addWidget(dialog)
    assert dialog.page.toPlainText().splitlines() == [
        "   Zápis",
        "− Příští jednání proběhne dne 3. března v 9 hodin.",
        "+ Příští jednání proběhne dne <13.> března v 9 hodin.",
        "   Konec",
    ]
    assert marked(dialog, struck=True) == "3."
    assert marked(dialog, struck=False) == "<13.>"


def test_a_line_that_is_gone_is_struck_out_whole(qtbot: QtBot) -> None:
    dialog = DifferenceDialog("starý.doc", "nový.doc", text_diff("Zápis\nRůzné\nKonec", "Zápis\nKonec"))
    qtbot.addWidget(dialog)
    assert marked(dialog, struck=True) == "Různé"


def test_texts_that_are_the_same_are_said_to_be(qtbot: QtBot) -> None:
    dialog = DifferenceDialog("starý.doc", "nový.doc", text_diff(OLD, OLD))
    qtbot.addWidget(dialog)
    assert dialog.page.toPlainText() == "Texty jsou stejné."
