"""How a row of the table of documents is painted: one line, and two of the snippet under it while searching."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from kpss_desktop.archive.search.searching import Found
from kpss_desktop.messages import date_text
from kpss_desktop.model import Certainty, Group
from kpss_desktop.ui import icons, lit, marks, theme
from kpss_desktop.ui.documents_model import FOUND
from kpss_desktop.ui.listing import Column
from kpss_desktop.ui.theme import UNIT

TALL = 70
"""Height of a row with a snippet of two lines, in device-independent pixels."""

_UPPER = 28  # of it belong to the line of the document itself
_SNIPPET_LINES = 2
_ICON = 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class DocumentDelegate(QStyledItemDelegate):
    """Paints every column of the table it belongs to."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.groups: Mapping[str, Group] = {}
        self.with_snippets = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = super().sizeHint(option, index).width() + 2 * UNIT
        return QSize(width, TALL if self.with_snippets else theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        self._paint_ground(painter, option)
        found = index.data(FOUND)
        painter.save()
        painter.setFont(option.font)
        upper = QRect(option.rect)
        if self.with_snippets:
            upper.setBottom(upper.top() + _UPPER)
            upper.setTop(upper.top() + UNIT // 2)
        inner = upper.adjusted(UNIT, 0, -UNIT, 0)
        if isinstance(found, Found):
            painter.setPen(_text_colour(option))
            self._paint_cell(painter, inner, found, Column(index.column()), option)
            if self.with_snippets:
                self._paint_snippet(painter, option, found)
        else:
            painter.setPen(theme.quiet())
            painter.drawText(inner, _LEFT, option.text)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        style = self._view.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._view)

    def _paint_cell(
        self, painter: QPainter, rect: QRect, found: Found, column: Column, option: QStyleOptionViewItem
    ) -> None:
        match column:
            case Column.DATE:
                self._paint_date(painter, rect, found)
            case Column.TITLE:
                self._paint_title(painter, rect, found, option)
            case Column.GROUPS:
                self._paint_groups(painter, rect, found)
            case Column.SIZE:
                painter.setPen(theme.quiet())
                painter.drawText(rect, _RIGHT, option.text)
            case Column.TAGS:
                painter.setPen(theme.quiet())
                self._paint_text(painter, rect, option.text)
            case Column.KIND:
                self._paint_text(painter, rect, option.text)

    def _paint_text(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.drawText(rect, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))

    def _paint_date(self, painter: QPainter, rect: QRect, found: Found) -> None:
        dated = found.document.dated
        if dated is None:
            return
        text, room = date_text(dated.date), QRect(rect)
        if dated.certainty is not Certainty.SURE:
            name = "uncertain" if dated.certainty is Certainty.INFERRED else "warning"
            used = painter.fontMetrics().horizontalAdvance(text) + UNIT // 2
            left = min(rect.left() + used, rect.right() - _ICON + UNIT // 2)
            room.setRight(left - UNIT // 2)
            self._paint_icon(painter, name, left, rect)
        self._paint_text(painter, room, text)

    def _paint_title(self, painter: QPainter, rect: QRect, found: Found, option: QStyleOptionViewItem) -> None:
        rest = QRect(rect)
        names_groups = not self._view.horizontalHeader().isSectionHidden(Column.GROUPS)
        for mark in reversed(marks.of(found.document)):
            if names_groups and mark.icon == marks.JOINT:
                continue
            self._paint_icon(painter, mark.icon, rest.right() - _ICON, rect)
            rest.setRight(rest.right() - _ICON - UNIT // 2)
        font = theme.strong(option.font) if self.with_snippets else option.font
        lit.paint(painter, rest, found.document.title, found.title_spans, font, _text_colour(option))

    def _paint_groups(self, painter: QPainter, rect: QRect, found: Found) -> None:
        groups = [self.groups[group] for group in found.document.groups if group in self.groups]
        left = rect.left()
        for group in groups:
            if left + 2 * UNIT > rect.right():
                break
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.group_colour(group.colour))
            painter.drawEllipse(left, rect.center().y() - UNIT // 2 + 1, UNIT, UNIT)
            painter.restore()
            left += UNIT + 6
            room = rect.right() - left + 1
            text = painter.fontMetrics().elidedText(group.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, rect.top(), room, rect.height()), _LEFT, text)
            left += painter.fontMetrics().horizontalAdvance(text) + UNIT + UNIT // 2

    def _paint_icon(self, painter: QPainter, name: str, left: int, rect: QRect) -> None:
        drawn = icons.pixmap(name, _ICON, theme.quiet(), self._view.devicePixelRatioF())
        painter.drawPixmap(left, rect.center().y() - _ICON // 2 + 1, drawn)

    def _paint_snippet(self, painter: QPainter, option: QStyleOptionViewItem, found: Found) -> None:
        """The snippet runs under all columns from the title on; each cell paints its part of it."""
        header = self._view.horizontalHeader()
        first = header.visualIndex(Column.TITLE)
        left = self._view.columnViewportPosition(Column.TITLE) + UNIT
        right = max(
            self._view.columnViewportPosition(column) + self._view.columnWidth(column)
            for column in Column
            if header.visualIndex(column) >= first and not header.isSectionHidden(column)
        )
        if option.rect.right() <= left:
            return
        room = QRect(left, option.rect.top() + _UPPER + UNIT // 4, right - left - UNIT, TALL - _UPPER - UNIT // 2)
        painter.save()
        painter.setClipRect(option.rect)
        font = QFont(option.font)
        lit.paint(painter, room, found.snippet, found.spans, font, _quiet_on(option), _SNIPPET_LINES)
        painter.restore()


def _text_colour(option: QStyleOptionViewItem) -> QColor:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    return option.palette.color(role)


def _quiet_on(option: QStyleOptionViewItem) -> QColor:
    return _text_colour(option) if option.state & QStyle.StateFlag.State_Selected else theme.quiet()
