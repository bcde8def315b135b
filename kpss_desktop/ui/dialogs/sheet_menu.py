"""The menu of rows of the review sheet: what they become, how they differ, how the names of their ZIP are read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from kpss_desktop.archive.intake.planning import FileAs, IntakeItem
from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.sheet_keys import ZipKeys, is_locked
from kpss_desktop.ui.dialogs.sheet_rows import can_be_taken, has_choice

ENCODING_NAMES = {"utf-8": "UTF-8", "cp852": "CP852 (DOS)", "cp1250": "CP1250 (Windows)", "cp437": "CP437"}


def row_menu(
    parent: QWidget,
    items: list[IntakeItem],
    *,
    file_as: Callable[[FileAs], None],
    take: Callable[..., None],
    compare: Callable[[IntakeItem], None],
    keys: ZipKeys,
) -> QMenu:
    """The menu for these rows; `take` is told by `taken` whether they are to be taken in."""
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
    able = [item for item in items if can_be_taken(item)]
    if not all(item.take for item in able):
        menu.addAction(_("&Take in"), partial(take, taken=True))
    if any(item.take for item in able):
        menu.addAction(_("&Leave out"), partial(take, taken=False))
    if any(is_locked(item) for item in items):
        menu.addAction(_("Enter the &password…"), keys.ask_password)
    packed = {zip_source(item) for item in items} - {""}
    if len(packed) == 1:
        _add_encodings(menu, packed.pop(), keys)
    return menu


def _add_encodings(menu: QMenu, source: str, keys: ZipKeys) -> None:
    now = keys.encodings.get(source, "")
    names = menu.addMenu(_("&Names in the ZIP are written in"))
    for encoding, name in {"": _("Chosen by the program"), **ENCODING_NAMES}.items():
        action = names.addAction(name, partial(keys.read_names, source, encoding))
        action.setCheckable(True)
        action.setChecked(encoding == now)


def zip_source(item: IntakeItem) -> str:
    """The source of the innermost ZIP a row lies in, "" when it lies in none."""
    return item.source.rpartition("!")[0] if item.origin.members else ""


def open_at(menu: QMenu, at: QPoint) -> None:
    """Show a menu that has something to offer."""
    if menu.isEmpty():
        menu.deleteLater()
    else:
        menu.popup(at)
