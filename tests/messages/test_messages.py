"""Every error, value and finding has its words, in every language."""

from __future__ import annotations

import errno
import inspect
from collections.abc import Callable, Iterable
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from kpss_desktop import errors, i18n, messages
from kpss_desktop.archive.intake.unpacking import Refusal
from kpss_desktop.archive.trust.restore import Change, Difference
from kpss_desktop.archive.trust.tracing import Finding, Repair, Trouble
from kpss_desktop.errors import KpssError
from kpss_desktop.model import Certainty, Kind, Reason, Source
from kpss_desktop.progress import Cancelled

EXAMPLES: dict[str, Any] = {
    "Path": Path("složka"), "int": 2048, "str": "jméno", "tuple[str, ...]": ("Péče/a.doc",),
}  # fmt: skip


def all_errors() -> list[type[KpssError]]:
    found = [value for _name, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, KpssError)]
    assert len(found) > 20
    return [one for one in found if one is not KpssError]


def made(error: type[KpssError]) -> KpssError:
    """An example of an error; a refusal is a word of the archive's own."""
    values = {field.name: EXAMPLES[str(field.type)] for field in fields(error)}  # type: ignore[arg-type]  # all are
    if "refusal" in values:
        values["refusal"] = Refusal.PASSWORD.value
    return error(**values)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.__name__)
def test_every_error_is_one_sentence_that_names_what_it_is_about(error: type[KpssError], language: str) -> None:
    i18n.activate(language)
    sentence = messages.describe(made(error))
    assert error.__name__ not in sentence
    assert not {"{", "}", "\n"} & set(sentence)
    for field in fields(error):  # type: ignore[arg-type]  # all of them are dataclasses
        if field.name in ("folder", "path") and error is not errors.ArchiveInUse:  # which tells who, not where
            assert str(EXAMPLES[str(field.type)]) in sentence


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a.zip"), ["a.zip", "disk je plný"]),
        (OSError(errno.ENOSPC, "No space left on device"), ["disk je plný"]),
        (OSError(errno.EROFS, "Read-only file system", "a.zip"), ["a.zip", "jen číst"]),
        (OSError(errno.EIO, "Input/output error", "a.zip"), ["a.zip", "selhaly"]),
        (OSError(errno.ENAMETOOLONG, "File name too long", "a.zip"), ["a.zip", "příliš dlouhý"]),
        (OSError(errno.ENOEXEC, "Exec format error", "a.zip"), ["a.zip", "Exec format error"]),
        (FileNotFoundError(errno.ENOENT, "No such file", "a.zip"), ["a.zip"]),
        (PermissionError(errno.EACCES, "Permission denied", "a.zip"), ["a.zip", "práv"]),
        (Cancelled(), ["zastavena"]),
        (KeyboardInterrupt(), ["zastavena"]),
        (RuntimeError("kdo ví"), ["kdo ví"]),
    ],
)
def test_what_the_system_says_is_put_in_words(error: BaseException, words: list[str]) -> None:
    sentence = messages.describe(error)
    assert "„“" not in sentence
    assert [word for word in words if word not in sentence] == []


def told(kind: Iterable[StrEnum], words: Callable[[Any], str]) -> dict[str, str]:
    return {str(one): words(one) for one in kind}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "words", "silent"),
    [
        (Kind, messages.kind_name, set[StrEnum]()),
        (Source, messages.source_sentence, set[StrEnum]()),
        (Certainty, messages.certainty_sentence, {Certainty.SURE}),
        (Reason, messages.reason_sentence, {Reason.NONE}),
        (Refusal, messages.refusal_sentence, set[StrEnum]()),
        (Repair, messages.repair_sentence, set[StrEnum]()),
        (Trouble, lambda one: messages.trouble_sentence(Finding(one, "a.doc", "b.doc")), set[StrEnum]()),
        (
            Change,
            lambda one: messages.difference_sentence(Difference(one, "1", "a", "a.doc", ("note",))),
            set[StrEnum](),
        ),
    ],
    ids=["kinds", "sources", "certainties", "reasons", "refusals", "repairs", "troubles", "changes"],
)
def test_every_value_has_words_of_its_own(
    kind: type[StrEnum], words: Callable[[Any], str], silent: set[StrEnum], language: str
) -> None:
    i18n.activate(language)
    found = told(kind, words)
    assert {one for one in kind if not found[str(one)]} == silent
    assert len(set(found.values())) == len(found)
    assert [text for text in found.values() if "{" in text] == []


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1,0 kB"), (1536, "1,5 kB"), (1 << 20, "1,0 MB"), (3 << 40, "3,0 TB"),
     (5000 << 40, "5000,0 TB")],
)  # fmt: skip
def test_sizes_are_told_as_clerks_read_them(size: int, text: str) -> None:
    assert messages.size_text(size) == text


def test_documents_are_counted_in_good_czech() -> None:
    assert [messages.documents_text(number) for number in (0, 1, 2, 5)] == [
        "0 dokumentů", "1 dokument", "2 dokumenty", "5 dokumentů",
    ]  # fmt: skip
