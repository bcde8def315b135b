"""The last gate: whatever a reader made, only harmless HTML leaves this room."""

from __future__ import annotations

import re

import nh3

from kpss_desktop.formats.structure.pictures import checked_uri

TAGS = {
    "h1", "h2", "h3", "h4", "p", "b", "i", "u", "sup", "sub", "ul", "ol", "li", "table", "tr", "td", "th", "br", "hr",
    "pre", "img", "a",
}  # fmt: skip
ATTRIBUTES = {
    "td": {"colspan", "rowspan", "align", "width"},
    "th": {"colspan", "rowspan", "align", "width"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "p": {"align"},
    "h1": {"align"},
    "h2": {"align"},
    "h3": {"align"},
    "h4": {"align"},
    "img": {"src", "width"},
}
# Their content is no text of the document.
SILENT = {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"}
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)
_WORDS = {"type": {"none", "disc", "circle", "square", "1", "a", "A", "i", "I"}, "align": {"left", "center", "right"}}
_NO_PICTURE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")


def clean(html: str) -> str:
    """The fragment with the elements and attributes of the preview only: no address but `data:`, no script."""
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=SILENT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"data"},
        link_rel=None,
        strip_comments=True,
    )
    return _NO_PICTURE.sub("", cleaned)


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return checked_uri(value)
    if name in _WORDS:
        return value if value in _WORDS[name] else None
    # A span of thousands of cells would take the window minutes to lay out.
    limit = 100 if name in {"colspan", "rowspan"} else 9999
    return value if _NUMBER.fullmatch(value) and 0 <= int(value) <= limit else None
