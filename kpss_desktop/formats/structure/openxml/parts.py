"""The parts of a .docx and how they point at each other."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from kpss_desktop.formats.containers.package import Package
from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.xml import attribute, children, parsed_part


@dataclass(frozen=True, slots=True)
class Target:
    """Where a relationship leads: the name of a part within the package."""

    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part as XML with its relationships. What lies outside the package is left out and never asked for."""

    package: Package
    root: etree._Element
    targets: dict[str, Target]

    def of_kind(self, kind: str) -> Part | None:
        """The first part that a relationship of the kind leads to."""
        found = next((target.part for target in self.targets.values() if target.kind == kind), None)
        return open_part(self.package, found) if found else None

    def by_id(self, identity: str | None) -> Part | None:
        """The part of a relationship."""
        target = self.targets.get(identity or "")
        return open_part(self.package, target.part) if target else None

    def picture(self, identity: str | None) -> bytes | None:
        """The bytes of a picture within the package."""
        target = self.targets.get(identity or "")
        return self.package.read(target.part) if target else None


def main_part(package: Package) -> Part:
    """The document itself; raises NotStructured when the package holds none."""
    start = next((target.part for target in _targets(package, "").values() if target.kind == "officeDocument"), None)
    part = open_part(package, start or "word/document.xml")
    if part is None:
        raise NotStructured("no document in the package")
    return part


def open_part(package: Package, name: str) -> Part | None:
    """A part by its name; None when it is missing."""
    root = parsed_part(package, name)
    return None if root is None else Part(package, root, _targets(package, name))


def _targets(package: Package, name: str) -> dict[str, Target]:
    folder, file = posixpath.split(name)
    root = parsed_part(package, posixpath.join(folder, "_rels", f"{file}.rels"))
    return {
        attribute(entry, "Id") or "": Target(
            (attribute(entry, "Type") or "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, attribute(entry, "Target") or "")).lstrip("/"),
        )
        for entry in children(root, "Relationship")
        if attribute(entry, "TargetMode") != "External"
    }
