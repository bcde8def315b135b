"""What only the clerk knows of the ZIPs in a drop: their passwords, and how their names are written."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from kpss_desktop.archive.intake.planning import IntakeItem
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.sheet_notice import SheetNotice


class ZipKeys(QObject):
    """Asks for passwords, and remembers what it was told as long as the sheet is there."""

    told = Signal()
    """Something new is known: the drop is to be planned anew."""

    def __init__(self, notice: SheetNotice, sheet: QWidget) -> None:
        super().__init__(sheet)
        self.passwords: tuple[str, ...] = ()
        self.encodings: dict[str, str] = {}
        self._notice, self._sheet = notice, sheet

    def look(self, items: Iterable[IntakeItem]) -> None:
        """Offer to take a password when something is locked."""
        if any(is_locked(item) for item in items):
            question = (
                _("Some files are protected by a password.")
                if not self.passwords
                else _("Some files are protected by another password.")
            )
            self._notice.ask(question, _("Enter the password…"), self.ask_password)

    def ask_password(self) -> None:
        """Let the clerk type a password."""
        dialog = QInputDialog(self._sheet)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Password of the ZIP"))
        dialog.setLabelText(_("Password:"))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        dialog.textValueSelected.connect(self._take_password)
        dialog.open()

    def read_names(self, source: str, encoding: str) -> None:
        """Read the names in the ZIP of a source in this encoding; "" leaves it to the program."""
        self.encodings[source] = encoding
        self.told.emit()

    def _take_password(self, password: str) -> None:
        if password:
            self.passwords = (*self.passwords, password)
            self.told.emit()


def is_locked(item: IntakeItem) -> bool:
    """Whether a password would open the row, or the ZIP it is."""
    return item.refusal is Refusal.PASSWORD
