"""What a verification found, grouped by what is wrong, each thing with what can be done about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.trust.repair import Choice, Repaired, proposed, repair
from kpss_desktop.archive.trust.tracing import Finding, Repair, Trouble
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import describe, repair_sentence, trouble_sentence
from kpss_desktop.progress import Progress
from kpss_desktop.ui import headings, theme
from kpss_desktop.ui.dialogs.fields import ResultLine, quiet_label
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.room import open_within_screen
from kpss_desktop.ui.theme import UNIT
from kpss_desktop.ui.workers import Task

_SHOWN = 300
"""Lines of one heading; more are repaired with them, and looked at when these are done."""

_FILE, _WORD = 0, 1


class VerifyReportDialog(QDialog):
    """Repairs lose nothing and are steps that can be undone, so nothing asks whether it is meant."""

    def __init__(
        self,
        jobs: Jobs,
        findings: Sequence[Finding],
        again: Callable[[], None],
        backup: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`again` verifies once more when something was repaired; `backup` is where the last backup lies."""
        super().__init__(parent)
        self.setWindowTitle(_("What verification found"))
        self._jobs, self._again, self._backup = jobs, again, backup
        self._findings = tuple(findings)
        self._rows: dict[Finding, QTreeWidgetItem] = {}
        self._done: set[Finding] = set()
        self.tree = QTreeWidget()
        self.outcome = ResultLine()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.all = QPushButton(_("Repair everything"))
        self._copy = QPushButton(_("Copy as text"))
        for button in (self.all, self._copy):
            button.setAutoDefault(False)
            self._buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._fill()
        self.all.clicked.connect(self.repair_all)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        self._buttons.rejected.connect(self.reject)
        self._update()

    def done(self, result: int) -> None:
        super().done(result)
        if self._done:
            self._again()

    def as_text(self) -> str:
        """The report for a mail: a line for each thing."""
        return "\n".join(trouble_sentence(finding) for finding in self._findings)

    def repair(self, choices: Sequence[Choice]) -> None:
        """Carry out what was chosen; content that comes from a backup needs to be told from which."""
        if any(chosen is Repair.RESTORE for _finding, chosen in choices) and not self._has_backup():
            return
        backup = self._backup if any(chosen is Repair.RESTORE for _finding, chosen in choices) else None
        self._run(partial(_repaired, tuple(choices), backup))

    def repair_all(self) -> None:
        """Carry out the likeliest repair of everything; what is lost comes from the last backup if that is there."""
        backup = self._backup if self._backup is not None and self._backup.is_dir() else None
        self._run(partial(_all_repaired, tuple(self._open()), backup))

    def _run(self, task: Task[Repaired]) -> None:
        self.setEnabled(False)
        self.outcome.say_working(_("Repairing…"))
        self._jobs.change(task, self._tell_repaired, self._tell_failed, label=_("Repairing"))

    def _lay_out(self) -> None:
        number = len(self._findings)
        words = QLabel(ngettext("{n} thing is not in order.", "{n} things are not in order.", number).format(n=number))
        words.setFont(theme.strong(words.font()))
        self.tree.setAccessibleName(_("What verification found"))
        self.tree.setHeaderLabels([_("File"), _("What can be done")])
        self.tree.setItemDelegate(_TallRows(self.tree))
        headings.give_room(self.tree.header())
        self.tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_WORD, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(words)
        column.addWidget(quiet_label(_("Every repair keeps what is there now; what concerns documents can be undone.")))
        column.addWidget(self.tree, 1)
        column.addWidget(self.outcome)
        column.addWidget(self._buttons)
        open_within_screen(self, QSize(112 * UNIT, 68 * UNIT))

    def _fill(self) -> None:
        grouped: dict[Trouble, list[Finding]] = defaultdict(list)
        for finding in self._findings:
            grouped[finding.kind].append(finding)
        for kind in (kind for kind in Trouble if grouped[kind]):
            found = grouped[kind]
            head = QTreeWidgetItem([f"{heading(kind)} ({len(found)})"])
            head.setFont(_FILE, theme.strong(self.tree.font()))
            self.tree.addTopLevelItem(head)
            if len(found) > 1 and found[0].repairs and all(one.repairs[:1] == found[0].repairs[:1] for one in found):
                self._put_button(head, found, _("All: {repair}"))
            for finding in found[:_SHOWN]:
                self._add_row(head, finding)
            if len(found) > _SHOWN:
                more = len(found) - _SHOWN
                head.addChild(QTreeWidgetItem([ngettext("and {n} more", "and {n} more", more).format(n=more)]))
            head.setExpanded(True)

    def _add_row(self, head: QTreeWidgetItem, finding: Finding) -> None:
        row = QTreeWidgetItem([finding.path])
        row.setToolTip(_FILE, trouble_sentence(finding))
        row.setData(_FILE, Qt.ItemDataRole.AccessibleTextRole, trouble_sentence(finding))
        if finding.versions:
            row.setText(_FILE, trouble_sentence(finding))
        elif finding.other:
            row.setText(_FILE, f"{finding.path}  →  {finding.other}")
        self._rows[finding] = row
        head.addChild(row)
        if finding.repairs:
            self._put_button(row, [finding], "{repair}")

    def _put_button(self, row: QTreeWidgetItem, found: Sequence[Finding], words: str) -> None:
        """One press does what is likeliest; the arrow has the rest."""
        likeliest, *others = self._ordered(found[0])
        text = words.format(repair=repair_sentence(likeliest))
        button = QToolButton()
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setAccessibleName(f"{text}: {found[0].path}" if len(found) == 1 else text)
        button.clicked.connect(partial(self._press, found, likeliest))
        shared = [one for one in others if all(one in finding.repairs for finding in found)]
        if shared:
            menu = QMenu(button)
            for other in shared:
                menu.addAction(repair_sentence(other), partial(self._press, found, other))
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.tree.setItemWidget(row, _WORD, button)

    def _ordered(self, finding: Finding) -> tuple[Repair, ...]:
        """The likeliest repair first: of a lost file the backup, if there is one to be asked."""
        if finding.kind is Trouble.MISSING and self._backup is not None and self._backup.is_dir():
            return tuple(sorted(finding.repairs, key=lambda one: one is not Repair.RESTORE))
        return finding.repairs

    def _press(self, found: Sequence[Finding], chosen: Repair, _checked: bool = False) -> None:  # Qt gives it
        still = set(self._open())
        self.repair([(finding, chosen) for finding in found if finding in still])

    def _open(self) -> list[Finding]:
        """What is not repaired yet."""
        return [finding for finding in self._findings if finding not in self._done]

    def _has_backup(self) -> bool:
        """Ask where the backup lies, unless it is known; whether it is."""
        if self._backup is None or not self._backup.is_dir():
            name = QFileDialog.getExistingDirectory(self, _("Folder with the backup"))
            self._backup = Path(name) if name else None
        return self._backup is not None

    def _tell_repaired(self, made: Repaired) -> None:
        self.setEnabled(True)
        for finding, chosen in made.done:
            self._done.add(finding)
            if finding in self._rows:
                self.tree.removeItemWidget(self._rows[finding], _WORD)
                self._rows[finding].setText(_WORD, f"✓ {repair_sentence(chosen)}")
        for finding, error in made.failed:
            if finding in self._rows:
                self._rows[finding].setToolTip(_FILE, describe(error))
        number = len(made.done)
        text = ngettext("{n} thing was repaired.", "{n} things were repaired.", number).format(n=number)
        if made.failed:
            bad = len(made.failed)
            text += " " + ngettext("{n} could not be repaired.", "{n} could not be repaired.", bad).format(n=bad)
            self.outcome.say_warning(text)
        else:
            self.outcome.say_done(text)
        self._update()

    def _tell_failed(self, error: Exception) -> None:
        self.setEnabled(True)
        self.outcome.say_failed(error)

    def _update(self) -> None:
        writable = self._jobs.archive.writable
        self.tree.setEnabled(writable)
        self.all.setEnabled(writable and any(finding.repairs for finding in self._open()))
        if not writable:
            self.outcome.say_warning(_("The archive is open for reading only; nothing can be repaired."))


