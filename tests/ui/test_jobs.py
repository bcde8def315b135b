from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import Archive, open_archive
from kpss_desktop.errors import NameTaken
from kpss_desktop.progress import Progress
from kpss_desktop.ui.jobs import Jobs


@pytest.fixture
def jobs(qapp: QApplication, empty_folder: Path) -> Iterator[Jobs]:
    with open_archive(empty_folder) as archive:
        made = Jobs(archive)
        yield made
        made.close()
        qapp.sendPostedEvents()


def test_an_answer_comes_in_the_threads_of_the_window(qtbot: QtBot, jobs: Jobs) -> None:
    threads: list[threading.Thread] = []
    names: list[str] = []

    def task(archive: Archive, _progress: Progress) -> list[str]:
        threads.append(threading.current_thread())
        return [group.name for group in looking.groups(archive)]

    def done(found: list[str]) -> None:
        threads.append(threading.current_thread())
        names.extend(found)

    jobs.query(task, done)
    qtbot.waitUntil(lambda: bool(names))
    assert names == ["Péče", "Prevence", "ŘS"]
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_a_newer_query_makes_the_older_answer_be_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    release = threading.Event()
    answers: list[str] = []

    def slow(_archive: Archive, _progress: Progress) -> str:
        release.wait(10)
        return "old"

    jobs.query(slow, answers.append, key="search")
    jobs.query(lambda _archive, _progress: "new", answers.append, key="search")
    qtbot.waitUntil(lambda: answers == ["new"])
    release.set()
    qtbot.waitUntil(lambda: not any(jobs._under_way))
    assert answers == ["new"]


def test_a_dropped_query_stops_at_its_next_word(qtbot: QtBot, jobs: Jobs) -> None:
    started, stopped = threading.Event(), threading.Event()

    def endless(_archive: Archive, progress: Progress) -> None:
        started.set()
        try:
            while True:
                progress(0, None)
        finally:
            stopped.set()

    jobs.query(endless, lambda _answer: pytest.fail("nobody waits for it"), key="plan")
    started.wait(10)
    jobs.drop("plan")
    assert stopped.wait(10)
    qtbot.waitUntil(lambda: not any(jobs._under_way))


def test_changes_run_one_after_another_and_tell_so(qtbot: QtBot, jobs: Jobs) -> None:
    order: list[str] = []
    first = threading.Event()

    def one(archive: Archive, _progress: Progress) -> None:
        first.wait(10)
        order.append("one")
        editing.add_group(archive, "Senioři")

    def two(_archive: Archive, _progress: Progress) -> None:
        order.append("two")

    labels: list[str] = []
    jobs.running.connect(labels.append)
    with qtbot.waitSignals([jobs.changed, jobs.changed, jobs.idle]):
        jobs.change(one, label="First")
        jobs.change(two, label="Second")
        assert jobs.busy
        first.set()
    assert order == ["one", "two"]
    assert labels == ["First", "Second"]
    assert not jobs.busy


def test_a_failure_goes_to_who_asked_or_else_to_all(qtbot: QtBot, jobs: Jobs) -> None:
    def fail(archive: Archive, _progress: Progress) -> None:
        editing.add_group(archive, "Péče")

    heard: list[Exception] = []
    with qtbot.assertNotEmitted(jobs.changed), qtbot.waitSignal(jobs.idle):
        jobs.change(fail, failed=heard.append)
    assert isinstance(heard[0], NameTaken)
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.change(fail)
    assert isinstance(told.args[0], NameTaken)


def test_a_bug_is_not_swallowed(qtbot: QtBot, jobs: Jobs) -> None:
    def bug(_archive: Archive, _progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught, qtbot.waitSignal(jobs.idle):
        jobs.change(bug)
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]


