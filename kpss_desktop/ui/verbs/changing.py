"""Changes of the selected documents. Each is one step that undo takes back, so nothing asks whether it is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from kpss_desktop.archive import editing, undo
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.reading import indexer
from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import describe, describe_step
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.shelves import Place
from kpss_desktop.ui.theme import UNIT

T = TypeVar("T")


def edit(desk: Desk, ids: Sequence[str], changes: Edit) -> None:
    """Set values that the details pane gave."""
    _change(desk, lambda archive: editing.edit(archive, ids, changes))


def switch_group(desk: Desk, ids: Sequence[str], group: str, on: bool) -> None:  # a Qt signal gives it
    """Add a group to the documents or take it from them, whatever other groups each has."""
    changes = Edit(add_groups=(group,)) if on else Edit(drop_groups=(group,))
    _change(desk, lambda archive: editing.edit(archive, ids, changes))


def tag(desk: Desk, ids: Sequence[str], name: str) -> None:
    """Give the documents a tag."""
    _change(desk, lambda archive: editing.tag(archive, ids, name))


def untag(desk: Desk, ids: Sequence[str], name: str) -> None:
    """Take a tag from the documents."""
    _change(desk, lambda archive: editing.untag(archive, ids, name))


def ask_tag(desk: Desk) -> None:
    """Put the cursor where a tag is added."""
    desk.place.inspector.tags.line.setFocus()


def rename(desk: Desk) -> None:
    """Ask for another file name."""
    if len(desk.selection) != 1:
        return
    document = desk.selection[0]
    name = PurePosixPath(document.file.path).name
    dialog = QInputDialog(desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Rename the file"))
    dialog.setLabelText(_("New name of the file:"))
    dialog.setTextValue(name)
    dialog.resize(60 * UNIT, dialog.sizeHint().height())

    def give(new: str) -> None:
        if new.strip() and new != name:
            _change(desk, lambda archive: editing.rename(archive, document.id, new.strip()))

    dialog.textValueSelected.connect(give)
    dialog.open()


def trash(desk: Desk) -> None:
    """Put the documents into the trash, or bring them back when they are there."""
    ids = desk.ids
    if not ids:
        return
    if all(document.trashed for document in desk.selection):
        restore(desk)
        return

    def tell(number: int) -> None:
        sentence = ngettext("{n} document is in the trash.", "{n} documents are in the trash.", number)
        desk.say(sentence.format(n=number))

    _change(desk, lambda archive: editing.trash(archive, ids), tell)


def restore(desk: Desk) -> None:
    """Bring documents back from the trash."""
    ids = desk.ids
    _change(desk, lambda archive: editing.restore(archive, ids))


def take_back(desk: Desk) -> None:
    """Undo the last change."""
    _change(desk, undo.undo, lambda step: desk.say(_("Taken back: {what}.").format(what=describe_step(step))))


def make_again(desk: Desk) -> None:
    """Redo the change that was taken back last."""
    _change(desk, undo.redo, lambda step: desk.say(_("Done again: {what}.").format(what=describe_step(step))))


def read_again(desk: Desk, ids: Sequence[str]) -> None:
    """Try once more to read the texts."""
    _change(desk, lambda archive: indexer.read_again(archive, ids))


def drop_on(desk: Desk, ids: Sequence[str], place: Place) -> None:
    """Documents dragged onto a place of the navigator: into the group, the tag or the trash."""
    shelf = place.shelf
    if shelf is None or not desk.archive.writable:
        return
    if shelf.trashed:
        _change(desk, lambda archive: editing.trash(archive, ids))
    elif shelf.tag is not None:
        tag(desk, ids, shelf.tag)
    elif shelf.group is not None:
        switch_group(desk, ids, shelf.group, on=True)


def _change(desk: Desk, verb: Callable[[Archive], T], done: Callable[[T], None] | None = None) -> None:
    place = desk.place

    def fail(error: Exception) -> None:
        desk.say(describe(error))
        # The fields still show what was not accepted.
        place.table.rows.refresh()
        place.refresh()

    desk.jobs.change(lambda archive, _progress: verb(archive), done, fail, label=_("Saving"))
