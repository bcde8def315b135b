"""Which pictures may be shown: PNG, JPEG and GIF by their signature, of a size a window can hold."""

from __future__ import annotations

import base64
import binascii
import re
import struct

SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
MAX_BYTES = 6_000_000
MAX_PIXELS = 40_000_000
_DATA_URI = re.compile(r"data:image/(?:png|jpe?g|gif);base64,([A-Za-z0-9+/=\s]+)", re.ASCII | re.IGNORECASE)


def picture_mime(data: bytes) -> str | None:
    """The type of a picture that may be shown; None for any other kind, and for one too big to show."""
    mime = next((mime for signature, mime in SIGNATURES.items() if data.startswith(signature)), None)
    if mime is None or len(data) > MAX_BYTES:
        return None
    width, height = size(data)
    return mime if 0 < width * height <= MAX_PIXELS else None


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, read from the head alone; (0, 0) when the head makes no sense."""
    try:
        if data.startswith(b"\x89PNG"):
            width, height = struct.unpack_from(">II", data, 16)
        elif data.startswith(b"GIF8"):
            width, height = struct.unpack_from("<HH", data, 6)
        else:
            height, width = _jpeg_frame(data)
    except (struct.error, IndexError):
        return 0, 0
    return width, height


def _jpeg_frame(data: bytes) -> tuple[int, int]:
    """Height and width from the frame header, found by walking the segments (ITU-T T.81, B.1 and B.2.2)."""
    position = 2
    while True:
        while data[position] == 0xFF and data[position + 1] == 0xFF:
            position += 1
        marker, length = data[position + 1], struct.unpack_from(">H", data, position + 2)[0]
        if data[position] != 0xFF or length < 2:
            return 0, 0
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">HH", data, position + 5)
            return height, width
        position += 2 + length


def data_uri(data: bytes) -> str | None:
    """The picture as a `data:` address, or None when it may not be shown."""
    mime = picture_mime(data)
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}" if mime else None


def checked_uri(value: str) -> str | None:
    """A `data:` address a stranger wrote, written anew from its bytes; None when it is no picture to show.

    The bytes decide, not the type the address claims: Qt guesses the format from the bytes as well.
    """
    match = _DATA_URI.fullmatch(value.strip())
    if match is None or len(match[1]) > MAX_BYTES * 2:
        return None
    try:
        return data_uri(base64.b64decode(match[1]))
    except (binascii.Error, ValueError):
        return None
