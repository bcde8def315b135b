"""Single property modifiers: the bytes in which Word writes every property ([MS-DOC] 2.2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
"""The bytes of an operand by the last three bits of its modifier; those of one kind carry their size."""
_COUNTED = 6

NO_LIST = 0x07FF
"""The number of a list from which on it is none: 0xF801 marks one that only looks like a list in older versions."""


class Sprm(IntEnum):
    """The modifiers that can be told or shown."""

    C_DELETED = 0x0800
    C_BOLD = 0x0835
    C_ITALIC = 0x0836
    C_HIDDEN = 0x083C
    C_SPECIAL = 0x0855
    C_UNDERLINE = 0x2A3E
    C_POSITION = 0x2A48
    C_STYLE = 0x4A30
    C_PLAIN = 0x2A33
    C_PICTURE = 0x6A03
    C_SYMBOL = 0x6A09
    P_STYLE = 0x4600
    P_ALIGN_OLD = 0x2403
    P_ALIGN = 0x2461
    P_LEVEL = 0x260A
    P_LIST = 0x460B
    P_IN_TABLE = 0x2416
    P_ROW_END = 0x2417
    P_DEPTH = 0x6649
    P_INNER_CELL = 0x244B
    P_INNER_ROW = 0x244C
    P_OUTLINE = 0x2640
    P_ELSEWHERE = 0x6646
    P_ELSEWHERE_OLD = 0x6645
    T_HEADER = 0x3404
    T_DEFINITION = 0xD608
    T_VERTICAL = 0xD62B
    T_CHANGE_TABS = 0xC615


def sprms(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """The modifiers in a list and their operands; ends quietly where the list is cut."""
    start, length = 0, len(properties)
    while start + 2 < length:
        code = properties[start] | properties[start + 1] << 8
        start += 2
        kind = code >> 13
        if kind == _COUNTED:
            size, count_size = _counted(code, properties, start)
            start += count_size
        else:
            size = _SIZES[kind]
        end = start + size
        if end > length:
            return
        yield code, properties[start:end]
        start = end


def _counted(code: int, properties: bytes, position: int) -> tuple[int, int]:
    """The size of an operand that carries it, and that of the count before it."""
    if code == Sprm.T_DEFINITION:
        return max(0, int.from_bytes(properties[position : position + 2], "little") - 1), 2
    size = properties[position]
    if code == Sprm.T_CHANGE_TABS and size == 255:
        deleted = properties[position + 1] if position + 1 < len(properties) else 0
        added_at = position + 2 + 4 * deleted
        added = properties[added_at] if added_at < len(properties) else 0
        return 2 + 4 * deleted + 3 * added, 1
    return size, 1


def number(operand: bytes) -> int:
    """An operand as an unsigned number."""
    return int.from_bytes(operand, "little")
