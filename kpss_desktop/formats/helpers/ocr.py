"""Recognition of characters: pictures, and the pages of a PDF that are nothing but pictures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageFilter, ImageOps, ImageSequence, UnidentifiedImageError

from kpss_desktop.formats.found import Found, damaged, scan
from kpss_desktop.formats.helpers import tesseract
from kpss_desktop.formats.helpers.tesseract import PAGE_SECONDS, Tesseract, recognise
from kpss_desktop.formats.pdf import pdfium
from kpss_desktop.formats.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpss_desktop.formats.found import MoreTime

PDF = "application/pdf"
_DPI = 200
_MAX_PAGES = 300
_MAX_SIDE = 5000  # pixels; A4 at 400 dpi has 4700
_MAX_PIXELS = 200_000_000  # what a picture may unpack to
_SPARE = 15.0  # seconds for unpacking or drawing a page
_POINTS = 72


def read(path: Path, mime: str, more_time: MoreTime) -> Found:
    """The text that a machine recognises; of a PDF, pages that have a text of their own keep it.

    Raises Unreadable: a scan still, when nothing could be recognised.
    """
    engine = tesseract.find()
    if engine is None:
        raise scan()
    found = _of_pdf(path, engine, more_time) if mime == PDF else _of_picture(path, engine, more_time)
    if not found.text.strip():
        raise scan()
    return found


def _of_picture(path: Path, engine: Tesseract, more_time: MoreTime) -> Found:
    texts: list[str] = []
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise scan()
            picture.draft("L", (_MAX_SIDE, _MAX_SIDE))  # a JPEG can be unpacked smaller and grey at once
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number == _MAX_PAGES or (number and picture.format == "GIF"):
                    break  # what moves in a GIF is no page
                more_time(PAGE_SECONDS + _SPARE)
                texts.append(recognise(engine, _cleaned(_fitting(ImageOps.exif_transpose(frame)))))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        if not texts:
            raise damaged() from None
    return Found("\n\n".join(texts), pages=len(texts), machine_read=True)


def _fitting(picture: Image.Image) -> Image.Image:
    """The picture without transparency, which would come out black, and not larger than a page is."""
    if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA"):
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    picture = picture.convert("L")
    picture.thumbnail((_MAX_SIDE, _MAX_SIDE))
    return picture


def _cleaned(page: Image.Image) -> bytes:
    """A grey PNG with the noise of a scanner smoothed out: a grainy page yields nothing at all without that."""
    stream = io.BytesIO()
    ImageOps.autocontrast(page.filter(ImageFilter.MedianFilter(3))).save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _of_pdf(path: Path, engine: Tesseract, more_time: MoreTime) -> Found:
    with Source(path) as source, pdfium.opened(source) as document:
        return Found("\n".join(_pages(document, engine, more_time)), machine_read=True, **pdfium.about(document))


def _pages(document: pypdfium2.PdfDocument, engine: Tesseract, more_time: MoreTime) -> Iterator[str]:
    recognised = 0
    for index in range(min(len(document), pdfium.MAX_PAGES)):
        try:
            text = pdfium.clean(pdfium.page_text(document, index))
            if not text.strip() and recognised < _MAX_PAGES and pdfium.has_picture(document, index):
                recognised += 1
                more_time(PAGE_SECONDS + _SPARE)
                text = recognise(engine, _cleaned(_drawn(document[index])), _DPI)
        except pypdfium2.PdfiumError:
            continue
        yield text


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(_DPI / _POINTS, _MAX_SIDE / max(*page.get_size(), 1))
    drawn: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return drawn
