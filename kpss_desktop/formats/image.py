"""Pictures: they hold no text of their own. What a picture shows is for recognition of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpss_desktop.formats.found import scan

if TYPE_CHECKING:
    from kpss_desktop.formats.found import Found
    from kpss_desktop.formats.source import Source


def read(_source: Source) -> Found:
    """Raises Unreadable: a scan, until somebody reads it by machine."""
    raise scan()
