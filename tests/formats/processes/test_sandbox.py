from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from kpss_desktop.formats.found import MAX_TEXT, Unreadable
from kpss_desktop.formats.processes.reader import MAX_DOCUMENTS
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.model import Extract, Reason, TextState
from kpss_desktop.progress import Cancelled

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(2) as opened:
        yield opened


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real document that takes its reader long, but little memory: an RTF of twenty million changes to bold."""
    path = tmp_path_factory.mktemp("slow") / "pomaly.rtf"
    path.write_bytes(rb"{\rtf1\ansi " + rb"\b" * 20_000_000 + b"}")
    return path


@pytest.fixture
def hungry(tmp_path: Path) -> Path:
    """One that takes long and more memory than a reader is given at first: an RTF of twelve million paragraphs."""
    path = tmp_path / "hladovy.rtf"
    path.write_bytes(rb"{\rtf1\ansi " + rb"\par a" * 12_000_000 + b"}")
    return path


def wait_until(condition: object, seconds: float = 20) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_reads(sandbox: Sandbox, data: Path) -> None:
    extract = sandbox.read(data / "zapis.docx")
    assert extract.state is TextState.READY
    assert "Žďárská" in extract.text


def test_processes_that_were_started_ahead_read(sandbox: Sandbox, data: Path) -> None:
    sandbox.start()
    started = set(sandbox.pids)
    assert len(started) == 2
    psutil.Process(min(started)).kill()  # nobody was told of its end
    files = [(data / "zapis.docx", "")] * 8
    assert {extract.state for _index, extract in sandbox.read_many(files)} == {TextState.READY}
    assert max(started) in sandbox.pids


def test_structure_is_html(sandbox: Sandbox, data: Path) -> None:
    assert "Žďárská" in sandbox.structure(data / "zapis.docx")


def test_structure_says_why_not(sandbox: Sandbox, data: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        sandbox.structure(data / "heslo.docx")
    assert caught.value.reason is Reason.PASSWORD


def test_many_are_read_at_once_and_each_is_answered(sandbox: Sandbox, data: Path) -> None:
    files = [path for path in sorted(data.iterdir()) for _ in range(5)]
    found = dict(sandbox.read_many((path, "") for path in files))
    assert sorted(found) == list(range(len(files)))
    assert len(sandbox.pids) == 2
    for index, path in enumerate(files):
        assert (found[index].state is TextState.READY) == (path.name != "heslo.docx")


def test_names_of_undecodable_bytes(sandbox: Sandbox, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Z\xe1pis.txt"))
    path.write_text("Zápis", "utf-8")
    assert sandbox.read(path).text == "Zápis"


def test_long_text(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("příliš žluťoučký kůň\n" * 400_000, "utf-8")
    assert len(sandbox.read(path).text) == 21 * 400_000


def test_time_limit(data: Path, slow: Path) -> None:
    with Sandbox(1, seconds=1) as sandbox:
        sandbox.read(data / "zapis.doc")
        first = sandbox.pids
        extract = sandbox.read(slow)
        assert (extract.state, extract.reason) == (TextState.FAILED, Reason.TIMEOUT)
        assert extract.mime == "application/rtf"
        assert sandbox.pids != first
        assert not psutil.pid_exists(first[0])
        assert sandbox.read(data / "zapis.doc").state is TextState.READY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of its own, see the next test")
def test_memory_limit(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "velky.txt"
    path.write_bytes(b"a" * 79_000_000)
    with Sandbox(1, memory=120_000_000) as sandbox:
        extract = sandbox.read(path)
        assert (extract.state, extract.reason) == (TextState.FAILED, Reason.MEMORY)
        assert sandbox.read(data / "zapis.doc").state is TextState.READY


def test_memory_is_watched_from_outside(data: Path, slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds on systems without a limit of their own: the child is started with a large one."""
    with Sandbox(1, memory=1 << 40) as sandbox:
        sandbox.read(data / "zapis.doc")
        reader = sandbox._readers[0]
        monkeypatch.setattr(reader, "_memory", 100_000_000)
        extract = sandbox.read(slow)
        assert (extract.state, extract.reason) == (TextState.FAILED, Reason.MEMORY)
        assert not reader.pid or psutil.pid_exists(reader.pid)


