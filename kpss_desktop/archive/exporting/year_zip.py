"""A group's year as a ZIP, the way the town's page offers it: "Pracovní skupina Péče - 2019.zip"."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive.exporting.packing import Exported, Packed, unique_names, write_zip
from kpss_desktop.catalogue import documents, listing
from kpss_desktop.catalogue.scope import Scope
from kpss_desktop.czech.names import full_title
from kpss_desktop.errors import NothingToExport
from kpss_desktop.model import Document, Group, Kind, PartialDate
from kpss_desktop.progress import Progress
from kpss_desktop.safe_names import safe_name

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

_KINDS = {kind: place for place, kind in enumerate(Kind)}


def year_zip_name(group: Group, year: int) -> str:
    """The name the ZIP has on the town's page."""
    return safe_name(f"{full_title(group)} - {year}.zip")


def year_documents(
    archive: Archive, group: Group, year: int, kinds: frozenset[Kind] | None = None
) -> tuple[Document, ...]:
    """What goes in, oldest first: the group's documents of the year, the joint ones too, but no ZIP of a year."""
    scope = Scope(groups=(group.id,), years=((year, year),))
    with archive.catalogue.snapshot():
        db = archive.catalogue.db
        found = documents.load_documents(db, listing.ids_in(db, scope))
    wanted = (kinds or frozenset(Kind)) - {Kind.YEAR_ZIP}
    return tuple(sorted((document for document in found if document.kind in wanted), key=_chronological))


def _chronological(document: Document) -> tuple[str, int, str, str]:
    """By date, within a day the minutes first; what has no day comes after what has one.

    Ids differ from archive to archive and take no part, so the same documents filed alike give the same bytes.
    """
    date = document.dated.date if document.dated else PartialDate(9999)
    written = str(date) + ("" if date.is_full else "-99")
    return (written, _KINDS[document.kind], document.title.casefold(), document.file.path)


def export_year_zip(
    archive: Archive,
    group: Group,
    year: int,
    target: Path,
    progress: Progress,
    *,
    kinds: frozenset[Kind] | None = None,
) -> Exported:
    """Pack a group's year into a folder, or into the file `target` when it ends in .zip.

    Raises NothingToExport, MissingFile, OSError, Cancelled; then nothing is left half-written.
    """
    chosen = year_documents(archive, group, year, kinds)
    if not chosen:
        raise NothingToExport(f"{group.name} {year}")
    path = target if target.suffix.casefold() == ".zip" else target / year_zip_name(group, year)
    files = [(document, file) for document in chosen for file in document.files]
    names = unique_names(PurePosixPath(file.path).name for _, file in files)
    entries = [
        Packed(name, archive.store.inside(file.path), document.dated.date if document.dated else None)
        for name, (document, file) in zip(names, files, strict=True)
    ]
    return write_zip(path, entries, len(files), progress)
