"""From a file's type to the reader of its family."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.words import ENGLISH, Words

if TYPE_CHECKING:
    from kpss_desktop.formats.structure.blocks import Block

Reader: TypeAlias = Callable[[Path, Words], "list[Block]"]

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MICROSOFT = "application/vnd.ms"
_ODF = "application/vnd.oasis.opendocument"
# "module:function" in this room; a module is imported when its first file comes, so that a reader process starts fast.
_DOCX, _ODT, _RTF, _SHEETS = "openxml.reader:read_docx", "odf.reader:read_odt", "rtf.reader:read_rtf", "sheets:read"
_READERS = {
    "application/msword": "word.reader:read_word",
    f"{_OFFICE}.wordprocessingml.document": _DOCX,
    f"{_OFFICE}.wordprocessingml.template": _DOCX,
    f"{_MICROSOFT}-word.document.macroenabled.12": _DOCX,
    f"{_MICROSOFT}-word.template.macroenabled.12": _DOCX,
    f"{_ODF}.text": _ODT,
    f"{_ODF}.text-template": _ODT,
    f"{_ODF}.text-master": _ODT,
    "application/rtf": _RTF,
    "text/rtf": _RTF,
    "text/html": "page:read",
    "application/xhtml+xml": "page:read",
    "text/plain": "plain:read",
    "text/markdown": "markdown:read",
    "text/csv": "separated:read",
    "message/rfc822": "mail:read",
    f"{_MICROSOFT}-outlook": "outlook:read",
    f"{_OFFICE}.spreadsheetml.sheet": _SHEETS,
    f"{_OFFICE}.spreadsheetml.template": _SHEETS,
    f"{_MICROSOFT}-excel": _SHEETS,
    f"{_MICROSOFT}-excel.sheet.macroenabled.12": _SHEETS,
    f"{_MICROSOFT}-excel.template.macroenabled.12": _SHEETS,
    f"{_MICROSOFT}-excel.sheet.binary.macroenabled.12": _SHEETS,
    f"{_ODF}.spreadsheet": _SHEETS,
    f"{_ODF}.spreadsheet-template": _SHEETS,
}


def structure(path: Path, mime: str, words: Words = ENGLISH) -> str:
    """The document as an HTML fragment that is safe to show.

    Raises NotStructured when the type has no structure to show, and whatever a broken file makes its reader raise.
    """
    where = _READERS.get(mime.lower())
    if where is None:
        raise NotStructured(mime)
    module, _, function = where.partition(":")
    reader: Reader = getattr(_module(module), function)
    html: str = _module("render").render(reader(path, words), words)
    cleaned: str = _module("cleaning").clean(html)
    return cleaned


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__package__}.{name}")
