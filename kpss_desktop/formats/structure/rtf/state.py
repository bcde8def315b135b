"""What holds within a group of RTF, and what its control words change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kpss_desktop.formats.structure.blocks import PLAIN, Look
from kpss_desktop.formats.structure.grid import Shape

CHARSETS = {
    128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip
_HEADING = re.compile(r"(?:heading|nadpis)\s*([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowState:
    """The definition of a row while it is written: edges in twips and the flags of the cell to come."""

    left: int = 0
    edges: tuple[int, ...] = ()
    across: frozenset[int] = frozenset()
    down: frozenset[int] = frozenset()
    header: bool = False

    @property
    def shape(self) -> Shape:
        """The row as the grid understands it."""
        return Shape((self.left, *self.edges), self.across, self.down, self.header)


NO_ROW = RowState()


@dataclass(frozen=True, slots=True)
class State:
    """Everything a group inherits and forgets at its end.

    `target` is where text goes: "body", "header", "footer", "box", "note", "label", "picture", "fonts", "styles" or
    "nowhere". `list_level` is -1 outside of lists.
    """

    target: str = "body"
    look: Look = PLAIN
    hidden: bool = False
    font: int = -1
    skipped: int = 1
    style: int = 0
    align: str = ""
    outline: int = 9
    depth: int = 0
    list_level: int = 0
    row: RowState = NO_ROW
    charset: int = 0


def heading_of(name: str, outline: int) -> int:
    """The level of the heading that a style of this name is; 0 for none."""
    match = _HEADING.fullmatch(name.strip())
    if match:
        return int(match[1])
    return 1 if name.strip().lower() == "title" else outline + 1 if outline < 9 else 0


def changed(state: State, word: str, number: int | None) -> State:
    """The state after a control word; unknown ones change nothing."""
    change = _CHANGES.get(word)
    return change(state, number) if change else state


def _look(**names: bool) -> Callable[[State, int | None], State]:
    """Switches looks on, or off when the word comes with 0."""

    def change(state: State, number: int | None) -> State:
        wanted = {name: on and number != 0 for name, on in names.items()}
        return replace(state, look=replace(state.look, **wanted))

    return change


def _plain(state: State, _number: int | None) -> State:
    return replace(state, look=PLAIN, hidden=False, font=-1)


def _paragraph(state: State, _number: int | None) -> State:
    return replace(state, style=0, align="", outline=9, depth=0, list_level=0)


def _in_table(state: State, _number: int | None) -> State:
    return replace(state, depth=max(1, state.depth))


def _edge(state: State, number: int | None) -> State:
    row = state.row
    return replace(state, row=replace(row, edges=(*row.edges, number or 0))) if len(row.edges) < 100 else state


def _across(state: State, _number: int | None) -> State:
    return replace(state, row=replace(state.row, across=state.row.across | {len(state.row.edges)}))


def _down(state: State, _number: int | None) -> State:
    return replace(state, row=replace(state.row, down=state.row.down | {len(state.row.edges)}))


_CHANGES: dict[str, Callable[[State, int | None], State]] = {
    "b": _look(bold=True),
    "i": _look(italic=True),
    "super": _look(sup=True, sub=False),
    "sub": _look(sup=False, sub=True),
    "nosupersub": _look(sup=False, sub=False),
    "ulnone": _look(underline=False),
    **dict.fromkeys(("ul", "uld", "uldb", "ulw", "uldash", "ulth", "ulwave"), _look(underline=True)),
    **dict.fromkeys(("v", "deleted"), lambda state, number: replace(state, hidden=number != 0)),
    "plain": _plain,
    "pard": _paragraph,
    "s": lambda state, number: replace(state, style=number or 0),
    "f": lambda state, number: replace(state, font=number or 0),
    "fcharset": lambda state, number: replace(state, charset=number or 0),
    "uc": lambda state, number: replace(state, skipped=max(0, min(number if number is not None else 1, 8))),
    **dict.fromkeys(("ql", "qj"), lambda state, _number: replace(state, align="")),
    "qc": lambda state, _number: replace(state, align="center"),
    "qr": lambda state, _number: replace(state, align="right"),
    "outlinelevel": lambda state, number: replace(state, outline=9 if number is None else number),
    "ilvl": lambda state, number: replace(state, list_level=max(0, min(number or 0, 8))),
    "intbl": _in_table,
    "itap": lambda state, number: replace(state, depth=max(0, min(number or 0, 12))),
    "trowd": lambda state, _number: replace(state, row=NO_ROW),
    "trleft": lambda state, number: replace(state, row=replace(state.row, left=number or 0)),
    "trhdr": lambda state, _number: replace(state, row=replace(state.row, header=True)),
    "cellx": _edge,
    **dict.fromkeys(("clmgf", "clmrg"), _across),
    "clvmrg": _down,
}
