"""What the preview shows of a document, gathered beside the window. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake.zip_listing import ZipEntry, zip_contents
from kpss_desktop.archive.reading.faithful import kept_faithful, may_be_faithful
from kpss_desktop.archive.reading.indexer import structure_of
from kpss_desktop.archive.search import searching
from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.errors import KpssError
from kpss_desktop.formats.table import Family, by_mime
from kpss_desktop.model import Document, Reason, StoredFile, TextState
from kpss_desktop.progress import Progress, silent
from kpss_desktop.ui.preview.words import preview_words

PDF = "application/pdf"
ZIP = "application/zip"
_HOPELESS = (Reason.MISSING, Reason.EMPTY_FILE, Reason.PASSWORD)


class View(StrEnum):
    """How a document is shown."""

    PDF = "pdf"
    HTML = "html"
    SHEETS = "sheets"
    TEXT = "text"
    IMAGE = "image"
    ZIP = "zip"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Preview:
    """One document as the preview shows it; `view` says which of the other fields count.

    `html` is a safe fragment (see formats.structure), `hits` lights the words searched for,
    `reason` says why nothing is shown and is NONE otherwise. `faithful` is the document as a PDF by LibreOffice when
    that has been made, `may_be_faithful` whether it can be. `machine_read`: the text was recognised from pictures.
    """

    document: Document
    file: StoredFile
    path: Path
    view: View
    html: str = ""
    text: str = ""
    entries: tuple[ZipEntry, ...] = ()
    hits: Light | None = None
    reason: Reason = Reason.NONE
    faithful: Path | None = None
    may_be_faithful: bool = False
    machine_read: bool = False


def gather(
    archive: Archive, document_id: str, query: str = "", file_id: str = "", progress: Progress = silent
) -> Preview:
    """Gather what the preview needs: of the file shown first, or of another one of the document.

    Reads the document's structure in a reader process, so it belongs into a background query. A file that cannot be
    shown is no error but a preview with its reason. Raises NoSuchDocument, and Cancelled when `progress` does.
    """
    document = looking.document(archive, document_id)
    file = next((one for one in document.files if one.id == file_id), document.file)
    path = looking.file_path(archive, file)
    hits = searching.light(archive, query) if query.strip() else None
    nothing = Preview(document, file, path, View.NOTHING, hits=hits)
    made = fill(
        nothing,
        lambda: structure_of(archive, file, preview_words(), progress),
        lambda: looking.text_of(archive, file),
    )
    if made.reason in _HOPELESS:
        return made
    return replace(
        made,
        faithful=kept_faithful(archive, file) if may_be_faithful(file) else None,
        may_be_faithful=may_be_faithful(file),
        machine_read=looking.is_machine_read(archive, file),
    )


def fill(nothing: Preview, html: Callable[[], str], text: Callable[[], str]) -> Preview:
    """Choose the view for a file and read what it needs; `html` and `text` are "" when there is none."""
    path, file = nothing.path, nothing.file
    reason = _hopeless(path, file)
    if reason is not Reason.NONE:
        return replace(nothing, reason=reason)
    if file.mime == PDF:
        return replace(nothing, view=View.PDF)
    if file.mime.startswith("image/"):
        return replace(nothing, view=View.IMAGE)
    if file.mime == ZIP:
        return _of_zip(nothing)
    return _of_text(nothing, html(), text)


def _hopeless(path: Path, file: StoredFile) -> Reason:
    """Why nothing of the file can be shown, before any view is tried."""
    if not path.is_file():
        return Reason.MISSING
    if file.size == 0:
        return Reason.EMPTY_FILE
    return Reason.PASSWORD if file.text_state is TextState.ENCRYPTED else Reason.NONE


def _of_zip(nothing: Preview) -> Preview:
    try:
        return replace(nothing, view=View.ZIP, entries=zip_contents(nothing.path))
    except (KpssError, OSError):
        return replace(nothing, reason=Reason.BROKEN)


def _of_text(nothing: Preview, html: str, text: Callable[[], str]) -> Preview:
    if html:
        is_workbook = by_mime(nothing.file.mime).family is Family.SHEET
        return replace(nothing, view=View.SHEETS if is_workbook else View.HTML, html=html)
    plain = text()
    if plain:
        return replace(nothing, view=View.TEXT, text=plain)
    return replace(nothing, reason=nothing.file.text_reason or Reason.NO_READER)
