"""The table of formats: to add one, add a line (and a reader, if no reader reads it yet)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """Formats that are shown and handled alike."""

    DOC = "doc"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    SHEET = "sheet"
    SLIDES = "slides"
    MAIL = "mail"
    IMAGE = "image"
    ARCHIVE = "archive"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    `extensions` are lower case with their dot, the usual one first. `readers` are "module:function" inside this room,
    from the best to the most tolerant; a function takes a Source and returns a Found. No readers: nothing to read.
    """

    mime: str
    family: Family
    extensions: tuple[str, ...]
    readers: tuple[str, ...] = ()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_POINT = "application/vnd.openxmlformats-officedocument.presentationml"
_ODF = "application/vnd.oasis.opendocument"
_SUN = "application/vnd.sun.xml"
_MACRO = "macroenabled.12"
_DOCX = ("openxml.docx:read",)
_ODT = ("odf.odt:read",)
_SHEET = ("sheets:read",)
_XLSX = (*_SHEET, "openxml.xlsx:read")
_PPTX = ("openxml.pptx:read",)

FORMATS: tuple[Format, ...] = (
    Format("application/msword", Family.DOC, (".doc", ".dot", ".wiz"), ("word.doc:read", "word.doc:salvage")),
    Format(f"{_WORD}.document", Family.DOCX, (".docx",), _DOCX),
    Format(f"{_WORD}.template", Family.DOCX, (".dotx",), _DOCX),
    Format(f"application/vnd.ms-word.document.{_MACRO}", Family.DOCX, (".docm",), _DOCX),
    Format(f"application/vnd.ms-word.template.{_MACRO}", Family.DOCX, (".dotm",), _DOCX),
    Format("application/vnd.ms-wordml", Family.DOCX, (), ("openxml.docx:read_flat",)),
    Format(f"{_ODF}.text", Family.ODT, (".odt",), _ODT),
    Format(f"{_ODF}.text-template", Family.ODT, (".ott",), _ODT),
    Format(f"{_ODF}.text-master", Family.ODT, (".odm",), _ODT),
    Format(f"{_ODF}.text-flat-xml", Family.ODT, (".fodt",), ("odf.odt:read_flat",)),
    Format(f"{_SUN}.writer", Family.ODT, (".sxw", ".stw"), _ODT),
    Format("application/rtf", Family.RTF, (".rtf",), ("rtf:read",)),
    Format("application/pdf", Family.PDF, (".pdf",), ("pdf.pdfium:read", "pdf.tolerant:read")),
    Format("text/html", Family.HTML, (".html", ".htm", ".xhtml"), ("html:read",)),
    Format("text/plain", Family.TEXT, (".txt", ".log", ".text"), ("text:read",)),
    Format("application/x-t602", Family.TEXT, (".602",), ("t602:read", "text:read")),
    Format("text/csv", Family.TEXT, (".csv", ".tsv"), ("text:read",)),
    Format("text/markdown", Family.TEXT, (".md", ".markdown"), ("text:read",)),
    Format("application/xml", Family.TEXT, (".xml",), ("html:read_xml", "text:read")),
    Format("application/vnd.ms-excel", Family.SHEET, (".xls", ".xlt"), _SHEET),
    Format(f"{_EXCEL}.sheet", Family.SHEET, (".xlsx",), _XLSX),
    Format(f"{_EXCEL}.template", Family.SHEET, (".xltx",), _XLSX),
    Format(f"application/vnd.ms-excel.sheet.{_MACRO}", Family.SHEET, (".xlsm",), _XLSX),
    Format(f"application/vnd.ms-excel.template.{_MACRO}", Family.SHEET, (".xltm",), _XLSX),
    Format(f"application/vnd.ms-excel.sheet.binary.{_MACRO}", Family.SHEET, (".xlsb",), _SHEET),
    Format(f"{_ODF}.spreadsheet", Family.SHEET, (".ods",), (*_SHEET, "odf.odt:read")),
    Format(f"{_ODF}.spreadsheet-template", Family.SHEET, (".ots",), (*_SHEET, "odf.odt:read")),
    Format(f"{_ODF}.spreadsheet-flat-xml", Family.SHEET, (".fods",), ("odf.odt:read_flat",)),
    Format(f"{_SUN}.calc", Family.SHEET, (".sxc",), _ODT),
    Format("application/vnd.ms-powerpoint", Family.SLIDES, (".ppt", ".pps", ".pot"), ("powerpoint:read",)),
    Format(f"{_POINT}.presentation", Family.SLIDES, (".pptx",), _PPTX),
    Format(f"{_POINT}.slideshow", Family.SLIDES, (".ppsx",), _PPTX),
    Format(f"{_POINT}.template", Family.SLIDES, (".potx",), _PPTX),
    Format(f"application/vnd.ms-powerpoint.presentation.{_MACRO}", Family.SLIDES, (".pptm",), _PPTX),
    Format(f"application/vnd.ms-powerpoint.slideshow.{_MACRO}", Family.SLIDES, (".ppsm",), _PPTX),
    Format(f"{_ODF}.presentation", Family.SLIDES, (".odp", ".otp"), _ODT),
    Format(f"{_ODF}.graphics", Family.SLIDES, (".odg",), _ODT),
    Format(f"{_SUN}.impress", Family.SLIDES, (".sxi",), _ODT),
    Format("message/rfc822", Family.MAIL, (".eml", ".mht", ".mhtml"), ("mail.eml:read", "text:read")),
    Format("application/vnd.ms-outlook", Family.MAIL, (".msg", ".oft"), ("mail.msg:read",)),
    Format("image/png", Family.IMAGE, (".png",), ("image:read",)),
    Format("image/jpeg", Family.IMAGE, (".jpg", ".jpeg", ".jpe"), ("image:read",)),
    Format("image/tiff", Family.IMAGE, (".tif", ".tiff"), ("image:read",)),
    Format("image/gif", Family.IMAGE, (".gif",), ("image:read",)),
    Format("image/bmp", Family.IMAGE, (".bmp",), ("image:read",)),
    Format("image/webp", Family.IMAGE, (".webp",), ("image:read",)),
    Format("image/heic", Family.IMAGE, (".heic", ".heif"), ("image:read",)),
    Format("image/svg+xml", Family.IMAGE, (".svg",), ("html:read_xml", "image:read")),
    Format("image/wmf", Family.IMAGE, (".wmf",), ("image:read",)),
    Format("image/emf", Family.IMAGE, (".emf",), ("image:read",)),
    Format("application/zip", Family.ARCHIVE, (".zip",), ("archives:read_zip",)),
    Format("application/epub+zip", Family.ARCHIVE, (".epub",), ("archives:read_zip",)),
    Format("application/x-7z-compressed", Family.ARCHIVE, (".7z",)),
    Format("application/vnd.rar", Family.ARCHIVE, (".rar",)),
    Format("application/gzip", Family.ARCHIVE, (".gz", ".tgz")),
)

_BY_MIME = {one.mime: one for one in FORMATS}
_BY_EXTENSION = {extension: one for one in reversed(FORMATS) for extension in one.extensions}


def by_mime(mime: str) -> Format:
    """The line of `mime`; one of the family OTHER without readers when the table has none."""
    return _BY_MIME.get(mime) or Format(mime, Family.OTHER, ())


def by_extension(extension: str) -> Format | None:
    """The line of an extension written with its dot, in any case; None when the table has none."""
    return _BY_EXTENSION.get(extension.lower())
