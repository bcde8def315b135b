"""What concerns the archive as a whole and the program: opening, groups, looks, about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

from kpss_desktop import settings
from kpss_desktop.archive import editing
from kpss_desktop.archive.archive import Archive, create_archive, open_archive
from kpss_desktop.archive.places import data_dir
from kpss_desktop.archive.sample import make_sample
from kpss_desktop.i18n import _
from kpss_desktop.model import Group
from kpss_desktop.progress import Progress, silent
from kpss_desktop.resources import resource
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.dialogs.about import AboutDialog
from kpss_desktop.ui.dialogs.group import GroupDialog
from kpss_desktop.ui.dialogs.help import HelpDialog
from kpss_desktop.ui.dialogs.new_archive import NewArchiveDialog
from kpss_desktop.ui.dialogs.settings import SettingsDialog


def open_other(desk: Desk) -> None:
    """Choose the folder of an archive."""
    name = QFileDialog.getExistingDirectory(desk.window, _("Open an archive"))
    if name:
        desk.entry.go(Path(name))


def new_archive(desk: Desk, then: Callable[[], None] | None = None) -> None:
    """Ask for the folder and the groups of a new archive, make and open it, and go on."""
    dialog = NewArchiveDialog(documents_folder(), desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def make() -> None:
        choice = dialog.choice
        desk.entry.go(choice.folder, lambda: create_archive(choice.folder, choice.groups), then)

    dialog.accepted.connect(make)
    dialog.open()


def open_sample(desk: Desk) -> None:
    """Open the sample archive; it is made when it is not there."""
    folder = sample_folder()
    desk.entry.go(folder, lambda: _sample(folder))


def sample_folder() -> Path:
    """Where the sample archive of this computer lies."""
    return data_dir() / "sample" / _("Sample archive")


def refresh(desk: Desk) -> None:
    """Show what is there now."""
    desk.place.table.rows.refresh()
    desk.place.refresh()
    desk.place.feed.again()


def add_group(desk: Desk) -> None:
    """Ask for a new group."""
    edit_group(desk, Group("", "", colour=len(_groups(desk))))


def edit_group(desk: Desk, group: Group) -> None:
    """Change the name, kind, aliases and colour of a group; one without an id is new."""
    others = [other for other in _groups(desk) if other.id != group.id]
    dialog = GroupDialog(group, others, desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: _save_group(desk, dialog.group))
    dialog.open()


def choose_settings(desk: Desk) -> None:
    """Language and theme."""
    dialog = SettingsDialog(settings.load(), desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def save() -> None:
        before = settings.load()
        settings.save(dialog.settings)
        desk.restyle(dialog.settings.theme)
        if dialog.settings.language != before.language:
            desk.say(_("The language changes when the program is started again."))

    dialog.accepted.connect(save)
    dialog.open()


def show_help(desk: Desk) -> None:
    """A page that may stay open beside the work."""
    dialog = HelpDialog(desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()


def about(desk: Desk) -> None:
    """Name, version, licence."""
    dialog = AboutDialog(desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def leave(desk: Desk) -> None:
    """Close the window."""
    desk.window.close()


def documents_folder() -> Path:
    """Where a clerk keeps documents."""
    location = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(location) if location and Path(location).is_dir() else Path.home()


def _groups(desk: Desk) -> tuple[Group, ...]:
    overview = desk.place.overview
    return tuple(overview.groups.values()) if overview else ()


def _save_group(desk: Desk, group: Group) -> None:
    def save(archive: Archive, progress: Progress) -> None:  # noqa: ARG001  # a Task takes both
        if group.id:
            editing.change_group(archive, group)
        else:
            editing.add_group(archive, group.name, group.kind, group.aliases, group.colour)

    desk.jobs.change(save, label=_("Saving"))


def _sample(folder: Path) -> Archive:
    if not (folder / ".kpss").is_dir():
        make_sample(folder, resource("sample"), silent)
    return open_archive(folder)
