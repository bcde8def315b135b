"""Spreadsheets by calamine: a sheet is its name and its rows, a row is a line with tabs between cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import python_calamine as calamine

from kpss_desktop.formats.cells import written
from kpss_desktop.formats.containers.compound import SIGNATURE
from kpss_desktop.formats.containers.summary import with_summary
from kpss_desktop.formats.found import MAX_TEXT, Found, Unreadable, damaged, encrypted
from kpss_desktop.formats.odf.odt import with_meta
from kpss_desktop.formats.openxml.properties import with_properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpss_desktop.formats.source import Source


def read(source: Source) -> Found:
    """The values of all cells of all sheets, also hidden ones. Raises Unreadable: broken, or with a password."""
    data = source.data()
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise encrypted() from None
    except (calamine.CalamineError, OSError, ValueError):
        raise damaged() from None
    text = "\n".join(_sheets(workbook))
    try:
        return _described(source, text)
    except Unreadable:
        # Calamine opens files that we cannot: their cells are worth more than what they say of themselves.
        return Found(text)


def _described(source: Source, text: str) -> Found:
    if source.head.startswith(SIGNATURE):
        return with_summary(source.compound, text)
    if not source.head.startswith(b"PK"):
        return Found(text)
    if "meta.xml" in source.package.names:
        return with_meta(text, source.package.read_if_whole("meta.xml"))
    return with_properties(source.package, text)


def _sheets(workbook: calamine.CalamineWorkbook) -> Iterator[str]:
    length = 0
    for name in workbook.sheet_names:
        try:
            rows = workbook.get_sheet_by_name(name).to_python()
        except (calamine.CalamineError, ValueError, OSError):
            # A chart or a broken sheet costs itself only.
            continue
        lines = ["\t".join(map(written, row)).rstrip("\t") for row in rows]
        text = "\n".join(line for line in lines if line)
        if text:
            yield f"{name}\n{text}"
        length += len(text)
        if length > MAX_TEXT:
            return
