"""Language and look."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QVBoxLayout, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.settings import Settings
from kpss_desktop.ui.dialogs.fields import AnswerButtons, quiet_label
from kpss_desktop.ui.theme import UNIT


class SettingsDialog(QDialog):
    """After `accept`, `settings` is what to save."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self._settings = settings
        self.language, self.theme = QComboBox(), QComboBox()
        # A language is named in itself, so that whoever reads it finds it.
        for name, language in ((_("Same as the system"), None), ("Čeština", "cs"), ("English", "en")):
            self.language.addItem(name, language)
        for name, theme in ((_("Same as the system"), "system"), (_("Light"), "light"), (_("Dark"), "dark")):
            self.theme.addItem(name, theme)
        self.language.setCurrentIndex(max(self.language.findData(settings.language), 0))
        self.theme.setCurrentIndex(max(self.theme.findData(settings.theme), 0))
        form = QFormLayout()
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("&Language"), self.language)
        form.addRow("", quiet_label(_("The language changes when the program is started again.")))
        form.addRow(_("&Appearance"), self.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addLayout(form)
        column.addStretch()
        column.addWidget(AnswerButtons(_("Save"), self))
        self.setMinimumWidth(56 * UNIT)

    @property
    def settings(self) -> Settings:
        """The settings with what was chosen."""
        return replace(self._settings, language=self.language.currentData(), theme=self.theme.currentData())
