"""Příchozí: which folder is looked at, and what happens with what lies there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QVBoxLayout, QWidget

from kpss_desktop.archive.intake.inbox import Inbox
from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.fields import AnswerButtons, PathField, quiet_label
from kpss_desktop.ui.theme import UNIT


class InboxDialog(QDialog):
    """After `accept`, `inbox` is what to save."""

    def __init__(self, inbox: Inbox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Incoming folder"))
        self._inbox = inbox
        self.watched = QCheckBox(_("&Look for new files in this folder"))
        self.watched.setChecked(inbox.folder is not None)
        self.folder = PathField(_("Incoming folder"), inbox.folder or Path.home())
        self.itself = QCheckBox(_("&File by itself what raises no doubt"))
        self.itself.setChecked(inbox.files_itself)
        self.watched.toggled.connect(self._follow)
        form = QFormLayout()
        form.setVerticalSpacing(UNIT)
        form.addRow(self.watched)
        form.addRow(self.folder)
        form.addRow(self.itself)
        form.addRow(quiet_label(_("Files are copied into the archive; the folder stays as it is.")))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addLayout(form)
        column.addStretch()
        column.addWidget(AnswerButtons(_("Save"), self))
        self.setMinimumWidth(64 * UNIT)
        self._follow(is_watched=self.watched.isChecked())

    @property
    def inbox(self) -> Inbox:
        """The inbox as it is chosen here; another folder begins anew."""
        folder = self.folder.path if self.watched.isChecked() else None
        settled = self._inbox.settled if folder == self._inbox.folder else {}
        return replace(self._inbox, folder=folder, files_itself=self.itself.isChecked(), settled=settled)

    def _follow(self, is_watched: bool) -> None:  # a Qt signal gives it
        self.folder.setEnabled(is_watched)
        self.itself.setEnabled(is_watched)
