"""What waits in "K zařazení", as rows of the review sheet: filed documents whose group, year or date is still open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpss_desktop.archive import meetings
from kpss_desktop.archive.changes import change
from kpss_desktop.archive.editing import write_edited
from kpss_desktop.archive.intake import teaching
from kpss_desktop.archive.intake.plan import IntakeItem, IntakePlan, Origin
from kpss_desktop.archive.intake.recognising import recognised
from kpss_desktop.archive.intake.rows import OnItems, Rows
from kpss_desktop.archive.placing import groups_by_id
from kpss_desktop.catalogue import documents, listing, texts
from kpss_desktop.czech.context import Context
from kpss_desktop.model import Dated, Document, Kind
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


def plan_waiting(archive: Archive, progress: Progress, on_items: OnItems | None = None) -> IntakePlan:
    """A row for each document that waits, with what its name and text tell today. Raises Cancelled."""
    db = archive.catalogue.db
    groups = documents.load_groups(db)
    rows = Rows(on_items)
    waiting = documents.load_documents(db, listing.ids_to_file(db))
    extracts = texts.extracts_of(db, (document.file.sha256 for document in waiting))
    for done, document in enumerate(waiting):
        progress(done, len(waiting), document.title)
        extract = extracts.get(document.file.sha256)
        read = recognised(_row(archive, document), groups, extract.text if extract else "")
        rows.add(_with_own_values(read, document))
    rows.tell()
    return IntakePlan(tuple(rows.items), extracts)


def _row(archive: Archive, document: Document) -> IntakeItem:
    file = document.file
    return IntakeItem(
        Origin(archive.store.inside(file.path)), file.path, file.original_name, file.size, file.sha256,
        title=document.title, document_id=document.id, context=_context(file.source),
    )  # fmt: skip


def _context(source: str) -> Context:
    """Where a file lay when it was taken in, by its source "drive/2019.zip!Péče/Zápis.doc"."""
    *around, inside = source.split("!")
    folders = PurePosixPath(inside).parts[:-1] or (PurePosixPath(around[-1]).parts[:-1] if around else ())
    return Context(tuple(folders), PurePosixPath(around[-1]).name if around else None)


def _with_own_values(item: IntakeItem, document: Document) -> IntakeItem:
    """What the document has already goes before what is read today."""
    kind = item.kind if document.kind is Kind.OTHER else document.kind
    if document.groups:
        item = replace(item, groups=document.groups, new_groups=())
    return replace(item, kind=kind, dated=document.dated or item.dated)


def settle_waiting(archive: Archive, plan: IntakePlan, progress: Progress) -> int:
    """Write what the clerk accepted, as one step that can be undone; how many documents changed."""
    archive.require_writable()
    groups = groups_by_id(archive)
    wanted = {item.document_id: item for item in plan.items if item.take and item.document_id}
    found = documents.load_documents(archive.catalogue.db, wanted)
    changed = [document for document in found if _is_changed(document, wanted[document.id])]
    if not changed and not plan.lessons:
        return 0
    with change(archive, "edit", len(changed)) as db:
        teaching.learn(db, groups, plan.lessons)
        for done, document in enumerate(changed):
            progress(done, len(changed), document.title)
            item = wanted[document.id]
            new = tuple(teaching.registered(db, groups, name) for name in item.new_groups)
            after = replace(
                document, kind=item.kind, groups=tuple(dict.fromkeys(item.groups + new)), dated=_dated(item, document)
            )
            write_edited(archive, db, document, after, groups)
        meetings.gather(db, groups, [document.id for document in changed])
    return len(changed)


def _dated(item: IntakeItem, document: Document) -> Dated | None:
    return item.dated or document.dated


def _is_changed(document: Document, item: IntakeItem) -> bool:
    now = (item.kind, item.groups, item.new_groups, _dated(item, document))
    return now != (document.kind, document.groups, (), document.dated)
