"""What the preview shows of a file that is only about to be taken in. No Qt here."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake import members
from kpss_desktop.archive.intake.planning import IntakeItem, ItemState
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.errors import NotTaken
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.model import Document, StoredFile
from kpss_desktop.ui.preview.gather import Preview, View, fill
from kpss_desktop.ui.preview.words import preview_words


def gather_item(archive: Archive, item: IntakeItem, folder: Path) -> Preview:
    """Gather what the preview needs of a dropped file; a member of a ZIP is unpacked into `folder` first.

    Reads in a reader process, so it belongs into a background query. Raises NotTaken, BadZip, OSError.
    """
    if item.state is ItemState.REFUSED:
        raise NotTaken(item.source, item.refusal or Refusal.UNREADABLE)
    file = StoredFile("", item.source, item.size, item.sha256, "", item.name, source=item.source)
    document = Document("", item.title or item.name, item.kind, (file,), item.groups, item.dated)
    path = _unpacked(item, folder) if item.origin.members else item.origin.path
    extract = archive.reader.read(path, item.name)
    file = replace(file, mime=extract.mime, text_state=extract.state, text_reason=extract.reason)
    nothing = Preview(replace(document, files=(file,)), file, path, View.NOTHING)
    return fill(nothing, lambda: _structure(archive, path, item.name), lambda: extract.text)


def _structure(archive: Archive, path: Path, name: str) -> str:
    try:
        return archive.reader.structure(path, name, preview_words())
    except Unreadable:
        return ""


def _unpacked(item: IntakeItem, folder: Path) -> Path:
    suffix = Path(item.name).suffix
    with (
        members.opened(item.origin) as stream,
        tempfile.NamedTemporaryFile(dir=folder, suffix=suffix, delete=False) as handle,
    ):
        shutil.copyfileobj(stream, handle)
    return Path(handle.name)
