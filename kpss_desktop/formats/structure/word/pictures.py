"""Pictures within the text ([MS-DOC] 2.9.190, [MS-ODRAW] 2.2.23)."""

from __future__ import annotations

import struct

from kpss_desktop.formats.structure.blocks import Picture
from kpss_desktop.formats.structure.pictures import SIGNATURES
from kpss_desktop.formats.structure.symbols import CHECKED, UNCHECKED

_TWIPS_PER_PIXEL = 15
# The identifiers of the picture stand between the head of the record and the picture itself.
_HEADS = range(8, 64)
_CHECKBOX, _AS_DEFAULT = 1, 25
_BLIPS = range(0xF01A, 0xF02B)


def read_picture(data: bytes, offset: int) -> Picture | None:
    """The picture at an offset of the data stream; None when there is none, or only the data of a form field."""
    if offset < 0 or offset + 68 > len(data):
        return None
    size, head = struct.unpack_from("<IH", data, offset)
    kind = struct.unpack_from("<h", data, offset + 6)[0]
    width, scale = _width(data, offset)
    if kind not in {0x64, 0x66} or size < head:
        return None
    # A linked picture has its name before the drawing.
    name = 1 + data[offset + head] if kind == 0x66 and offset + head < len(data) else 0
    drawing = data[offset + head + name : offset + size]
    return Picture(_blip(drawing) or b"", width * scale // 1000 // _TWIPS_PER_PIXEL)


def read_checkbox(data: bytes, offset: int) -> str:
    """The sign of the checkbox whose form data lie at an offset ([MS-DOC] 2.9.78); empty when it is none."""
    if offset < 0 or offset + 6 > len(data):
        return ""
    size, head = struct.unpack_from("<IH", data, offset)
    form = data[offset + head : offset + size]
    if len(form) < 12 or form[4] & 3 != _CHECKBOX:
        return ""
    state = form[4] >> 2 & 0x1F
    if state == _AS_DEFAULT:
        # The default stands after the name of the field, which a count precedes and a zero ends.
        at = 10 + 2 + 2 * struct.unpack_from("<H", form, 10)[0] + 2
        state = int.from_bytes(form[at : at + 2], "little")
    return CHECKED if state else UNCHECKED


def _width(data: bytes, offset: int) -> tuple[int, int]:
    """The width in twips and its scale in tenths of a per cent."""
    width = struct.unpack_from("<H", data, offset + 28)[0]
    scale = struct.unpack_from("<H", data, offset + 32)[0]
    return width, scale or 1000


def _blip(drawing: bytes) -> bytes | None:
    """The first picture that can be shown, found by walking the records as far as they are sound."""
    position = 0
    while position + 8 <= len(drawing):
        version, kind, size = struct.unpack_from("<HHI", drawing, position)
        if kind in _BLIPS:
            return _bytes(drawing[position : position + 8 + size])
        if kind == 0xF007:  # FBSE: 36 bytes and a name, then the picture as a record within
            position += 8 + 36 + drawing[position + 8 + 33] if position + 42 <= len(drawing) else 44
        else:
            position += 8 if version & 0xF == 0xF else 8 + size
    return None


def _bytes(record: bytes) -> bytes | None:
    for at in _HEADS:
        if any(record.startswith(signature, at) for signature in SIGNATURES):
            return record[at:]
    return None
