"""Looks at every document of an archive as the window's preview does; run by the trials in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.intake.zip_listing import zip_contents
from kpss_desktop.archive.intake.zips import BadZip
from kpss_desktop.archive.reading.indexer import structure_of
from kpss_desktop.catalogue.documents import all_ids


def main(folder: Path) -> None:
    """Print what was found, a line a file."""
    with open_archive(folder, writable=False) as archive:
        for document in looking.documents(archive, all_ids(archive.catalogue.db)):
            for file in document.files:
                shown = len(structure_of(archive, file))
                path = looking.file_path(archive, file)
                sys.stdout.write(f"{path.name!r} {file.text_state} {file.text_reason} {shown} {_entries(path)}\n")


def _entries(path: Path) -> str:
    if path.suffix.casefold() != ".zip":
        return ""
    try:
        return f"{len(zip_contents(path))} entries"
    except BadZip as error:
        return str(error.refusal)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
