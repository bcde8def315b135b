"""Names for what must never be taken for something else: documents, files, meetings, archives, locks."""

from __future__ import annotations

import os
import uuid
from collections import deque

_LOT = 256  # ids made at once: asking the system for chance costs more than an id
_ready: deque[str] = deque()


def new_id() -> str:
    """32 hex digits of a random UUID (RFC 9562, version 4), never the same twice. From any thread."""
    try:
        return _ready.popleft()
    except IndexError:
        chance = os.urandom(16 * _LOT)
        made = [uuid.UUID(bytes=chance[at : at + 16], version=4).hex for at in range(0, len(chance), 16)]
        _ready.extend(made[1:])
        return made[0]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_ready.clear)  # two processes must not give out the same lot
