"""Whatever a document refers to, the program asks no network: not the command, not its readers, not the window."""

from __future__ import annotations

import itertools
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import document_traps, letter_traps, pdf_traps, window
from tests.hostile.trials import drop
from tests.hostile.watching import KPSS, Room

pytestmark = pytest.mark.timeout(300)
REFERRING = frozenset((
    "remote", "macro", "javascript", "launch", "uri", "submit", "goto-remote", "embedded", "outside-stream",
    "external-body", "laughs", "outside",
))  # fmt: skip


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """What the references lead to: somebody who would answer."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        opened.settimeout(0)
        yield opened


@pytest.fixture
def referring(room: Room, listener: socket.socket) -> Room:
    """A room whose inbox is full of documents that refer to the listener."""
    host = "{}:{}".format(*listener.getsockname())
    traps = itertools.chain(document_traps.traps(host), letter_traps.traps(host), pdf_traps.traps(host))
    names = drop(room, (trap for trap in traps if trap.name.partition(".")[0] in REFERRING))
    assert len(names) > 20
    assert any(host.encode() in (room.inbox / name).read_bytes() for name in names)
    return room


def is_untouched(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return True
    return False


def traced(room: Room, *command: object) -> str:
    """The calls to the system that concern a network, of a run with all its children; skips where none may look."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not here: apt install strace")
    record = room.root / "data" / "strace.txt"
    watch = ("strace", "-f", "-qq", "-e", "trace=socket,connect,sendto,sendmsg", "-o", str(record))
    if subprocess.run([*watch, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody look at what processes ask of it")
    ran = room.run(*watch, *command, limit=200)
    assert ran.code in (0, 1), ran.err[-1000:]
    return "\n".join(line for line in record.read_text(encoding="utf-8").splitlines() if "AF_INET" in line)


def test_the_recorder_would_have_noticed(room: Room, listener: socket.socket) -> None:
    """Else the other tests would say nothing."""
    host, port = listener.getsockname()
    room.run(sys.executable, "-c", f"import socket; socket.create_connection(({host!r}, {port})).close()")
    assert "socket.connect" in room.calls
    assert not is_untouched(listener)


def test_the_command_calls_nobody(referring: Room, listener: socket.socket) -> None:
    for arguments in (
        ("import", referring.inbox), ("search", "zapis"), ("list",), ("export", "bundle", "zapis", "--output", "a.zip"),
        ("text", *sorted(referring.inbox.iterdir())), ("verify",), ("undo",), ("rebuild",),
    ):  # fmt: skip
        assert referring.kpss(*arguments).code in (0, 1), arguments
    assert referring.calls == ""
    assert is_untouched(listener)


def test_the_system_sees_no_call_of_the_command(referring: Room, listener: socket.socket) -> None:
    assert traced(referring, *KPSS, "--archive", referring.archive, "import", referring.inbox) == ""
    assert is_untouched(listener)


def test_the_system_sees_no_call_of_the_window(referring: Room, listener: socket.socket) -> None:
    shutil.rmtree(referring.archive)
    called = traced(referring, sys.executable, "-m", window.__name__, referring.archive, referring.inbox)
    told = (referring.root / "data" / "out").read_text(encoding="utf-8")
    assert int(told.split()[-1]) > 20
    assert (called, referring.calls) == ("", "")
    assert is_untouched(listener)


def test_only_one_room_of_the_program_may_speak_to_others() -> None:
    """A local socket, by which a second window finds the first; nothing else even loads what could call somebody."""
    sources = Path(__file__).resolve().parents[2] / "kpss_desktop"
    speaking = ("QtNetwork", "http.client", "urllib.request", "urllib3", "ftplib", "smtplib", "xmlrpc")
    found = {
        (path.relative_to(sources).as_posix(), word)
        for path in sources.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.lstrip().startswith(("import ", "from "))
        for word in speaking
        if word in line
    }
    assert found == {("ui/only_one.py", "QtNetwork")}
