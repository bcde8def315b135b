"""What is done with a search: keeping it under a name, looking among its results, teaching it words, listing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.exporting.listing import export_list
from kpss_desktop.archive.exporting.packing import Exported
from kpss_desktop.archive.search import saving, searching
from kpss_desktop.i18n import _
from kpss_desktop.messages import describe, documents_text, list_words
from kpss_desktop.model import SavedSearch
from kpss_desktop.progress import Progress
from kpss_desktop.safe_names import safe_name
from kpss_desktop.ui.desk import Desk
from kpss_desktop.ui.dialogs.synonyms import SynonymsDialog
from kpss_desktop.ui.listing import Listing
from kpss_desktop.ui.theme import UNIT
from kpss_desktop.ui.verbs.originals import reveal


def save_search(desk: Desk) -> None:
    """Ask under which name what is looked for is to be kept."""
    listing = desk.place.table.rows.listing
    shelf = listing.shelf
    if not listing.words and shelf.group is None and shelf.tag is None and not shelf.kinds:
        desk.say(_("Type what to look for first; then it can be saved."))
        return
    desk.jobs.query(
        lambda archive, _progress: searching.as_text(archive, listing.text, shelf), partial(_ask_name, desk)
    )


def rename_search(desk: Desk, name: str) -> None:
    """Ask for another name of a saved search."""
    _ask(desk, _("Rename the search"), name, lambda new: _change(desk, partial(_rename, name, new)))


def delete_search(desk: Desk, name: str) -> None:
    """Forget a saved search; undo brings it back."""
    _change(desk, lambda archive: saving.delete_search(archive, name))
    desk.place.navigator.choose("all")


def edit_search(desk: Desk, search: SavedSearch) -> None:
    """Put a saved search into the box, to be changed there."""
    desk.place.navigator.choose("all")
    desk.place.search_wanted.emit(search.query)


def search_among(desk: Desk) -> None:
    """Look among the selected documents only."""
    ids = desk.ids
    if ids:
        desk.place.search_among(ids)
        desk.place.search_wanted.emit("")


def edit_synonyms(desk: Desk) -> None:
    """Show the words that mean the same, to be changed."""
    desk.jobs.query(lambda archive, _progress: saving.synonyms(archive), partial(_show_synonyms, desk))


def export_list_of(desk: Desk) -> None:
    """Ask where to, and write the listing, or the selected rows of it when they are several."""
    listing = desk.place.table.rows.listing
    chosen = desk.ids if len(desk.ids) > 1 else ()
    place = desk.place.navigator.place
    title = listing.text.strip() or (place.label if place else "") or _("List")
    dialog = QFileDialog(desk.window, _("Export as a list"), str(_downloads()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_("Table for Excel (*.csv)"), _("Page for a browser or Word (*.html)")])
    dialog.setDefaultSuffix("csv")
    dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix("html" if "html" in name else "csv"))
    dialog.selectFile(safe_name(title))
    dialog.fileSelected.connect(lambda name: write_list(desk, Path(name), listing, chosen, title))
    dialog.open()


def write_list(desk: Desk, target: Path, listing: Listing, chosen: tuple[str, ...] = (), title: str = "") -> None:
    """Write all documents of a listing, or the chosen ones, as a table."""
    words = list_words()

    def write(archive: Archive, progress: Progress) -> Exported:
        ids = chosen or searching.ids_of(archive, listing.text, shelf=listing.shelf, live=True)
        return export_list(archive, ids, target, progress, title=title, words=words)

    def tell(made: Exported) -> None:
        sentence = _("{many} listed in “{name}”.").format(many=documents_text(made.files), name=made.path.name)
        desk.say(sentence, lambda: reveal(made.path))

    desk.jobs.query(write, tell, lambda error: desk.say(describe(error)))


def _ask_name(desk: Desk, text: str) -> None:
    def save(name: str) -> None:
        desk.jobs.change(
            lambda archive, _progress: saving.save_search(archive, name, text),
            lambda made: desk.say(_("Saved as “{name}”; it is in the navigator.").format(name=made.name)),
            lambda error: desk.say(describe(error)),
            label=_("Saving"),
        )

    _ask(desk, _("Save the search"), text, save)


def _ask(desk: Desk, title: str, start: str, then: Callable[[str], None]) -> None:
    dialog = QInputDialog(desk.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(_("Name of the search:"))
    dialog.setTextValue(start)
    dialog.resize(60 * UNIT, dialog.sizeHint().height())
    dialog.textValueSelected.connect(then)
    dialog.open()


def _rename(name: str, new: str, archive: Archive) -> None:
    saving.rename_search(archive, name, new)


def _change(desk: Desk, verb: Callable[[Archive], None]) -> None:
    desk.jobs.change(
        lambda archive, _progress: verb(archive), None, lambda error: desk.say(describe(error)), label=_("Saving")
    )


def _show_synonyms(desk: Desk, families: tuple[tuple[str, ...], ...]) -> None:
    dialog = SynonymsDialog(families, desk.window, writable=desk.archive.writable)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: _change(desk, partial(_set_synonyms, dialog.families)))
    dialog.open()


def _set_synonyms(families: tuple[tuple[str, ...], ...], archive: Archive) -> None:
    saving.set_synonyms(archive, families)


def _downloads() -> Path:
    location = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return Path(location) if location and Path(location).is_dir() else Path.home()
