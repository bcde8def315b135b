"""The headings of the table of documents: widths, and which columns are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QProxyStyle,
    QStyle,
    QStyleFactory,
    QStyleOption,
    QWidget,
)

from kpss_desktop.ui import theme
from kpss_desktop.ui.listing import Column

_WIDTHS = {
    Column.DATE: 112,
    Column.TITLE: 280,
    Column.KIND: 88,
    Column.GROUPS: 144,
    Column.TAGS: 80,
    Column.SIZE: 80,
}
_WITHOUT_TAGS = {Column.KIND: 120, Column.GROUPS: 152}
"""While no document has a tag, their column gives its room to others."""

_ROOMY = {Column.DATE: 120, Column.KIND: 136, Column.GROUPS: 176, Column.TAGS: 152, Column.SIZE: 88}
"""Widths for a wide window, where the size has its place too."""


TAGS_UNWANTED = "tags_unwanted"
"""The header's property that says that the clerk has hidden the column of tags."""


class _Roomy(QProxyStyle):
    """Words stand one step off the edges of headers and cells."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_HeaderMargin, QStyle.PixelMetric.PM_FocusFrameHMargin):
            return theme.UNIT - 1
        return super().pixelMetric(metric, option, widget)


def give_room(view: QAbstractItemView) -> None:
    """Let words of headers and cells stand off the edge, in one line with each other."""
    style = _Roomy(QStyleFactory.create(view.style().name()))
    style.setParent(view)
    view.setStyle(style)


def dress(header: QHeaderView) -> None:
    """Widths for a window of the usual size; a click sorts, a third click leaves the order to the search."""
    give_room(header)
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


def follow_tags(header: QHeaderView, *, in_use: bool) -> None:
    """Show the column of tags once there are any, unless the clerk has hidden it."""
    shown = in_use and not header.property(TAGS_UNWANTED)
    if shown is not header.isSectionHidden(Column.TAGS):
        return
    header.setSectionHidden(Column.TAGS, not shown)
    for column, width in _WITHOUT_TAGS.items():
        before, after = (width, _WIDTHS[column]) if shown else (_WIDTHS[column], width)
        if header.sectionSize(column) == before:
            header.resizeSection(column, after)


def column_menu(header: QHeaderView) -> QMenu:
    """Which columns are shown; the title always is."""
    menu = QMenu(header)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for column in (column for column in Column if column is not Column.TITLE):
        action = menu.addAction(str(header.model().headerData(column, Qt.Orientation.Horizontal)))
        action.setCheckable(True)
        action.setChecked(not header.isSectionHidden(column))
        action.toggled.connect(lambda shown, column=column: _switch(header, column, shown=shown))
    return menu


def _switch(header: QHeaderView, column: Column, *, shown: bool) -> None:
    header.setSectionHidden(column, not shown)
    if column is Column.TAGS:
        header.setProperty(TAGS_UNWANTED, not shown)
