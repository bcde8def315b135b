"""How the cells of the review sheet are painted and edited."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kpss_desktop.archive.intake.planning import IntakeItem
from kpss_desktop.czech.dates import parse_date
from kpss_desktop.i18n import _
from kpss_desktop.messages import kind_name
from kpss_desktop.model import Kind
from kpss_desktop.ui.dialogs.group_picker import DOT, paint_dot
from kpss_desktop.ui.dialogs.sheet_model import ITEM, SheetModel
from kpss_desktop.ui.dialogs.sheet_rows import asked_groups, can_be_edited, can_be_taken, offered_groups
from kpss_desktop.ui.theme import UNIT, group_colour, quiet

_Index = QModelIndex | QPersistentModelIndex


def row_height(metrics: QFontMetrics) -> int:
    """Two lines and air."""
    return 2 * metrics.height() + 3 * UNIT // 2


def header_height(metrics: QFontMetrics) -> int:
    """One line and the same air; the words stand in line with those of the cells."""
    return metrics.height() + 3 * UNIT // 2


class _Cell(QStyledItemDelegate):
    """Paints the cell as the style does, then its own words; rows that are left out stand back."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        # The base class asks the model for seven things a cell, of which the rows have two.
        assert isinstance(index, QModelIndex)
        option.index = index
        option.text = str(index.data())
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if icon is not None:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = icon
        item: IntakeItem = index.data(ITEM)
        if not item.take and can_be_taken(item):
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, quiet())

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> QStyleOptionViewItem:
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        own.text = ""
        widget = own.widget
        style = widget.style() if widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, widget)
        return own


