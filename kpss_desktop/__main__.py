"""`python -m kpss_desktop` opens the window; so does the frozen program, which also starts itself as a reader."""

from __future__ import annotations

import sys

from kpss_desktop.archive.intake import worker


def main() -> int:
    """The window, or with --reader a process that reads strangers' files: that one must never load Qt."""
    if sys.argv[1:2] == ["--reader"]:
        return worker.main(sys.argv[2:])
    from kpss_desktop.app import main as show_window  # noqa: PLC0415  # loads Qt

    return show_window()


if __name__ == "__main__":
    sys.exit(main())
