"""Programs of this computer that read what our own readers cannot: tesseract and LibreOffice. Either may be missing.

They are slow, so they are asked after everything else is read, and each tells by its mark in which version it is here:
a file that one version could not read is given to the next.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum

from kpss_desktop.formats.helpers import soffice, tesseract
from kpss_desktop.formats.table import FORMATS, Family
from kpss_desktop.model import Reason

SWITCH = "KPSS_HELPERS"
"""Environment variable with the names of the helpers that may be used, parted by commas; all when it is not set."""


class HelperName(StrEnum):
    """The module of this room that asks the program; it has `read(path, mime, more_time) -> Found`."""

    OCR = "ocr"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Helper:
    """A program that is here. It may know more of files without a text for one of `reasons` and of one of `mimes`."""

    name: HelperName
    mark: str
    reasons: tuple[Reason, ...]
    mimes: tuple[str, ...]

    def may_know(self, mime: str, reason: Reason) -> bool:
        """Whether it is worth asking."""
        return reason in self.reasons and mime in self.mimes


_SCANS = (Reason.SCAN, Reason.SCANNED_PAGES)
_GIVEN_UP = (
    Reason.BROKEN, Reason.BINARY_DUMP, Reason.NO_TEXT, Reason.NO_READER, Reason.TIMEOUT, Reason.MEMORY, Reason.CRASH,
)  # fmt: skip
_OFFICE_FAMILIES = (Family.DOC, Family.DOCX, Family.ODT, Family.RTF, Family.SHEET, Family.SLIDES)
PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp", "image/webp")
OFFICE_MIMES = tuple(one.mime for one in FORMATS if one.family in _OFFICE_FAMILIES)


def available() -> tuple[Helper, ...]:
    """The helpers that are installed, those of scans first; asks the programs for their versions (some 20 ms)."""
    wanted = os.environ.get(SWITCH, ",".join(HelperName)).split(",")
    found = []
    if HelperName.OCR in wanted and (engine := tesseract.find()):
        found.append(Helper(HelperName.OCR, engine.mark, _SCANS, ("application/pdf", *PICTURES)))
    if HelperName.OFFICE in wanted and (program := soffice.find()):
        found.append(Helper(HelperName.OFFICE, soffice.mark_of(program), _GIVEN_UP, OFFICE_MIMES))
    return tuple(found)


def is_available(name: HelperName) -> bool:
    """Whether a helper is installed and may be used."""
    return any(helper.name is name for helper in available())
