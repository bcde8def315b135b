"""Menus and the toolbar: where each deed is found."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from kpss_desktop.i18n import _
from kpss_desktop.ui import theme
from kpss_desktop.ui.actions import Actions
from kpss_desktop.ui.search_bar import SearchBox
from kpss_desktop.ui.theme import UNIT

_DOCUMENT = ("open", "reveal", "", "tag", "rename", "copy", "bundle", "search-among", "", "trash", "restore")


def fill_menu_bar(window: QMainWindow, actions: Actions, recent: QMenu) -> QMenu:
    """The five menus; `recent` lists archives. Returns the menu of the view, for the window to fill."""
    file = window.menuBar().addMenu(_("&File"))
    file.addActions(
        actions.of(
            (
                "add-files",
                "add-folder",
                "review-waiting",
                "inbox",
                "",
                "export-year",
                "bundle",
                "export-list",
                "",
                "open",
                "reveal",
                "",
            )
        )
    )
    file.addActions(actions.of(("new-archive", "open-archive")))
    file.addMenu(recent)
    file.addActions(actions.of(("sample", "", "quit")))
    edit = window.menuBar().addMenu(_("&Edit"))
    edit.addActions(
        actions.of(("undo", "redo", "", "copy", "paste", "select-all", "", "search-among", "save-search", ""))
    )
    edit.addActions(actions.of(("tag", "rename", "trash", "restore")))
    view = window.menuBar().addMenu(_("&View"))
    view.addActions(actions.of(("refresh", "")))
    tools = window.menuBar().addMenu(_("&Tools"))
    tools.addActions(
        actions.of(("add-group", "synonyms", "", "verify", "backup", "restore-backup", "archive-info", "", "settings"))
    )
    window.menuBar().addMenu(_("&Help")).addActions(actions.of(("help", "about")))
    return view


def make_toolbar(window: QMainWindow, actions: Actions, search: SearchBox) -> QToolBar:
    """The few deeds of every day, and the search box."""
    bar = _FlatBar(_("Toolbar"), window)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.setIconSize(QSize(20, 20))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    for name, text in _shown_words():
        actions[name].setIconText(text)
        bar.addAction(actions[name])
    bar.addSeparator()
    for name, text in (("undo", _("Undo")), ("redo", _("Redo"))):
        bar.addAction(actions[name])
        button = bar.widgetForAction(actions[name])
        button.setAccessibleName(text)
        button.setProperty("toolButtonStyle", Qt.ToolButtonStyle.ToolButtonIconOnly)
    gap = QWidget()
    gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(gap)
    search.setMinimumWidth(36 * UNIT)
    search.setMaximumWidth(64 * UNIT)
    bar.addWidget(search)
    save = search.addAction(actions["save-search"].icon(), QLineEdit.ActionPosition.TrailingPosition)
    save.setToolTip(_("Save the search (Ctrl+S)"))
    save.triggered.connect(actions["save-search"].trigger)
    save.setVisible(False)
    search.textChanged.connect(lambda text: save.setVisible(bool(text.strip()) and actions["save-search"].isEnabled()))
    bar.setContentsMargins(UNIT // 2, UNIT - 2, UNIT, 0)
    window.addToolBar(bar)
    return bar


def _shown_words() -> tuple[tuple[str, str], ...]:
    """Deeds whose words stand in the toolbar."""
    return (
        ("add-files", _("Add documents")),
        ("add-folder", _("Add a folder")),
        ("export-year", _("Export a year")),
        ("bundle", _("Bundle")),
    )


def document_menu(window: QMainWindow, actions: Actions, at: QPoint) -> QMenu:
    """What can be done with the selected documents, beside the pointer."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addActions([action for action in actions.of(_DOCUMENT) if action.isSeparator() or action.isEnabled()])
    menu.popup(at)
    return menu


class _FlatBar(QToolBar):
    """A toolbar without bevels: the window's ground and one hairline."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline())
