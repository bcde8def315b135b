"""The text of office documents that no reader of ours can read, by way of LibreOffice and a PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.formats.found import Found, Unreadable, damaged
from kpss_desktop.formats.helpers import ocr, soffice, tesseract
from kpss_desktop.formats.pdf import pdfium
from kpss_desktop.formats.source import Source
from kpss_desktop.model import Reason

if TYPE_CHECKING:
    from kpss_desktop.formats.found import MoreTime


# A file it cannot make sense of LibreOffice takes for plain text, with all its bytes: OLE, ZIP and RTF begin so.
_SIGNATURES = ("ÐĎ", "ÐÏ", "PK", "{\\rtf")


def read(path: Path, mime: str, more_time: MoreTime) -> Found:
    """The text by way of a PDF, recognised by machine when the document holds nothing but scans. Raises Unreadable."""
    with tempfile.TemporaryDirectory(prefix="kpss-", ignore_cleanup_errors=True) as folder:
        made = Path(folder, "made.pdf")
        soffice.convert(path, mime, made, more_time)
        found = _told(made, more_time)
    if found.text.lstrip().startswith(_SIGNATURES):
        raise damaged()
    return found


def _told(made: Path, more_time: MoreTime) -> Found:
    try:
        with Source(made) as source:
            return pdfium.read(source)
    except Unreadable as error:
        if error.reason is not Reason.SCAN or tesseract.find() is None:
            raise
    return ocr.read(made, ocr.PDF, more_time)
