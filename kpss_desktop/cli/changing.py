"""The verbs that change documents."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from kpss_desktop import messages
from kpss_desktop.archive import editing, looking
from kpss_desktop.archive import undo as undoing
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.reading import indexer
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.search.exactness import require_exact
from kpss_desktop.catalogue.steps import Step
from kpss_desktop.cli.output import Output, document_fields, group_names
from kpss_desktop.czech.dates import parse_date
from kpss_desktop.czech.names import find_group, kind_of_word
from kpss_desktop.errors import BadValue, NoSuchDocument, NoSuchGroup
from kpss_desktop.i18n import _
from kpss_desktop.model import Dated, Document, PartialDate, TextState


def tag(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Give all documents that a query finds a tag."""
    ids = _found(archive, chosen.query, output)
    editing.tag(archive, ids, chosen.tag)
    _tell(archive, ids, output)


def untag(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Take a tag from all documents that a query finds."""
    ids = _found(archive, chosen.query, output)
    editing.untag(archive, ids, chosen.tag)
    _tell(archive, ids, output)


def set_fields(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Set fields of all documents that a query finds."""
    changes = Edit()
    for assignment in chosen.fields:
        field, sign, value = assignment.partition("=")
        if not sign:
            raise BadValue("field", assignment)
        changes = replace(changes, **_value(archive, field.strip(), value.strip()))
    ids = _found(archive, chosen.query, output)
    editing.edit(archive, ids, changes)
    _tell(archive, ids, output)


def _value(archive: Archive, field: str, value: str) -> dict[str, Any]:
    match field:
        case "title" | "note":
            return {field: value}
        case "kind":
            kind = kind_of_word(value)
            if kind is None:
                raise BadValue(field, value)
            return {"kind": kind}
        case "groups" | "group":
            return {"groups": tuple(_group(archive, name) for name in value.split(",") if name.strip())}
        case "date":
            return {"dated": Dated(_date(value)) if value else None}
    raise BadValue("field", field)


def _group(archive: Archive, name: str) -> str:
    found = find_group(name.strip(), looking.groups(archive))
    if found is None:
        raise NoSuchGroup(name.strip())
    return found.id


def _date(value: str) -> PartialDate:
    found = parse_date(value)
    if found is None:
        raise BadValue("date", value)
    return found


def read_again(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Read the files of all documents that a query finds once more; those that have no text are failures."""
    ids = _found(archive, chosen.query, output)
    indexer.read_again(archive, ids)
    _tell(archive, ids, output)
    for document in looking.documents(archive, ids):
        for file in document.files:
            if file.text_state is not TextState.READY:
                output.failure(f"{file.path}: {messages.reason_sentence(file.text_reason)}")


def rename(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Give a document's file another name."""
    document = looking.document_at(archive, chosen.path)
    _tell(archive, [editing.rename(archive, document.id, chosen.new).id], output)


def trash(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Put a document into the trash."""
    document = looking.document_at(archive, chosen.path)
    editing.trash(archive, [document.id])
    _tell(archive, [document.id], output)


def restore(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Bring a document back from the trash."""
    document = looking.document_at(archive, chosen.path)
    editing.restore(archive, [document.id])
    _tell(archive, [document.id], output)


def undo(archive: Archive, _chosen: argparse.Namespace, output: Output) -> None:
    """Take the last change back."""
    _tell_step(undoing.undo(archive), _("Undone: {what}."), output)
    indexer.index_pending(archive, output.progress)


def redo(archive: Archive, _chosen: argparse.Namespace, output: Output) -> None:
    """Make the change again that was taken back last."""
    _tell_step(undoing.redo(archive), _("Redone: {what}."), output)
    indexer.index_pending(archive, output.progress)


def _tell_step(step: Step, sentence: str, output: Output) -> None:
    data = {"label": step.label, "documents": step.amount, "at": step.at}
    output.line(data, sentence.format(what=messages.describe_step(step)))


def _found(archive: Archive, query: str, output: Output) -> list[str]:
    """The documents a query finds, or the one whose path it is.

    Raises NoSuchDocument when there is none, and as `require_exact` does when the query could mean more than it says.
    """
    indexer.index_pending(archive, output.progress)
    try:
        return [looking.document_at(archive, query).id]
    except NoSuchDocument:
        require_exact(archive, query)
    if not query.strip():
        raise BadValue("search", query)
    ids = searching.ids_of(archive, query)
    if not ids:
        raise NoSuchDocument(query)
    return ids


def _tell(archive: Archive, ids: list[str], output: Output) -> None:
    indexer.index_pending(archive, output.progress)
    names = group_names(archive)
    found: tuple[Document, ...] = looking.documents(archive, ids)
    for document in found:
        output.line(document_fields(document, names), document.file.path)
