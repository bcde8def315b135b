"""One word for the state of an archive: equal when nothing that a clerk sees or typed differs."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from kpss_desktop.catalogue import documents, meetings
from kpss_desktop.catalogue.saved import load_searches
from kpss_desktop.catalogue.synonyms import load_synonyms
from kpss_desktop.model import Document

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


def state(archive: Archive) -> dict[str, Any]:
    """Groups, searches, synonyms, documents with their files, tags and notes, meetings: plain values in a fixed order.

    What only counts changes (rev) or belongs to this computer (numbers, texts) is left out, so the state after an undo
    is the one before the change, and that of a rebuilt catalogue is the one of the catalogue it replaces.
    """
    db = archive.catalogue.db
    with archive.catalogue.snapshot():
        return {
            "archive": archive.id,
            "groups": [
                {"id": g.id, "name": g.name, "kind": g.kind, "aliases": sorted(g.aliases), "colour": g.colour}
                for g in documents.load_groups(db)
            ],
            "searches": [[one.name, one.query] for one in load_searches(db)],
            "synonyms": load_synonyms(db),
            "documents": [_document(d) for d in documents.load_documents(db, documents.all_ids(db))],
            "meetings": [list(row) for row in meetings.all_meetings(db)],
        }


def _document(document: Document) -> dict[str, Any]:
    dated = document.dated
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "date": [str(dated.date), dated.source, dated.certainty] if dated else None,
        "groups": document.groups,
        "tags": sorted(document.tags),
        "note": document.note,
        "added": document.added,
        "trashed": document.trashed,
        "meeting": document.meeting,
        "files": [
            [f.id, f.path, f.size, f.sha256, f.mime, f.original_name, (f.original_raw or b"").hex(), f.source]
            for f in document.files
        ],
    }


def state_digest(archive: Archive) -> str:
    """The SHA-256 of the archive's state, 64 hex digits."""
    return hashlib.sha256(json.dumps(state(archive), ensure_ascii=False, sort_keys=True).encode()).hexdigest()
