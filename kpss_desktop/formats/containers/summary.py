"""What old Office documents say about themselves: the property set SummaryInformation ([MS-OLEPS] 2.25.1)."""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING

from kpss_desktop.formats.encodings import code_page
from kpss_desktop.formats.found import Found

if TYPE_CHECKING:
    from kpss_desktop.formats.containers.compound import Compound

_CODE_PAGE, _TITLE, _AUTHOR, _CREATED, _PAGES = 1, 2, 4, 12, 14
_WANTED = (_CODE_PAGE, _TITLE, _AUTHOR, _CREATED, _PAGES)
_FIRST_SET = 44  # where the place of the first set stands


def with_summary(compound: Compound, text: str) -> Found:
    """The text together with title, author, time of making and number of pages."""
    values = _values(compound.stream("\x05SummaryInformation"))
    encoding = code_page(values.get(_CODE_PAGE, 1250))
    created, pages = values.get(_CREATED), values.get(_PAGES)
    moment = file_time(created) if isinstance(created, int) else None
    return Found(
        text,
        _string(values.get(_TITLE), encoding),
        _string(values.get(_AUTHOR), encoding),
        moment.isoformat() if moment else "",
        pages if isinstance(pages, int) and 0 < pages < 100_000 else None,
    )


def file_time(value: int) -> dt.datetime | None:
    """The moment, in UTC but without a zone, of so many 100 nanoseconds since 1601; None when nothing was written."""
    try:
        moment = dt.datetime(1601, 1, 1) + dt.timedelta(microseconds=value // 10)  # noqa: DTZ001
    except OverflowError:
        return None
    return moment if moment.year > 1980 else None


def _values(data: bytes) -> dict[int, int | bytes | str]:
    """The wanted properties by their number, as far as they can be read."""
    values: dict[int, int | bytes | str] = {}
    try:
        start = struct.unpack_from("<I", data, _FIRST_SET)[0]
        count = struct.unpack_from("<I", data, start + 4)[0]
        for index in range(min(count, len(data) // 8)):
            number, place = struct.unpack_from("<II", data, start + 8 + 8 * index)
            if number in _WANTED and (value := _value(data, start + place)) is not None:
                values[number] = value
    except struct.error:
        # What a cut or broken set still says is kept.
        return values
    return values


def _value(data: bytes, place: int) -> int | bytes | str | None:
    """A typed value ([MS-OLEPS] 2.15); None for types that these properties never have."""
    kind, number = struct.unpack_from("<Ii", data, place)
    start = place + 8
    match kind:
        case 2:
            return int(struct.unpack_from("<h", data, place + 4)[0])
        case 3:
            return int(number)
        case 30:
            return data[start : start + max(0, number - 1)]  # without the NUL at its end
        case 31:
            return data[start : start + 2 * max(0, number)].decode("utf-16-le", "replace")
        case 64:
            return int(struct.unpack_from("<Q", data, place + 4)[0])
        case _:
            return None


def _string(value: object, encoding: str) -> str:
    if isinstance(value, bytes):
        value = value.decode(encoding, "replace")
    return value.replace("\0", "").strip() if isinstance(value, str) else ""
