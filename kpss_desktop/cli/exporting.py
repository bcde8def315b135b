"""The verbs that make ZIPs and lists."""

from __future__ import annotations

import argparse
from pathlib import Path

from kpss_desktop import messages
from kpss_desktop.archive import looking, searching
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.exporting.bundle import export_bundle
from kpss_desktop.archive.exporting.listing import PAGES, ListWords, export_list
from kpss_desktop.archive.exporting.packing import Exported
from kpss_desktop.archive.exporting.year_zip import export_year_zip
from kpss_desktop.archive.indexer import index_pending
from kpss_desktop.cli.output import Output
from kpss_desktop.czech.names import find_group
from kpss_desktop.errors import NoSuchGroup
from kpss_desktop.i18n import _
from kpss_desktop.model import Kind
from kpss_desktop.progress import silent
from kpss_desktop.store import safe_name


def export(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Make what was asked for and say where it lies."""
    made = {"year": _year, "bundle": _bundle, "list": _list}[chosen.what](archive, chosen)
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
    target = chosen.output or Path.cwd()
    if target.suffix.casefold() != ".zip":
        target = target / f"{safe_name(chosen.title or _('Bundle'))}.zip"
    return export_bundle(archive, list(reversed(ids)), target, silent, title=chosen.title or chosen.query)


def _list(archive: Archive, chosen: argparse.Namespace) -> Exported:
    index_pending(archive)
    ids = searching.ids_of(archive, chosen.query)
    target: Path = chosen.output or Path.cwd()
    if target.suffix.casefold() not in (".csv", *PAGES):
        target = target / f"{safe_name(chosen.title or _('List'))}.csv"
    words = ListWords(
        _("Date"), _("Title"), _("Kind"), _("Groups"), _("Tags"), _("Note"), _("File"),
        {kind: messages.kind_name(kind) for kind in Kind},
    )  # fmt: skip
    return export_list(archive, ids, target, title=chosen.title or chosen.query, words=words)
