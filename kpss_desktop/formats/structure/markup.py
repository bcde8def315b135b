"""Pages of strangers rewritten with the few elements of the preview."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree, html

from kpss_desktop.formats.structure.pictures import data_uri

_RENAMED = {
    "strong": "b", "em": "i", "cite": "i", "dfn": "i", "var": "i", "ins": "u", "h5": "h4", "h6": "h4", "dt": "p",
    "dd": "p", "caption": "p", "address": "p", "menu": "ul", "dir": "ul", "listing": "pre", "xmp": "pre",
}  # fmt: skip
_CONTAINERS = {
    "div", "section", "article", "header", "footer", "main", "nav", "aside", "blockquote", "center", "figure",
    "figcaption", "form", "fieldset", "details", "summary", "legend",
}  # fmt: skip
_BLOCKS = _CONTAINERS | {"p", "h1", "h2", "h3", "h4", "ul", "ol", "dl", "table", "pre", "hr", "dt", "dd", "li"}
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def simplified(page: str, pictures: Mapping[str, bytes]) -> str:
    """The page with the preview's elements; `pictures` are those that came along with it, by their Content-ID."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        # Nothing but space or comments.
        return ""
    for element in list(root.iter("*")):
        _simplify(element, pictures)
    return str(html.tostring(root, encoding="unicode"))


def _simplify(element: html.HtmlElement, pictures: Mapping[str, bytes]) -> None:
    style = element.get("style") or ""
    if _HIDDEN.search(style) and element.getparent() is not None:
        element.drop_tree()
        return
    tag = str(element.tag)
    align = _ALIGN.search(style)
    if tag in _CONTAINERS and not any(str(child.tag) in _BLOCKS for child in element):
        element.tag = "p"
    elif tag in {"span", "font"}:
        element.tag = "b" if _BOLD.search(style) else "i" if _ITALIC.search(style) else tag
    else:
        element.tag = _RENAMED.get(tag, tag)
    if align or tag == "center":
        element.set("align", align[1].lower() if align else "center")
    source = element.get("src") or ""
    if tag == "img" and source.lower().startswith("cid:"):
        element.set("src", data_uri(pictures.get(source[4:], b"")) or "")
