"""Show 3: two processes open, change and leave one archive a thousand times, and are killed at random."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kpss_desktop.archive import editing
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.errors import ArchiveInUse, ReadOnlyArchive
from kpss_desktop.progress import silent
from tests.torture import work
from tests.torture.conftest import Say
from tests.torture.faults import begun_process

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

_LONGEST = 60.0  # seconds until somebody who waits for a dead writer has become the writer


@dataclass
class Clerks:
    """Two clerks at one archive: who is at work, and what became of the sessions."""

    place: work.Place
    chance: random.Random
    at_work: dict[int, str] = field(default_factory=dict)
    ended: Counter[str] = field(default_factory=Counter)

    @property
    def witness(self) -> Path:
        """Lies there while somebody writes: made by the writer alone, and only where nothing lies."""
        return self.place.root / "witness"

    @property
    def committed(self) -> Path:
        """Names of the changes that their sessions know to be committed."""
        return self.place.root / "committed"

    @property
    def waits(self) -> Path:
        """Seconds from finding a dead writer's witness back to when that writer was killed."""
        return self.place.root / "waits"

    def begin(self, number: int) -> None:
        """Let a clerk begin a session; the two have a computer of their own each."""
        name = f"značka-{number}"
        self.at_work[begun_process(lambda: self._session(name, number % 2))] = name

    def kill_one(self) -> None:
        """Kill one of those at work and note when, before anybody can come after."""
        child = self.chance.choice(list(self.at_work))
        (self.place.root / f"killed {child}").write_text(str(time.monotonic()), encoding="ascii")
        os.kill(child, signal.SIGKILL)

    def look_who_left(self) -> None:
        """Note who has ended; anything but leaving or being killed is a failure."""
        for child, name in list(self.at_work.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                code = os.waitstatus_to_exitcode(status)
                assert code in (0, -signal.SIGKILL), name
                self.ended["killed" if code else "left"] += 1
                del self.at_work[child]

    def _session(self, name: str, user: int) -> None:
        os.environ["KPSS_DATA_DIR"] = str(self.place.root / f"data {user}")
        deadline = time.monotonic() + _LONGEST
        while True:
            try:
                archive = open_archive(self.place.folder)
            except (ArchiveInUse, ReadOnlyArchive):
                assert time.monotonic() < deadline
                time.sleep(0.01)
                continue
            with archive:
                self._bear_witness()
                editing.tag(archive, [all_ids(archive.catalogue.db)[0]], name)
                with self.committed.open("a", encoding="utf-8") as handle:
                    handle.write(f"{name}\n")
                self.witness.unlink()
            return

    def _bear_witness(self) -> None:
        """Fail if anybody who was not killed is between opening and closing."""
        try:
            self._sign()
        except FileExistsError:
            killed = self.place.root / f"killed {int(self.witness.read_text(encoding='ascii'))}"
            wait = time.monotonic() - float(killed.read_text(encoding="ascii"))
            with self.waits.open("a", encoding="ascii") as handle:
                handle.write(f"{wait}\n")
            self.witness.unlink()
            self._sign()

    def _sign(self) -> None:
        # Linked into place whole, for its maker may be killed between making and writing.
        mine = self.place.root / f"witness {os.getpid()}"
        mine.write_text(str(os.getpid()), encoding="ascii")
        try:
            os.link(mine, self.witness)
        finally:
            mine.unlink()


def test_a_thousand_sessions_of_two_processes(disk: Path, share: int, say: Say) -> None:
    clerks = Clerks(work.made(disk / "world", documents=6, more=0), random.Random(7))
    sessions, started = 1000 // share, 0
    while started < sessions or clerks.at_work:
        while started < sessions and len(clerks.at_work) < 2:
            clerks.begin(started)
            started += 1
        time.sleep(clerks.chance.uniform(0, 0.05))
        if clerks.at_work and clerks.chance.random() < 0.2:
            clerks.kill_one()
        clerks.look_who_left()
    with open_archive(clerks.place.folder) as archive:
        assert verify(archive, silent) == []
        tags = {tag for document in work.everything(archive) for tag in document.tags}
    committed = set(clerks.committed.read_text(encoding="utf-8").split())
    assert committed - tags == set()
    assert clerks.ended.total() == sessions
    waits = [float(wait) for wait in clerks.waits.read_text(encoding="ascii").split()] if clerks.waits.exists() else [0]
    assert max(waits) < _LONGEST
    say(
        f"two processes: {sessions} sessions ({clerks.ended['killed']} killed), {len(committed)} changes known to be "
        f"committed and all there, a witness in every session and never two, {len(waits)} takeovers from a writer "
        f"killed at work, the slowest {max(waits):.2f} s after its death"
    )