def test_killed_reader_loses_nothing_but_its_file(data: Path, slow: Path) -> None:
    with Sandbox(2, seconds=5) as sandbox:
        files = [slow, *sorted(data.glob("zapis.*"))]
        found: dict[int, Extract] = {}

        def kill_all() -> None:
            wait_until(lambda: len(found) == len(files) - 1)
            for pid in sandbox.pids:  # the idle one, too
                psutil.Process(pid).kill()

        killer = threading.Thread(target=kill_all)
        killer.start()
        found.update(sandbox.read_many((path, "") for path in files))
        killer.join()
    # It was tried once more, alone, and its own fault came to light.
    assert (found[0].state, found[0].reason) == (TextState.FAILED, Reason.TIMEOUT)
    assert all(found[index].state is TextState.READY for index in range(1, len(files)))


def test_files_that_wait_behind_one_that_takes_too_long_are_read(data: Path, slow: Path) -> None:
    files = [data / "zapis.doc", slow, data / "zapis.doc", data / "zapis.docx", slow, data / "zapis.odt"]
    with Sandbox(1, seconds=1) as sandbox:
        found = dict(sandbox.read_many((path, "") for path in files))
    assert [found[index].reason for index in range(len(files))] == [
        Reason.TIMEOUT if path == slow else Reason.NONE for path in files
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of its own")
def test_the_time_of_a_file_is_not_spent_by_looking_for_the_next_one(data: Path) -> None:
    def files() -> Iterator[tuple[Path, str]]:
        for number in range(12):
            time.sleep(2.5 if number == 8 else 0)  # a large file on a slow disk, whose digest is taken first
            yield data / "zapis.docx", ""

    with Sandbox(1, seconds=2) as sandbox:
        assert [extract.state for _, extract in sandbox.read_many(files())] == 12 * [TextState.READY]


def test_files_that_wait_behind_one_that_takes_all_memory_are_read_by_their_first_reader(
    data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "velky.txt"
    path.write_bytes(b"a" * 79_000_000)
    with Sandbox(1, memory=120_000_000) as sandbox:
        alone = sandbox.read(data / "zapis.doc")
        found = dict(sandbox.read_many([(path, ""), (data / "zapis.doc", ""), (path, ""), (data / "zapis.doc", "")]))
    assert [found[index].reason for index in range(4)] == [Reason.MEMORY, Reason.NONE] * 2
    assert found[1].text == found[3].text == alone.text


def test_reader_that_died_idle_is_replaced(sandbox: Sandbox, data: Path) -> None:
    for _ in range(3):
        assert sandbox.read(data / "zapis.doc").state is TextState.READY
        for pid in sandbox.pids:
            psutil.Process(pid).kill()
        wait_until(lambda: all(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE for pid in sandbox.pids))


def test_readers_are_renewed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_DOCUMENTS == 5000
    monkeypatch.setattr("kpss_desktop.formats.processes.reader.MAX_DOCUMENTS", 3)
    with Sandbox(1) as sandbox:
        pids = []
        for _ in range(7):
            assert sandbox.read(data / "zapis.rtf").reason is Reason.MISSING
            pids += sandbox.pids
    assert len(set(pids)) == 3


def test_closing_from_another_thread_ends_the_wait(data: Path, slow: Path) -> None:
    sandbox = Sandbox(1)
    sandbox.read(data / "zapis.doc")
    pids = sandbox.pids
    timer = threading.Timer(0.5, sandbox.close)
    timer.start()
    with pytest.raises(Cancelled):
        sandbox.read(slow)
    timer.join()
    assert not any(psutil.pid_exists(pid) for pid in pids)
    with pytest.raises(Cancelled):
        sandbox.read(data / "zapis.doc")
    assert sandbox.pids == []


def test_a_preview_is_served_between_the_files_of_an_import(data: Path) -> None:
    with Sandbox(1) as sandbox:
        texts: list[str] = []
        many = sandbox.read_many((data / "zapis.docx", "") for _ in range(300))
        next(many)
        preview = threading.Thread(target=lambda: texts.append(sandbox.read(data / "zapis.odt").text))
        preview.start()
        done = 1
        for _ in many:
            done += 1
            if texts:
                break
        preview.join()
        assert texts[0].startswith("Zápis")
        assert done < 300
        many.close()
        assert sandbox.read(data / "zapis.doc").state is TextState.READY


def test_an_abandoned_import_gives_its_readers_back(data: Path, slow: Path) -> None:
    with Sandbox(2) as sandbox:
        many = sandbox.read_many([(data / "zapis.doc", ""), (slow, ""), (data / "zapis.odt", "")])
        next(many)
        many.close()
        assert [extract.state for _i, extract in sandbox.read_many([(data / "zapis.doc", "")] * 2)] == [
            TextState.READY,
            TextState.READY,
        ]


def test_whoever_stops_waits_for_no_file_that_hangs(data: Path, slow: Path) -> None:
    def stop() -> None:
        raise Cancelled

    def tell(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # Progress
        raise Cancelled

    with Sandbox(1) as sandbox:
        with pytest.raises(Cancelled):
            list(sandbox.read_many([(slow, "")], look=stop))
        with pytest.raises(Cancelled):
            sandbox.structure(slow, progress=tell)
        assert sandbox.read(data / "zapis.doc").state is TextState.READY


def test_whoever_stops_waits_for_no_second_reading_with_more_memory(data: Path, hungry: Path) -> None:
    with Sandbox(1) as sandbox:
        seen: set[int] = set()

        def stop() -> None:
            seen.update(sandbox.pids)
            if len(seen) == 2:  # the first process has run out of its memory, another one reads the file once more
                raise Cancelled

        with pytest.raises(Cancelled):
            list(sandbox.read_many([(hungry, "")], look=stop))
        assert len(seen) == 2
        assert sandbox.read(data / "zapis.doc").state is TextState.READY


def test_a_list_that_breaks_off_gives_the_readers_back(data: Path) -> None:
    def files() -> Iterator[tuple[Path, str]]:
        yield data / "zapis.doc", ""
        raise OSError

    with Sandbox(1) as sandbox:
        with pytest.raises(OSError, match=r"^$"):
            list(sandbox.read_many(files()))
        assert sandbox.read(data / "zapis.doc").state is TextState.READY
        assert list(sandbox.read_many([])) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the parent is killed by a signal")
def test_no_orphan_stays_when_the_parent_is_killed(data: Path, slow: Path) -> None:
    program = (
        "import sys, threading; from pathlib import Path; from kpss_desktop.formats.processes.sandbox import Sandbox\n"
        "sandbox = Sandbox(1); sandbox.read(Path(sys.argv[1])); print(*sandbox.pids, flush=True)\n"
        "sandbox.read(Path(sys.argv[2]))"
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(one for one in sys.path if one))
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(data / "zapis.doc"), str(slow)], stdout=subprocess.PIPE, env=environment
    )
    assert parent.stdout is not None
    with parent.stdout as output:
        pids = [int(one) for one in output.readline().split()]
    assert pids
    time.sleep(0.3)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in pids))


