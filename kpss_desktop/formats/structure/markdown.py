"""Markdown as people write it in notes: headings, lists, emphasis, rules and blocks of code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from kpss_desktop.formats.encodings import decode
from kpss_desktop.formats.structure.blocks import PLAIN, Block, Inline, Look, Mark, Paragraph, Preformatted, Rule, Span
from kpss_desktop.formats.structure.plain import MAX_TEXT
from kpss_desktop.formats.structure.words import Words

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_ITEM = re.compile(r"(\s*)(?:[-*+]|(\d{1,4}[.)]))\s+(.*)")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\3(?!\w)|!?\[([^\]]*)\]\([^)]*\)")


def read(path: Path, _words: Words) -> list[Block]:
    """The blocks of the text."""
    writer = _Writer()
    for line in decode(path.read_bytes()[:MAX_TEXT]).split("\n"):
        writer.line(line)
    writer.end()
    return writer.blocks


@dataclass(slots=True)
class _Writer:
    """Takes the lines one by one."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    mark: Mark | None = None
    is_code: bool = False

    def line(self, line: str) -> None:
        """Take one line."""
        fence = line.lstrip().startswith(("```", "~~~"))
        heading, item = _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        if fence or self.is_code:
            self._code(line, fence=fence)
        elif not line.strip():
            self.end()
        elif heading:
            self.end()
            self.blocks.append(Paragraph(inlines(heading[2]), min(4, len(heading[1]))))
        elif _RULE.fullmatch(line):
            self.end()
            self.blocks.append(Rule())
        elif item:
            self.end()
            self.mark = Mark(min(8, len(item[1].expandtabs(4)) // 2), item[2] or "")
            self.lines.append(item[3])
        else:
            self.lines.append(line.strip())

    def end(self) -> None:
        """End the paragraph, item or code that is open."""
        if self.is_code:
            self.blocks.append(Preformatted("\n".join(self.lines)))
        elif self.lines:
            self.blocks.append(Paragraph(inlines("\n".join(self.lines)), mark=self.mark))
        self.lines.clear()
        self.mark = None
        self.is_code = False

    def _code(self, line: str, *, fence: bool) -> None:
        if not fence:
            self.lines.append(line)
            return
        was_code = self.is_code
        self.end()
        self.is_code = not was_code


def inlines(text: str, look: Look = PLAIN) -> tuple[Inline, ...]:
    """The text with its emphasis; of a link its words."""
    found: list[Inline] = []
    position = 0
    for match in _EMPHASIS.finditer(text):
        found.append(Span(text[position : match.start()], look))
        if match[1]:
            found += inlines(match[2], Look(bold=True, italic=look.italic))
        elif match[3]:
            found += inlines(match[4], Look(bold=look.bold, italic=True))
        else:
            found.append(Span(match[5], look))
        position = match.end()
    return (*(span for span in found if not isinstance(span, Span) or span.text), Span(text[position:], look))
