"""Asking the helpers of this computer (tesseract, LibreOffice) for the texts that our own readers could not find.

They are slow, so each round is short and whoever calls looks after files that came meanwhile. Which helper has looked
at a file is kept, so that none is asked twice, but one that was installed or renewed since is asked by itself.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpss_desktop.archive.sharing import presence
from kpss_desktop.catalogue import texts
from kpss_desktop.formats.helpers.installed import Helper, available
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.model import Extract, Reason, TextState
from kpss_desktop.progress import Progress

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive


def ask_helpers(archive: Archive, progress: Progress) -> int:
    """Give the newest files that may be helped to a helper, a few for each processor; how many. Raises Cancelled."""
    for helper in available():
        batch = _waiting(archive, helper, 2 * (os.cpu_count() or 1))
        if batch:
            _ask(archive, helper, batch, progress)
            return len(batch)
    return 0


def helpable_count(archive: Archive) -> int:
    """How many files wait for a helper that is here."""
    db = archive.catalogue.db
    return sum(texts.helpable_count(db, one.reasons, one.mimes, one.mark) for one in available())


def _waiting(archive: Archive, helper: Helper, limit: int) -> list[texts.Unread]:
    return texts.helpable(archive.catalogue.db, helper.reasons, helper.mimes, helper.mark, limit)


def _ask(archive: Archive, helper: Helper, batch: Sequence[texts.Unread], progress: Progress) -> None:
    waiting = texts.helpable_count(archive.catalogue.db, helper.reasons, helper.mimes, helper.mark)
    requests = [(archive.store.inside(file.path), file.original_name) for file in batch]
    with Sandbox() as sandbox:
        done, name = 0, batch[0].original_name

        def tell() -> None:
            progress(done, waiting, name)

        tell()
        for index, extract in sandbox.read_many(requests, helper.name, tell):
            _keep(archive, batch[index].sha256, extract, helper)
            done, name = done + 1, batch[index].original_name
            tell()


def _keep(archive: Archive, sha256: str, extract: Extract, helper: Helper) -> None:
    """Keep a text that was found; one that our readers found is never lost to a helper that failed."""
    if extract.reason is Reason.MISSING:
        presence.require_there(archive.folder)  # a stick that was pulled out is no reason to give the file up
    with archive.catalogue.transaction():
        if extract.state is TextState.READY:
            texts.put_text(archive.catalogue.db, sha256, extract)
        texts.put_helped(archive.catalogue.db, sha256, helper.mark)
