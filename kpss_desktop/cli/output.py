"""What the command prints: one JSON object a line with --json, else a line a person reads."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kpss_desktop import messages
from kpss_desktop.archive import looking
from kpss_desktop.cli.progress import Bar
from kpss_desktop.model import Certainty, Dated, Document, Reading

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


@dataclass(slots=True)
class Output:
    """Prints results to stdout and failures to stderr; `failed` becomes exit code 1."""

    as_json: bool
    failed: bool = False
    progress: Bar = field(default_factory=Bar)

    def line(self, data: Mapping[str, Any], text: str) -> None:
        """One result."""
        self.progress.clear()
        sys.stdout.write((json.dumps(data, ensure_ascii=False) if self.as_json else text) + "\n")

    def say(self, text: str) -> None:
        """A word for people, left out with --json."""
        if not self.as_json:
            self.progress.clear()
            sys.stdout.write(text + "\n")

    def remark(self, text: str) -> None:
        """A word for people beside the results."""
        self.progress.clear()
        sys.stderr.write(text + "\n")

    def failure(self, text: str) -> None:
        """One thing that could not be done."""
        self.failed = True
        self.progress.clear()
        sys.stderr.write(text + "\n")


def group_names(archive: Archive) -> dict[str, str]:
    """Group id to its name."""
    return {group.id: group.name for group in looking.groups(archive)}


def dated_fields(dated: Dated | None) -> dict[str, Any]:
    """The date of a JSON line; `date` is null where not even a month is known of a year."""
    if dated is None:
        return {"date": None, "date_inferred": False, "date_source": None, "year": None}
    return {
        "date": str(dated.date),
        "date_inferred": dated.certainty is not Certainty.SURE,
        "date_source": dated.source,
        "year": dated.date.year,
    }


def reading_fields(name: str, reading: Reading[Any] | None) -> dict[str, Any]:
    """Where a value was read, how sure that is, and the words it was read from; all null when nothing was read."""
    return {
        f"{name}_source": reading.source if reading else None,
        f"{name}_certainty": reading.certainty if reading else None,
        f"{name}_evidence": reading.evidence if reading else None,
    }


def document_fields(document: Document, names: Mapping[str, str]) -> dict[str, Any]:
    """The JSON line of a document."""
    return {
        "id": document.id,
        "path": document.file.path,
        "title": document.title,
        "kind": document.kind,
        "groups": [names[group] for group in document.groups if group in names],
        **dated_fields(document.dated),
        "tags": list(document.tags),
        "note": document.note,
        "size": document.size,
        "sha256": document.file.sha256,
        "text_state": document.file.text_state,
        "text_reason": document.file.text_reason or None,
    }


def document_text(document: Document, names: Mapping[str, str]) -> str:
    """The line of a document for people."""
    members = ", ".join(names[group] for group in document.groups if group in names)
    date = messages.date_text(document.dated.date if document.dated else None)
    path = document.file.path
    title = "" if PurePosixPath(path).stem == document.title else f"  ({document.title})"
    return f"{date:>13}  {members:<20}  {messages.kind_name(document.kind):<18}  {path}{title}"
