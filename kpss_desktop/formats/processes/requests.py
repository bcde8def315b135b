"""What reader processes are asked, and what their answers say; `worker` tells the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpss_desktop.model import Extract, Reason, TextState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KIN = "kin"
"""The key of a number: requests of one go to one process where nobody waits for that, for it remembers what it read."""

SWOLLEN = "swollen"
"""The key of an answer by a process that has kept so much memory that other files would find too little of it."""

_ALIKE = ("groups", "context")  # keys of long strings that many requests have in common


class Told:
    """What one process has been told, so that it need not be told the same again and again."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def shortened(self, whole: dict[str, Any]) -> dict[str, Any]:
        """A request as it is sent: of what it has in common with others the number, and the string the first time."""
        return whole | {key: self._said(whole[key]) for key in _ALIKE if key in whole}

    def _said(self, text: str) -> list[int | str]:
        if text in self._numbers:
            return [self._numbers[text]]
        self._numbers[text] = len(self._numbers)
        return [self._numbers[text], text]


class Heard:
    """The other end of `Told`."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}

    def whole(self, shortened: dict[str, Any]) -> dict[str, Any]:
        """The request as it was meant; they must come in the order in which they were shortened."""
        for key in _ALIKE:
            if key in shortened:
                number, *text = shortened[key]
                shortened[key] = self._texts.setdefault(number, *text)
        return shortened


def reading(path: Path, name: str, do: str = "read") -> dict[str, Any]:
    """A request to read a file, or of another verb that reads one by the chain of readers."""
    return request(do, path, name) | {"skip": 0}


def helping(helper: str, path: Path, name: str) -> dict[str, Any]:
    """A request to have a helper of this computer look at a file."""
    return request("help", path, name) | {"helper": helper}


def request(do: str, path: Path, name: str) -> dict[str, Any]:
    """A request about a file."""
    return {"do": do, "path": str(path), "name": name}


def told_extract(extract: Extract) -> dict[str, Any]:
    """An extract as an answer tells it."""
    return {name: getattr(extract, name) for name in Extract.__slots__}


def extract_of(answer: Mapping[str, Any]) -> Extract:
    """The extract of an answer."""
    values = dict(answer["extract"])
    values["state"], values["reason"] = TextState(values["state"]), Reason(values["reason"])
    return Extract(**values)


def has_failed(answer: Mapping[str, Any]) -> bool:
    """Whether the process died of a file, or ran out of memory or time."""
    extract = answer.get("extract", answer)
    return bool(extract.get("state") == TextState.FAILED and extract.get("reason") != Reason.MISSING)
