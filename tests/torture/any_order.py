"""A clerk who does anything in any order, takes it back, makes it again, and closes and opens the archive between.

The only model is the state digest: a step taken back leads to the digest before it, one made again to the one after.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from kpss_desktop.archive import editing, looking, undo
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.search import saving
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.keeping import snapshot_path
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.errors import BadValue, NameTaken, NoSuchSearch
from kpss_desktop.model import Dated, GroupKind, Kind, PartialDate
from kpss_desktop.progress import silent
from tests.torture.work import Place

_SOME = st.lists(st.integers(0, 999), min_size=1, max_size=5)  # places among the documents, counted round
_ONE = st.integers(0, 999)
_TAGS = st.sampled_from(["a", "b", "Důležité", "důležité", "K projednání"]) | st.text(max_size=8)
_NAMES = st.sampled_from(["Péče", "PÉČE", "Nová skupina", "zápis.rtf", "CON", "a/b", " "]) | st.text(max_size=20)
_DATES = st.none() | st.builds(PartialDate, st.integers(2017, 2021), st.integers(1, 12), st.integers(1, 28))
_PHRASES = ("DPS", "dům s pečovatelskou službou", "OSP", "NZDM")
_REFUSED = (BadValue, NameTaken, NoSuchSearch)  # what a verb may say of a senseless wish


def trials(examples: int, steps: int, *, always_the_same: bool = False) -> settings:
    """How many worlds are tried, and how much is done in each."""
    return settings(
        max_examples=examples, stateful_step_count=steps, derandomize=always_the_same, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip


class AnyOrder(RuleBasedStateMachine):
    """Works `here` in a copy of the `original`; every operation is compared with the digests around it."""

    original: ClassVar[Place]
    here: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        shutil.rmtree(self.here, ignore_errors=True)
        self.place = self.original.copied(self.here)
        self.archive = open_archive(self.place.folder)
        self.waiting = sorted(self.place.inbox.iterdir())
        self.now = state_digest(self.archive)
        self.past: list[str] = []
        self.future: list[str] = []
        while undo.next_undo(self.archive):
            undo.undo(self.archive)
            self.past.insert(0, state_digest(self.archive))
        while undo.next_redo(self.archive):
            undo.redo(self.archive)
        assert state_digest(self.archive) == self.now

    @contextlib.contextmanager
    def one_step(self) -> Iterator[None]:
        """What happens inside is one step that can be undone, or nothing at all."""
        before = undo.next_undo(self.archive)
        with contextlib.suppress(*_REFUSED):
            yield
        after = state_digest(self.archive)
        if undo.next_undo(self.archive) == before:
            assert after == self.now
            return
        self.past.append(self.now)
        self.future.clear()
        self.now = after

    def some(self, places: Sequence[int]) -> list[str]:
        """Ids of documents."""
        ids = all_ids(self.archive.catalogue.db)
        return list(dict.fromkeys(ids[place % len(ids)] for place in places)) if ids else []

    def edited(self, places: Sequence[int], changes: editing.Edit) -> None:
        """Set values on some documents."""
        with self.one_step():
            editing.edit(self.archive, self.some(places), changes)

    @rule(places=_SOME, name=_TAGS)
    def tag(self, places: list[int], name: str) -> None:
        with self.one_step():
            editing.tag(self.archive, self.some(places), name)

    @rule(places=_SOME, name=_TAGS)
    def untag(self, places: list[int], name: str) -> None:
        with self.one_step():
            editing.untag(self.archive, self.some(places), name)

    @rule(places=_SOME, title=_NAMES)
    def title(self, places: list[int], title: str) -> None:
        self.edited(places, editing.Edit(title=title))

    @rule(places=_SOME, note=st.text(max_size=30))
    def note(self, places: list[int], note: str) -> None:
        self.edited(places, editing.Edit(note=note))

    @rule(places=_SOME, date=_DATES, kind=st.sampled_from(Kind))
    def date_and_kind(self, places: list[int], date: PartialDate | None, kind: Kind) -> None:
        self.edited(places, editing.Edit(dated=Dated(date) if date else None, kind=kind))

    @rule(places=_SOME, groups=st.lists(_ONE, max_size=3))
    def groups(self, places: list[int], groups: list[int]) -> None:
        known = looking.groups(self.archive)
        wanted = tuple(dict.fromkeys(known[group % len(known)].id for group in groups)) if known else ()
        self.edited(places, editing.Edit(groups=wanted))

    @rule(place=_ONE, name=_NAMES)
    def rename(self, place: int, name: str) -> None:
        for document_id in self.some([place]):
            with self.one_step():
                editing.rename(self.archive, document_id, name)

    @rule(places=_SOME)
    def trash(self, places: list[int]) -> None:
        with self.one_step():
            editing.trash(self.archive, self.some(places))

    @rule(places=_SOME)
    def restore(self, places: list[int]) -> None:
        with self.one_step():
            editing.restore(self.archive, self.some(places))

    @rule(name=_NAMES, kind=st.sampled_from(GroupKind), alias=_NAMES)
    def add_group(self, name: str, kind: GroupKind, alias: str) -> None:
        with self.one_step():
            editing.add_group(self.archive, name, kind, (alias,))

    @rule(place=_ONE, name=_NAMES, aliases=st.lists(_NAMES, max_size=2), colour=st.integers(0, 7))
    def change_group(self, place: int, name: str, aliases: list[str], colour: int) -> None:
        known = looking.groups(self.archive)
        if known:
            group = known[place % len(known)]
            with self.one_step():
                editing.change_group(
                    self.archive, replace(group, name=name, aliases=tuple(dict.fromkeys(aliases)), colour=colour)
                )

    @rule(name=_NAMES, text=st.text(max_size=10))
    def save_search(self, name: str, text: str) -> None:
        with self.one_step():
            saving.save_search(self.archive, name, text)

    @rule(place=_ONE, name=_NAMES)
    def rename_search(self, place: int, name: str) -> None:
        known = saving.searches(self.archive)
        if known:
            with self.one_step():
                saving.rename_search(self.archive, known[place % len(known)].name, name)

    @rule(place=_ONE)
    def delete_search(self, place: int) -> None:
        known = saving.searches(self.archive)
        if known:
            with self.one_step():
                saving.delete_search(self.archive, known[place % len(known)].name)

    @rule(
        words=st.lists(st.sampled_from(["DPS", "dům s pečovatelskou službou", "OSP", "NZDM"]), min_size=2, max_size=3)
    )
    def synonyms(self, words: list[str]) -> None:
        with self.one_step():
            saving.set_synonyms(self.archive, [words])

    @rule(amount=st.integers(1, 4))
    def take_in(self, amount: int) -> None:
        paths, self.waiting = self.waiting[:amount], self.waiting[amount:]
        with self.one_step():
            report = file_intake(self.archive, plan_intake(self.archive, paths, silent, read=False), silent)
            assert report.failed == 0

    @rule()
    def undo_one(self) -> None:
        if self.past:
            undo.undo(self.archive)
            self.future.append(self.now)
            self.now = self.past.pop()
            assert state_digest(self.archive) == self.now

    @rule()
    def redo_one(self) -> None:
        if self.future:
            undo.redo(self.archive)
            self.past.append(self.now)
            self.now = self.future.pop()
            assert state_digest(self.archive) == self.now

    @rule()
    def reopen(self) -> None:
        self.archive.close()
        self.archive = open_archive(self.place.folder)
        assert state_digest(self.archive) == self.now

    @rule()
    def all_is_well(self) -> None:
        assert verify(self.archive, silent) == []
        assert list(self.archive.store.staging.glob("*")) == []

    def teardown(self) -> None:
        """Everything back, across restarts; everything again; and all of it from the folder alone."""
        while self.future:
            self.redo_one()
        last = self.now
        self._all(self.undo_one, lambda: bool(self.past))
        self._all(self.redo_one, lambda: bool(self.future))
        assert self.now == last
        self.archive.close()
        shutil.rmtree(self.archive.data)
        snapshot_path(self.place.folder).unlink(missing_ok=True)
        with open_archive(self.place.folder) as archive:
            assert state_digest(archive) == last

    def _all(self, one: Callable[[], None], is_left: Callable[[], bool]) -> None:
        """Undo or redo as long as there is anything, with a restart after each thirty."""
        number = 0
        while is_left():
            one()
            number += 1
            if number % 30 == 0:
                self.reopen()
        self.reopen()
        self.all_is_well()
