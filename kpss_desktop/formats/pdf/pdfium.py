"""PDF by PDFium."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw

from kpss_desktop.formats.found import MAX_TEXT, Found, damaged, encrypted, scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpss_desktop.formats.source import Source

MAX_PAGES = 3000
_PASSWORD_ERROR = 4
_IMAGE_OBJECT = 3
_MAX_LOOKED = 100  # pages without text that are looked at for pictures
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?")
# PDFium puts a character that is none for a hyphen at the end of a line where the word goes on.
_SPLIT_WORD = re.compile("[\ufffe\x02]\\s*")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_LIGATURE = re.compile("[\x00\xadﬀ-ﬄ]")


def read(source: Source) -> Found:
    """The text of all pages, and what the file says about itself.

    Raises Unreadable: with a password, broken, or nothing but pictures of pages.
    """
    with opened(source) as document:
        pages = _Pages()
        text = "\n".join(pages.texts(document))
        if not text.strip() and pages.scanned:
            raise scan()
        return Found(text, scanned_pages=pages.scanned, **about(document))


@contextmanager
def opened(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    """The document; raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(source.data())
    except pypdfium2.PdfiumError as error:
        raise encrypted() if error.err_code == _PASSWORD_ERROR else damaged() from None
    try:
        yield document
    finally:
        document.close()


def about(document: pypdfium2.PdfDocument) -> dict[str, Any]:
    """What the file says about itself, as the fields of a Found."""
    title, author, created = map(document.get_metadata_value, ("Title", "Author", "CreationDate"))
    return {"title": title, "author": author, "created": iso_date(created), "pages": len(document)}


class _Pages:
    """Reads pages in turn and counts those that are pictures without text."""

    def __init__(self) -> None:
        self.scanned = 0
        self._looked = 0

    def texts(self, document: pypdfium2.PdfDocument) -> Iterator[str]:
        length = 0
        for index in range(min(len(document), MAX_PAGES)):
            try:
                text = page_text(document, index)
                if not text.strip() and self._looked < _MAX_LOOKED:
                    self._looked += 1
                    self.scanned += has_picture(document, index)
            except pypdfium2.PdfiumError:
                # One broken page costs its own words only.
                continue
            length += len(text)
            if length > MAX_TEXT:
                return
            yield clean(text)


def page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """The text of one page as PDFium has it."""
    page = document[index]
    if pypdfium2.raw.FPDFPage_GetAnnotCount(page) > 0:
        # What was filled into forms and written in notes is no text of the page until it is drawn into it.
        pypdfium2.raw.FPDFPage_Flatten(page, pypdfium2.raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return str(page.get_textpage().get_text_range())


def has_picture(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether a page shows any picture."""
    return next(document[index].get_objects(filter=(_IMAGE_OBJECT,), max_depth=3), None) is not None


def clean(text: str) -> str:
    """Lines ended by newlines, words joined where a line broke them, ligatures as letters."""
    letters = _LIGATURE.sub(lambda match: _LIGATURES.get(match[0], ""), text.replace("\r\n", "\n"))
    return _SPLIT_WORD.sub("", letters)


def iso_date(text: str) -> str:
    """A PDF date ("D:20200116083000+01'00'") in ISO 8601, without its zone; "" when it is none."""
    match = _DATE.match(text.strip())
    if match is None:
        return ""
    year, month, day, *clock = match.groups()
    date = "-".join(part for part in (year, month, day) if part)
    return f"{date}T{':'.join(part or '00' for part in clock)}" if day and clock[0] else date
