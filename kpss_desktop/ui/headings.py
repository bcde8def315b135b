"""The headings of the table of documents: widths, and which columns are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QMenu, QProxyStyle, QStyle, QStyleFactory, QStyleOption, QWidget

from kpss_desktop.ui import theme
from kpss_desktop.ui.listing import Column

_WIDTHS = {
    Column.DATE: 104,
    Column.TITLE: 280,
    Column.KIND: 88,
    Column.GROUPS: 112,
    Column.TAGS: 80,
    Column.SIZE: 80,
}


_ROOMY = {Column.DATE: 120, Column.KIND: 136, Column.GROUPS: 176, Column.TAGS: 152, Column.SIZE: 88}
"""Widths for a wide window, where the size has its place too."""


class _RoomyHeader(QProxyStyle):
    """The header's words stand where the cells' words stand."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric is QStyle.PixelMetric.PM_HeaderMargin:
            return theme.UNIT - 1
        return super().pixelMetric(metric, option, widget)


def dress(header: QHeaderView) -> None:
    """Widths for a window of the usual size; a click sorts, a third click leaves the order to the search."""
    style = _RoomyHeader(QStyleFactory.create(header.style().name()))
    style.setParent(header)
    header.setStyle(style)
    header.setHighlightSections(False)
    header.setSectionsMovable(True)
    header.setSortIndicatorClearable(True)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in _WIDTHS.items():
        header.resizeSection(column, width)
    header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
    header.setMinimumSectionSize(6 * theme.UNIT)
    header.setSectionHidden(Column.SIZE, True)  # noqa: FBT003  # Qt's signature
    header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    header.customContextMenuRequested.connect(lambda at: column_menu(header).popup(header.mapToGlobal(at)))


def spread(header: QHeaderView) -> None:
    """Widths for a wide window."""
    for column, width in _ROOMY.items():
        header.resizeSection(column, width)
        header.setSectionHidden(column, False)  # noqa: FBT003  # Qt's signature


def column_menu(header: QHeaderView) -> QMenu:
    """Which columns are shown; the title always is."""
    menu = QMenu(header)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for column in (column for column in Column if column is not Column.TITLE):
        action = menu.addAction(str(header.model().headerData(column, Qt.Orientation.Horizontal)))
        action.setCheckable(True)
        action.setChecked(not header.isSectionHidden(column))
        action.toggled.connect(lambda shown, column=column: header.setSectionHidden(column, not shown))
    return menu
