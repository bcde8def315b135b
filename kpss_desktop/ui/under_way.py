"""What was asked for and has not ended yet. No Qt here, and no threads: all is done by the window's own."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from kpss_desktop.ui.lanes import READING, SHOWN, Job, Lane


class UnderWay:
    """The jobs of each lane in the order they were asked for, and of questions with a key the newest."""

    def __init__(self) -> None:
        self._jobs: dict[Lane, list[Job]] = {lane: [] for lane in Lane}
        self._newest: dict[Hashable, Job] = {}

    def __iter__(self) -> Iterator[Job]:
        return (job for jobs in self._jobs.values() for job in jobs)

    def of(self, lane: Lane) -> tuple[Job, ...]:
        """What one lane does and what waits there."""
        return tuple(self._jobs[lane])

    def add(self, job: Job) -> None:
        """Take a job on; a question makes an older one of its key void."""
        if job.lane in READING and job.key is not None:
            self.drop(job.key)
            self._newest[job.key] = job
        self._jobs[job.lane].append(job)

    def remove(self, job: Job) -> None:
        """A job has ended."""
        self._jobs[job.lane].remove(job)
        if self._newest.get(job.key) is job:
            del self._newest[job.key]

    def drop(self, key: Hashable) -> None:
        """Nobody waits for the answer of that key any more."""
        job = self._newest.pop(key, None)
        if job is not None:
            job.stop.set()

    def awaits(self, key: Hashable) -> bool:
        """Whether the answer to a question of that key is still to come."""
        return key in self._newest

    def shown(self) -> Job | None:
        """The job the clerk is told of: of a care again after a change beside it has ended."""
        return next((job for lane in SHOWN for job in self._jobs[lane] if job.is_started), None)

    def clear(self) -> None:
        """Stop all, and know of none any more."""
        for job in self:
            job.stop.set()
        for jobs in self._jobs.values():
            jobs.clear()
