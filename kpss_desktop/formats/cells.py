"""The values of spreadsheets as a Czech reader writes them."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

Value: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def written(value: Value) -> str:
    """A value as text: 1,5 and 16. 1. 2020; whole numbers without a point, days without the hour of midnight."""
    match value:
        case bool():
            return "✓" if value else "✗"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            # Programs keep and show fifteen digits: what comes after them is the error of binary fractions.
            return f"{value:.15g}".replace(".", ",")
        case dt.datetime() if value.time() == dt.time():
            return _day(value)
        case dt.datetime():
            return f"{_day(value)} {value:%H:%M}"
        case dt.date():
            return _day(value)
        case dt.time():
            return f"{value:%H:%M}"
        case _:
            return str(value).strip()


def _day(value: dt.date) -> str:
    return f"{value.day}. {value.month}. {value.year}"
