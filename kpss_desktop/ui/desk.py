"""What a verb of the window may count on: the workplace, its workers, and a place to say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QMainWindow

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.trust.tracing import Finding
from kpss_desktop.model import Document
from kpss_desktop.ui.entry import Entry
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.workplace import Workplace


class Say(Protocol):
    """Tells the clerk one sentence, with something to show behind a button."""

    def __call__(self, sentence: str, show: Callable[[], None] | None = None) -> None:
        """Tell it."""


@dataclass(slots=True)
class Desk:
    """Handed to every verb. `restyle` hears the chosen theme."""

    window: QMainWindow
    entry: Entry
    say: Say
    restyle: Callable[[str], None]
    findings: tuple[Finding, ...] = ()  # of the last verification, as long as the window lives

    @property
    def place(self) -> Workplace:
        """The workplace; verbs that need it are disabled while there is none."""
        assert self.entry.workplace is not None
        return self.entry.workplace

    @property
    def jobs(self) -> Jobs:
        """The workers of the open archive."""
        return self.place.jobs

    @property
    def archive(self) -> Archive:
        """The open archive; to be asked for its folder and rights only, its connection is another thread's."""
        return self.place.archive

    @property
    def selection(self) -> tuple[Document, ...]:
        """The selected documents."""
        return self.place.selection if self.entry.workplace else ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(document.id for document in self.selection)
