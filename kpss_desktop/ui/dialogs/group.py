"""One group: its name, what it is, by which other names it is known, and its colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kpss_desktop.archive.intake import teaching
from kpss_desktop.archive.intake.planning import Lesson
from kpss_desktop.czech.folding import fold
from kpss_desktop.i18n import _
from kpss_desktop.model import Group, GroupKind
from kpss_desktop.ui.dialogs.fields import AnswerButtons, quiet_label
from kpss_desktop.ui.theme import UNIT, group_colour, group_colours

_SWATCH = 3 * UNIT


def fill_group_kinds(box: QComboBox) -> None:
    """Offer all kinds of groups by their names."""
    for kind, name in (
        (GroupKind.WORKING, _("working group")),
        (GroupKind.STEERING, _("steering group")),
        (GroupKind.OTHER, _("other body")),
    ):
        box.addItem(name, kind.value)


class Swatch(QAbstractButton):
    """A group's colour to be chosen; the chosen one has a ring and a tick of shape, not only of colour."""

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = group_colour(index)
        self.setCheckable(True)
        self.setFixedSize(QSize(_SWATCH, _SWATCH))
        self.setAccessibleName(_("Colour {n}").format(n=index + 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.rect().toRectF().center()
        painter.setBrush(self._colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(middle, UNIT, UNIT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1.5))
            painter.drawEllipse(middle, UNIT + 2.5, UNIT + 2.5)
        elif self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1.5, Qt.PenStyle.DotLine))
            painter.drawEllipse(middle, UNIT + 2.5, UNIT + 2.5)


class GroupDialog(QDialog):
    """Edits a group, or makes one when its id is empty; after `accept`, `group` is what to save."""

    def __init__(self, group: Group, others: Sequence[Group] = (), parent: QWidget | None = None) -> None:
        """`others` are the other groups of the archive: a name can be given once, a further name to several."""
        super().__init__(parent)
        self.setWindowTitle(_("Group") if group.id else _("New group"))
        self._group = group
        self._others = tuple(others)
        self.name = QLineEdit(group.name)
        self.name.setPlaceholderText(_("e.g. Péče"))
        self.kind = QComboBox()
        fill_group_kinds(self.kind)
        self.kind.setCurrentIndex(self.kind.findData(group.kind.value))
        self.aliases = QPlainTextEdit("\n".join(group.aliases))
        self.aliases.setTabChangesFocus(True)
        self.aliases.setFixedHeight(10 * UNIT)
        self._colours = QButtonGroup(self)
        self._trouble = quiet_label()
        self._buttons = AnswerButtons(_("Save") if group.id else _("Add a group"), self)
        self._lay_out()
        self.name.textChanged.connect(self._update)
        self.aliases.textChanged.connect(self._update)
        self._update()

    @property
    def group(self) -> Group:
        """The group as it is written here."""
        return replace(
            self._group,
            name=" ".join(self.name.text().split()),
            kind=GroupKind(self.kind.currentData()),
            aliases=self._aliases(),
            colour=max(self._colours.checkedId(), 0),
        )

    def _aliases(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.aliases.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def _lay_out(self) -> None:
        form = QFormLayout(self._body())
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(2 * UNIT)
        form.setVerticalSpacing(UNIT)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("&Name"), self.name)
        form.addRow(_("&Kind"), self.kind)
        form.addRow(_("&Also known as"), self.aliases)
        form.addRow("", quiet_label(_("One name a line. Files are recognised by them too.")))
        form.addRow(_("Colour"), self._palette())
        form.addRow("", self._trouble)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(2 * UNIT)
        column.addWidget(body)
        column.addStretch()
        column.addWidget(self._buttons)
        self.setMinimumWidth(56 * UNIT)
        return body

    def _palette(self) -> QWidget:
        palette = QWidget()
        row = QHBoxLayout(palette)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        for index in range(group_colours()):
            swatch = Swatch(index)
            swatch.setChecked(index == self._group.colour % group_colours())
            self._colours.addButton(swatch, index)
            row.addWidget(swatch)
        row.addStretch()
        return palette

    def _update(self) -> None:
        now = self.group
        is_taken = any(fold(other.name) == fold(now.name) for other in self._others)
        if is_taken:
            self._trouble.setText(_("Another group is called “{name}”.").format(name=now.name))
        else:
            self._trouble.setText(" ".join(self._shared_names(now)))
        self._buttons.main.setEnabled(bool(now.name) and not is_taken)

    def _shared_names(self, now: Group) -> Iterator[str]:
        """A sentence for each name by which other groups are known, too."""
        for name in filter(None, (now.name, *now.aliases)):
            if others := teaching.also_called(Lesson(name, now.id), self._others):
                called = ", ".join(other.name for other in others)
                yield _("“{name}” also means {groups}, so the program will ask.").format(name=name, groups=called)
