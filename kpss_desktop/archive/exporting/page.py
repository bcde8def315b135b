"""A page without scripts and outside references, readable in any browser and in Word."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

_HEAD = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body{{font-family:sans-serif;margin:2em}}table{{border-collapse:collapse}}\
td,th{{border:1px solid #999;padding:4px 8px;text-align:left;vertical-align:top}}\
td{{white-space:pre-line}}</style></head>
<body><h1>{title}</h1>
<table>
"""


def page_of(title: str, language: str, headings: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A page with one table; the cells of `rows` are HTML already, see `cell`."""
    lines = [_row("th", map(cell, headings)), *(_row("td", row) for row in rows)]
    head = _HEAD.format(language=language, title=html.escape(title))
    return (head + "\n".join(lines) + "\n</table></body></html>\n").encode()


def cell(text: str) -> str:
    """A cell that shows a text."""
    return html.escape(text)


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{one}</{tag}>" for one in cells) + "</tr>"
