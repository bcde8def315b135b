"""What is known of the open archive: where it lies, how much it holds, how it is cared for, what its disk can do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from kpss_desktop.archive.sharing.abilities import Abilities
from kpss_desktop.archive.sharing.caveats import Place
from kpss_desktop.i18n import _
from kpss_desktop.messages import caveat_advice, caveat_sentence, documents_text, size_text
from kpss_desktop.ui.dialogs.fields import quiet_label
from kpss_desktop.ui.overview import Overview
from kpss_desktop.ui.theme import UNIT, strong
from kpss_desktop.ui.times import day_text


class PlaceDialog(QDialog):
    """Says it; changes nothing."""

    def __init__(self, folder: Path, now: Overview, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About this archive"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(2 * UNIT)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        for name, value in facts(folder, now, place.abilities):
            label = QLabel(value)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, label)
        column.addLayout(form)
        if place.abilities is not None:
            for caveat in place.caveats:
                column.addLayout(
                    _told(caveat_sentence(caveat, place.abilities), caveat_advice(caveat, place.abilities))
                )
        column.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(70 * UNIT)


def facts(folder: Path, now: Overview, found: Abilities | None) -> list[tuple[str, str]]:
    """Names and values, in the order in which they are shown."""
    said = [
        (_("Folder:"), str(folder)),
        (_("Holds:"), f"{documents_text(now.counts.all)}, {size_text(now.counts.bytes)}"),
        (_("Verified:"), day_text(now.verified.at) if now.verified else _("not yet")),
        (_("Backed up:"), f"{day_text(now.backed_up.at)}, {now.backed_up.folder}" if now.backed_up else _("not yet")),
    ]
    if found is not None:
        where = _("on a network drive") if found.remote else _("on a disk of this computer")
        said.append((_("Lies:"), f"{where}, {found.system}" if found.system else where))
        said.append((_("The disk:"), ", ".join(_able(found))))
    return said


def _able(found: Abilities) -> list[str]:
    safe = found.rename and found.replace and found.never_overwrites
    return [
        _("moves files in one step") if safe else _("does not move files in one step"),
        _("takes long names") if found.long_names else _("takes no long names"),
        _("tells a from A") if found.keeps_case else _("does not tell a from A"),
    ]


def _told(sentence: str, advice: str) -> QVBoxLayout:
    said = QVBoxLayout()
    said.setSpacing(UNIT // 2)
    title = QLabel(sentence)
    title.setFont(strong(title.font()))
    title.setWordWrap(True)
    said.addWidget(title)
    said.addWidget(quiet_label(advice))
    return said
