"""How long a file may be read, and how much memory that may take.

All readers of a small computer together must leave room for everything else, so a process gets little at first. A file
that needs more is read once again with all that there is for a reader, but only one such file at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SECONDS = 20.0
MEMORY = 240 << 20
"""Bytes of data of a reader that has the large share; the program and another reader stay below half a gigabyte."""

_FIRST_SHARE = 0.5
_HELPERS = ("help", "convert")
_HELPERS_MEMORY = 1 << 30
"""Bytes for each program that a reader starts: a scan of tesseract's, or all of LibreOffice."""

ROOMY = "roomy"
"""The key that says of a request that it may take all the memory."""


def memory_for(request: Mapping[str, Any], memory: int) -> int:
    """Bytes that a process of so much `memory` may take for this request."""
    if request["do"] in _HELPERS:
        return max(memory, _HELPERS_MEMORY)
    return memory if request.get(ROOMY) else int(memory * _FIRST_SHARE)


def may_be_roomy(request: Mapping[str, Any]) -> bool:
    """Whether there is more memory for this request than it was given at first."""
    return request["do"] not in _HELPERS and ROOMY not in request
