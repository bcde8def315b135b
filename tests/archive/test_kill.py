"""Show 5: an intake killed at any moment, then made once more: nothing lost, nothing twice, nothing lying about."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.archive import create_archive, open_archive
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.undo import next_undo, redo, undo
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

FILES = 200
GROUPS = (("Péče", GroupKind.WORKING), ("Prevence", GroupKind.WORKING), ("ŘS", GroupKind.STEERING))  # those of the desk

INTAKE = """
    import pickle, sys
    from pathlib import Path
    from kpss_desktop.archive.archive import open_archive
    from kpss_desktop.archive.intake.filing import file_intake
    from kpss_desktop.progress import silent
    folder, planned = map(Path, sys.argv[1:3])
    with open_archive(folder) as archive:
        plan = pickle.loads(planned.read_bytes())
        print("planned", flush=True)
        file_intake(archive, plan, silent)
        print("filed", flush=True)
"""

# Dies at the n-th call of a function that writes, before or after the call.
AT_A_CALL = """
    import itertools, os, sys
    counted = itertools.count(1)  # several threads may call
    target, moment, number = sys.argv[3], sys.argv[4], int(sys.argv[5])
    real = getattr(os, target)
    def dying(*arguments, **options):
        if "kpss_desktop/lasting.py" not in sys._getframe(1).f_code.co_filename.replace(os.sep, "/"):
            if "pathlib" not in sys._getframe(1).f_code.co_filename:
                return real(*arguments, **options)
        if moment == "before" and next(counted) == number:
            os._exit(9)
        result = real(*arguments, **options)  # what does not succeed has not been done
        if moment == "after" and next(counted) == number:
            os._exit(9)
        return result
    setattr(os, target, dying)
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small files of three groups and three years."""
    inbox = tmp_path_factory.mktemp("inbox")
    for number in range(FILES):
        group = ("PS Péče", "PS Prevence", "ŘS")[number % 3]
        path = inbox / f"Zápis {group} {number % 28 + 1}. {number % 12 + 1}. {2018 + number // 3 % 3} č. {number}.txt"
        path.write_bytes(f"Zápis číslo {number}.".encode() * (number + 1))
    return inbox


@pytest.fixture(scope="module")
def planned(many: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the files with their texts: it is the filing that is killed, so it is made once."""
    place = tmp_path_factory.mktemp("planned")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPSS_DATA_DIR", str(place / "data"))
        with create_archive(place / "Archiv KPSS", GROUPS) as archive:
            plan = plan_intake(archive, [many], silent)
    assert len(plan.extracts) == FILES
    (place / "plan").write_bytes(pickle.dumps(plan))
    return place / "plan"


@pytest.fixture
def start(desk: Desk, planned: Path) -> Callable[..., subprocess.Popen[str]]:
    """Begin to file the plan in a process of its own, after some other lines of Python."""

    def started(*arguments: str, before: str = "") -> subprocess.Popen[str]:
        script = textwrap.dedent(before) + textwrap.dedent(INTAKE)
        command = [sys.executable, "-c", script, str(desk.folder), str(planned), *arguments]
        environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )

    return started


def is_well(desk: Desk) -> None:
    """Look that rows, files, records and staging agree."""
    assert desk.problems() == []
    assert desk.staged() == []
    documents = desk.documents()
    assert sorted(desk.tree()) == sorted(document.file.path for document in documents)
    assert len({document.file.sha256 for document in documents}) == len(documents)


def make_good(desk: Desk, many: Path) -> int:
    """Open the archive after the accident and take the same folder in once more; how many were filed before."""
    desk.archive = open_archive(desk.folder)
    is_well(desk)
    before = len(desk.documents())
    report = desk.take(many)
    assert (report.filed, report.duplicates, report.failed) == (FILES - before, before, 0)
    is_well(desk)
    assert len(desk.documents()) == FILES
    return before


def test_killed_at_random_moments(desk: Desk, many: Path, start: Callable[..., subprocess.Popen[str]]) -> None:
    desk.archive.close()
    chance = random.Random(20200306)
    with start() as process:
        process.communicate(timeout=100)
        assert process.returncode == 0
    desk.archive = open_archive(desk.folder)
    undo(desk.archive)
    found = []
    for turn in range(10):
        desk.archive.close()
        with start() as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "planned\n"
            # From the first copy to the last record; the later turns look closer at the beginning.
            time.sleep(chance.uniform(0, 0.5 if turn % 2 else 0.12))
            process.kill()
            process.communicate(timeout=100)
        found.append(make_good(desk, many))
        while next_undo(desk.archive):
            undo(desk.archive)
        assert desk.documents() == ()
        is_well(desk)
    assert len(found) == 10


MOMENTS = [
    (call, moment, number)
    for call, numbers in (("link", (1, 50, 101, 200)), ("unlink", (1, 100)), ("fsync", (1, 7, 101, 150, 203, 230)))
    for moment in ("before", "after")
    for number in numbers
] + [("replace", moment, number) for moment in ("before", "after") for number in (1, 4, 9)]


@pytest.mark.parametrize(("call", "moment", "number"), MOMENTS)
def test_killed_at_a_chosen_call(
    desk: Desk, many: Path, start: Callable[..., subprocess.Popen[str]], call: str, moment: str, number: int
) -> None:
    desk.archive.close()
    with start(call, moment, str(number), before=AT_A_CALL) as process:
        _, complaint = process.communicate(timeout=100)
        assert process.returncode == 9, complaint
    make_good(desk, many)


def test_undo_survives_an_accident(desk: Desk, start: Callable[..., subprocess.Popen[str]]) -> None:
    empty = desk.state()
    desk.archive.close()
    with start("replace", "after", "3", before=AT_A_CALL) as process:
        process.communicate(timeout=100)
        assert process.returncode == 9
    desk.archive = open_archive(desk.folder)
    filed = desk.state()
    step = next_undo(desk.archive)
    assert step is not None
    undo(desk.archive)
    assert desk.state() == empty
    is_well(desk)
    redo(desk.archive)
    assert desk.state() == filed
    is_well(desk)


def test_what_was_filed_before_a_kill_and_then_worked_on_stays_the_file_of_its_row(
    desk: Desk, start: Callable[..., subprocess.Popen[str]]
) -> None:
    desk.archive.close()
    with start("replace", "after", "1", before=AT_A_CALL) as process:
        process.communicate(timeout=100)
        assert process.returncode == 9
    path = min(desk.tree())
    (desk.folder / path).write_bytes(b"Opraveno ve Wordu.")
    desk.archive = open_archive(desk.folder)
    assert desk.problems() == [("changed", path)]


def test_killed_and_then_without_a_catalogue(desk: Desk, start: Callable[..., subprocess.Popen[str]]) -> None:
    desk.archive.close()
    with start("link", "after", "150", before=AT_A_CALL) as process:
        process.communicate(timeout=100)
        assert process.returncode == 9
    desk.archive = open_archive(desk.folder)
    before = desk.state()
    desk.forget()
    assert desk.state() == before
    is_well(desk)
