"""The review sheet: everything that was dropped, as rows, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.intake.planning import IntakeItem, IntakePlan
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.model import Group
from kpss_desktop.ui.dialogs.sheet_bulk import BulkBar
from kpss_desktop.ui.dialogs.sheet_filter import StatusFilter
from kpss_desktop.ui.dialogs.sheet_keys import ZipKeys
from kpss_desktop.ui.dialogs.sheet_ledger import Tally
from kpss_desktop.ui.dialogs.sheet_menu import open_at, row_menu
from kpss_desktop.ui.dialogs.sheet_model import Column, SheetModel
from kpss_desktop.ui.dialogs.sheet_notice import SheetNotice
from kpss_desktop.ui.dialogs.sheet_order import ProblemsFirst
from kpss_desktop.ui.dialogs.sheet_preview import SheetPreview
from kpss_desktop.ui.dialogs.sheet_progress import SheetProgress
from kpss_desktop.ui.dialogs.sheet_rows import can_be_edited
from kpss_desktop.ui.dialogs.sheet_sources import SourceLine
from kpss_desktop.ui.dialogs.sheet_teaching import SheetTeaching
from kpss_desktop.ui.dialogs.sheet_view import SheetView
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT

__all__ = ["IntakeSheet", "StatusFilter"]

_SHARE = 0.9
"""Of the window it stands over: many rows want all the room there is."""


class IntakeSheet(QDialog):
    """Gives the plan back as the clerk has made it; writes nothing itself.

    It may be shown while planning runs: `take_rows` and `progress`, then `finish`. Rows can be edited meanwhile.
    `rejected` while busy means: stop planning. `keys` tell when the drop is to be planned anew: `start_again` first.
    With `jobs` the chosen file can be seen beside the rows.
    """

    plan_accepted = Signal(object)
    """The IntakePlan to be filed."""
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
        self.keys = ZipKeys(self.notice, self)
        self.progress = SheetProgress()
        self._buttons = QDialogButtonBox()
        self._file = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self._buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self._file, cancel):
            assert isinstance(button, QPushButton)
            button.setAutoDefault(False)
        self._lay_out()
        self._file.setDefault(True)
        self._file.setToolTip(QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText))
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
        return self.progress.isVisibleTo(self)

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
        self.rows.read = plan
        self.rows.take_rows(list(enumerate(plan.items)))
        self._order.arrange()
        self.set_busy(busy=False)
        if plan.items and not self.view.selected_rows():
            self.view.setCurrentIndex(self.rows.index(0, Column.FILE))
            self.view.setFocus()
        if not plan.items:
            self.notice.tell(_("There is nothing here to take in."))
        self.teaching.go_on()
        self.keys.look(plan.items)

    def start_again(self) -> None:
        """The drop is planned anew; what the clerk has changed stays."""
        self.teaching.pause()
        self.rows.start_again()
        self._order.start()
        self.set_busy(busy=True)

    def come_back(self, sentence: str) -> None:
        """Be shown again after `plan_accepted`, as it was: what was accepted could not be done."""
        self.notice.tell(sentence)
        self.open()

    def reject(self) -> None:
        """Leave; when that would lose corrections, only after a word of warning."""
        changed = self.rows.tally().changed
        question = ngettext(
            "What you changed in {n} row would be lost.", "What you changed in {n} rows would be lost.", changed
        ).format(n=changed)
        if not changed or self.notice.says(question):
            self.leave()
        else:
            self.notice.ask(question, _("Leave all the same"), self.leave)

    def leave(self) -> None:
        """Leave, whatever was changed."""
        super().reject()

    def end(self) -> None:
        """Go for good."""
        if self.beside is not None:
            self.beside.close()
        self.deleteLater()

    def set_busy(self, *, busy: bool) -> None:
        """While planning runs nothing can be filed."""
        self.progress.setVisible(busy)
        self._update_button(self.rows.tally(), busy=busy)

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
        below = QHBoxLayout()
        below.setSpacing(UNIT)
        below.addWidget(self.bulk, 1)
        below.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addLayout(above)
        column.addWidget(self.progress)
        column.addWidget(self.notice)
        column.addWidget(middle, 1)
        column.addWidget(self.sources)
        column.addSpacing(UNIT // 2)
        column.addLayout(below)
        open_within_screen(self, QSize(150 * UNIT, 84 * UNIT), share=_SHARE)

    def _connect(self) -> None:
        edits = self.rows.edits
        self.rows.edited.connect(self._tell)
        self.filter.chosen.connect(self.view.show_only)
        self.rows.modelReset.connect(self._tell_selection)
        edits.settled.connect(self._tell)
        edits.settled.connect(self._tell_selection)
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

    def _show_menu(self, at: QPoint) -> None:
        rows = self.view.selected_rows()
        menu = row_menu(
            self,
            [self.rows.item(row) for row in rows],
            file_as=lambda choice: self.rows.edits.choose(rows, choice),
            take=partial(self.rows.edits.take, rows),
            compare=self.comparison_wanted.emit,
            keys=self.keys,
        )
        open_at(menu, at)

    def _tell(self) -> None:
        tally = self.rows.tally()
        self.filter.set_counts(tally.by_status)
        self._update_button(tally, busy=self.busy)

    def _tell_selection(self) -> None:
        rows = self.view.selected_rows()
        self.bulk.set_selected(sum(can_be_edited(self.rows.item(row)) for row in rows), of=len(rows))
        if self.beside is not None:
            self.beside.select(self.rows.item(rows[0]) if len(rows) == 1 else None, len(rows))

    def _update_button(self, tally: Tally, *, busy: bool) -> None:
        count = tally.taken
        self._file.setText(ngettext("File {n} document", "File {n} documents", count).format(n=count))
        self._file.setEnabled(count > 0 and not busy and not self.rows.edits.busy)

    def _accept(self) -> None:
        self.plan_accepted.emit(self.rows.plan)
        self.accept()
