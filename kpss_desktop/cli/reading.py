"""The verbs that only look."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from kpss_desktop import messages
from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.grouping import new_group
from kpss_desktop.archive.reading.indexer import index_pending, read_files
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.search.exactness import require_exact
from kpss_desktop.archive.search.scoping import EVERYWHERE, Shelf
from kpss_desktop.cli.output import Output, dated_fields, document_fields, document_text, group_names, reading_fields
from kpss_desktop.czech.names import means_steering
from kpss_desktop.czech.recognise import recognise
from kpss_desktop.errors import KpssError, NameTaken
from kpss_desktop.i18n import _
from kpss_desktop.model import Certainty, Dated, Group, GroupKind, TextState

PLACES = {
    "waiting": Shelf(to_file=True),
    "gaps": Shelf(gaps=True),
    "common": Shelf(common=True),
    "trash": Shelf(trashed=True),
}


def recognise_names(chosen: argparse.Namespace, output: Output) -> None:
    """Say what names tell by themselves."""
    groups = _groups(name for name in chosen.groups.split(",") if name.strip())
    known = {group.id: group.name for group in groups}
    names = (line.rstrip("\r\n") for line in sys.stdin) if chosen.names == ["-"] else chosen.names
    for name in names:
        seen = recognise(name, groups=groups)
        found = [known[i] for i in seen.groups.value] if seen.groups else []
        dated = Dated(seen.date.value, seen.date.source, seen.date.certainty) if seen.date else None
        data = {
            "name": name,
            "kind": seen.kind.value if seen.kind else None,
            "kind_sure": seen.kind is not None and seen.kind.certainty is Certainty.SURE,
            "groups": found or list(seen.proposed),
            **dated_fields(dated),
            "number": seen.number,
            "proposed_groups": list(seen.proposed),
            **reading_fields("kind", seen.kind),
            **reading_fields("groups", seen.groups),
            **reading_fields("date", seen.date),
        }
        date = messages.date_text(dated.date if dated else None)
        kind = messages.kind_name(seen.kind.value) if seen.kind else "?"
        output.line(data, f"{date:>13}  {', '.join(data['groups'] or []):<20}  {kind:<18}  {name}")


def _groups(names: Iterable[str]) -> list[Group]:
    """Groups of these names, as if an archive had them."""
    made: list[Group] = []
    for name in names:
        try:
            made.append(new_group(name, GroupKind.STEERING if means_steering(name) else GroupKind.WORKING, made))
        except NameTaken:
            continue
    return made


def text(chosen: argparse.Namespace, output: Output) -> None:
    """Print texts as the index would hold them; a file without one is a failure that says why."""
    for path, extract in zip(chosen.files, read_files([str(path) for path in chosen.files]), strict=True):
        error = "" if extract.state is TextState.READY else messages.reason_sentence(extract.reason)
        data = {
            "path": str(path),
            "mime": extract.mime,
            "state": extract.state,
            "text": extract.text,
            "error": error or None,
            "seconds": round(extract.seconds, 4),
            "title": extract.title,
            "author": extract.author,
            "created": extract.created,
            "pages": extract.pages,
            "machine_read": extract.machine_read,
        }
        output.line(data, extract.text)
        if extract.state is not TextState.READY:
            output.failure(f"{path}: {error}")


def list_documents(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """List what a query finds in a place, or everything, newest first."""
    index_pending(archive, output.progress)
    names, text = group_names(archive), " ".join(chosen.query)
    found = searching.ids_of(archive, text, shelf=PLACES.get(chosen.place, EVERYWHERE))
    for document in looking.documents(archive, found):
        output.line(document_fields(document, names), document_text(document, names))
    if not found:
        _remark_unknown(archive, text, output)


def search(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Search, best first."""
    index_pending(archive, output.progress)
    names, text = group_names(archive), " ".join(chosen.query)
    page = searching.find(archive, text, limit=chosen.limit, order="relevance")
    for found in page.found:
        data = document_fields(found.document, names) | {"snippet": found.snippet, "score": round(found.score, 4)}
        output.line(data, f"{document_text(found.document, names)}\n{'':15}{found.snippet}".rstrip())
    if not page.found:
        _remark_unknown(archive, text, output)
    meant = None if page.found else searching.suggestion(archive, text)
    if meant is not None:
        output.say(_("Nothing was found. Did you mean: {words}?").format(words=meant))
    if page.capped or page.total > len(page.found):
        output.say(
            _("{shown} of {total} are shown.").format(shown=len(page.found), total=f"{page.total}{'+' * page.capped}")
        )


def _remark_unknown(archive: Archive, text: str, output: Output) -> None:
    """Say why nothing was found when a filter names what the archive does not have."""
    try:
        require_exact(archive, text)
    except KpssError as error:
        output.remark(messages.describe(error))
