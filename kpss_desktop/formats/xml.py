"""Reading a stranger's XML with lxml: no entities, no network, no document types, no huge trees."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol, cast

from lxml import etree

from kpss_desktop.formats.found import Unreadable, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_XML = 120_000_000
"""Bytes of one XML part; a thousand pages of Word are about ten million."""

_SMALL_XML = 4_000_000  # whose tree fits into a reader; to make it and walk it is faster than to parse in steps


def local_name(tag: object) -> str:
    """The name of an element without its namespace; "" for comments and entities."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute whatever its namespace, "" when absent."""
    for key, value in cast("list[tuple[str, str]]", element.items()):
        if key.rpartition("}")[2] == name:
            return value
    return ""


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of a name whatever its namespace."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def tree(data: bytes, *, recover: bool = True) -> etree._Element:
    """The root of an XML part, mended where it is broken. Raises Unreadable when nothing can be read."""
    try:
        root = etree.fromstring(data[:MAX_XML], _parser(recover=recover))
    except (etree.XMLSyntaxError, ValueError):
        raise damaged() from None
    if root is None:
        raise damaged()
    return root


def root_of(data: bytes) -> etree._Element | None:
    """As `tree`, but None when nothing can be read."""
    try:
        return tree(data)
    except Unreadable:
        return None


@cache
def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


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
    if not html and len(data) < _SMALL_XML:
        _tell_of_tree(root_of(data), target)
        return
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


def _tell_of_tree(root: etree._Element | None, target: Target) -> None:
    for event, element in () if root is None else etree.iterwalk(root, ("start", "end")):
        tag, begins = element.tag, event == "start"
        text = element.text if begins else element.tail
        if not isinstance(tag, str):
            text = None if begins else text  # an entity: what it stands for is not asked
        else:
            name = tag if tag.startswith("{") else tag.rpartition(":")[2]  # a prefix that nothing declares
            if begins:
                target.start(name, element.attrib)
            else:
                target.end(name)
        if text:
            target.data(text)
    target.close()


def events(data: bytes, tags: Sequence[str]) -> Iterator[tuple[str, etree._Element]]:
    """The starts and ends of the elements with these local names, in the order of the document.

    Broken XML ends early instead of raising, after what was readable.
    """
    wanted = ("start", "end")
    names = [f"{{*}}{tag}" for tag in tags]
    try:
        if len(data) < _SMALL_XML:
            yield from etree.iterwalk(tree(data), wanted, names)
            return
        yield from etree.iterparse(
            BytesIO(data[:MAX_XML]),
            events=wanted,
            tag=names,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=True,
            remove_comments=True,
        )
    except (etree.XMLSyntaxError, Unreadable):
        return
