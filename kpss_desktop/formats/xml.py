"""Reading a stranger's XML with lxml: no entities, no network, no document types, no huge trees."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol, cast

from lxml import etree

from kpss_desktop.formats.found import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_XML = 120_000_000
"""Bytes of one XML part; a thousand pages of Word are about ten million."""


def local_name(tag: object) -> str:
    """The name of an element without its namespace; "" for comments and entities."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute whatever its namespace, "" when absent."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def tree(data: bytes, *, recover: bool = True) -> etree._Element:
    """The root of an XML part, mended where it is broken. Raises Unreadable when nothing can be read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, remove_comments=True
    )
    try:
        root = etree.fromstring(data[:MAX_XML], parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged() from None
    if root is None:
        raise damaged()
    return root


class Target(Protocol):
    """What is told of elements and text as they are read, so that no tree is built."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """It ends."""

    def data(self, text: str) -> None:
        """Text between two of these."""

    def close(self) -> object:
        """The document ends."""


def tell(data: bytes, target: Target, *, html: bool = False) -> None:
    """Tell `target` of everything in `data` (HTML: in UTF-8), up to where it is broken beyond mending."""
    # lxml's own type of targets asks for methods that it does not need.
    whom = cast("Any", target)
    parser: etree.HTMLParser | etree.XMLParser
    if html:
        parser = etree.HTMLParser(target=whom, no_network=True, huge_tree=False, encoding="utf-8")
    else:
        parser = etree.XMLParser(
            target=whom, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
    with suppress(etree.ParserError, etree.XMLSyntaxError, AssertionError):
        parser.feed(data[:MAX_XML])
        parser.close()


def events(data: bytes, tags: Sequence[str]) -> Iterator[tuple[str, etree._Element]]:
    """The starts and ends of the elements with these local names, in the order of the document.

    Broken XML ends early instead of raising, after what was readable.
    """
    walker = etree.iterparse(
        BytesIO(data[:MAX_XML]),
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
    )
    try:
        yield from walker
    except etree.XMLSyntaxError:
        return
