"""A group's year as a ZIP: which group, which year, which kinds, and where to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.exporting.packing import Exported
from kpss_desktop.archive.exporting.year_zip import export_year_zip, year_documents, year_zip_name
from kpss_desktop.i18n import _
from kpss_desktop.messages import documents_text, kind_name, size_text
from kpss_desktop.model import Document, Group, Kind
from kpss_desktop.progress import Progress
from kpss_desktop.ui.chips import FlowLayout, clear
from kpss_desktop.ui.dialogs.fields import DocumentsModel, DocumentsTable, PathField, ResultLine, quiet_label
from kpss_desktop.ui.dialogs.group_picker import dot_icon
from kpss_desktop.ui.dialogs.ticks import TickBox
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT, group_colour

_KEY = "export-year"
_LABELS = 8 * UNIT


class ExportYearDialog(QDialog):
    """Stays open after the export, so that the next year follows at once."""

    reveal_requested = Signal(object)
    """The Path of the ZIP that was made."""

    def __init__(
        self,
        jobs: Jobs,
        groups: Sequence[Group],
        years: Mapping[tuple[str, int], int],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        """`years` counts the documents by group id and year (Counts.by_group_year)."""
        super().__init__(parent)
        self.setWindowTitle(_("Export a year"))
        self._jobs, self._years = jobs, years
        self._groups = [group for group in groups if any(key[0] == group.id and n for key, n in years.items())]
        self._found: tuple[Document, ...] = ()
        self._rows = DocumentsModel()
        self.group = QComboBox()
        for one in self._groups:
            self.group.addItem(dot_icon(group_colour(one.colour), self.devicePixelRatioF()), one.name, one.id)
        self.year = QComboBox()
        self._kinds = QWidget()
        self._kinds_flow = FlowLayout(self._kinds, 2 * UNIT)
        self._boxes: dict[Kind, TickBox] = {}
        self.table = DocumentsTable(self._rows, _("What goes in"))
        self.folder = PathField(_("Folder"), folder)
        self._summary = quiet_label()
        self.outcome = ResultLine()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._export = QPushButton(_("Export"))
        self._buttons.addButton(self._export, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._export.setDefault(True)
        self._connect()
        self._list_years()

    def choose(self, group_id: str, year: int | None = None) -> None:
        """Start with this group and year, when there are any."""
        place = self.group.findData(group_id)
        if place >= 0:
            self.group.setCurrentIndex(place)
            self._list_years()
        if year is not None and self.year.findData(year) >= 0:
            self.year.setCurrentIndex(self.year.findData(year))
            self._list_documents()

    @property
    def kinds(self) -> frozenset[Kind]:
        """The ticked kinds."""
        return frozenset(kind for kind, box in self._boxes.items() if box.isChecked())

    @property
    def documents(self) -> tuple[Document, ...]:
        """What would go in."""
        return self._rows.documents

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("&Group"), self.group)
        form.addRow(_("&Year"), self.year)
        form.addRow(_("Kinds"), self._kinds)
        for field in (self.group, self.year, self._kinds):
            form.labelForField(field).setFixedWidth(_LABELS)
        target = QFormLayout()
        target.setHorizontalSpacing(2 * UNIT)
        target.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        target.addRow(_("&Folder"), self.folder)
        target.labelForField(self.folder).setFixedWidth(_LABELS)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addLayout(form)
        column.addWidget(self.table, 1)
        column.addWidget(self._summary)
        column.addLayout(target)
        column.addWidget(self.outcome)
        column.addWidget(self._buttons)
        open_within_screen(self, QSize(80 * UNIT, 72 * UNIT))

    def _connect(self) -> None:
        self.group.activated.connect(self._list_years)
        self.year.activated.connect(self._list_documents)
        self.folder.changed.connect(self._update)
        self.outcome.reveal_pressed.connect(self.reveal_requested)
        self._export.clicked.connect(self._run)
        self._buttons.rejected.connect(self.reject)

    def _list_years(self) -> None:
        chosen, before = self.group.currentData(), self.year.currentData()
        self.year.clear()
        for (group_id, year), count in sorted(self._years.items(), key=lambda entry: -entry[0][1]):
            if group_id == chosen and count:
                many = documents_text(count)
                self.year.addItem(f"{year}  ·  {many}", year)
        self.year.setCurrentIndex(max(self.year.findData(before), 0 if self.year.count() else -1))
        self._list_documents()

    def _list_documents(self) -> None:
        self.outcome.clear()
        group, year = self._group(), self.year.currentData()
        if group is None or year is None:
            self._take(())
        else:
            self._jobs.query(partial(_listed, group, year), self._take, key=_KEY)

    def _take(self, found: tuple[Document, ...]) -> None:
        self._found = found
        left_out = {kind for kind, box in self._boxes.items() if not box.isChecked()}
        clear(self._kinds_flow)
        self._boxes = {}
        counts = Counter(document.kind for document in found)
        for kind in Kind:
            if counts[kind]:
                box = TickBox(f"{kind_name(kind)} ({counts[kind]})")
                box.setChecked(kind not in left_out)
                box.toggled.connect(self._update)
                self._boxes[kind] = box
                self._kinds_flow.addWidget(box)
        self._update()

    def _update(self) -> None:
        chosen = tuple(document for document in self._found if document.kind in self.kinds)
        self._rows.set_documents(chosen)
        group, year = self._group(), self.year.currentData()
        if group is None or year is None:
            self._summary.setText(_("There is no group with dated documents yet."))
        else:
            many = documents_text(len(chosen))
            size = size_text(sum(document.size for document in chosen))
            name = year_zip_name(group, year)
            self._summary.setText(
                _("{many}, {size}. The file will be named “{name}”.").format(many=many, size=size, name=name)
            )
        self._export.setEnabled(bool(chosen) and self.folder.path is not None)

    def _group(self) -> Group | None:
        return next((group for group in self._groups if group.id == self.group.currentData()), None)

    def _run(self) -> None:
        group, year, folder = self._group(), self.year.currentData(), self.folder.path
        if group is None or year is None or folder is None:
            return
        self.outcome.say_working(_("Packing…"))
        self._export.setEnabled(False)
        task = partial(_packed, group, year, folder, self.kinds)
        self._jobs.change(task, self._tell_made, self._tell_failed, label=_("Exporting a year"))

    def _tell_made(self, made: Exported) -> None:
        self._export.setEnabled(True)
        self.outcome.say_made(made)

    def _tell_failed(self, error: Exception) -> None:
        self._export.setEnabled(True)
        self.outcome.say_failed(error)


def _listed(group: Group, year: int, archive: Archive, _progress: Progress) -> tuple[Document, ...]:
    return year_documents(archive, group, year)


def _packed(
    group: Group, year: int, folder: Path, kinds: frozenset[Kind], archive: Archive, progress: Progress
) -> Exported:
    return export_year_zip(archive, group, year, folder, progress, kinds=kinds)
