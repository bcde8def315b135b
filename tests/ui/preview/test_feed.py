"""The feed: quick choices do not pile up, and what comes late is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from kpss_desktop.archive.archive import Archive
from kpss_desktop.model import Document
from kpss_desktop.ui.jobs import Jobs
from kpss_desktop.ui.preview import Preview, PreviewFeed, PreviewPane

Named = Callable[[str], Document]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


class Watched(PreviewPane):
    """A pane that remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def show_document(self, preview: Preview) -> None:
        self.given.append(preview.document.id)
        super().show_document(preview)


@pytest.fixture
def jobs(archive: Archive) -> Iterator[Jobs]:
    """Work beside the window."""
    made = Jobs(archive)
    yield made
    made.close()


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    """A pane on the screen."""
    pane = Watched()
    qtbot.addWidget(pane)
    pane.resize(500, 600)
    pane.show()
    return pane


def test_only_the_row_one_stays_on_is_shown(watched: Watched, jobs: Jobs, named: Named, qtbot: QtBot) -> None:
    feed = PreviewFeed(watched, jobs)
    for ending in ("zapis.doc", "zapis.docx", "2019.zip", "zapis.pdf"):
        feed.select(named(ending).id)
    qtbot.waitUntil(lambda: bool(watched.given))
    qtbot.wait(200)
    assert watched.given == [named("zapis.pdf").id]


def test_nothing_chosen_empties_the_pane_and_drops_what_comes_late(
    watched: Watched, jobs: Jobs, named: Named, qtbot: QtBot
) -> None:
    feed = PreviewFeed(watched, jobs)
    feed.select(named("zapis.docx").id)
    feed._timer.stop()
    feed._gather()
    feed.select(None)
    qtbot.wait(500)
    assert watched.given == []
    assert watched.preview is None


def test_a_document_that_is_gone_is_told(watched: Watched, jobs: Jobs, qtbot: QtBot) -> None:
    feed = PreviewFeed(watched, jobs)
    feed.select("nikdo")
    qtbot.waitUntil(lambda: "nikdo" in watched.views.message.sentence)


def test_the_same_document_is_gathered_again(watched: Watched, jobs: Jobs, named: Named, qtbot: QtBot) -> None:
    feed = PreviewFeed(watched, jobs)
    feed.select(named("2020.txt").id, "služba")
    qtbot.waitUntil(lambda: len(watched.given) == 1)
    feed.again()
    qtbot.waitUntil(lambda: len(watched.given) == 2)
    assert watched.strip.hits.text == "1 / 10"
