"""Making this computer's catalogue anew from the folder alone."""

from __future__ import annotations

from pathlib import Path

from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.catalogue.documents import all_ids
from kpss_desktop.progress import Progress


def rebuild(folder: Path, progress: Progress) -> int:
    """Throw the catalogue away, read all records and all texts again; the number of documents.

    What could be undone cannot be undone afterwards. Raises what `open_archive` raises, Cancelled.
    """
    with open_archive(folder) as archive:
        path = archive.catalogue.path
    path.unlink(missing_ok=True)
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    with open_archive(folder, warm=False) as archive:
        index_pending(archive, progress)
        return len(all_ids(archive.catalogue.db))
