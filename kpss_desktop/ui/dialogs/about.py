"""What this program is."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kpss_desktop import __version__
from kpss_desktop.archive.places import APP_NAME
from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.fields import quiet_label
from kpss_desktop.ui.icons import program_icon
from kpss_desktop.ui.theme import UNIT, strong

_ICON = 8 * UNIT


class AboutDialog(QDialog):
    """Name, version, purpose, licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About {program}").format(program=APP_NAME))
        sign = QLabel()
        sign.setPixmap(program_icon().pixmap(_ICON))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        name = QLabel(f"{APP_NAME} {__version__}")
        name.setFont(strong(self.font()))
        purpose = QLabel(_("Keeps, finds and publishes the minutes of community planning of social services."))
        purpose.setWordWrap(True)
        offline = quiet_label(_("Works wholly on this computer and sends nothing anywhere."))
        versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}"
        facts = quiet_label(_("Free software under the MIT licence.") + "\n" + versions)
        facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        words = QVBoxLayout()
        words.setSpacing(UNIT)
        for label in (name, purpose, offline, facts):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(2 * UNIT)
        row.addWidget(sign)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addLayout(row)
        column.addStretch()
        column.addWidget(buttons)
        self.setMinimumWidth(56 * UNIT)
