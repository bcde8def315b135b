"""Which pictures may be shown: PNG, JPEG and GIF by their signature, of a size a window can hold."""

from __future__ import annotations

import base64
import binascii
import io
import re

from PIL import Image

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
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF")) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0, 0


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
