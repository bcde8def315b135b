"""Documents outside the window: opened in their program, shown in their folder, copied."""

from __future__ import annotations

import shutil
import stat
import sys
import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.i18n import _
from kpss_desktop.messages import describe
from kpss_desktop.model import StoredFile
from kpss_desktop.ui.desk import Desk

# Kinds of files that programs show. Anything else could be a program itself and is only shown in its folder.
OPENABLE = frozenset(
    (
        *(".doc", ".docx", ".odt", ".rtf", ".txt", ".md", ".pdf", ".eml", ".msg"),
        *(".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".pps", ".ppsx", ".odp", ".odg", ".zip"),
        *(".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"),
    )
)


def open_original(desk: Desk) -> None:
    """Open a read-only copy of the selected document in its program."""
    if len(desk.selection) == 1:
        open_file(desk, desk.selection[0].file)


def open_file(desk: Desk, file: StoredFile) -> None:
    """Open a read-only copy of a file, when its kind is one that programs show."""
    if Path(file.path).suffix.casefold() not in OPENABLE:
        desk.say(_("Files of this kind are not opened from here. Show it in its folder instead."))
        return
    desk.jobs.query(
        lambda archive, _progress: copy_out(archive, file),
        lambda path: _open(desk, path),
        lambda error: desk.say(describe(error)),
        key="original",
    )


def copy_out(archive: Archive, file: StoredFile) -> Path:
    """A read-only copy under the file's own name, so that the original cannot be changed by mistake."""
    folder = Path(tempfile.mkdtemp(dir=_copies().name))
    path = folder / Path(file.path).name
    shutil.copyfile(looking.file_path(archive, file), path)
    path.chmod(stat.S_IREAD)
    return path


def show_in_folder(desk: Desk) -> None:
    """Show the selected document in the file manager."""
    if desk.selection:
        reveal(desk.archive.folder / desk.selection[0].file.path)


def reveal(path: Path) -> None:
    """Show a file in the system's file manager, chosen where that can be asked for."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", str(path)])
        return
    if sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
        return
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _show_folder(path)
        return
    ask = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1", "ShowItems"
    )
    ask.setArguments([[QUrl.fromLocalFile(str(path)).toString()], ""])
    waiting = QDBusPendingCallWatcher(bus.asyncCall(ask), QCoreApplication.instance())

    def follow() -> None:
        if waiting.isError():
            _show_folder(path)
        waiting.deleteLater()

    # A file manager that has to be started first may take long to answer.
    waiting.finished.connect(follow)


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def copy(desk: Desk) -> None:
    """Put the selected documents on the clipboard as files."""
    desk.place.table.copy()


def _open(desk: Desk, path: Path) -> None:
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        desk.say(_("A read-only copy was opened: {name}").format(name=path.name))
    else:
        desk.say(_("No program for this kind of file was found: {name}").format(name=path.name))


@cache
def _copies() -> tempfile.TemporaryDirectory[str]:
    """The folder of all copies of this run; it goes with the program."""
    return tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True)
