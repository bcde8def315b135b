"""What a file is, told from its content; its name is asked last.

The signatures are our own because libmagic takes DOCX files of SharePoint for bytes, and is missing on Windows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from kpss_desktop.formats.containers.compound import SIGNATURE
from kpss_desktop.formats.encodings import decode, looks_like_text
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.source import Source
from kpss_desktop.formats.table import FORMATS, Family, Format, by_extension, by_mime
from kpss_desktop.model import Reason, TextState

if TYPE_CHECKING:
    from pathlib import Path

    from kpss_desktop.formats.containers.compound import Compound
    from kpss_desktop.formats.containers.package import Package

_END = 65_536  # bytes at the end of a compound file in which names of its directory are looked for
UNKNOWN = "application/octet-stream"
_OLE_UNKNOWN = "application/x-ole-storage"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (b"\xdb\xa5", "application/msword"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"@CT ", "application/x-t602"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"\xffWPC", "application/vnd.wordperfect"),
    (b"\x31\xbe\0\0", "application/x-mswrite"),
)
_OLE_ROOTS = (
    ("worddocument", "application/msword"),
    ("powerpoint document", "application/vnd.ms-powerpoint"),
    ("workbook", "application/vnd.ms-excel"),
    ("book", "application/vnd.ms-excel"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("visiodocument", "application/vnd.visio"),
)
_PACKAGES = (Family.DOCX, Family.ODT, Family.SHEET, Family.SLIDES)
_MAIN_PARTS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("xl/workbook.bin", ".xlsb"),
    ("ppt/presentation.xml", ".pptx"),
)
_MAIN_TYPE = re.compile(rb'ContentType="(application/vnd\.[\w.\-]+?)\.main(?:\+xml)?"', re.IGNORECASE)
_ROOT_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|title|table|p|div|h[1-6]|meta|span|font)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    r"^(From|To|Cc|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Content-Type|Delivered-To|X-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_XML_ROOTS = {"svg": "image/svg+xml", "html": "text/html", "wordDocument": "application/vnd.ms-wordml"}
_FLAT_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Detected:
    """What a file is; `state` and `reason` are set when it need not be read at all: empty, encrypted or damaged."""

    mime: str
    family: Family
    state: TextState | None = None
    reason: Reason = Reason.NONE


def detect(path: Path, name: str = "") -> Detected:
    """What the file at `path` is; `name` is the name it came with, when that of `path` is another.

    Raises OSError when the file cannot be opened, nothing else.
    """
    with Source(path, name) as source:
        return kind_of(source)


def kind_of(source: Source) -> Detected:
    """What an open file is. Raises OSError when it cannot be read, nothing else."""
    head, extension = source.head, PurePath(source.name).suffix.lower()
    if not head:
        return Detected("application/x-empty", Family.OTHER, TextState.EMPTY, Reason.EMPTY_FILE)
    if head.startswith(SIGNATURE):
        return _ole(source, extension)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(source, extension)
    mime = _by_signature(head) or _by_text(head, extension) or _second_opinion(source.path, extension)
    return Detected(mime, by_mime(mime).family)


def _by_signature(head: bytes) -> str:
    for signature, mime in _SIGNATURES:
        if head.startswith(signature):
            return mime
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return "image/heic"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and head[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x7c\0\0\0"):
        return "image/bmp"
    if head[:4] == b"\x01\0\0\0" and head[40:44] == b" EMF":
        return "image/emf"
    if b"{\\rtf" in head[:64] and head.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"{\\rtf"):
        return "application/rtf"
    # Readers of PDF look for it in the first kilobyte, because mail programs put bytes before it.
    return "application/pdf" if b"%PDF-" in head[:1024] else ""


def _ole(source: Source, extension: str) -> Detected:
    try:
        names = source.compound.names
    except Unreadable:
        names = ()
    if "encryptedpackage" in names and "encryptioninfo" in names:
        return _encrypted(extension)
    mime = next((mime for entry, mime in _OLE_ROOTS if entry in names), "")
    if mime == "application/vnd.ms-excel" and _is_encrypted_xls(source.compound):
        return Detected(mime, Family.SHEET, TextState.ENCRYPTED, Reason.PASSWORD)
    if not mime:
        # A broken directory; the names of streams still stand somewhere in it.
        data = (source.head + source.data()[-_END:]).lower()
        mime = next((kind for entry, kind in _OLE_ROOTS[:3] if _wide_name(entry) in data), "")
    if not mime:
        known = by_extension(extension)
        mime = known.mime if known and known.family in (Family.DOC, Family.SHEET, Family.MAIL) else _OLE_UNKNOWN
    return Detected(mime, by_mime(mime).family)


def _wide_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _encrypted(extension: str) -> Detected:
    """A DOCX or XLSX with a password: which of them it is stands inside the encrypted part, so the name has to do."""
    known = by_extension(".docx" if extension in (".doc", ".dot") else extension)
    if known is None or known.family not in (Family.DOCX, Family.SHEET, Family.SLIDES):
        return Detected(_OLE_UNKNOWN, Family.OTHER, TextState.ENCRYPTED, Reason.PASSWORD)
    return Detected(known.mime, known.family, TextState.ENCRYPTED, Reason.PASSWORD)


def _is_encrypted_xls(compound: Compound) -> bool:
    """Whether a FILEPASS record ([MS-XLS] 2.4.117) stands at the beginning of the workbook."""
    data = compound.stream("Workbook") or compound.stream("Book")
    position = 0
    for _ in range(8):
        if position + 4 > len(data):
            return False
        if data[position : position + 2] == b"\x2f\x00":
            return True
        position += 4 + int.from_bytes(data[position + 2 : position + 4], "little")
    return False


def _zip(source: Source, extension: str) -> Detected:
    try:
        mime = _package_mime(source.package)
    except Unreadable as error:
        known = by_extension(extension)
        mime = known.mime if known and known.family in _PACKAGES else "application/zip"
        if mime == "application/zip" and error.reason is Reason.TOO_BIG:
            # A year of large documents is no bomb: nothing of it is unpacked to read its names.
            return Detected(mime, Family.ARCHIVE)
        return Detected(mime, by_mime(mime).family, error.state, error.reason)
    return Detected(mime, by_mime(mime).family)


def _package_mime(package: Package) -> str:
    declared = package.read("mimetype")[:120].decode("ascii", "ignore").strip()
    if declared in _MIMES:
        return declared
    try:
        types = package.content_types
    except Unreadable:
        types = b""
    for match in _MAIN_TYPE.finditer(types):
        mime = _office_mime(match[1].decode("ascii"))
        if mime:
            return mime
    names = set(package.names)
    for part, extension in _MAIN_PARTS:
        if part in names and (known := by_extension(extension)):
            return known.mime
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return f"{_FLAT_ODF}text"
    return "application/zip"


_MIMES = {one.mime for one in FORMATS}
_BY_LOWER_MIME = {one.mime.lower(): one.mime for one in FORMATS}


def _office_mime(content_type: str) -> str:
    """The MIME type of a main part's content type; "" when it is of no known document.

    "…wordprocessingml.document" is the type itself, "…ms-word.document.macroEnabled" lacks its ".12".
    """
    name = content_type.lower()
    for candidate in (name, f"{name}.12", name.replace("macroenabledtemplate", "macroenabled.12")):
        if candidate in _BY_LOWER_MIME:
            return _BY_LOWER_MIME[candidate]
    return ""


def _by_text(head: bytes, extension: str) -> str:
    """The kind of a text: XML, HTML, mail, or plain; "" when it is none."""
    if not looks_like_text(head):
        return ""
    start = decode(head).lstrip("\ufeff \t\r\n")
    is_markup = start.startswith(("<?xml", "<!DOCTYPE")) or _is_element(start)
    if is_markup and (mime := _xml(start)):
        return mime
    if _HTML.match(start) or re.search(r"<html[\s>]", start[:2000], re.IGNORECASE):
        return "text/html"
    if _is_mail(start):
        return "message/rfc822"
    known = by_extension(extension)
    return known.mime if known and known.family is Family.TEXT and known.mime != "application/xml" else "text/plain"


def _is_element(start: str) -> bool:
    return start.startswith("<") and bool(re.match(r"<[\w.-]+:?[\w.-]*\s+xmlns", start))


def _xml(start: str) -> str:
    body = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>", "", start, flags=re.DOTALL)
    root = _ROOT_ELEMENT.match(body.lstrip())
    if root is None:
        return ""
    if root[1] in _XML_ROOTS:
        return _XML_ROOTS[root[1]]
    if root[1] == "package" and "schemas.microsoft.com/office/2006/xmlPackage" in start:
        return "application/vnd.ms-wordml"
    if root[1] == "document" and (flat := re.search(rf'mimetype="{re.escape(_FLAT_ODF)}(\w+)', start)):
        mime = f"{_FLAT_ODF}{flat[1]}-flat-xml"
        return mime if mime in _MIMES else f"{_FLAT_ODF}text-flat-xml"
    return "application/xml" if start.startswith("<?xml") or "xmlns" in body[:2000] else ""


def _is_mail(start: str) -> bool:
    head = start.replace("\r\n", "\n").partition("\n\n")[0]
    if not re.match(r"[A-Za-z][\w-]{1,40}:|From \S+@", head):
        return False
    return len({match[1].lower() for match in _MAIL_HEADER.finditer(head)}) >= 3


# What libmagic says when it does not know; TGA has no signature, so it takes many bytes for such a picture.
_VAGUE = ("", UNKNOWN, "text/plain", "text/csv", "application/x-empty", "image/x-tga")


def _second_opinion(path: Path, extension: str) -> str:
    """Bytes that we do not know: libmagic where there is one, then the name."""
    mime = _magic(path)
    if mime in _MIMES and mime not in ("text/plain", "text/csv"):
        return mime
    known: Format | None = by_extension(extension)
    if mime in _VAGUE or mime.startswith("text/"):
        return known.mime if known else UNKNOWN
    return mime


def _magic(path: Path) -> str:
    try:
        import magic  # noqa: PLC0415  (its import fails where the C library is missing)

        return str(magic.from_file(str(path), mime=True))
    except Exception:  # noqa: BLE001  (it raises its own errors, and OSError for a missing database)
        return ""
