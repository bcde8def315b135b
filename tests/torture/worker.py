"""One of the processes that share a trial: every n-th step of an act meets each disaster, and the world is looked at.

`python -m tests.torture.worker ACT ROOT FIRST EVERY` writes a line of JSON for each kind of disaster.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kpss_desktop.errors import KpssError
from kpss_desktop.messages import describe
from tests.torture import work
from tests.torture.layer import DISASTERS, Disaster, Layer


@dataclass
class Tally:
    """What a kind of disaster did to an act: how often it was tried, how often the act was refused or killed."""

    disaster: str
    tried: int = 0
    refused: int = 0
    killed: int = 0
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Ended:
    """How a child ended: whether it came to the chosen step, and the sentence the clerk would read."""

    reached: bool
    killed: bool
    sentence: str


class Worker:
    """A world, its original, and an act that is tried in it again and again."""

    def __init__(self, root: Path, act: work.Act) -> None:
        self.layer = Layer()
        self.act = act
        self.original = root / "original"
        self.place = work.made(root / "world", documents=6, more=3)
        if act is work.restore_it:
            work.back_up(self.place)
        self.before = work.look(self.place)
        shutil.copytree(self.place.root, self.original)

    def try_all(self, disaster: Disaster, first: int, every: int) -> Tally:
        """Meet the disaster at every n-th step, until the act ends before it comes to the step."""
        tally = Tally(disaster.name)
        at = first
        while (ended := self._meet(disaster, at)).reached:
            tally.tried += 1
            tally.killed += ended.killed
            if ended.sentence:
                tally.refused += 1
                tally.sentences = sorted({*tally.sentences, ended.sentence})
            at += every
        return tally

    def _meet(self, disaster: Disaster, at: int) -> _Ended:
        """One disaster in a fresh world; then nothing may be lost, and the act can be done after all."""
        shutil.rmtree(self.place.root)
        shutil.copytree(self.original, self.place.root)
        ended = self._in_a_child(disaster, at)
        try:
            work.require_whole(self.place, self.before)
            if not ended.killed:
                self.act(self.place)
                work.require_whole(self.place, self.before)
        except BaseException as error:
            error.add_note(f"{self.act.__name__}: {disaster.name} at step {at}; {ended}; see {self.place.root}")
            raise
        return ended

    def _in_a_child(self, disaster: Disaster, at: int) -> _Ended:
        with tempfile.TemporaryFile() as answer:
            child = os.fork()
            if child == 0:
                _end_after(lambda: pickle.dump(self._suffer(disaster, at), answer), answer.flush)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            if status == -signal.SIGKILL:
                return _Ended(reached=True, killed=True, sentence="")
            assert status == 0, f"{self.act.__name__}: {disaster.name} at step {at} is a bug"
            answer.seek(0)
            found = pickle.load(answer)
            assert isinstance(found, _Ended)
            return found

    def _suffer(self, disaster: Disaster, at: int) -> _Ended:
        sentence = ""
        self.layer.arm(self.place.root, disaster, at)
        try:
            self.act(self.place)
        except (KpssError, OSError) as error:
            sentence = describe(error)
        finally:
            self.layer.disarm()
        return _Ended(self.layer.count >= at, killed=False, sentence=sentence)


def _end_after(*works: Callable[[], object]) -> None:
    """Do this in a forked process and end it, whatever happens; 3 when what happened is no failure of the world."""
    status = 3
    try:
        for one in works:
            one()
        status = 0
    except BaseException:  # noqa: BLE001  # told, and the process ends
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def main(name: str, root: str, first: str, every: str) -> None:
    """Try all disasters and tell what came of each."""
    worker = Worker(Path(root), next(act for act in work.ACTS if act.__name__ == name))
    for disaster in DISASTERS:
        sys.stdout.write(json.dumps(asdict(worker.try_all(disaster, int(first), int(every)))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
