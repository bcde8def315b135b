"""A new archive: where it lies, and its groups."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.i18n import _
from kpss_desktop.model import GroupKind
from kpss_desktop.safe_names import safe_name
from kpss_desktop.ui.dialogs.fields import AnswerButtons, PathField, quiet_label
from kpss_desktop.ui.dialogs.group import fill_group_kinds
from kpss_desktop.ui.theme import UNIT, strong

_EMPTY_ROWS = 2


@dataclass(frozen=True, slots=True)
class NewArchive:
    """What the clerk chose: the folder that becomes the archive, and its groups."""

    folder: Path
    groups: tuple[tuple[str, GroupKind], ...]


class NewArchiveDialog(QDialog):
    """Makes nothing itself; after `accept`, `choice` says what to make."""

    def __init__(self, location: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New archive"))
        self.name = QLineEdit(_("KPSS archive"))
        self.location = PathField(_("Location"), location)
        self.rows: list[tuple[QLineEdit, QComboBox]] = []
        self._grid = QGridLayout()
        self._where = quiet_label()
        self._buttons = AnswerButtons(_("Create archive"), self)
        self._lay_out()
        self._add_row(_("Steering group"), GroupKind.STEERING)
        for _number in range(_EMPTY_ROWS):
            self._add_row("", GroupKind.WORKING)
        self.name.textChanged.connect(self._update)
        self.location.changed.connect(self._update)
        self._update()
        self.name.selectAll()

    @property
    def choice(self) -> NewArchive:
        """What to make; groups without a name are left out, the same name counts once."""
        groups: dict[str, tuple[str, GroupKind]] = {}
        for line, kind in self.rows:
            name = " ".join(line.text().split())
            if name:
                groups.setdefault(name.casefold(), (name, GroupKind(kind.currentData())))
        return NewArchive(self._folder() or Path(), tuple(groups.values()))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("&Name"), self.name)
        form.addRow(_("&Location"), self.location)
        form.addRow("", self._where)
        heading = QLabel(_("Groups"))
        heading.setFont(strong(self.font()))
        self._grid.setSpacing(UNIT)
        self._grid.setColumnStretch(0, 1)
        more = QPushButton(_("Add a group"))
        more.setAutoDefault(False)
        more.clicked.connect(self._add_empty_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addLayout(form)
        column.addSpacing(UNIT)
        column.addWidget(heading)
        column.addWidget(quiet_label(_("Groups can be added and renamed later. Short names are best: “Péče”.")))
        column.addLayout(self._grid)
        column.addWidget(more, 0)
        column.addStretch()
        column.addSpacing(UNIT)
        column.addWidget(self._buttons)
        self.setMinimumWidth(64 * UNIT)

    def _add_row(self, name: str, kind: GroupKind) -> QLineEdit:
        number = len(self.rows)
        line, box = QLineEdit(name), QComboBox()
        line.setPlaceholderText(_("Name of a group, e.g. Péče"))
        line.setAccessibleName(_("Name of group {n}").format(n=number + 1))
        box.setAccessibleName(_("Kind of group {n}").format(n=number + 1))
        fill_group_kinds(box)
        box.setCurrentIndex(box.findData(kind.value))
        self._grid.addWidget(line, number, 0)
        self._grid.addWidget(box, number, 1)
        self.rows.append((line, box))
        return line

    def _add_empty_row(self) -> None:
        self._add_row("", GroupKind.WORKING).setFocus()

    def _folder(self) -> Path | None:
        name, location = self.name.text().strip(), self.location.path
        return location / safe_name(name) if name and location is not None else None

    def _update(self) -> None:
        folder = self._folder()
        self._buttons.main.setEnabled(folder is not None)
        if folder is None:
            self._where.setText(_("Write a name and choose where the archive shall lie."))
        elif folder.is_dir():
            self._where.setText(
                _("The folder {folder} exists; its files stay and are not taken in.").format(folder=folder)
            )
        else:
            self._where.setText(_("The folder {folder} will be made.").format(folder=folder))
