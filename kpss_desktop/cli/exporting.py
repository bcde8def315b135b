"""The verbs that make ZIPs."""

from __future__ import annotations

import argparse
from pathlib import Path

from kpss_desktop import messages
from kpss_desktop.archive import looking, searching
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.exporting.bundle import export_bundle
from kpss_desktop.archive.exporting.packing import Exported
from kpss_desktop.archive.exporting.year_zip import export_year_zip
from kpss_desktop.archive.indexer import index_pending
from kpss_desktop.cli.output import Output
from kpss_desktop.czech.names import find_group
from kpss_desktop.errors import NoSuchGroup
from kpss_desktop.i18n import _
from kpss_desktop.progress import silent


def export(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Make what was asked for and say where it lies."""
    made = _year(archive, chosen) if chosen.what == "year" else _bundle(archive, chosen)
    data = {"output": str(made.path), "files": made.files, "bytes": made.bytes, "sha256": made.sha256}
    text = _("{path}: {documents}, {size}").format(
        path=made.path, documents=messages.documents_text(made.files), size=messages.size_text(made.bytes)
    )
    output.line(data, text)


def _year(archive: Archive, chosen: argparse.Namespace) -> Exported:
    group = find_group(chosen.group, looking.groups(archive))
    if group is None:
        raise NoSuchGroup(chosen.group)
    return export_year_zip(archive, group, chosen.year, chosen.output or Path.cwd(), silent)


def _bundle(archive: Archive, chosen: argparse.Namespace) -> Exported:
    index_pending(archive)
    ids = searching.ids_of(archive, chosen.query)
    title = chosen.title or _("Bundle")
    target = chosen.output or Path.cwd()
    if target.suffix.casefold() != ".zip":
        target = target / f"{title}.zip"
    return export_bundle(archive, list(reversed(ids)), target, silent, title=chosen.title or chosen.query)
