"""What surrounds a document that is taken in."""

from __future__ import annotations

from dataclasses import dataclass

from kpss_desktop.model import PartialDate

CONTRADICTION = " ≠ "
"""Stands in the evidence of a reading between what two places say."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a document lay and what the clerk said of the whole drop.

    `folders` run from the outermost to the innermost; `archive_name` is the file name of the innermost ZIP it came
    in; `neighbours` are names of files beside it. `subject` is that of the letter it came with, `sent` the day or year
    of that letter. `year` and `groups` (ids) were set by the clerk.
    """

    folders: tuple[str, ...] = ()
    archive_name: str | None = None
    neighbours: tuple[str, ...] = ()
    subject: str = ""
    sent: PartialDate | None = None
    year: int | None = None
    groups: tuple[str, ...] = ()
