"""A document as LibreOffice would print it: a PDF made once, in the background, and kept by the document's digest."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.archive.reading import cache
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.helpers import installed, soffice
from kpss_desktop.formats.helpers.installed import OFFICE_MIMES, HelperName
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.model import StoredFile
from kpss_desktop.progress import Progress, silent

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

FAITHFUL_VERSION = 1  # grows when the PDF of the same file may look different
_MAX_SIZE = 100_000_000  # bytes of a document that is worth the wait
_PATIENCE = 0.2  # seconds between two looks whether anybody still waits
_one_at_a_time = threading.Lock()


def may_be_faithful(file: StoredFile) -> bool:
    """Whether the file is an office document and LibreOffice is here to print it."""
    return file.mime in OFFICE_MIMES and file.size <= _MAX_SIZE and installed.is_available(HelperName.OFFICE)


def kept_faithful(archive: Archive, file: StoredFile) -> Path | None:
    """The PDF of a file when it has been made before."""
    kept = _place(archive, file)
    if not kept.is_file() or not kept.stat().st_size:
        return None
    cache.touch(kept)
    return kept


def faithful_pdf(archive: Archive, file: StoredFile, progress: Progress = silent) -> Path | None:
    """The PDF of a file, made now if need be; None when LibreOffice cannot. Takes a second or two, at most 60.

    Only one is made at a time. `progress` is told nothing, but when it raises Cancelled the work is ended.
    """
    if not may_be_faithful(file):
        return None
    while not _one_at_a_time.acquire(timeout=_PATIENCE):
        progress(0, None)
    try:
        progress(0, None)
        kept = _place(archive, file)
        if not kept.is_file():
            cache.put(archive, kept, _made(archive, file, progress))
        return kept_faithful(archive, file)
    finally:
        _one_at_a_time.release()


def _made(archive: Archive, file: StoredFile, progress: Progress) -> bytes:
    """The PDF's bytes; none when there is none, which is kept too, for the next try would end alike."""
    with tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True) as folder, Sandbox(1) as sandbox:
        target = Path(folder, "made.pdf")
        try:
            sandbox.convert(archive.store.inside(file.path), file.original_name, target, progress)
        except Unreadable:
            return b""
        return target.read_bytes()


def _place(archive: Archive, file: StoredFile) -> Path:
    """Where the PDF is kept; another version of LibreOffice may make another one."""
    program = soffice.find()
    version = soffice.mark_of(program).rpartition(" ")[2] if program else "none"
    return cache.folder(archive) / f"faithful-{FAITHFUL_VERSION}-{version}" / f"{file.sha256}.pdf"
