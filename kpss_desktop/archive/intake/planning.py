"""The first half of the intake: what was dropped becomes a plan, a row for each file. Nothing is written here.

The names come first, so that the sheet is full at once. Then every file is looked at: its digest, the copies of it, its
text (in reader processes), and what the text says beside the name.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kpss_desktop.archive.intake.contents import Contents
from kpss_desktop.archive.intake.likeness import Comparison
from kpss_desktop.archive.intake.naming import Names
from kpss_desktop.archive.intake.plan import FileAs, IntakeItem, IntakePlan, ItemState, Lesson, Origin
from kpss_desktop.archive.intake.recognising import with_proposals_settled
from kpss_desktop.archive.intake.rows import OnItems, Rows
from kpss_desktop.archive.intake.walking import Found, Walk
from kpss_desktop.archive.intake.wire import PROGRAM
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.catalogue import documents
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.model import Extract, Group

__all__ = [
    "FileAs", "IntakeItem", "IntakePlan", "ItemState", "Lesson", "OnItems", "Origin", "Refusal", "plan_intake",
]  # fmt: skip

_FEW = 12  # files that the reader of the preview takes on; more are worth starting processes for
_LOADING = 0.2  # seconds that a reader takes to load


def plan_intake(
    archive: Archive,
    paths: Sequence[Path],
    progress: Progress,
    *,
    group: str | None = None,
    year: int | None = None,
    on_items: OnItems | None = None,
    passwords: Sequence[str] = (),
    encodings: Mapping[str, str] | None = None,
    read: bool = True,
) -> IntakePlan:
    """Walk files, folders, ZIPs and letters; recognise; read; find what is there already.

    `group` (an id) and `year` are said by the clerk for the whole drop, `passwords` are tried on encrypted ZIPs,
    `encodings` are those of the names in ZIPs by the ZIP's source, where the clerk knows better. Without `read` the
    texts are left unread. Raises Cancelled; a file that cannot be read is a row that says so.
    """
    groups = documents.load_groups(archive.catalogue.db)
    rows = Rows(on_items)
    names = Names(rows, groups, group=group, year=year)
    walk = Walk(archive.folder, passwords, encodings or {})
    drop = walk.files(paths)
    with contextlib.ExitStack() as stack:
        readers = archive.reader
        names.recognise(islice(drop, _FEW) if read else drop, progress)
        further = next(drop, None)
        if further is not None:
            rows.tell()
            readers = stack.enter_context(Sandbox(program=PROGRAM))
            readers.start()
            near = list(_for_a_while(drop, progress, len(rows.items)))
            names.recognise_by(readers, chain((further,), near, drop), progress)
        _settle(rows, groups, {}, progress)
        rows.tell()
        contents = Contents(archive, groups, rows, readers if read else None)
        comparison = Comparison(archive, rows, contents.extracts, contents.letters)
        wrappings = {origin: names.row(found) for origin, found in walk.wrappings.items()}
        contents.look(progress, wrappings, comparison.go_on)
    if _settle(rows, groups, contents.extracts, progress):  # some are of other groups than when they were compared
        comparison = Comparison(archive, rows, contents.extracts, contents.letters)
    comparison.mark()
    rows.tell()
    progress(len(rows.items), len(rows.items))
    return IntakePlan(tuple(rows.items), contents.extracts, letters=contents.letters)


def _for_a_while(drop: Iterator[Found], progress: Progress, done: int) -> Iterator[Found]:
    """What is found while the readers load."""
    until = time.monotonic() + _LOADING
    for found in drop:
        progress(done, None, found.name)
        yield found
        if time.monotonic() >= until:
            return


def _settle(rows: Rows, groups: Sequence[Group], extracts: Mapping[str, Extract], progress: Progress) -> bool:
    """Make the groups that rows propose agree with each other; whether a row had to change."""
    has_changed = False
    for place, item in with_proposals_settled(rows.items, groups, extracts):
        progress(len(rows.items), None, item.name)
        rows.change(place, item)
        has_changed = True
    return has_changed
