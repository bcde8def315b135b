"""The `kpss` command: what the window can do, for scripts. Never a display, Qt or a question."""

from __future__ import annotations

import sys
from collections.abc import Sequence

STOPPED = 130  # what a shell expects of a program that Ctrl+C ended: 128 and the number of the signal


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    try:
        from kpss_desktop.cli.running import run  # noqa: PLC0415  # loading takes a moment, and Ctrl+C may come within it

        return run(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:
        return STOPPED
