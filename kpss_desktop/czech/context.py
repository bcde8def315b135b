"""What surrounds a document that is taken in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """Where a document lay and what the clerk said of the whole drop.

    `folders` run from the outermost to the innermost; `archive_name` is the file name of the innermost ZIP it came
    in; `neighbours` are names of files beside it. `year` and `groups` (ids) were set by the clerk.
    """

    folders: tuple[str, ...] = ()
    archive_name: str | None = None
    neighbours: tuple[str, ...] = ()
    year: int | None = None
    groups: tuple[str, ...] = ()
