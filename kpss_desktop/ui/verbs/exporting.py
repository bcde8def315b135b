"""Packing: a group's year, and a bundle of what is selected."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog

from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.dialogs.bundle import BundleDialog
from kpss_desktop.ui.dialogs.export_year import ExportYearDialog
from kpss_desktop.ui.verbs.originals import reveal


def export_year(desk: Desk) -> None:
    """Choose a group and a year; what the navigator has chosen comes first."""
    overview = desk.place.overview
    if overview is None:
        return
    groups = tuple(overview.groups.values())
    dialog = ExportYearDialog(desk.jobs, groups, overview.counts.by_group_year, _downloads(), desk.window)
    shelf = desk.place.navigator.shelf
    if shelf.group is not None:
        dialog.choose(shelf.group, shelf.year)
    dialog.reveal_requested.connect(reveal)
    _show(dialog)


def make_bundle(desk: Desk) -> None:
    """Pack the selected documents."""
    if desk.selection:
        dialog = BundleDialog(desk.jobs, desk.selection, _downloads(), desk.place.text, desk.window)
        dialog.reveal_requested.connect(reveal)
        _show(dialog)


def _downloads() -> Path:
    location = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return Path(location) if location and Path(location).is_dir() else Path.home()


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