def test_prints_do_not_break_the_protocol() -> None:
    program = (
        "import os, sys, kpss_desktop.formats.processes.worker as w\n"
        "w.read = lambda path, name, skip: (print('stray'), os.write(1, b'stray\\n'), w_read(path, name))[2]\n"
        "from kpss_desktop.formats.read import read as w_read\n"
        "w.main(['5', '1000000000'])"
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(one for one in sys.path if one))
    request = b'{"do": "read", "path": "/nowhere", "name": ""}\n'
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(request)
        worker.stdin.flush()
        assert worker.stdout.readline() == b"\n"
        assert worker.stdout.readline().startswith(b'{"extract"')
        worker.stdin.close()
        assert worker.stdout.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of its own")
def test_a_file_that_needs_more_than_the_first_share_of_memory_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "velky.txt"
    path.write_bytes(b"slovo " * 10_000_000)
    with Sandbox(1, memory=240_000_000) as sandbox:
        alone = sandbox.read(path)
        assert (alone.state, len(alone.text)) == (TextState.READY, MAX_TEXT)
        found = dict(sandbox.read_many((path, "") for _ in range(3)))
    assert all(extract.text == alone.text for extract in found.values())
    with Sandbox(1, memory=120_000_000) as small:
        assert small.read(path).reason is Reason.MEMORY
