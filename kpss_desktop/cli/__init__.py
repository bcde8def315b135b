"""The `kpss` command: everything the window can do, for scripts. Never a display, Qt or a question."""

from __future__ import annotations

from kpss_desktop.cli.main import main

__all__ = ["main"]
