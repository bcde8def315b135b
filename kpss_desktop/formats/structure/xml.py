"""XML of strangers: no document type, so no entities; no network; and short names for what readers ask."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kpss_desktop.formats.containers.package import Package
from kpss_desktop.formats.structure.failure import NotStructured

# A part of more bytes than this is no text that somebody wrote.
MAX_PART = 60_000_000

# The namespaces of the strict variant of Office Open XML, said as the common one says them.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def parse(data: bytes) -> etree._Element:
    """The root element; raises NotStructured for a document type and lxml's XMLSyntaxError for broken XML."""
    if len(data) > MAX_PART:
        raise NotStructured("a part unpacks to too much")
    for strict, common in _STRICT:
        data = data.replace(strict, common)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotStructured("document type in XML")
    return root


def parsed_part(package: Package, title: str) -> etree._Element | None:
    """A part of a package; None when there is none of the name."""
    data = package.read(title)
    return parse(data) if data else None


def name(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element | None, wanted: str) -> str | None:
    """An attribute by its name without the namespace."""
    if element is None:
        return None
    plain = element.get(wanted)
    if plain is not None:
        return plain
    return next((str(value) for key, value in element.items() if str(key).endswith("}" + wanted)), None)


def number(element: etree._Element | None, wanted: str, default: int = 0) -> int:
    """An attribute as a number."""
    value = attribute(element, wanted)
    try:
        return int(value) if value is not None else default
    except ValueError:
        return default


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children of these names, of any when none is given."""
    if element is not None:
        for child in element:
            if not names or name(child) in names:
                yield child


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant by a path of names."""
    for step in path:
        element = next(children(element, step), None)
    return element


def descendants(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """All descendants of these names in the order of the document."""
    if element is not None:
        yield from element.iter(*(f"{{*}}{one}" for one in names))
