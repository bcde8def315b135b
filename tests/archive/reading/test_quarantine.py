"""A file that kills its reader is opened once, and then only when the clerk or new readers ask for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import looking
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading import cache, indexer
from kpss_desktop.archive.reading.indexer import index_pending, read_again, structure_of
from kpss_desktop.archive.search import searching
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.model import Document, Reason, TextState
from kpss_desktop.progress import silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


@pytest.fixture
def killer(desk: Desk, inbox: Path) -> Document:
    """A filed document that needs more memory than any reader has."""
    path = inbox / "Zápis PS Péče 16 1 2020.txt"
    path.write_bytes(b"slovo " * 50_000_000)
    desk.take(path)
    assert index_pending(desk.archive) == 1
    (document,) = desk.documents()
    return document


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What readers were asked to do from now on."""
    asked: list[str] = []
    ask_alone, ask_many = Sandbox._ask_alone, Sandbox.ask_many

    def alone(self: Sandbox, request: dict[str, object], *rest: object) -> dict[str, object]:
        asked.append(str(request["do"]))
        return ask_alone(self, request, *rest)  # type: ignore[arg-type]  # handed on as they came

    def many(self: Sandbox, requests: object, *rest: object, **named: object) -> object:
        noted = (asked.append(str(one["do"])) or one for one in requests)  # type: ignore[attr-defined,func-returns-value]
        return ask_many(self, noted, *rest, **named)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Sandbox, "_ask_alone", alone)
    monkeypatch.setattr(Sandbox, "ask_many", many)
    return asked


def test_it_is_not_opened_by_itself_again_not_even_after_a_restart(
    desk: Desk, inbox: Path, killer: Document, readings: list[str]
) -> None:
    assert (killer.file.text_state, killer.file.text_reason) == (TextState.FAILED, Reason.MEMORY)
    assert looking.counts(desk.archive).failed == 1
    assert searching.ids_of(desk.archive, "stav:selhalo") == [killer.id]
    for _ in range(2):
        assert index_pending(desk.archive) == 0
        plan = plan_intake(desk.archive, [inbox], silent)
        assert file_intake(desk.archive, plan, silent).filed == 0
        desk.reopen()
    assert readings == []


def test_the_clerk_may_have_it_tried_again(desk: Desk, killer: Document, readings: list[str]) -> None:
    read_again(desk.archive, [killer.id])
    assert index_pending(desk.archive) == 1
    assert readings == ["read"]
    assert looking.document(desk.archive, killer.id).file.text_state is TextState.FAILED


@pytest.mark.usefixtures("killer")
def test_new_readers_try_it_once(desk: Desk, readings: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "READERS_VERSION", indexer.READERS_VERSION + 1)
    assert [index_pending(desk.archive), index_pending(desk.archive)] == [1, 0]
    assert readings == ["read"]


def test_looking_at_it_kills_one_reader_only(desk: Desk, inbox: Path, readings: list[str]) -> None:
    (inbox / "a.rtf").write_bytes(b"{\\rtf1 " + b"\\b\\i0\\par " * 2_000_000 + b"}")
    desk.take(inbox / "a.rtf")
    (document,) = desk.documents()
    desk.archive.reader = Sandbox(1, seconds=1)
    assert structure_of(desk.archive, document.file) == structure_of(desk.archive, document.file) == ""
    assert readings == ["structure"]
    read_again(desk.archive, [document.id])
    assert structure_of(desk.archive, document.file) == ""
    assert readings == ["structure"] * 2


def test_previews_take_no_more_than_their_room_and_the_last_used_stay(desk: Desk) -> None:
    home = cache.folder(desk.archive)
    paths = [home / "faithful-1-x" / f"{number}.pdf" for number in range(10)]
    for path in paths:
        cache.put(desk.archive, path, b"x" * 1000)
    for age, path in enumerate(paths):
        stamp = 1_000_000_000 + age

        os.utime(path, (stamp, stamp))
    assert cache.get(paths[0]) == b"x" * 1000
    cache.prune(home, 10_000)
    assert all(path.exists() for path in paths)
    cache.prune(home, 9_999)
    assert [path.name for path in paths if path.exists()] == ["0.pdf", "7.pdf", "8.pdf", "9.pdf"]
