"""What the reader processes of an intake are asked and what they tell, as values of JSON: see `worker`.

Nothing is pickled: a process that reads strangers' files must not be able to hand us more than values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from kpss_desktop.archive.intake.worker import LOOK, NAME
from kpss_desktop.czech.context import Context
from kpss_desktop.formats.processes.requests import KIN, reading
from kpss_desktop.model import Certainty, Group, GroupKind, Kind, PartialDate, Reading, Recognition, Source

T = TypeVar("T")

PROGRAM = "kpss_desktop.archive.intake.worker"
"""What the processes of a Sandbox must run, so that they can be asked."""


def naming(named: Sequence[tuple[str, Context]], groups: str, kin: int) -> dict[str, Any]:
    """A request to recognise names, each with where it lay; `groups` as `told_groups` gives them."""
    contexts = list(dict.fromkeys(told_context(context) for _, context in named))
    names = [(name, contexts.index(told_context(context))) for name, context in named]
    return {"do": NAME, "names": names, "contexts": contexts, "groups": groups, KIN: kin}


def looking(path: Path, name: str, context: Context, groups: str, kin: int) -> dict[str, Any]:
    """A request to read a file and to recognise it; whoever has recognised its name was asked the same `kin`."""
    return reading(path, name, LOOK) | {"context": told_context(context), "groups": groups, KIN: kin}


def told_groups(groups: Sequence[Group]) -> str:
    """Groups as one string, so that a process that is asked about many files need take it in only once."""
    return json.dumps([[group.id, group.name, group.kind, group.aliases, group.colour] for group in groups])


@lru_cache(maxsize=8)
def groups_of(told: str) -> tuple[Group, ...]:
    """The way back."""
    rows = json.loads(told)
    return tuple(Group(i, name, GroupKind(kind), tuple(more), colour) for i, name, kind, more, colour in rows)


@lru_cache(maxsize=64)
def told_context(context: Context) -> str:
    """Where a document lay, as one string for the same reason: what lay side by side has the same."""
    told = {name: getattr(context, name) for name in Context.__slots__}
    return json.dumps(told | {"sent": str(context.sent) if context.sent else None}, ensure_ascii=False)


@lru_cache(maxsize=64)
def context_of(context: str) -> Context:
    """The way back."""
    told = json.loads(context)
    lists = {name: tuple(told[name]) for name in ("folders", "neighbours", "groups")}
    sent = PartialDate.parse(told["sent"]) if told["sent"] else None
    return Context(**{**told, **lists, "sent": sent})


def told_recognition(seen: Recognition) -> dict[str, Any]:
    """What name and text say."""
    return {
        "kind": _told(seen.kind, str),
        "groups": _told(seen.groups, list),
        "date": _told(seen.date, str),
        "proposed": seen.proposed,
        "number": seen.number,
    }


def recognition_of(told: Mapping[str, Any]) -> Recognition:
    """The way back."""
    return Recognition(
        kind=_reading(told["kind"], Kind),
        groups=_reading(told["groups"], tuple),
        date=_reading(told["date"], PartialDate.parse),
        proposed=tuple(told["proposed"]),
        number=told["number"],
    )


def _told(reading: Reading[T] | None, value: Callable[[T], object]) -> list[object] | None:
    return [value(reading.value), reading.source, reading.certainty, reading.evidence] if reading else None


def _reading(told: Sequence[Any] | None, value: Callable[[Any], T]) -> Reading[T] | None:
    if told is None:
        return None
    return Reading(value(told[0]), Source(told[1]), Certainty(told[2]), told[3])
