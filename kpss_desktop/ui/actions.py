"""The table of all that can be done, with words, shortcut and icon, and the menus and the toolbar made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from kpss_desktop.i18n import _
from kpss_desktop.messages import describe_step
from kpss_desktop.model import Document
from kpss_desktop.ui import icons
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.overview import Overview
from kpss_desktop.ui.verbs import changing, exporting, filing, finding, house, incoming, keeping, originals

_KEYS = QKeySequence.StandardKey


class Need(Enum):
    """What must be there for a deed."""

    NOTHING = auto()
    ARCHIVE = auto()
    WRITABLE = auto()
    ONE = auto()  # one selected document
    SOME = auto()  # at least one
    ONE_WRITABLE = auto()
    SOME_WRITABLE = auto()
    SOME_TRASHED = auto()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done from a menu."""

    name: str
    text: str
    run: Callable[[Desk], None]
    need: Need = Need.ARCHIVE
    keys: QKeySequence.StandardKey | str = ""
    icon: str = ""


def deeds() -> tuple[Deed, ...]:
    """All of them, in the language that is active."""
    return (*_file_deeds(), *_edit_deeds(), *_other_deeds())


def _file_deeds() -> tuple[Deed, ...]:
    return (
        Deed("add-files", _("&Add documents…"), filing.add_files, Need.WRITABLE, "Ctrl+I", "add-file"),
        Deed("add-folder", _("Add a &folder…"), filing.add_folder, Need.WRITABLE, "Ctrl+Shift+I", "add-folder"),
        Deed("review-waiting", _("Review what &waits…"), incoming.review_waiting, Need.WRITABLE, "Ctrl+R", "inbox"),
        Deed("inbox", _("&Incoming folder…"), incoming.choose_folder, Need.WRITABLE, "", "folder"),
        Deed("export-year", _("Export a &year…"), exporting.export_year, Need.ARCHIVE, "Ctrl+E", "export"),
        Deed("bundle", _("Make a &bundle…"), exporting.make_bundle, Need.SOME, "Ctrl+B", "bundle"),
        Deed("export-list", _("Export as a &list…"), finding.export_list_of, Need.ARCHIVE, "Ctrl+L", "table"),
        Deed("open", _("Open the o&riginal"), originals.open_original, Need.ONE, "Ctrl+Return", "open-external"),
        Deed("reveal", _("Show in its fol&der"), originals.show_in_folder, Need.ONE, "Ctrl+Shift+E", "show-in-folder"),
        Deed("new-archive", _("&New archive…"), house.new_archive, Need.NOTHING, _KEYS.New, "plus"),
        Deed("open-archive", _("&Open an archive…"), house.open_other, Need.NOTHING, _KEYS.Open, "folder"),
        Deed("sample", _("Open the &sample archive"), house.open_sample, Need.NOTHING),
        Deed("quit", _("&Quit"), house.leave, Need.NOTHING, _KEYS.Quit),
    )


def _edit_deeds() -> tuple[Deed, ...]:
    return (
        Deed("undo", _("&Undo"), changing.take_back, Need.WRITABLE, _KEYS.Undo, "undo"),
        Deed("redo", _("&Redo"), changing.make_again, Need.WRITABLE, _KEYS.Redo, "redo"),
        Deed("copy", _("&Copy"), originals.copy, Need.SOME, _KEYS.Copy, "duplicate"),
        Deed("paste", _("&Paste files"), filing.paste, Need.WRITABLE, _KEYS.Paste, "import"),
        Deed("tag", _("Add a &tag"), changing.ask_tag, Need.SOME_WRITABLE, "Ctrl+T", "tag-add"),
        Deed("rename", _("Re&name the file…"), changing.rename, Need.ONE_WRITABLE, "F2", "edit"),
        Deed("trash", _("Move to the tras&h"), changing.trash, Need.SOME_WRITABLE, _KEYS.Delete, "trash"),
        Deed("restore", _("&Bring back from the trash"), changing.restore, Need.SOME_TRASHED, "", "restore"),
        Deed("select-all", _("Select &all"), lambda desk: desk.place.table.selectAll(), Need.ARCHIVE, _KEYS.SelectAll),
    )


