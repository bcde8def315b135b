"""The words of PowerPoint 2007 and newer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpss_desktop.formats.found import Found, damaged
from kpss_desktop.formats.openxml.docx import text_of
from kpss_desktop.formats.openxml.lists import Labels
from kpss_desktop.formats.openxml.properties import with_properties

if TYPE_CHECKING:
    from kpss_desktop.formats.source import Source

_PART = re.compile(r"ppt/(slides|notesSlides|comments)/[A-Za-z]+(\d+)\.xml")


def read(source: Source) -> Found:
    """The text of the slides in their order, then notes and comments."""
    package = source.package
    parts = sorted(
        (("slides", "notesSlides", "comments").index(match[1]), int(match[2]), name)
        for name in package.names
        if (match := _PART.fullmatch(name))
    )
    if not parts:
        raise damaged()
    texts = [text_of(package.read_if_whole(name), Labels()) for _kind, _number, name in parts]
    return with_properties(package, "\n\n".join(text for text in texts if text))
