"""What all Office Open XML packages say about themselves (ECMA-376 part 2, core properties)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpss_desktop.formats.found import Found
from kpss_desktop.formats.xml import local_name, root_of

if TYPE_CHECKING:
    from kpss_desktop.formats.containers.package import Package


def with_properties(package: Package, text: str) -> Found:
    """The text together with title, author, time of making and number of pages (or slides)."""
    core = _values(package, "docProps/core.xml")
    program = _values(package, "docProps/app.xml")
    count = program.get("Pages") or program.get("Slides") or ""
    pages = int(count) if count.isdecimal() and len(count) < 7 else None
    return Found(text, core.get("title", ""), core.get("creator", ""), core.get("created", ""), pages)


def _values(package: Package, part: str) -> dict[str, str]:
    root = root_of(package.read_if_whole(part))
    return {} if root is None else {local_name(one.tag): (one.text or "").strip() for one in root}
