"""The sample archive: made-up minutes of two groups and a steering group, to try everything on."""

from __future__ import annotations

from pathlib import Path

from kpss_desktop.archive.archive import create_archive
from kpss_desktop.archive.editing import tag
from kpss_desktop.archive.intake.filing import IntakeReport, file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search.searching import ids_of
from kpss_desktop.model import GroupKind
from kpss_desktop.progress import Progress

GROUPS = (("Péče", GroupKind.WORKING), ("Prevence", GroupKind.WORKING), ("ŘS", GroupKind.STEERING))
TAGS = (("dluhy", "dluhové poradenství"), ('"odlehčovací služba"', "odlehčovací služba"))


def make_sample(folder: Path, files: Path, progress: Progress) -> IntakeReport:
    """Make an archive in `folder` and file all that lies in `files`; raises what an intake raises."""
    with create_archive(folder, GROUPS) as archive:
        report = file_intake(archive, plan_intake(archive, sorted(files.iterdir()), progress), progress)
        index_pending(archive, progress)
        for words, name in TAGS:
            tag(archive, ids_of(archive, words), name)
        index_pending(archive, progress)
    return report
