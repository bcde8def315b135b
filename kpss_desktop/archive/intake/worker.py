"""The process that reads the files of an intake, and says at once what name and text tell together.

It is `formats.processes.worker` with two verbs more. The work of the language is done here, on every processor and not
in the process whose window must answer. Names that were recognised are remembered until their files are read.
Requests: {"do": "name", "names": [[name, place of its context], ...], "contexts", "groups"} and {"do": "look", "path",
"name", "skip", "context", "groups"}, contexts and groups as `wire` tells them. Answers: what was "seen", in the order
of the names; the "extract", and where there is a text its "letters" and what was "seen" of the file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from kpss_desktop.formats.processes import worker
from kpss_desktop.formats.processes.requests import told_extract
from kpss_desktop.formats.read import read
from kpss_desktop.model import TextState

LOOK = "look"
NAME = "name"


def main(arguments: list[str] | None = None) -> int:
    """As `worker.main`."""
    return worker.main(arguments, {LOOK: _look, NAME: _name})


def _name(request: dict[str, Any]) -> dict[str, Any]:
    # Loaded when it is needed, as below: the process of the preview never recognises anything.
    from kpss_desktop.archive.intake.wire import context_of, groups_of, told_recognition  # noqa: PLC0415
    from kpss_desktop.czech.recognise import recognise  # noqa: PLC0415

    groups = groups_of(request["groups"])
    contexts = [context_of(told) for told in request["contexts"]]
    seen = (recognise(name, groups=groups, context=contexts[place]) for name, place in request["names"])
    return {"seen": [told_recognition(one) for one in seen]}


def _look(request: dict[str, Any]) -> dict[str, Any]:
    from kpss_desktop.archive.intake.wire import context_of, groups_of, told_recognition  # noqa: PLC0415
    from kpss_desktop.archive.reading.prints import letters_of  # noqa: PLC0415
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
