"""What the strip above a preview says of it."""

from __future__ import annotations

from pathlib import PurePosixPath

from kpss_desktop.i18n import _, ngettext
from kpss_desktop.messages import size_text
from kpss_desktop.ui.preview.gather import Preview, View


def mark(preview: Preview, *, is_faithful: bool) -> tuple[str, str]:
    """What the view leaves out, in two words and in a sentence."""
    if is_faithful:
        return "", ""
    match preview.view:
        case View.PDF | View.IMAGE if preview.machine_read:
            return _("text recognised by machine"), _("Searching finds the words of the scan; some may be misread.")
        case View.HTML | View.SHEETS:
            return _("simplified preview"), _("Page layout, headers and numbering may differ from the original.")
        case View.TEXT:
            return _("text only"), _("Pictures, tables and formatting are seen in the original.")
        case View.ZIP:
            count, size = len(preview.entries), size_text(preview.file.size)
            return ngettext("{n} file, {size}", "{n} files, {size}", count).format(n=count, size=size), ""
    return "", ""


def rendition_name(path: str) -> str:
    """How a file is told from the other files of its document."""
    return PurePosixPath(path).suffix.removeprefix(".").upper() or PurePosixPath(path).name
