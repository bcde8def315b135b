"""PDF by pypdf, for what PDFium gives up or cannot be loaded for."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pypdf
from pypdf.errors import PyPdfError

from kpss_desktop.formats.found import Found, damaged, encrypted

if TYPE_CHECKING:
    from kpss_desktop.formats.source import Source

_MAX_PAGES = 3000


def read(source: Source) -> Found:
    """The text of all pages. It mends broken tables of objects but is ten times slower. Raises Unreadable."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.data()), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted()
        pages = [page.extract_text() for page in reader.pages[:_MAX_PAGES]]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError):
        raise damaged() from None
    return Found("\n".join(pages), pages=len(pages))
