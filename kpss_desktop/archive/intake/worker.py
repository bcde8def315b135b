"""The process that reads the files of an intake, and says at once what name and text tell together.

It is `formats.worker` with one verb more. The work of the language is done where the text is read, on every processor
and not in the process whose window must answer.
Request: {"do": "look", "path", "name", "skip", "groups", "context"}, the last two as `wire` tells them.
Answer: "extract", and where there is a text its "letters" and what was "seen".
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from kpss_desktop.formats import worker
from kpss_desktop.formats.read import read
from kpss_desktop.formats.reader_requests import told_extract
from kpss_desktop.model import TextState

LOOK = "look"


def main(arguments: list[str] | None = None) -> int:
    """As `worker.main`."""
    return worker.main(arguments, {LOOK: _look})


def _look(request: dict[str, Any]) -> dict[str, Any]:
    # Loaded when it is needed: the process of the preview never recognises anything.
    from kpss_desktop.archive.intake.prints import letters_of  # noqa: PLC0415
    from kpss_desktop.archive.intake.wire import context_of, groups_of, told_recognition  # noqa: PLC0415
    from kpss_desktop.czech.recognise import recognise  # noqa: PLC0415

    extract = read(Path(request["path"]), request["name"], skip=request["skip"])
    told: dict[str, Any] = {"extract": told_extract(extract)}
    if extract.state is TextState.READY:
        groups, context = groups_of(request["groups"]), context_of(request["context"])
        told["letters"] = letters_of(extract.text)
        told["seen"] = told_recognition(recognise(request["name"], extract.text, groups=groups, context=context))
    return told


if __name__ == "__main__":
    sys.exit(main())
