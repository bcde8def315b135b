"""A clerk changes anything in a row: all of it can be taken back and made again, and the records alone tell it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.undo import next_redo, next_undo, redo, undo
from kpss_desktop.errors import NameTaken
from kpss_desktop.model import Dated, Document, GroupKind, Kind, PartialDate

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


def dated(text: str) -> Dated:
    return Dated(PartialDate.parse(text))


class Clerk:
    """Somebody who does anything at all."""

    def __init__(self, desk: Desk, inbox: Path, chance: random.Random) -> None:
        self.desk, self.inbox, self.chance = desk, inbox, chance
        self.number = 0

    def act(self) -> str:
        """Do one thing; its name."""
        deeds: Sequence[Callable[[], None]] = (
            self.take, self.take, self.edit_date, self.edit_groups, self.edit_words, self.tag, self.untag, self.rename,
            self.trash, self.restore, self.add_group, self.change_group, self.undo, self.redo,
        )  # fmt: skip
        deed = self.chance.choice(deeds)
        deed()
        return deed.__name__

    def some(self, *, trashed: bool | None = None) -> list[str]:
        found = [one for one in self.desk.documents() if trashed is None or one.trashed is trashed]
        return [one.id for one in self.chance.sample(found, min(len(found), self.chance.randint(1, 4)))]

    def take(self) -> None:
        drop = self.inbox / f"drop {self.number}"
        drop.mkdir()
        for _ in range(self.chance.randint(1, 4)):
            self.number += 1
            group = self.chance.choice(["PS Péče", "PS Prevence", "ŘS", "PS Péče a Prevence", ""])
            name = f"Zápis {group} {self.chance.choice(['6 3', '2 2 2019', ''])}"
            # Names repeat on purpose, and so do bytes now and then.
            path = drop / f"{name}{self.chance.choice(['', ' ', '  '])}.doc"
            path.write_bytes(str(self.chance.choice([self.number, 1, 2])).encode())
        self.desk.take(drop, year=self.chance.choice([None, 2018, 2020]))

    def edit_date(self) -> None:
        date = self.chance.choice([None, dated("2017"), dated("2018-03"), dated("2019-06-05"), dated("--04-03")])
        editing.edit(self.desk.archive, self.some(), Edit(dated=date))

    def edit_groups(self) -> None:
        known = [group.id for group in looking.groups(self.desk.archive)]
        chosen = tuple(self.chance.sample(known, self.chance.randint(0, 2)))
        editing.edit(self.desk.archive, self.some(), Edit(groups=chosen))

    def edit_words(self) -> None:
        changes = Edit(title=f"Název {self.number}", note=f"{self.number}", kind=self.chance.choice(list(Kind)))
        editing.edit(self.desk.archive, self.some(), changes)

    def tag(self) -> None:
        editing.tag(self.desk.archive, self.some(), self.chance.choice(["a", "b", "Čeká"]))

    def untag(self) -> None:
        editing.untag(self.desk.archive, self.some(), self.chance.choice(["a", "b", "Čeká"]))

    def rename(self) -> None:
        for document_id in self.some()[:1]:
            try:
                editing.rename(self.desk.archive, document_id, self.chance.choice(["Zápis", "ZÁPIS.doc", "jinak"]))
            except NameTaken:
                continue

    def trash(self) -> None:
        editing.trash(self.desk.archive, self.some(trashed=False))

    def restore(self) -> None:
        editing.restore(self.desk.archive, self.some(trashed=True))

    def add_group(self) -> None:
        self.number += 1
        editing.add_group(self.desk.archive, f"Skupina {self.number}", GroupKind.OTHER, [f"S{self.number}"])

    def change_group(self) -> None:
        self.number += 1
        group = self.chance.choice(looking.groups(self.desk.archive))
        editing.change_group(self.desk.archive, replace(group, name=f"Jiná {self.number}", aliases=(group.name,)))

    def undo(self) -> None:
        if next_undo(self.desk.archive):
            undo(self.desk.archive)

    def redo(self) -> None:
        if next_redo(self.desk.archive):
            redo(self.desk.archive)


@pytest.mark.parametrize("seed", range(12))
def test_after_any_changes_all_is_taken_back_and_made_again(desk: Desk, inbox: Path, seed: int) -> None:
    chance = random.Random(seed)
    clerk = Clerk(desk, inbox, chance)
    empty = desk.state()
    done = []
    for _ in range(30):
        done.append(clerk.act())
        assert desk.problems() == [], done
        if chance.random() < 0.15:
            desk.reopen()
    full = desk.state()
    steps = 0
    while next_undo(desk.archive):
        undo(desk.archive)
        steps += 1
        if chance.random() < 0.15:
            desk.reopen()
            assert desk.problems() == [], done
    assert desk.state() == empty, done
    assert desk.problems() == []
    for _ in range(steps):
        redo(desk.archive)
    assert desk.state() == full, done
    assert desk.problems() == []
    desk.forget()
    assert desk.state() == full, done
    assert desk.problems() == []


def test_the_records_alone_tell_everything_at_every_moment(desk: Desk, inbox: Path) -> None:
    chance = random.Random(7)
    clerk = Clerk(desk, inbox, chance)
    for _ in range(12):
        clerk.act()
        before: tuple[Document, ...] = desk.documents()
        state = desk.state()
        desk.forget()
        assert desk.state() == state, before
