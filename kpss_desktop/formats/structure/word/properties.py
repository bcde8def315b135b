"""What the modifiers say of characters and paragraphs."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from kpss_desktop.formats.structure.blocks import PLAIN, Look
from kpss_desktop.formats.structure.grid import Shape
from kpss_desktop.formats.word.sprm import NO_LIST, Sprm, number, sprms

NO_OUTLINE = 9
_ACROSS, _DOWN, _GOES_ON = 0x03, 0x60, 0x20
_ALIGN = {1: "center", 2: "right"}


@dataclass(frozen=True, slots=True)
class CharacterProperties:
    """The look of characters; `picture` is an offset in the data stream, -1 for none; `symbol` a Unicode number."""

    look: Look = PLAIN
    hidden: bool = False
    deleted: bool = False
    special: bool = False
    picture: int = -1
    symbol: int = 0
    style: int = -1


@dataclass(frozen=True, slots=True)
class RowProperties:
    """What the end of a row says of its cells: their edges in twips, and which are merged."""

    edges: tuple[int, ...] = ()
    flags: tuple[int, ...] = ()
    header: bool = False

    @property
    def shape(self) -> Shape:
        """The same as the grid of every format understands it."""
        return Shape(
            self.edges,
            frozenset(index for index, flag in enumerate(self.flags) if flag & _ACROSS),
            frozenset(index for index, flag in enumerate(self.flags) if flag & _DOWN == _GOES_ON),
            self.header,
        )


NO_ROW = RowProperties()


@dataclass(frozen=True, slots=True)
class ParagraphProperties:
    """What a paragraph is; `depth` is how many tables it lies in, `list_index` counts from 1, 0 is no list."""

    style: int = 0
    align: str = ""
    level: int = 0
    list_index: int = 0
    outline: int = NO_OUTLINE
    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    inner_cell: bool = False
    inner_row: bool = False
    row: RowProperties = NO_ROW


PLAIN_CHARACTERS = CharacterProperties()
PLAIN_PARAGRAPH = ParagraphProperties()


def change_characters(base: CharacterProperties, style: CharacterProperties, properties: bytes) -> CharacterProperties:
    """The base after the modifiers; `style` is what a toggle is measured against."""
    made = base
    for code, operand in sprms(properties):
        match code:
            case Sprm.C_BOLD:
                made = replace(made, look=replace(made.look, bold=_toggled(operand, style=style.look.bold)))
            case Sprm.C_ITALIC:
                made = replace(made, look=replace(made.look, italic=_toggled(operand, style=style.look.italic)))
            case Sprm.C_UNDERLINE:
                made = replace(made, look=replace(made.look, underline=operand[0] != 0))
            case Sprm.C_POSITION:
                made = replace(made, look=replace(made.look, sup=operand[0] == 1, sub=operand[0] == 2))
            case Sprm.C_HIDDEN:
                made = replace(made, hidden=_toggled(operand, style=style.hidden))
            case Sprm.C_PLAIN:
                made = replace(style, special=made.special, picture=made.picture)
            case _:
                made = _change_rest(made, code, operand)
    return made


def _change_rest(made: CharacterProperties, code: int, operand: bytes) -> CharacterProperties:
    match code:
        case Sprm.C_DELETED:
            made = replace(made, deleted=operand[0] != 0)
        case Sprm.C_SPECIAL:
            made = replace(made, special=operand[0] != 0)
        case Sprm.C_STYLE:
            made = replace(made, style=number(operand))
        case Sprm.C_PICTURE:
            made = replace(made, picture=number(operand), special=True)
        case Sprm.C_SYMBOL if len(operand) == 4:
            made = replace(made, symbol=struct.unpack_from("<H", operand, 2)[0], special=True)
    return made


def _toggled(operand: bytes, *, style: bool) -> bool:
    """A toggle: off, on, 0x80 as the style has it, 0x81 the opposite."""
    return style if operand[0] == 0x80 else not style if operand[0] == 0x81 else operand[0] == 1


def change_paragraph(base: ParagraphProperties, properties: bytes, data: bytes) -> ParagraphProperties:
    """The base after the modifiers; `data` is the stream to which long lists of them are put aside."""
    made = base
    for code, operand in sprms(properties):
        match code:
            case Sprm.P_ALIGN | Sprm.P_ALIGN_OLD:
                made = replace(made, align=_ALIGN.get(operand[0], ""))
            case Sprm.P_LEVEL:
                made = replace(made, level=min(operand[0], 8))
            case Sprm.P_LIST:
                made = replace(made, list_index=number(operand) if number(operand) < NO_LIST else 0)
            case Sprm.P_OUTLINE:
                made = replace(made, outline=operand[0])
            case Sprm.P_ELSEWHERE | Sprm.P_ELSEWHERE_OLD:
                aside = _put_aside(data, number(operand))
                made = change_paragraph(made, aside, b"") if aside else made
            case _:
                made = _change_table(made, code, operand)
    return made


def _put_aside(data: bytes, offset: int) -> bytes:
    size = int.from_bytes(data[offset : offset + 2], "little")
    return data[offset + 2 : offset + 2 + size]


def _change_table(made: ParagraphProperties, code: int, operand: bytes) -> ParagraphProperties:
    match code:
        case Sprm.P_IN_TABLE:
            made = replace(made, in_table=operand[0] != 0)
        case Sprm.P_ROW_END:
            made = replace(made, row_end=operand[0] != 0)
        case Sprm.P_DEPTH:
            made = replace(made, depth=min(number(operand), 16))
        case Sprm.P_INNER_CELL:
            made = replace(made, inner_cell=operand[0] != 0)
        case Sprm.P_INNER_ROW:
            made = replace(made, inner_row=operand[0] != 0)
        case Sprm.T_HEADER:
            made = replace(made, row=replace(made.row, header=operand[0] != 0))
        case Sprm.T_DEFINITION:
            edges, flags = _definition(operand)
            made = replace(made, row=replace(made.row, edges=edges, flags=flags))
        case Sprm.T_VERTICAL if len(operand) == 2:
            made = replace(made, row=_merged_down(made.row, *operand))
    return made


def _definition(operand: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The edges of the cells and the flags of each (TDefTableOperand, TC80)."""
    count = operand[0] if operand else 0
    if len(operand) < 1 + 2 * (count + 1):
        return (), ()
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    first = 1 + 2 * (count + 1)
    flags = tuple(number(operand[at : at + 2]) for at in range(first, first + 20 * count, 20))
    return edges, flags


def _merged_down(row: RowProperties, cell: int, merge: int) -> RowProperties:
    if cell >= len(row.flags):
        return row
    flags = list(row.flags)
    flags[cell] = (flags[cell] & ~0x60) | (merge & 3) << 5
    return replace(row, flags=tuple(flags))
