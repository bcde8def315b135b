from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.formats.cells import written

if TYPE_CHECKING:
    from kpss_desktop.formats.cells import Value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2020.0, "2020"),
        (1.5, "1,5"),
        (0.1 + 0.2, "0,3"),
        (123456789.95, "123456789,95"),
        (-0.5, "-0,5"),
        (1e300, "1e+300"),
        (7, "7"),
        (dt.datetime.fromisoformat("2020-01-16"), "16. 1. 2020"),
        (dt.datetime.fromisoformat("2020-01-16T09:05"), "16. 1. 2020 09:05"),
        (dt.date(2020, 12, 3), "3. 12. 2020"),
        (dt.time(8, 30), "08:30"),
        (True, "✓"),
        (" Říhová ", "Říhová"),
    ],
)
def test_values_as_a_clerk_writes_them(value: Value, text: str) -> None:
    assert written(value) == text
