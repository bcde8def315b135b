"""The process that reads strangers' files: one JSON line in, one JSON line out, until its input ends.

Its first line is empty and says that it is ready. A line "+75" asks for so many seconds more for the file at hand.

Request: {"do": "read" | "help" | "structure" | "convert" | "detect", "path": "...", "name": "..."}, for the structure
also "words": {}, for a text perhaps "skip": 1 (leave out the first reader), for help the "helper", for a conversion to
PDF the "target". Answer: "extract" (the fields of an Extract), "html", "made" or "mime", or "state" and "reason" when
there is no structure or no PDF. Requests may be sent ahead; they are answered in their order. What they have in common
is told as `requests.Told` shortens it.
JSON is written in ASCII, so that file names with undecodable bytes pass. Started as
`python -m kpss_desktop.formats.processes.worker SECONDS BYTES`; a worker of a room above may know more verbs (`verbs`).
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, cast

from kpss_desktop.formats.detect import detect
from kpss_desktop.formats.found import MoreTime, Unreadable
from kpss_desktop.formats.processes import limits
from kpss_desktop.formats.processes.requests import SWOLLEN, Heard, told_extract
from kpss_desktop.formats.read import guarded, read, read_with_help
from kpss_desktop.model import Reason, TextState

_NICE = 5  # steps of politeness; a third of the time of a program that wants as much
_LONG = 0.02  # seconds; nobody takes much memory in less, and to look costs a little
_SWOLLEN = 0.5  # of the memory of a process
_LATER = 5.0  # seconds that the end of a process may come late
_GARBAGE = 50_000  # objects, the leavings of some dozens of files: 10 MB

Verb = Callable[[dict[str, Any]], dict[str, Any]]
"""Answers a request."""


def main(arguments: list[str] | None = None, verbs: Mapping[str, Verb] | None = None) -> int:
    """Serve until standard input ends; the last two `arguments` are the limits of seconds a file and of memory.

    `verbs` are further things that may be asked for, by the word for "do".
    """
    given = sys.argv[1:] if arguments is None else arguments
    seconds, memory = (float(given[-2]), int(given[-1])) if len(given) >= 2 else (limits.SECONDS, limits.MEMORY)
    _keep_no_cores()
    _give_way()
    nowhere = os.open(os.devnull, os.O_RDWR)
    answers = _private_output(nowhere)
    requests = _requests(nowhere)
    end, heard = _End(nowhere), Heard()

    def more_time(limit: float) -> None:
        end.after(limit)
        _say(answers, b"+%d" % limit)

    _collect_seldom()
    _say(answers, b"")  # ready: from here on the time of the first file counts
    while True:
        line = requests.get()
        end.after(seconds)
        request = heard.whole(json.loads(line))
        limit_memory(limits.memory_for(request, memory))
        verb = verbs.get(request["do"]) if verbs else None
        began = time.monotonic()
        told = verb(request) if verb else answer(request, more_time)
        if time.monotonic() - began > _LONG and _held() > _SWOLLEN * memory:
            told[SWOLLEN] = True
        _say(answers, json.dumps(told).encode("ascii"))
        if requests.empty():
            end.put_off()


class _End:
    """Ends this process even when a parser hangs with the interpreter locked and the parent is gone.

    Each call of the alarm starts a thread, so it is not set anew for every one of many quick files.
    """

    def __init__(self, nowhere: int) -> None:
        self._nowhere = nowhere
        self._at = 0.0  # when it comes; 0 while it is put off

    def after(self, limit: float) -> None:
        """See to it that what begins now is ended some time after `limit` seconds."""
        earliest = time.monotonic() + limit * 1.5 + 5
        if not earliest <= self._at <= earliest + _LATER:
            self._at = earliest + _LATER
            faulthandler.dump_traceback_later(self._at - time.monotonic(), exit=True, file=self._nowhere)

    def put_off(self) -> None:
        """Let the process wait for as long as it must."""
        self._at = 0.0
        faulthandler.cancel_dump_traceback_later()


def _held() -> int:
    """Bytes of data that this process has from the system, also what it has freed since; 0 where nobody says.

    The limit counts both, and PDFium cannot use what others have freed: it would take good files for broken ones.
    """
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _say(answers: BinaryIO, line: bytes) -> None:
    answers.write(line + b"\n")
    answers.flush()


def answer(request: dict[str, Any], more_time: MoreTime) -> dict[str, Any]:
    """The answer to one request."""
    path, name = Path(request["path"]), request["name"]
    match request["do"]:
        case "read":
            return {"extract": told_extract(read(path, name, skip=request.get("skip", 0)))}
        case "help":
            return {"extract": told_extract(read_with_help(path, name, request["helper"], more_time))}
        case "detect":
            detected = guarded(lambda: detect(path, name))
            return {"mime": "" if isinstance(detected, Unreadable) else detected.mime}
        case "take_apart":
            return _or_reason("taken", lambda: _take_apart(path, Path(request["target"])))
        case "convert":
            return _or_reason("made", lambda: _convert(path, name, Path(request["target"]), more_time))
        case _:
            return _or_reason("html", lambda: _structure(path, name, request["words"]))


def _or_reason(key: str, call: Callable[[], str | dict[str, Any]]) -> dict[str, Any]:
    made = guarded(call)
    return {"state": made.state, "reason": made.reason} if isinstance(made, Unreadable) else {key: made}


def _take_apart(path: Path, folder: Path) -> dict[str, Any]:
    # Loaded when it is needed, as the others below: most workers only ever read text.
    module = importlib.import_module("kpss_desktop.formats.mail.attachments")
    return cast("dict[str, Any]", module.take_apart(path, folder))


def _convert(path: Path, name: str, target: Path, more_time: MoreTime) -> str:
    module = importlib.import_module("kpss_desktop.formats.helpers.soffice")
    module.convert(path, _readable(path, name), target, more_time)
    return str(target)


def _readable(path: Path, name: str) -> str:
    """The type of a file; raises Unreadable when there is no use in looking into it."""
    detected = detect(path, name)
    if detected.state is not None:
        raise Unreadable(detected.state, detected.reason)
    return detected.mime


def _structure(path: Path, name: str, words: dict[str, str]) -> str:
    mime = _readable(path, name)
    module = importlib.import_module("kpss_desktop.formats.structure")
    try:
        return str(module.structure(path, mime, module.Words(**words)))
    except module.NotStructured:
        raise Unreadable(TextState.UNSUPPORTED, Reason.NO_READER) from None


def _collect_seldom() -> None:
    """Look for garbage once for many files: as often as usual it takes a fifth of the time of reading them."""
    gc.freeze()
    gc.set_threshold(_GARBAGE, *gc.get_threshold()[1:])


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
        _end_group()

    threading.Thread(target=feed, daemon=True).start()
    return lines


def _end_group() -> None:
    """End this process and the programs it has started; the parent made it the first of its group."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    try:
        import psutil  # noqa: PLC0415  (takes a fifth of the start of a process, and few ever come here)

        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
    finally:
        os._exit(0)  # also when there is no memory left to load it


def _give_way() -> None:
    """Let the window go first where both want a processor; where there is no `nice`, `reader` sees to it."""
    if sys.platform != "win32":
        os.nice(_NICE)


def _keep_no_cores() -> None:
    """Whatever dies of a file leaves no copy of it behind."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  (Unix only)

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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


if __name__ == "__main__":
    sys.exit(main())