def test_a_change_is_cancelled_and_the_next_one_still_runs(qtbot: QtBot, jobs: Jobs) -> None:
    started = threading.Event()

    def endless(_archive: Archive, progress: Progress) -> None:
        while True:
            started.set()
            progress(1, 3, "Zápis.doc")

    stopped: list[str] = []
    jobs.cancelled.connect(stopped.append)
    with qtbot.waitSignals([jobs.cancelled, jobs.changed]):
        jobs.change(endless, label="Filing")
        jobs.change(lambda _archive, _progress: None)
        started.wait(10)
        jobs.cancel()
    assert stopped == ["Filing"]


def test_tending_runs_beside_and_does_not_pile_up(qtbot: QtBot, jobs: Jobs) -> None:
    runs: list[int] = []
    release = threading.Event()

    def tend(_archive: Archive, _progress: Progress) -> int:
        release.wait(10)
        runs.append(1)
        return 0

    for _time in range(5):
        jobs.tend(tend)
    assert not jobs.busy
    with qtbot.waitSignal(jobs.changed):
        jobs.change(lambda _archive, _progress: None)
    with qtbot.waitSignal(jobs.idle):
        release.set()
    assert len(runs) == 2


def test_closing_stops_what_runs_and_waits_for_it(jobs: Jobs) -> None:
    started = threading.Event()
    ended: list[bool] = []

    def endless(_archive: Archive, progress: Progress) -> None:
        try:
            while True:
                started.set()
                progress(0, None)
        finally:
            ended.append(True)

    jobs.change(endless)
    started.wait(10)
    jobs.close()
    assert ended == [True]
    assert not jobs.busy


def test_progress_of_a_change_is_told_to_all_and_that_of_a_query_to_who_asked(qtbot: QtBot, jobs: Jobs) -> None:
    heard: list[tuple[int, int | None, str]] = []

    def work(_archive: Archive, progress: Progress) -> str:
        progress(2, 2, "Zápis.doc")
        return "done"

    with qtbot.waitSignal(jobs.progress) as told:
        jobs.change(work)
    assert told.args == [2, 2, "Zápis.doc"]
    with qtbot.assertNotEmitted(jobs.progress):
        jobs.query(work, lambda _answer: None, told=lambda *words: heard.append(words))
        qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(2, 2, "Zápis.doc")]


def test_an_answer_for_a_dialog_that_is_gone_is_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    release = threading.Event()

    class Pane(QLabel):
        def take(self, answer: str) -> None:
            self.setText(answer)

    pane = Pane()
    jobs.query(lambda _archive, _progress: str(release.wait(10)), pane.take)
    delete(pane)
    release.set()
    qtbot.waitUntil(lambda: not any(jobs._under_way))
    assert not isValid(pane)


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.mark.parametrize("lane", ["query", "search"])
def test_a_newer_question_breaks_the_query_of_the_older_off(qtbot: QtBot, jobs: Jobs, lane: str) -> None:
    ask = getattr(jobs, lane)
    started = threading.Event()

    def endless(archive: Archive, _progress: Progress) -> None:
        started.set()
        with archive.catalogue.snapshot():
            archive.catalogue.db.execute(_ENDLESS).fetchone()

    answers: list[str] = []
    ask(endless, lambda _answer: pytest.fail("nobody waits for it"), key="search")
    started.wait(10)
    ask(lambda archive, _progress: looking.groups(archive)[0].name, answers.append, key="search")
    qtbot.waitUntil(lambda: answers == ["Péče"])
    qtbot.waitUntil(lambda: not any(jobs._under_way))


def test_searches_keep_their_connection_until_something_is_wrong_with_it(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[Archive] = []

    def work(archive: Archive, _progress: Progress) -> None:
        seen.append(archive)

    def broken(archive: Archive, _progress: Progress) -> None:
        seen.append(archive)
        raise NameTaken("spojení")

    for number, task in enumerate((work, broken, work), start=1):
        jobs.search(task, lambda _answer: None, key="search")
        qtbot.waitUntil(lambda: not any(jobs._under_way))
        assert len(seen) == number
    assert seen[0] is seen[1]
    assert seen[1] is not seen[2]