class _TallRows(QStyledItemDelegate):
    """Rows high enough for a button."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), theme.ROW))


def heading(kind: Trouble) -> str:
    """What the things of a kind have in common."""
    return {
        Trouble.MISSING: _("Missing files"), Trouble.CHANGED: _("Files changed outside the program"),
        Trouble.MOVED: _("Files moved or renamed outside the program"),
        Trouble.UNREADABLE: _("Files that cannot be read"),
        Trouble.ONLINE_ONLY: _("Files that lie only with the sync program"),
        Trouble.ORPHANED: _("Files that the archive does not know"),
        Trouble.RECORD: _("Records that differ from the catalogue"),
        Trouble.CONFLICT: _("Copies of records made by a sync program"),
        Trouble.DIVERGED: _("Documents changed in two places at once"),
        Trouble.INDEX: _("The full text"), Trouble.CATALOGUE: _("This computer's catalogue"),
    }[kind]  # fmt: skip


def _repaired(choices: tuple[Choice, ...], backup: Path | None, archive: Archive, progress: Progress) -> Repaired:
    return repair(archive, choices, progress, backup=backup)


def _all_repaired(findings: tuple[Finding, ...], backup: Path | None, archive: Archive, progress: Progress) -> Repaired:
    return repair(archive, proposed(findings, backup), progress, backup=backup)
