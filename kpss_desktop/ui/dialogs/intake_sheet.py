"""The review sheet: everything that was dropped, as rows, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.intake.planning import IntakeItem, IntakePlan
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.model import Group
from kpss_desktop.ui.dialogs.sheet_bulk import BulkBar
from kpss_desktop.ui.dialogs.sheet_filter import StatusFilter
from kpss_desktop.ui.dialogs.sheet_menu import open_at, row_menu
from kpss_desktop.ui.dialogs.sheet_model import Column, SheetModel
from kpss_desktop.ui.dialogs.sheet_notice import SheetNotice
from kpss_desktop.ui.dialogs.sheet_order import ProblemsFirst
from kpss_desktop.ui.dialogs.sheet_preview import SheetPreview
from kpss_desktop.ui.dialogs.sheet_sources import SourceLine
from kpss_desktop.ui.dialogs.sheet_teaching import SheetTeaching
from kpss_desktop.ui.dialogs.sheet_view import SheetView
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.theme import UNIT

__all__ = ["IntakeSheet", "StatusFilter"]


class IntakeSheet(QDialog):
    """Gives the plan back as the clerk has made it; writes nothing itself.

    It may be shown while planning runs: `take_rows` and `show_progress`, then `finish`. Rows can be edited meanwhile.
    `rejected` while busy means: stop planning.
    With `jobs` the chosen file can be seen beside the rows.
    """

    plan_accepted = Signal(object)
    """The IntakePlan to be filed."""
    again_wanted = Signal()
    """The drop is to be planned anew, with `passwords` and `encodings`."""
    comparison_wanted = Signal(object)
    """The IntakeItem whose text is to be laid beside the one it resembles."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None, *, jobs: Jobs | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Review of what is taken in"))
        self.rows = SheetModel(groups, self)
        self.view = SheetView(self.rows)
        self._order = ProblemsFirst(self.rows, self.view)
        self.sources = SourceLine(self.view)
        self.filter = StatusFilter()
        self.bulk = BulkBar(groups)
        self.beside = SheetPreview(jobs) if jobs else None
        self.notice = SheetNotice()
        self.teaching = SheetTeaching(self.rows, self.notice, jobs)
        self.passwords: tuple[str, ...] = ()
        self.encodings: dict[str, str] = {}
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._doing = QLabel(_("Reading what was dropped…"))
        self._doing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._buttons = QDialogButtonBox()
        self._file = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self._buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self._file, cancel):
            assert isinstance(button, QPushButton)
            button.setAutoDefault(False)
        self._lay_out()
        self._file.setDefault(True)
        self._connect()
        self.set_busy(busy=True)
        self._tell()

    @property
    def plan(self) -> IntakePlan:
        """The rows as the clerk has made them."""
        return self.rows.plan

    @property
    def busy(self) -> bool:
        """Whether planning still runs."""
        return self._progress.isVisibleTo(self)

    def set_plan(self, plan: IntakePlan) -> None:
        """Show rows that are as clear as they will be, problems first."""
        self.start_again()
        self.finish(plan)

    def take_rows(self, batch: Sequence[tuple[int, IntakeItem]]) -> None:
        """Rows that came or became clearer while planning runs."""
        is_first = not self.rows.rowCount()
        self.rows.take_rows(batch)
        self._order.follow()
        if is_first and self.rows.rowCount():
            self.view.setFocus()
        # Now, while whoever told the rows waits: painting asks for each cell and would have to share the interpreter.
        self.view.viewport().repaint()

    def finish(self, plan: IntakePlan) -> None:
        """Planning is done; the first of the problems is chosen, unless the clerk works with the rows already."""
        self.rows.finish(plan)
        self._order.arrange()
        self.set_busy(busy=False)
        if plan.items and not self.view.selected_rows():
            self.view.setCurrentIndex(self.rows.index(0, Column.FILE))
            self.view.setFocus()
        self._ask_password()

    def start_again(self) -> None:
        """The drop is planned anew."""
        self.rows.set_plan(IntakePlan())
        self._order.start()
        self.set_busy(busy=True)

    def come_back(self, sentence: str) -> None:
        """Be shown again after `plan_accepted`, as it was: what was accepted could not be done."""
        self.notice.tell(sentence)
        self.open()

    def end(self) -> None:
        """Go for good."""
        if self.beside is not None:
            self.beside.close()
        self.deleteLater()

    def show_progress(self, done: int, total: int | None, label: str = "") -> None:
        """Say how far planning is; `total` None when nobody knows."""
        self._progress.setRange(0, total or 0)
        self._progress.setValue(done)
        text = ngettext("{n} file read", "{n} files read", done).format(n=done)
        self._doing.setText(f"{text} – {label}" if label else text)

    def set_busy(self, *, busy: bool) -> None:
        """While planning runs nothing can be filed."""
        for widget in (self._progress, self._doing):
            widget.setVisible(busy)
        self._update_button(busy=busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return edits a cell; only Ctrl+Return or the button itself files everything.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._file.isEnabled():
                self._file.click()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(UNIT)
        above.addWidget(self.filter)
        above.addStretch()
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.view)
        if self.beside is not None:
            above.addWidget(self.beside.chip)
            middle.addWidget(self.beside.pane)
            middle.setStretchFactor(0, 2)
            middle.setStretchFactor(1, 1)
            middle.setSizes([93 * UNIT, 53 * UNIT])
            middle.setHandleWidth(UNIT)
            self.beside.chip.toggled.connect(lambda is_open: self.view.set_narrow(narrow=is_open))
        busy = QHBoxLayout()
        busy.setSpacing(UNIT)
        busy.addWidget(self._progress)
        busy.addWidget(self._doing, 1)
        below = QHBoxLayout()
        below.setSpacing(UNIT)
        below.addWidget(self.bulk, 1)
        below.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addLayout(above)
        column.addLayout(busy)
        column.addWidget(self.notice)
        column.addWidget(middle, 1)
        column.addWidget(self.sources)
        column.addSpacing(UNIT // 2)
        column.addLayout(below)
        self.resize(150 * UNIT, 84 * UNIT)

    def _connect(self) -> None:
        edits = self.rows.edits
        self.rows.edited.connect(self._tell)
        self.filter.chosen.connect(self.view.show_only)
        self.rows.modelReset.connect(self._tell_selection)
        edits.settled.connect(self._tell)
        self.view.menu_wanted.connect(self._show_menu)
        self.view.selectionModel().selectionChanged.connect(self._tell_selection)
        self.bulk.kind_chosen.connect(lambda kind: edits.set_kind(self.view.selected_rows(), kind))
        self.bulk.groups_chosen.connect(lambda ids, new: edits.set_groups(self.view.selected_rows(), ids, new))
        self.bulk.date_typed.connect(lambda date: edits.set_date(self.view.selected_rows(), date))
        self.bulk.confirmed.connect(lambda: edits.confirm(self.view.selected_rows()))
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        if self.beside is not None:
            self.rejected.connect(self.beside.close)

    def _ask_password(self) -> None:
        if any(item.refusal is Refusal.PASSWORD for item in self.plan.items):
            question = (
                _("Some files are protected by a password.")
                if not self.passwords
                else _("Some files are protected by another password.")
            )
            self.notice.ask(question, _("Enter the password…"), self._enter_password)

    def _enter_password(self) -> None:
        mode = QLineEdit.EchoMode.Password
        password, given = QInputDialog.getText(self, _("Password of the ZIP"), _("Password:"), mode)
        if given and password:
            self.passwords = (*self.passwords, password)
            self.again_wanted.emit()

    def _show_menu(self, at: QPoint) -> None:
        rows = self.view.selected_rows()
        menu = row_menu(
            self,
            [self.rows.item(row) for row in rows],
            file_as=lambda choice: self.rows.edits.choose(rows, choice),
            leave_out=lambda: self.rows.edits.take(rows, taken=False),
            compare=self.comparison_wanted.emit,
            read_names=self._read_names,
        )
        open_at(menu, at)

    def _read_names(self, source: str, encoding: str) -> None:
        self.encodings[source] = encoding
        self.again_wanted.emit()

    def _tell(self) -> None:
        self.filter.set_counts(self.rows.counts())
        self._update_button(busy=self.busy)

    def _tell_selection(self) -> None:
        rows = self.view.selected_rows()
        self.bulk.set_selected(len(rows))
        if self.beside is not None:
            self.beside.select(self.rows.item(rows[0]) if len(rows) == 1 else None, len(rows))

    def _update_button(self, *, busy: bool) -> None:
        count = self.rows.taken()
        self._file.setText(ngettext("File {n} document", "File {n} documents", count).format(n=count))
        self._file.setEnabled(count > 0 and not busy and not self.rows.edits.busy)

    def _accept(self) -> None:
        self.plan_accepted.emit(self.rows.plan)
        self.accept()
