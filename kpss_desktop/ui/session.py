"""What the window remembers of its shape and its last place, in an INI file of this computer."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QWidget

from kpss_desktop.archive.places import data_dir
from kpss_desktop.ui import headings
from kpss_desktop.ui.workplace import Workplace

WIDE = 1600
"""From this width on, in device-independent pixels, a window that is opened for the first time shows more."""
_SHAPE = 2  # grows when columns or panes change, so that an old shape is not forced on them


def keep_window(window: QMainWindow) -> None:
    """Remember where the window is and how large."""
    _file().setValue("window/geometry", window.saveGeometry())


def restore_window(window: QMainWindow) -> bool:
    """Put the window where it was; False when it is opened for the first time."""
    shape = _file().value("window/geometry")
    return isinstance(shape, QByteArray) and window.restoreGeometry(shape)


def keep_place(place: Workplace) -> None:
    """Remember panes, columns and what was looked at."""
    file = _file()
    file.setValue("panes/shape", _SHAPE)
    file.setValue("panes/columns", place.columns.saveState())
    file.setValue("panes/right", place.right.saveState())
    file.setValue("panes/header", place.table.horizontalHeader().saveState())
    file.setValue("panes/tags_unwanted", bool(place.table.horizontalHeader().property(headings.TAGS_UNWANTED)))
    file.beginGroup(f"archive-{place.archive.id}")
    file.setValue("place", place.navigator.place.key if place.navigator.place else "all")
    file.setValue("opened", place.navigator.opened_keys())
    file.endGroup()


def restore_panes(place: Workplace) -> bool:
    """Shape the panes and columns as they were; False when there is nothing to go by."""
    file = _file()
    if str(file.value("panes/shape")) != str(_SHAPE):
        return False
    for name, restore in (
        ("columns", place.columns.restoreState),
        ("right", place.right.restoreState),
        ("header", place.table.horizontalHeader().restoreState),
    ):
        state = file.value(f"panes/{name}")
        if isinstance(state, QByteArray):
            restore(state)
    unwanted = _is_true(file.value("panes/tags_unwanted"))
    place.table.horizontalHeader().setProperty(headings.TAGS_UNWANTED, unwanted)
    return True


def restore_place(place: Workplace) -> None:
    """Choose what was looked at last in this archive; needs the navigator to be filled."""
    file = _file()
    file.beginGroup(f"archive-{place.archive.id}")
    opened, chosen = file.value("opened"), file.value("place")
    if isinstance(opened, list):
        place.navigator.open_keys([str(key) for key in opened])
    if isinstance(chosen, str):
        place.navigator.choose(chosen)


def keep_review_preview(is_open: bool) -> None:  # a Qt signal gives it
    """Remember whether files are seen beside the rows of a review."""
    _file().setValue("review/preview", is_open)


def wants_review_preview(window: QWidget) -> bool:
    """Whether they are to be seen: as the clerk left it, at first where there is room for both."""
    kept = _file().value("review/preview")
    return window.width() >= WIDE if kept is None else _is_true(kept)


def _is_true(kept: object) -> bool:
    """What was kept: a bool in this run, a word of the file in later ones."""
    return str(kept).casefold() == "true"


def _file() -> QSettings:
    return QSettings(str(data_dir() / "window.ini"), QSettings.Format.IniFormat)
