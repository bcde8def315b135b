"""The menu of rows of the review sheet: what they become, how they differ, how the names of their ZIP are read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from kpss_desktop.archive.intake.planning import FileAs, IntakeItem
from kpss_desktop.archive.intake.zips import ENCODINGS
from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.sheet_rows import can_be_taken, has_choice

ENCODING_NAMES = {"utf-8": "UTF-8", "cp852": "CP852 (DOS)", "cp1250": "CP1250 (Windows)", "cp437": "CP437"}


def row_menu(
    parent: QWidget,
    items: list[IntakeItem],
    *,
    file_as: Callable[[FileAs], None],
    leave_out: Callable[[], None],
    compare: Callable[[IntakeItem], None],
    read_names: Callable[[str, str], None],
) -> QMenu:
    """The menu for these rows; `read_names` is told the source of a ZIP and an encoding, "" when nobody chose one."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if any(has_choice(item) for item in items):
        for text, choice in (
            (_("A document of its &own"), FileAs.OWN),
            (_("A &further file of the same document"), FileAs.RENDITION),
            (_("A newer &version of the same document"), FileAs.VERSION),
        ):
            menu.addAction(text, partial(file_as, choice))
        if len(items) == 1:
            menu.addAction(_("Show the &differences…"), lambda: compare(items[0]))
        menu.addSeparator()
    if any(can_be_taken(item) and item.take for item in items):
        menu.addAction(_("&Leave out"), leave_out)
    packed = {zip_source(item) for item in items} - {""}
    if len(packed) == 1:
        _add_encodings(menu, packed.pop(), read_names)
    return menu


def _add_encodings(menu: QMenu, source: str, read_names: Callable[[str, str], None]) -> None:
    names = menu.addMenu(_("&Names in the ZIP are written in"))
    names.addAction(_("Chosen by the program"), lambda: read_names(source, ""))
    for encoding in ENCODINGS:
        names.addAction(ENCODING_NAMES[encoding], partial(read_names, source, encoding))


def zip_source(item: IntakeItem) -> str:
    """The source of the innermost ZIP a row lies in, "" when it lies in none."""
    return item.source.rpartition("!")[0] if item.origin.members else ""


def open_at(menu: QMenu, at: QPoint) -> None:
    """Show a menu that has something to offer."""
    if menu.isEmpty():
        menu.deleteLater()
    else:
        menu.popup(at)
