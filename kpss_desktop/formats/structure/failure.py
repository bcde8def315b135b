"""The failure of this room."""

from __future__ import annotations


class NotStructured(ValueError):
    """The file has no structure that can be shown; its plain text is the preview."""
