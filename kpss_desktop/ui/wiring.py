"""What the panes tell, and the verb that answers it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from kpss_desktop.i18n import _
from kpss_desktop.messages import describe
from kpss_desktop.model import SavedSearch
from kpss_desktop.ui import menus
from kpss_desktop.ui.actions import Actions
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.shelves import SEARCH_KEY, Place
from kpss_desktop.ui.status import StatusBar
from kpss_desktop.ui.verbs import changing, exporting, filing, finding, house, incoming, keeping, originals
from kpss_desktop.ui.workplace import Workplace


def connect_place(desk: Desk, place: Workplace, actions: Actions) -> None:
    """The panes of a workplace."""
    place.add_wanted.connect(lambda: filing.add_files(desk))
    place.navigator.files_dropped.connect(lambda paths, shelf: filing.take_dropped(desk, paths, shelf))
    place.navigator.documents_dropped.connect(lambda ids, where: changing.drop_on(desk, ids, where))
    place.navigator.menu_wanted.connect(lambda where, at: _show_place_menu(desk, where, at))
    place.table.opened.connect(lambda document: originals.open_file(desk, document.file))
    place.table.menu_wanted.connect(lambda at: menus.document_menu(desk.window, actions, at))
    place.preview.open_requested.connect(lambda _id: originals.open_original(desk))
    place.preview.again_requested.connect(lambda one: changing.read_again(desk, (one,)))
    _connect_inspector(desk, place)
    if place.archive.writable:
        incoming.watch(desk, place)
        keeping.look_at_place(desk)


def connect_jobs(jobs: Jobs, status: StatusBar) -> None:
    """The work under way and the status bar."""
    jobs.running.connect(status.work.start)
    jobs.progress.connect(status.work.progress)
    jobs.idle.connect(status.work.stop)
    status.cancel_wanted.connect(jobs.cancel)
    jobs.failed.connect(lambda error: status.say(describe(error)))
    jobs.cancelled.connect(lambda label: status.say(_("Stopped: {what}.").format(what=label)))


def place_menu(desk: Desk, where: Place) -> QMenu | None:
    """What can be done with a place of the navigator; None when nothing."""
    overview = desk.place.overview
    if where.key == "to-file":
        return _waiting_menu(desk)
    search = next((one for one in overview.searches if where.key == SEARCH_KEY + one.name), None) if overview else None
    if search is not None:
        return _search_menu(desk, search)
    group_id = where.shelf.group if where.shelf else None
    if overview is None or group_id is None or group_id not in overview.groups:
        return None
    group = overview.groups[group_id]
    menu = QMenu(desk.window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("Export a &year…"), lambda: exporting.export_year(desk))
    change = menu.addAction(_("Change the &group…"), lambda: house.edit_group(desk, group))
    change.setEnabled(desk.archive.writable)
    return menu


def _waiting_menu(desk: Desk) -> QMenu:
    menu = QMenu(desk.window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("&Review what waits…"), lambda: incoming.review_waiting(desk)).setEnabled(desk.archive.writable)
    return menu


def _search_menu(desk: Desk, search: SavedSearch) -> QMenu:
    menu = QMenu(desk.window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("&Put it into the search box"), lambda: finding.edit_search(desk, search))
    changes = (
        menu.addAction(_("&Rename…"), lambda: finding.rename_search(desk, search.name)),
        menu.addAction(_("&Delete"), lambda: finding.delete_search(desk, search.name)),
    )
    for change in changes:
        change.setEnabled(desk.archive.writable)
    return menu


def _show_place_menu(desk: Desk, where: Place, at: QPoint) -> None:
    menu = place_menu(desk, where)
    if menu is not None:
        desk.place.navigator.choose(where.key)
        menu.popup(at)


def _connect_inspector(desk: Desk, place: Workplace) -> None:
    details = place.inspector
    details.edited.connect(lambda ids, changes: changing.edit(desk, ids, changes))
    details.group_switched.connect(lambda ids, group, on: changing.switch_group(desk, ids, group, on))
    details.tagged.connect(lambda ids, tag: changing.tag(desk, ids, tag))
    details.untagged.connect(lambda ids, tag: changing.untag(desk, ids, tag))
    details.read_again.connect(lambda ids: changing.read_again(desk, ids))
