"""The command as a process: stopped by Ctrl+C, with nobody to read it, at a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Kpss

KPSS = (sys.executable, "-c", "import sys; from kpss_desktop.cli import main; sys.exit(main())")

needs_unix = pytest.mark.skipif(os.name == "nt", reason="signals and terminals are different on Windows")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "co přišlo"
    folder.mkdir()
    for number in range(300):
        (folder / f"Zápis PS Péče {number}.txt").write_text(f"zápis číslo {number}", encoding="utf-8")
    return folder


def at_a_terminal(command: list[str]) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run a command whose stderr is a terminal; what it writes there, piece by piece."""
    master, slave = os.openpty()
    # Whoever runs the tests in the background may have told all its children to ignore Ctrl+C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=slave, start_new_session=True)
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        os.close(slave)
        with os.fdopen(master, "rb", buffering=0) as terminal:
            while True:
                try:
                    piece = terminal.read(4096)
                except OSError:  # Linux's word for a terminal that nobody writes to any more
                    break
                if not piece:
                    break
                yield process, piece.decode("utf-8", "replace")


@needs_unix
def test_ctrl_c_in_the_midst_of_an_import_leaves_an_archive_that_is_whole(kpss: Kpss, sources: Path) -> None:
    command = [*KPSS, "--archive", str(kpss.folder), "import", str(sources)]
    said, stopped = "", None
    for process, piece in at_a_terminal(command):
        said += piece
        if stopped is None and "/300" in said:  # it tells how far it is, so it is at work
            os.killpg(process.pid, signal.SIGINT)
            stopped = process
    assert stopped is not None
    assert stopped.returncode == 130
    assert "Traceback" not in said
    assert "Práce byla zastavena." in said
    assert kpss("verify").code == 0
    assert len(kpss.json("import", sources)) == 300
    assert len(kpss.json("list")) == 300


@needs_unix
def test_progress_is_told_at_a_terminal_and_taken_away(kpss: Kpss, sources: Path) -> None:
    pieces = list(at_a_terminal([*KPSS, "--archive", str(kpss.folder), "import", str(sources)]))
    said = "".join(piece for _process, piece in pieces)
    assert "/300  Zápis PS Péče" in said
    assert said.endswith("\r\x1b[K")
    assert pieces[0][0].returncode == 0


def test_progress_is_not_told_where_nobody_looks(kpss: Kpss, sources: Path) -> None:
    said = subprocess.run(
        [*KPSS, "--archive", str(kpss.folder), "import", str(sources)], capture_output=True, check=True
    )
    assert said.stderr == b""
    assert b"\x1b" not in said.stdout


@needs_unix
def test_closed_streams_are_no_trouble(kpss: Kpss, sources: Path) -> None:
    shell = 'exec "$@" 0>&- 1>&- 2>&-'
    done = subprocess.run(
        ["/bin/sh", "-c", shell, "sh", *KPSS, "--archive", str(kpss.folder), "import", str(sources)], check=False
    )
    assert done.returncode == 0
    assert len(kpss.json("list")) == 300


def test_names_are_read_as_utf_8_whatever_the_system_thinks() -> None:
    names = "Zápis PS Péče 16. 1. 2020.doc\n".encode() + b"Pozv\xe1nka.doc\n"
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1250"}
    command = [*KPSS, "recognise", "--groups", "Péče", "--json", "-"]
    said = subprocess.run(command, input=names, capture_output=True, check=True, env=environment)
    first, second = map(json.loads, said.stdout.decode().splitlines())
    assert (first["kind"], first["groups"], first["date"]) == ("minutes", ["Péče"], "2020-01-16")
    assert second["name"] == os.fsdecode(b"Pozv\xe1nka.doc")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_the_output_is_one_sentence(kpss: Kpss) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        said = subprocess.run(
            [*KPSS, "--archive", str(kpss.folder), "show", "groups"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert said.returncode == 1
    assert said.stderr.decode().count("\n") == 1
    assert "disk" in said.stderr.decode()
