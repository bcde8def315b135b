"""What a reader hands back, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from kpss_desktop.errors import KpssError
from kpss_desktop.model import Reason, TextState

MAX_TEXT = 10_000_000
"""Characters of text kept of one file; a library of a thousand pages has about three million."""


MoreTime: TypeAlias = Callable[[float], None]
"""Called by a helper of this computer before a step that may take so many seconds."""


@dataclass(frozen=True, slots=True)
class Found:
    """The text of one file and what the file says about itself.

    Paragraphs and table rows are lines, cells of a row are parted by tabs. `created` is ISO 8601, empty when unknown.
    `machine_read` marks a text recognised from pictures; `scanned_pages` counts pages that are pictures without text.
    """

    text: str
    title: str = ""
    author: str = ""
    created: str = ""
    pages: int | None = None
    machine_read: bool = False
    scanned_pages: int = 0


@dataclass(eq=False)
class Unreadable(KpssError):
    """A reader (or the process it runs in) can say why there is no text: `state` is never READY or PENDING."""

    state: TextState
    reason: Reason

    @property
    def is_final(self) -> bool:
        """Whether no other reader of the chain needs to be asked."""
        return self.state in (TextState.EMPTY, TextState.ENCRYPTED) or self.reason is Reason.TOO_BIG


def damaged() -> Unreadable:
    """The file is not what its format promises."""
    return Unreadable(TextState.DAMAGED, Reason.BROKEN)


def encrypted() -> Unreadable:
    """The file wants a password."""
    return Unreadable(TextState.ENCRYPTED, Reason.PASSWORD)


def scan() -> Unreadable:
    """The file holds pictures and no text."""
    return Unreadable(TextState.EMPTY, Reason.SCAN)
