"""The process that reads strangers' files: one JSON line in, one JSON line out, until its input ends.

Its first line is empty and says that it is ready.

Request: {"id": 7, "do": "read" | "structure" | "detect", "path": "...", "name": "..."}, for
the structure also "words": {}, for a text perhaps "skip": 1 (leave out the first reader). Answer: {"id": 7} with
"extract" (the fields of an Extract), "html" or "mime", or with "state" and "reason" when there is no structure.
JSON is written in ASCII, so that file names with undecodable bytes pass. Started as
`python -m kpss_desktop.formats.worker SECONDS BYTES`, or by the frozen program with --reader before the two limits.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from kpss_desktop.formats.detect import detect
from kpss_desktop.formats.found import Unreadable
from kpss_desktop.formats.read import guarded, read
from kpss_desktop.model import Reason, TextState

DEFAULT_SECONDS = 20.0
DEFAULT_BYTES = 1 << 30


def main(arguments: list[str] | None = None) -> int:
    """Serve until standard input ends; the last two `arguments` are the limits of seconds a file and of memory."""
    given = sys.argv[1:] if arguments is None else arguments
    seconds, limit = (float(given[-2]), int(given[-1])) if len(given) >= 2 else (DEFAULT_SECONDS, DEFAULT_BYTES)
    limit_memory(limit)
    nowhere = os.open(os.devnull, os.O_RDWR)
    answers = _private_output(nowhere)
    requests = _requests(nowhere)
    answers.write(b"\n")  # ready: from here on the time of the first file counts
    answers.flush()
    while True:
        line = requests.get()
        # Ends this process even when a parser hangs with the interpreter locked and the parent is gone.
        faulthandler.dump_traceback_later(seconds * 1.5 + 5, exit=True, file=nowhere)
        answers.write(json.dumps(answer(json.loads(line))).encode("ascii") + b"\n")
        answers.flush()
        faulthandler.cancel_dump_traceback_later()


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request."""
    path, name = Path(request["path"]), request["name"]
    if request["do"] == "read":
        return {"id": request["id"], "extract": asdict(read(path, name, skip=request.get("skip", 0)))}
    if request["do"] == "detect":
        detected = guarded(lambda: detect(path, name))
        return {"id": request["id"], "mime": "" if isinstance(detected, Unreadable) else detected.mime}
    html = guarded(lambda: _structure(path, name, request["words"]))
    if isinstance(html, Unreadable):
        return {"id": request["id"], "state": html.state, "reason": html.reason}
    return {"id": request["id"], "html": html}


def _structure(path: Path, name: str, words: dict[str, str]) -> str:
    detected = detect(path, name)
    if detected.state is not None:
        raise Unreadable(detected.state, detected.reason)
    # Loaded when the first preview is asked for: most workers only ever read text.
    module = importlib.import_module("kpss_desktop.formats.structure")
    try:
        return str(module.structure(path, detected.mime, module.Words(**words)))
    except module.NotStructured:
        raise Unreadable(TextState.UNSUPPORTED, Reason.NO_READER) from None


def _private_output(nowhere: int) -> BinaryIO:
    """Standard output for the answers alone: whatever a library prints goes nowhere."""
    private = os.fdopen(os.dup(1), "wb")
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return private


def _requests(nowhere: int) -> SimpleQueue[bytes]:
    """The lines of standard input. Their end ends the process at once, also in the middle of a file: nobody waits."""
    lines: SimpleQueue[bytes] = SimpleQueue()
    source = os.fdopen(os.dup(0), "rb")
    os.dup2(nowhere, 0)

    def feed() -> None:
        for line in source:
            lines.put(line)
        os._exit(0)

    threading.Thread(target=feed, daemon=True).start()
    return lines


def limit_memory(limit: int) -> None:
    """Let this process have `limit` bytes of data at most; where the system cannot, the parent watches.

    RLIMIT_DATA, not RLIMIT_AS: PDFium reserves address space that it never uses, and dies without it.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (Unix only)

    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard < 0 else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
