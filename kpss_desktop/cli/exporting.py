"""The verbs that make ZIPs and lists."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kpss_desktop import messages
from kpss_desktop.archive import looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.exporting.bundle import export_bundle
from kpss_desktop.archive.exporting.listing import PAGES, export_list
from kpss_desktop.archive.exporting.packing import Exported
from kpss_desktop.archive.exporting.year_zip import export_year_zip
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import searching
from kpss_desktop.archive.search.exactness import require_exact
from kpss_desktop.cli.output import Output
from kpss_desktop.czech.names import find_group
from kpss_desktop.errors import NoSuchGroup
from kpss_desktop.i18n import _
from kpss_desktop.safe_names import safe_name


def year(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Pack a group's year."""
    group = find_group(chosen.group, looking.groups(archive))
    if group is None:
        raise NoSuchGroup(chosen.group)
    _tell(export_year_zip(archive, group, chosen.year, chosen.output or Path.cwd(), output.progress), output)


def bundle(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Pack what a query finds, oldest first, with a list of contents."""
    ids = _found(archive, chosen.query, output)
    target = _target(chosen, _("Bundle"), (".zip",))
    title, words = chosen.title or chosen.query, messages.bundle_words()
    _tell(export_bundle(archive, ids[::-1], target, output.progress, title=title, words=words), output)


def table(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Write what a query finds as a table or a page, newest first."""
    ids = _found(archive, chosen.query, output)
    target = _target(chosen, _("List"), (".csv", *PAGES))
    title, words = chosen.title or chosen.query, messages.list_words()
    _tell(export_list(archive, ids, target, output.progress, title=title, words=words), output)


def _found(archive: Archive, query: str, output: Output) -> list[str]:
    index_pending(archive, output.progress)
    require_exact(archive, query)
    return searching.ids_of(archive, query)


def _target(chosen: argparse.Namespace, name: str, suffixes: Sequence[str]) -> Path:
    """The file to be made: the one asked for, or one named by its title in the folder asked for."""
    target: Path = chosen.output or Path.cwd()
    if target.suffix.casefold() in suffixes:
        return target
    return target / f"{safe_name(chosen.title or name)}{suffixes[0]}"


def _tell(made: Exported, output: Output) -> None:
    data = {"output": str(made.path), "files": made.files, "bytes": made.bytes, "sha256": made.sha256}
    text = _("{path}: {documents}, {size}").format(
        path=made.path, documents=messages.documents_text(made.files), size=messages.size_text(made.bytes)
    )
    output.line(data, text)