def _other_deeds() -> tuple[Deed, ...]:
    return (
        Deed("save-search", _("&Save the search…"), finding.save_search, Need.WRITABLE, _KEYS.Save, "saved-search"),
        Deed("search-among", _("Search in the s&elected"), finding.search_among, Need.SOME, "Ctrl+Shift+F", "search"),
        Deed("synonyms", _("Words that mean the &same…"), finding.edit_synonyms, Need.ARCHIVE, "", "duplicate"),
        Deed("refresh", _("Re&fresh"), house.refresh, Need.ARCHIVE, _KEYS.Refresh, "refresh"),
        Deed("verify", _("&Verify the archive"), keeping.check, Need.ARCHIVE, "", "verify"),
        Deed("backup", _("&Back up…"), keeping.back_up, Need.ARCHIVE, "", "backup"),
        Deed("restore-backup", _("&Restore from a backup…"), keeping.restore, Need.NOTHING, "", "restore"),
        Deed("add-group", _("New &group…"), house.add_group, Need.WRITABLE, "", "group"),
        Deed("archive-info", _("About this &archive"), keeping.tell_of_archive, Need.ARCHIVE, "", "info"),
        Deed("settings", _("&Settings…"), house.choose_settings, Need.NOTHING, "Ctrl+,", "settings"),
        Deed("help", _("&Help page"), house.show_help, Need.NOTHING, _KEYS.HelpContents, "question"),
        Deed("about", _("&About the program"), house.about, Need.NOTHING, "", "info"),
    )


class Actions(QObject):
    """The deeds as QActions, enabled by what is there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._actions: dict[str, tuple[Deed, QAction]] = {}
        for deed in deeds():
            action = QAction(deed.text, self)
            if deed.icon:
                action.setIcon(icons.icon(deed.icon))
            if deed.keys:
                action.setShortcut(QKeySequence(deed.keys))
            action.triggered.connect(lambda _checked=False, deed=deed: deed.run(desk))
            desk.window.addAction(action)
            self._actions[deed.name] = (deed, action)
        self._open = False
        self._writable = False
        self._chosen: tuple[Document, ...] = ()
        self._overview: Overview | None = None
        self._update()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name][1]

    def of(self, names: Sequence[str]) -> list[QAction]:
        """Actions by name; "" is a separator."""
        made = []
        for name in names:
            if name:
                made.append(self[name])
            else:
                line = QAction(self)
                line.setSeparator(True)
                made.append(line)
        return made

    def follow_archive(self, *, is_open: bool, writable: bool) -> None:
        """An archive was opened or closed."""
        self._open, self._writable = is_open, writable
        self._chosen, self._overview = (), None
        self._update()

    def allow(self, writable: bool) -> None:  # Standing hands it over as it is
        """The archive that is open can be changed now, or no more."""
        self._writable = writable
        self._update()

    def follow_selection(self, documents: tuple[Document, ...]) -> None:
        """Other documents are selected."""
        self._chosen = documents
        self._update()

    def follow_overview(self, now: Overview) -> None:
        """Undo and redo say what they would do."""
        self._overview = now
        self._update()

    def _update(self) -> None:
        for deed, action in self._actions.values():
            action.setEnabled(self._has(deed.need))
        now = self._overview
        undo, redo = (now.undo, now.redo) if now else (None, None)
        self["undo"].setEnabled(self._writable and undo is not None)
        self["redo"].setEnabled(self._writable and redo is not None)
        self["undo"].setText(_("&Undo: {what}").format(what=describe_step(undo)) if undo else _("&Undo"))
        self["redo"].setText(_("&Redo: {what}").format(what=describe_step(redo)) if redo else _("&Redo"))

    def _has(self, need: Need) -> bool:
        some, one = bool(self._chosen), len(self._chosen) == 1
        return {
            Need.NOTHING: True,
            Need.ARCHIVE: self._open,
            Need.WRITABLE: self._writable,
            Need.ONE: one,
            Need.SOME: some,
            Need.ONE_WRITABLE: one and self._writable,
            Need.SOME_WRITABLE: some and self._writable,
            Need.SOME_TRASHED: some and self._writable and all(document.trashed for document in self._chosen),
        }[need]
