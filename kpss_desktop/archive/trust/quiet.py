"""Looking at an archive while somebody changes it: what was seen counts when nothing was on its way meanwhile.

A change is rows first, then files, then records. Whoever compares these with each other may look in between, and would
find a file missing that is only moving.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING, TypeVar

from kpss_desktop.archive.sharing import opening
from kpss_desktop.catalogue import copies

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive

T = TypeVar("T")

_TRIES = 5  # before others are made to wait
_BREATH = 0.1  # seconds between two looks
_SHORT = 5.0  # seconds of a look for which others may be made to wait; they give up after 15
_PATIENCE = 30.0  # seconds; a writer who was killed leaves work that nobody finishes until the next opening


def quietly(archive: Archive, look: Callable[[], T], ask: Callable[[], None]) -> T:
    """What `look` sees at a moment when nothing is on its way; it may be called several times, so it should be short.

    Where edits follow each other without a pause, they are made to wait for one look. `ask` is called between two
    looks, and may raise Cancelled.
    """
    begun, tries, took = time.monotonic(), 0, 0.0
    while True:
        if not archive.writable:
            opening.follow_if_changed(archive)
        tries += 1
        alone = archive.catalogue.transaction() if tries > _TRIES and took < _SHORT else nullcontext()
        with alone:
            before, started = _state(archive), time.monotonic()
            is_last = started - begun > _PATIENCE
            if before is not None or is_last:
                seen = look()
                if is_last or before == _state(archive):
                    return seen
                took = time.monotonic() - started
        ask()
        time.sleep(_BREATH)


def _state(archive: Archive) -> tuple[str, str] | None:
    """A word for the rows and one for the records; None while anything is to follow a change of rows."""
    with archive.catalogue.snapshot():
        if not copies.is_settled(archive.catalogue):
            return None
        return copies.mark_of(archive.catalogue), opening.signature(archive)
