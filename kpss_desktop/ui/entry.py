"""Coming into an archive and leaving it: opening, read-only when another writes, and waiting for what is under way."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from kpss_desktop import settings
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.errors import ArchiveInUse, NotAnArchive, ReadOnlyArchive
from kpss_desktop.i18n import _
from kpss_desktop.messages import describe
from kpss_desktop.ui.door import Door
from kpss_desktop.ui.workplace import Workplace


class Entry(QObject):
    """Owns the workplace of the archive that is open, and the way from one archive to another."""

    entered = Signal(object)
    """The Workplace of the archive that was opened."""
    left = Signal()
    """The workplace is about to go."""
    closing = Signal()
    """The archive is being closed, which may take as long as copying its catalogue to another computer."""
    opening = Signal(str)
    """The name of the archive that is being opened."""
    refused = Signal(str)
    """Why it could not be opened."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._folder: Path | None = None
        self._is_opening = False
        self._then: Callable[[], None] | None = None
        self._once_out: Callable[[], None] | None = None
        self._inside: Callable[[], None] | None = None
        self.read_only_because = ""
        self.workplace: Workplace | None = None
        self._leaving: Workplace | None = None  # its workers still end what they were stopped in
        self.door = Door(self)
        self.door.opened.connect(self._enter)
        self.door.failed.connect(self._refuse)
        self.door.closed.connect(self._tell_out)

    @property
    def is_leaving(self) -> bool:
        """Whether an archive is being closed."""
        return self._leaving is not None or self.door.is_closing

    def go(
        self, folder: Path, way: Callable[[], Archive] | None = None, then: Callable[[], None] | None = None
    ) -> None:
        """Leave what is open and open this folder, by `way` when it is to be made first; `then` goes on inside."""
        self.leave(lambda: self._open(folder, way or (lambda: open_archive(folder)), then))

    def take_over(self) -> None:
        """Open the same archive for writing, on the clerk's word that whoever wrote there is gone."""
        if self.workplace is not None:
            folder = self.workplace.archive.folder
            self.go(folder, lambda: open_archive(folder, take_over=True))

    def leave(self, then: Callable[[], None]) -> None:
        """Close the archive, after what is under way and with the clerk's word, and go on."""
        place = self.workplace
        if place is None or not place.jobs.busy:
            self._go_out(then)
        elif self._then is None:
            self._ask(place, then)

    def shut(self) -> None:
        """End with the program, and wait for that."""
        self._step_out()
        if self._leaving is not None:
            self._leaving.jobs.close()
            self._leaving.deleteLater()
            self._leaving = None
        self.door.shut()

    def _ask(self, place: Workplace, then: Callable[[], None]) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(_("Work is still under way."))
        box.setInformativeText(_("What has been filed so far stays filed, also when the work is stopped."))
        wait = box.addButton(_("&Wait for it"), QMessageBox.ButtonRole.AcceptRole)
        stop = box.addButton(_("&Stop it"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("&Back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(wait)
        self._then = then

        def answer() -> None:
            if box.clickedButton() not in (wait, stop):
                self._then = None
                return
            if box.clickedButton() is stop:
                place.jobs.cancel_all()
            if place.jobs.busy:
                place.jobs.idle.connect(self._go_on)
            else:
                self._go_on()

        box.finished.connect(answer)
        box.open()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            self._go_out(then)

    def _go_out(self, then: Callable[[], None]) -> None:
        """Close what is open and go on when it is closed; who asks for something else meanwhile gets that."""
        self._once_out = then
        if place := self._step_out():
            self.closing.emit()
            place.jobs.leave(self._close_door)
        elif not self.is_leaving:
            self._tell_out()

    def _step_out(self) -> Workplace | None:
        """Leave the workplace, whose workers are still to be stopped; None when there is none."""
        if self.workplace is None:
            return None
        self.left.emit()
        self._leaving, self.workplace = self.workplace, None
        return self._leaving

    def _close_door(self) -> None:
        if self._leaving is not None:
            self._leaving.deleteLater()
            self._leaving = None
            self.door.close()

    def _tell_out(self) -> None:
        then, self._once_out = self._once_out, None
        if then is not None:
            then()

    def _open(self, folder: Path, way: Callable[[], Archive], then: Callable[[], None] | None) -> None:
        if self._is_opening:
            return  # the menus stay at hand while the first one opens
        self._is_opening = True
        self._folder = folder
        self._inside = then
        self.read_only_because = ""
        self.opening.emit(folder.name)
        self.door.open(way)

    def _enter(self, archive: Archive) -> None:
        self._is_opening = False
        with contextlib.suppress(OSError):  # that it was opened last is worth remembering, and no more
            settings.save(settings.load().opened(archive.folder))
        self.workplace = Workplace(archive, self._window)
        self.workplace.inspector.allow(self.read_only_because)
        self.entered.emit(self.workplace)
        then, self._inside = self._inside, None
        if then is not None:
            then()

    def _refuse(self, error: Exception) -> None:
        folder = self._folder
        assert folder is not None
        if isinstance(error, ArchiveInUse | ReadOnlyArchive) and not self.read_only_because:
            self.read_only_because = describe(error)
            self.door.open(lambda: open_archive(folder, writable=False))
            return
        self._is_opening = False
        if isinstance(error, NotAnArchive | FileNotFoundError):
            with contextlib.suppress(OSError):
                settings.save(settings.load().forgotten(folder))
        self.refused.emit(describe(error))
