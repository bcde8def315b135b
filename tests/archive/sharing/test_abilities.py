"""What the disk can do is tried, remembered, and leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.sharing.abilities import abilities, synced_by, try_out

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def test_this_disk_can_keep_an_archive(desk: Desk) -> None:
    found = abilities(desk.archive)
    assert found is not None
    assert found.is_safe
    assert found.system
    assert desk.staged() == []
    desk.reopen()
    assert abilities(desk.archive) == found


def test_a_reader_tries_nothing(desk: Desk) -> None:
    desk.archive.close()
    with open_archive(desk.folder, writable=False) as reader:
        assert abilities(reader) is None
    desk.archive = open_archive(desk.folder)


def test_a_disk_without_links_still_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    found = try_out(tmp_path, tmp_path / "scratch")
    assert not found.links
    assert found.never_overwrites
    assert found.is_safe


def test_a_disk_that_cannot_replace_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "rename", refused)
    assert not try_out(tmp_path, tmp_path / "scratch").rename


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("/home/jana/OneDrive - Město/KPSS", "OneDrive"), ("/home/jana/Dropbox/KPSS", "Dropbox"),
        ("/home/jana/Dokumenty/KPSS", ""), ("/srv/onedriver/KPSS", ""),
    ],
)  # fmt: skip
def test_a_folder_of_a_sync_program_is_told_by_its_name(folder: str, program: str) -> None:
    assert synced_by(Path(folder)) == program
