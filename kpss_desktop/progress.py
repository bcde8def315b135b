"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The clerk stopped the work. No KpssError, so a per-file `except KpssError` lets it through."""


class Progress(Protocol):
    """Called between two units of work; may raise Cancelled."""

    def __call__(self, done: int, total: int | None, label: str = "") -> None:
        """Say that `done` of `total` units (None: unknown) are done and that `label` comes next."""


def silent(done: int, total: int | None, label: str = "") -> None:
    """Progress that nobody watches."""
