"""What a clerk should know of a disk follows from what it can do, the sync program first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.sharing import caveats
from kpss_desktop.archive.sharing.abilities import Abilities
from kpss_desktop.archive.sharing.caveats import Caveat
from kpss_desktop.messages import caveat_advice, caveat_sentence

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

GOOD = Abilities(
    rename=True, replace=True, never_overwrites=True, links=True, keeps_case=True, keeps_form=True, long_names=True,
    syncs_folders=True, system="ext4", remote=False, synced_by="",
)  # fmt: skip


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (GOOD, ()),
        (replace(GOOD, keeps_case=False, keeps_form=False, links=False, system="NTFS"), ()),
        (replace(GOOD, synced_by="OneDrive", remote=True, system="fuse"), (Caveat.SYNCED,)),
        (replace(GOOD, remote=True, system="cifs"), (Caveat.REMOTE,)),
        (replace(GOOD, replace=False, synced_by="Dropbox"), (Caveat.SYNCED, Caveat.UNSAFE)),
        (replace(GOOD, never_overwrites=False, long_names=False), (Caveat.UNSAFE, Caveat.SHORT_NAMES)),
    ],
)
def test_only_what_matters_is_a_caveat(found: Abilities, expected: tuple[Caveat, ...]) -> None:
    assert caveats.caveats(found) == expected


def test_every_caveat_has_words_without_gaps() -> None:
    found = replace(GOOD, synced_by="Nextcloud", system="cifs")
    for caveat in Caveat:
        said = caveat_sentence(caveat, found) + caveat_advice(caveat, found)
        assert "{" not in said
    assert "Nextcloud" in caveat_sentence(Caveat.SYNCED, found)


def test_what_was_told_stays_told(desk: Desk) -> None:
    assert caveats.look(desk.archive).untold == ()
    caveats.tell(desk.archive, Caveat.REMOTE)
    caveats.tell(desk.archive, Caveat.SYNCED)
    desk.reopen()
    assert desk.archive.catalogue.fact("place.told") == "remote synced"
