"""The tokens of RTF become paragraphs and tables."""

from __future__ import annotations

import binascii
import codecs
from dataclasses import dataclass, field, replace
from pathlib import Path

from kpss_desktop.formats.structure.blocks import Block, Look, Mark, Paragraph, Picture, Runs, Span
from kpss_desktop.formats.structure.failure import NotStructured
from kpss_desktop.formats.structure.flat import Flat, assembled
from kpss_desktop.formats.structure.rtf.state import CHARSETS, State, changed, heading_of
from kpss_desktop.formats.structure.rtf.tokens import Token, What, tokens
from kpss_desktop.formats.structure.stories import numbered_note, parted, seen
from kpss_desktop.formats.structure.surrogates import paired
from kpss_desktop.formats.structure.words import ENGLISH, Words

_MAX_GROUPS = 500
_MAX_HEADING = 4
_TWIPS_PER_PIXEL = 15
_CHARACTERS = {
    "tab": "\t", "line": "\n", "page": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "~": "\xa0",
    "_": "\u2011", "-": "",
}  # fmt: skip
_NOWHERE = (
    "colortbl", "info", "nonshppict", "nonesttables", "shprslt", "sp", "listtable", "fldinst", "filetbl", "revtbl",
    "xe", "tc", "ftnsep", "ftnsepc", "objdata", "pnseclvl", "generator", "private", "template", "background",
)  # fmt: skip
_TARGETS = {
    **dict.fromkeys(("header", "headerf", "headerl", "headerr"), "header"),
    **dict.fromkeys(("footer", "footerf", "footerl", "footerr"), "footer"),
    **dict.fromkeys(("listtext", "pntext"), "label"),
    **dict.fromkeys(_NOWHERE, "nowhere"),
    "footnote": "note", "shptxt": "box", "pict": "picture", "fonttbl": "fonts", "stylesheet": "styles",
}  # fmt: skip
# Groups that may be skipped by older readers, and that this one knows.
_KNOWN_EXTRAS = {"shppict", "nesttableprops", "shpinst", "shptxt", "pict"}
_STORIES = {"body", "header", "footer", "box", "note"}


def read_rtf(path: Path, _words: Words = ENGLISH) -> list[Block]:
    """The blocks of a document; raises NotStructured for what is no RTF."""
    data = path.read_bytes()
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rt"):
        raise NotStructured("no RTF")
    reader = _Reader()
    for token in tokens(data):
        reader.token(token)
    reader.finish()
    flows = {story: assembled(reader.flows.get(story, [])) for story in _STORIES}
    notes = [block for index, note in enumerate(reader.notes, 1) for block in numbered_note(index, assembled(note))]
    return parted(
        list(seen(flows["header"])), list(flows["body"]), list(seen(flows["box"])), notes, list(seen(flows["footer"]))
    )


