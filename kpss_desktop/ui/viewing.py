"""Actions of the window itself: where the focus goes, which archive is next, how the archive is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kpss_desktop import settings
from kpss_desktop.archive.trust.verify import Verified
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.overview import Overview
from kpss_desktop.ui.search_bar import SearchBox
from kpss_desktop.ui.times import ago_text, day_text


def fill(menu: QMenu, desk: Desk, search: SearchBox) -> None:
    """Finding, and going from pane to pane."""
    find = _add(menu, desk, _("&Find"), QKeySequence(QKeySequence.StandardKey.Find))
    find.triggered.connect(lambda: _find(search))
    for text, keys, step in ((_("&Next pane"), "F6", 1), (_("&Previous pane"), "Shift+F6", -1)):
        action = _add(menu, desk, text, QKeySequence(keys))
        action.triggered.connect(lambda _checked=False, step=step: go_round(desk, search, step))


def go_round(desk: Desk, search: SearchBox, step: int) -> None:
    """Give the focus to the next pane, or the one before."""
    if desk.entry.workplace is None:
        return
    panes: list[QWidget] = [search, *(pane for pane in desk.place.panes if pane.isVisible())]
    focus = QApplication.focusWidget()
    inside = [at for at, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))]
    pane = panes[(inside[0] + step) % len(panes)] if inside else panes[1]
    pane.setFocus()


def recent_menu(desk: Desk) -> QMenu:
    """The archives opened before."""
    menu = QMenu(_("Opened &recently"), desk.window)

    def fill_recent() -> None:
        menu.clear()
        for folder in settings.load().recent:
            action = menu.addAction(folder.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, folder=folder: desk.entry.go(Path(folder)))

    menu.aboutToShow.connect(fill_recent)
    return menu


def verified_state(verified: Verified | None) -> tuple[str, str, str]:
    """Icon, words and tip for the status bar."""
    if verified is None:
        return "question", _("Not verified yet"), _("A press looks whether every file is in order.")
    tip = _("Verified {when}").format(when=day_text(verified.at))
    if verified.amount:
        number = verified.amount
        return (
            "warning",
            ngettext("{n} thing is not in order", "{n} things are not in order", number).format(n=number),
            tip,
        )
    return "ok", _("In order, verified {ago}").format(ago=ago_text(verified.at)), tip


def backup_reminder(now: Overview) -> tuple[str, str, str]:
    """Icon, words and tip for the status bar; no words while the last backup is young enough."""
    if not now.backup_due:
        return "", "", ""
    if now.backed_up is None:
        return "backup", _("Not backed up yet"), _("A press begins a backup to another disk.")
    ago = ago_text(now.backed_up.at)
    return "backup", _("Last backup {ago}").format(ago=ago), _("A press begins a backup to another disk.")


def _find(search: SearchBox) -> None:
    search.setFocus()
    search.selectAll()


def _add(menu: QMenu, desk: Desk, text: str, keys: QKeySequence) -> QAction:
    action = QAction(text, desk.window)
    action.setShortcut(keys)
    desk.window.addAction(action)
    menu.addAction(action)
    return action