class StateCell(_Cell):
    """What is the matter with a row, on two lines where one is too short."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        text = str(index.data())
        if option.fontMetrics.horizontalAdvance(text) < option.rect.width() - 4 * UNIT:  # beside the icon
            super().paint(painter, option, index)
            return
        own = self._background(painter, option, index)
        own.text = str(index.data())
        style = own.widget.style() if own.widget else QApplication.style()
        words = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, own, own.widget)
        lines = two_lines(text, own.fontMetrics, words.width() - UNIT // 2)
        line = QRect(words.left() + 3, 0, words.width() - 3, own.fontMetrics.height())
        line.moveTop(own.rect.center().y() - len(lines) * line.height() // 2 + 1)
        for number, text in enumerate(lines):
            _draw(painter, line.translated(0, number * line.height()), text, _ink(own), own.fontMetrics)


def two_lines(text: str, metrics: QFontMetrics, width: int) -> tuple[str, ...]:
    """A text in one line or, broken between words, in two; what does not even fit there is cut by who paints it."""
    if metrics.horizontalAdvance(text) <= width:
        return (text,)
    words = text.split(" ")
    for number in range(len(words) - 1, 0, -1):
        first = " ".join(words[:number])
        if metrics.horizontalAdvance(first) <= width:
            return first, " ".join(words[number:])
    return (text,)


class FileCell(_Cell):
    """The name, and below it quietly where it comes from."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        own = self._background(painter, option, index)
        item: IntakeItem = index.data(ITEM)
        rect = own.rect.adjusted(UNIT // 2, UNIT // 2, -UNIT // 2, -UNIT // 2)
        half = rect.height() // 2
        above = QRect(rect.left(), rect.top(), rect.width(), half)
        below = above.translated(0, half)
        ink = _ink(own)
        _draw(painter, above, item.name, ink, own.fontMetrics, Qt.TextElideMode.ElideMiddle)
        _draw(painter, below, item.source, quiet(), own.fontMetrics, Qt.TextElideMode.ElideMiddle)


class GroupsCell(_Cell):
    """A dot and a name for each group, a ring for one that is to be made, an offer for one that could be."""

    def __init__(self, rows: SheetModel, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        own = self._background(painter, option, index)
        item: IntakeItem = index.data(ITEM)
        parts: list[tuple[str, QColor | None]] = [
            (self._rows.groups[one].name, group_colour(self._rows.groups[one].colour))
            for one in item.groups
            if one in self._rows.groups
        ]
        parts += [(_("{group} (new)").format(group=name), None) for name in item.new_groups]
        if not parts and can_be_edited(item):
            parts = self._offers(item)
        self._paint_parts(painter, own, parts)

    def _offers(self, item: IntakeItem) -> list[tuple[str, QColor | None]]:
        asked = [self._rows.groups[one] for one in asked_groups(item) if one in self._rows.groups]
        return [
            *((f"{group.name}?", group_colour(group.colour)) for group in asked),
            *((_("make group {name}?").format(name=name), None) for name in offered_groups(item)),
        ]

    def _paint_parts(
        self, painter: QPainter, own: QStyleOptionViewItem, parts: list[tuple[str, QColor | None]]
    ) -> None:
        rect, left = own.rect.adjusted(UNIT // 2, 0, -UNIT // 2, 0), own.rect.left() + UNIT // 2
        for name, colour in parts:
            if left + 4 * UNIT > rect.right():
                _draw(
                    painter,
                    QRect(left, rect.top(), rect.right() - left, rect.height()),
                    "…",
                    _ink(own),
                    own.fontMetrics,
                )
                return
            paint_dot(painter, left, rect.center().y() + 0.5, colour)
            left += DOT + UNIT // 2 + 2
            room = QRect(left, rect.top(), rect.right() - left, rect.height())
            _draw(painter, room, name, _ink(own), own.fontMetrics)
            left += min(own.fontMetrics.horizontalAdvance(name), room.width()) + 3 * UNIT // 2


class KindCell(_Cell):
    """Chosen from a list."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, _index: _Index) -> QWidget:
        editor = QComboBox(parent)
        fill_kinds(editor)
        editor.setAccessibleName(_("Kind"))
        editor.setMinimumHeight(min(option.rect.height(), editor.sizeHint().height()))
        editor.activated.connect(lambda: self._finish(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(str(index.data(Qt.ItemDataRole.EditRole))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        chosen = Kind(editor.currentData())
        if chosen != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, chosen)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        _place(editor, option)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


class DateCell(_Cell):
    """Typed as a clerk writes it; what makes no date is not taken."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: _Index) -> QWidget:
        editor = QLineEdit(parent)
        prepare_date_field(editor)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        _place(editor, option)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return super().sizeHint(option, index) + QSize(UNIT, 0)


def prepare_date_field(field: QLineEdit) -> None:
    """Make a field one for dates: an example in it, and a colour with a tooltip while it makes no date."""
    field.setPlaceholderText(_("16. 1. 2020 or 2020"))
    field.setAccessibleName(_("Date"))

    def judge(typed: str) -> None:
        right = not typed.strip() or parse_date(typed) is not None
        palette = QPalette(QApplication.palette())
        if not right:
            palette.setColor(QPalette.ColorRole.Text, palette.color(QPalette.ColorRole.BrightText))
        field.setPalette(palette)
        field.setToolTip("" if right else _("This is no date"))

    field.textChanged.connect(judge)


def fill_kinds(box: QComboBox) -> None:
    """Offer all kinds by their names."""
    for kind in Kind:
        box.addItem(kind_name(kind), kind.value)


def _place(editor: QWidget, option: QStyleOptionViewItem) -> None:
    height = min(editor.sizeHint().height(), option.rect.height())
    area = QRect(option.rect.left(), 0, option.rect.width(), height)
    area.moveCenter(option.rect.center())
    editor.setGeometry(area)


def _ink(option: QStyleOptionViewItem) -> QColor:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    return option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)


def _draw(
    painter: QPainter,
    rect: QRect,
    text: str,
    ink: QColor,
    metrics: QFontMetrics,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    painter.save()
    painter.setPen(ink)
    aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, int(aligned), metrics.elidedText(text, elide, rect.width()))
    painter.restore()