@dataclass(slots=True)
class _Reader:
    """Takes the tokens one by one."""

    state: State = field(default_factory=State)
    groups: list[State] = field(default_factory=list)
    flows: dict[str, list[Flat]] = field(default_factory=dict)
    runs: dict[str, Runs] = field(default_factory=dict)
    notes: list[list[Flat]] = field(default_factory=list)
    codecs: dict[int, str] = field(default_factory=dict)
    headings: dict[int, int] = field(default_factory=dict)
    codec: str = "cp1252"
    default_font: int = 0
    label: str | None = None
    style_name: str = ""
    picture: bytearray = field(default_factory=bytearray)
    picture_width: int = 0
    pending: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    extra: bool = False

    def token(self, token: Token) -> None:
        """Take one token."""
        if token.what in {What.TEXT, What.BYTE}:
            self._bytes(token.data)
        elif token.what is What.BINARY:
            if self.state.target == "picture":
                self.picture += token.data
        else:
            self._flush()
            match token.what:
                case What.OPEN:
                    self._open()
                case What.CLOSE:
                    self._close()
                case What.WORD:
                    self._word(token.name, token.number)
                case _:
                    self._symbol(token.name)

    def finish(self) -> None:
        """End the last paragraph, which a document need not end itself."""
        self._flush()
        while self.groups:
            self._close()
        if self._runs.inlines:
            self._paragraph(ends_cell=False)

    @property
    def _runs(self) -> Runs:
        return self.runs.setdefault(self.state.target, Runs())

    def _bytes(self, data: bytes) -> None:
        skipped = min(self.to_skip, len(data))
        self.to_skip -= skipped
        if self.state.target == "picture":
            self.picture += data
        else:
            self.pending += data[skipped:]
        self.extra = False

    def _flush(self) -> None:
        if self.pending:
            font = self.state.font if self.state.font >= 0 else self.default_font
            codec = self.codecs.get(font, self.codec)
            text = bytes(self.pending).decode(codec, "replace")
            self.pending.clear()
            self._text(text)

    def _text(self, text: str) -> None:
        match self.state.target:
            case "label":
                self.label = (self.label or "") + text
            case "styles":
                self._style_name(text)
            case target if target in _STORIES and not self.state.hidden:
                self._runs.text(text, self.state.look)

    def _style_name(self, text: str) -> None:
        name, found, _rest = (self.style_name + text).partition(";")
        self.style_name = "" if found else name
        heading = heading_of(name, self.state.outline) if found else 0
        if heading:
            self.headings[self.state.style] = heading

    def _open(self) -> None:
        if len(self.groups) >= _MAX_GROUPS:
            raise NotStructured("groups within groups without end")
        self.to_skip = 0
        self.groups.append(self.state)

    def _close(self) -> None:
        self.to_skip = 0
        self.extra = False
        if not self.groups:
            return
        before = self.groups.pop()
        if before.target != self.state.target:
            self._leave(before)
        elif self.state.target == "fonts":
            self._font()
        row = self.state.row if self.state.target in _STORIES and self.state.depth < 2 else before.row
        self.state = replace(before, row=row)

    def _leave(self, before: State) -> None:
        """Finish what a group was the target of."""
        match self.state.target:
            case "picture":
                self._picture(before)
            case "note":
                self._paragraph(ends_cell=False)
                self.notes.append(self.flows.pop("note"))
            case "header" | "footer" | "box" if self._runs.inlines:
                self._paragraph(ends_cell=False)
            case "fonts":
                self._font()

    def _font(self) -> None:
        if self.state.font >= 0 and self.state.charset in CHARSETS:
            self.codecs[self.state.font] = CHARSETS[self.state.charset]

    def _picture(self, before: State) -> None:
        data = bytes(self.picture)
        self.picture.clear()
        if before.target not in _STORIES:
            return
        if not data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            digits = b"".join(data.split())
            try:
                data = binascii.unhexlify(digits[: len(digits) // 2 * 2])
            except binascii.Error:
                data = b""
        self.runs.setdefault(before.target, Runs()).picture(Picture(data, self.picture_width))

    def _symbol(self, name: str) -> None:
        if name == "*":
            self.extra = True
        elif name in "\r\n":
            self._paragraph(ends_cell=False)
        elif name in _CHARACTERS:
            self._text(_CHARACTERS[name])
        elif name in "\\{}":
            self._text(name)

    def _word(self, name: str, number: int | None) -> None:
        extra, self.extra = self.extra, False
        if self.state.target == "nowhere":
            return
        if extra and name not in _KNOWN_EXTRAS and name not in _TARGETS:
            self.state = replace(self.state, target="nowhere")
        elif name in _TARGETS:
            self._target(_TARGETS[name])
        elif name == "u" and number is not None:
            self._text_of_number(number)
        elif name in _CHARACTERS:
            self._text(_CHARACTERS[name])
        elif name in {"par", "sect", "cell", "nestcell", "row", "nestrow"}:
            self._end(name)
        elif name == "ansicpg" and number:
            self.codec = _known_codec(f"cp{number}", self.codec)
        elif name == "deff":
            self.default_font = number or 0
        elif name == "picwgoal" and number:
            self.picture_width = number // _TWIPS_PER_PIXEL
        else:
            self.state = changed(self.state, name, number)

    def _target(self, target: str) -> None:
        if target == "note" and self.state.target == "body":
            self._runs.text(str(len(self.notes) + 1), Look(sup=True))
        if target in {"header", "footer", "note", "box"}:
            self.state = State(target, font=self.state.font, skipped=self.state.skipped)
        else:
            if target == "label":
                self.label = ""
            self.picture_width = 0
            self.state = replace(self.state, target=target)

    def _text_of_number(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._text(chr(code) if 0 <= code <= 0xFFFF else "\ufffd")
        self.to_skip = self.state.skipped

    def _end(self, name: str) -> None:
        if self.state.target not in _STORIES:
            return
        if name in {"row", "nestrow"}:
            depth = 1 if name == "row" else max(2, self.state.depth)
            flow = self.flows.setdefault(self.state.target, [])
            flow.append(Flat(Paragraph(), depth, ends_row=True, shape=self.state.row.shape))
        else:
            self._paragraph(ends_cell=name in {"cell", "nestcell"})

    def _paragraph(self, *, ends_cell: bool) -> None:
        state = self.state
        heading = self.headings.get(state.style, 0) or (state.outline + 1 if 0 <= state.outline < 9 else 0)
        mark = None if self.label is None else Mark(state.list_level, _label(self.label))
        self.label = None
        made = Paragraph(self._paired(), min(heading, _MAX_HEADING), state.align, mark)
        depth = max(1, state.depth) if ends_cell else state.depth
        self.flows.setdefault(state.target, []).append(Flat(made, depth, ends_cell=ends_cell))

    def _paired(self) -> tuple[Picture | Span, ...]:
        return tuple(
            inline if isinstance(inline, Picture) else replace(inline, text=paired(inline.text))
            for inline in self._runs.take()
        )


def _known_codec(name: str, otherwise: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        return otherwise
    return name


def _label(text: str) -> str:
    """The label as it is printed; empty when it is a bullet of some font."""
    label = text.strip()
    return label if any(character.isalnum() for character in label) and len(label) > 1 else ""
