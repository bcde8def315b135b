"""The verbs that tell what there is beside the documents themselves."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from kpss_desktop import messages
from kpss_desktop.archive import looking, undo
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.search import saving
from kpss_desktop.archive.sharing import presence
from kpss_desktop.archive.trust import backup, digest, verify
from kpss_desktop.catalogue.steps import Step
from kpss_desktop.cli.output import Output, group_names
from kpss_desktop.i18n import _
from kpss_desktop.model import Document, Kind


def status(archive: Archive, _chosen: argparse.Namespace, output: Output) -> None:
    """How many documents there are, what waits, when it was last verified and backed up, and one word for it all."""
    counts, writer = looking.counts(archive), None if archive.writable else presence.who_writes(archive.folder)
    verified, backed_up = verify.last(archive), backup.last(archive)
    data = {
        "archive": str(archive.folder), "id": archive.id, "documents": counts.all, "bytes": counts.bytes,
        "to_file": counts.to_file, "gaps": counts.gaps, "without_group": counts.common,
        "without_text": counts.without_text, "unread": counts.unread,
        "failed": counts.failed, "trash": counts.trash,
        "undo": _step(undo.next_undo(archive)), "redo": _step(undo.next_redo(archive)),
        "verified": asdict(verified) if verified else None, "backup": asdict(backed_up) if backed_up else None,
        "writer": {"host": writer.host, "user": writer.user, "since": writer.since} if writer else None,
        "writable": archive.writable, "digest": digest.state_digest(archive),
    }  # fmt: skip
    never = _("never")
    rows = (
        (_("Archive"), archive.folder),
        (_("Documents"), f"{counts.all} ({messages.size_text(counts.bytes)})"),
        (_("To file"), counts.to_file),
        (_("Gaps"), counts.gaps),
        (_("Without text"), counts.without_text),
        (_("Not read yet"), counts.unread),
        (_("Reading failed"), counts.failed),
        (_("Trash"), counts.trash),
        (_("Verified"), f"{verified.at}, {verified.amount}" if verified else never),
        (_("Backup"), f"{backed_up.at}, {backed_up.folder}" if backed_up else never),
        (_("Digest"), data["digest"]),
    )
    output.line(data, "\n".join(f"{name + ':':<16} {value}" for name, value in rows))
    if counts.failed:
        output.say(messages.failed_readings_sentence(counts.failed))


def _step(step: Step | None) -> dict[str, Any] | None:
    return {"label": step.label, "documents": step.amount, "at": step.at} if step else None


def show(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """One line for each group, tag, meeting, saved search or family of synonyms."""
    SHOWN[chosen.what](archive, output)


def _groups(archive: Archive, output: Output) -> None:
    counts = looking.counts(archive).by_group
    for group in looking.groups(archive):
        number = counts.get(group.id, 0)
        data = {"id": group.id, "name": group.name, "kind": group.kind, "aliases": group.aliases, "documents": number}
        also = f"  ({', '.join(group.aliases)})" if group.aliases else ""
        output.line(data, f"{number:>6}  {messages.group_title(group)}{also}")


def _tags(archive: Archive, output: Output) -> None:
    for tag, number in looking.counts(archive).tags.items():
        output.line({"tag": tag, "documents": number}, f"{number:>6}  {tag}")


def _meetings(archive: Archive, output: Output) -> None:
    names, numbers = group_names(archive), looking.meeting_numbers(archive)
    gathered = defaultdict[str, list[Document]](list)
    for document in looking.all_documents(archive):
        if document.meeting is not None:
            gathered[document.meeting].append(document)
    for meeting, documents in sorted(gathered.items(), key=lambda item: (_day(item[1]), item[0]), reverse=True):
        groups = list(dict.fromkeys(names[group] for document in documents for group in document.groups))
        paths = [document.file.path for document in documents]
        data = {
            "id": meeting, "date": _day(documents), "number": numbers.get(meeting), "groups": groups,
            "minutes": any(document.kind is Kind.MINUTES for document in documents), "documents": paths,
        }  # fmt: skip
        kinds = ", ".join(messages.kind_name(document.kind) for document in documents)
        output.line(data, f"{_day(documents)}  {', '.join(groups):<20}  {kinds}")


def _day(documents: list[Document]) -> str:
    """The day of a meeting's documents; they share it."""
    return next((str(document.dated.date) for document in documents if document.dated), "")


def _searches(archive: Archive, output: Output) -> None:
    for search in saving.searches(archive):
        output.line(asdict(search), f"{search.name}: {search.query}")


def _synonyms(archive: Archive, output: Output) -> None:
    for family in saving.synonyms(archive):
        output.line({"phrases": family}, " = ".join(family))


SHOWN: dict[str, Callable[[Archive, Output], None]] = {
    "groups": _groups,
    "tags": _tags,
    "meetings": _meetings,
    "searches": _searches,
    "synonyms": _synonyms,
}
