"""The rows in which the window's work waits, and one piece of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

Failure = Callable[[Exception], None]
Told = Callable[[int, int | None, str], None]


class Lane(Enum):
    """What runs beside each other; within a lane one thing waits for the other, but for queries."""

    QUERY = auto()
    SEARCH = auto()
    CHANGE = auto()
    CARE = auto()
    TENDING = auto()


READING = frozenset({Lane.QUERY, Lane.SEARCH})
SHOWN = (Lane.CHANGE, Lane.CARE, Lane.TENDING)
"""Of what is under way, the first of these is what the clerk is told of."""


@dataclass(eq=False)
class Job:
    """One task under way, with whom to tell."""

    lane: Lane
    done: Callable[[Any], None] | None = None
    failed: Failure | None = None
    key: Hashable = None
    label: str = ""
    told: Told | None = None
    stopped: Callable[[], None] | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    is_started: bool = False
