"""Runs the program in processes of its own, looks how much memory they all take, and records whom they call."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

KPSS = (sys.executable, "-c", "import sys; from kpss_desktop.cli import main; sys.exit(main(sys.argv[1:]))")
_EVERY = 0.03  # seconds between two looks
_RECORDER = """
import os, sys
_FAMILIES = ("AF_INET", "AF_INET6")
_ASKING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request")
def _note(event, arguments):
    if event in _ASKING:
        told = repr(arguments)
    elif event in ("socket.connect", "socket.sendto", "socket.bind", "socket.__new__"):
        family = getattr(arguments[0], "family", None) if event != "socket.__new__" else arguments[1]
        if getattr(family, "name", str(family)) not in _FAMILIES:
            return
        told = repr(arguments[1:])
    else:
        return
    with open(os.environ["KPSS_TEST_CALLS"], "a") as calls:
        calls.write(f"{event} {told} in {sys.argv[:2]}\\n")
sys.addaudithook(_note)
"""


@dataclass(frozen=True)
class Run:
    """How a run went; `peak` is what the process and all its children held together at most, in megabytes."""

    code: int | None
    out: str
    err: str
    seconds: float
    peak: float


@dataclass(frozen=True)
class Room:
    """A place where the program lives alone: its inbox, its archive, its data, its folder for temporary files."""

    root: Path

    @property
    def inbox(self) -> Path:
        """What is dropped."""
        return self.root / "inbox"

    @property
    def archive(self) -> Path:
        """The archive."""
        return self.root / "Archiv"

    @property
    def temporary(self) -> Path:
        """Where temporary copies lie while somebody works."""
        return self.root / "tmp"

    @property
    def calls(self) -> str:
        """Every try to reach a network, a line each."""
        noted = self.root / "calls.txt"
        return noted.read_text(encoding="utf-8") if noted.exists() else ""

    def prepare(self) -> None:
        """Make the folders."""
        for folder in (self.inbox, self.temporary, self.root / "data", self.root / "site"):
            folder.mkdir(parents=True)
        (self.root / "site" / "sitecustomize.py").write_text(_RECORDER, encoding="utf-8")

    def strangers(self) -> set[str]:
        """What lies beside the folders that are ours; nothing should."""
        return {path.name for path in self.root.iterdir()} - {"inbox", "Archiv", "tmp", "data", "site", "calls.txt"}

    def environment(self) -> dict[str, str]:
        """What the program is started with."""
        paths = (str(self.root / "site"), str(Path(__file__).resolve().parents[2]))
        return os.environ | {
            "KPSS_DATA_DIR": str(self.root / "data"),
            "KPSS_TEST_CALLS": str(self.root / "calls.txt"),
            "TMPDIR": str(self.temporary),
            "HOME": str(self.root / "data"),
            "PYTHONPATH": os.pathsep.join(paths),
        }

    def run(self, *command: object, limit: float = 100.0) -> Run:
        """Run to the end, or for `limit` seconds; then `code` is None."""
        began, peak = time.monotonic(), 0.0
        arguments = [str(one) for one in command]
        with (
            (self.root / "data" / "out").open("wb") as out,
            (self.root / "data" / "err").open("wb") as err,
            subprocess.Popen(arguments, stdout=out, stderr=err, env=self.environment(), cwd=self.root) as process,
        ):
            watched, code = psutil.Process(process.pid), process.poll()
            while code is None:
                peak = max(peak, _held(watched))
                if time.monotonic() - began > limit:
                    _end(watched)
                    break
                time.sleep(_EVERY)
                code = process.poll()
        told, complained = (
            (self.root / "data" / name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err")
        )
        return Run(code, told, complained, time.monotonic() - began, peak / 1e6)

    def kpss(self, *arguments: object, limit: float = 100.0) -> Run:
        """The command with this archive."""
        return self.run(*KPSS, "--archive", self.archive, *arguments, limit=limit)


def _held(process: psutil.Process) -> int:
    total = 0
    with suppress(psutil.Error):
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += one.memory_info().rss
    return total


def _end(process: psutil.Process) -> None:
    for one in (*process.children(recursive=True), process):
        with suppress(psutil.Error):
            one.kill()
