"""The readable truth: what is written is read again, and what a stranger wrote does no harm."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop import records
from kpss_desktop.errors import DamagedRecord, NewerArchive, NotAnArchive, UnsafePath
from kpss_desktop.model import (
    Certainty,
    Dated,
    Document,
    Group,
    GroupKind,
    Kind,
    Meeting,
    PartialDate,
    Source,
    StoredFile,
)
from kpss_desktop.records import ArchiveFacts, Shelf

IDS = st.uuids().map(lambda value: value.hex)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DATES = st.one_of(
    st.dates().filter(lambda day: day.year >= 1000).map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.builds(PartialDate, st.integers(1000, 9999), st.one_of(st.none(), st.integers(1, 12))),
    st.builds(PartialDate, st.none(), st.integers(1, 12), st.integers(1, 28)),
)
FILES = st.builds(
    StoredFile,
    id=IDS,
    path=st.sampled_from(["Péče/2020/Zápis PS Péče 16 1 2020.doc", "volně.txt", ".kpss/trash/0123abcd/a.doc"]),
    size=st.integers(0, 1 << 40),
    sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    mime=TEXTS,
    original_name=TEXTS,
    original_raw=st.one_of(st.none(), st.binary(max_size=20)),
    source=TEXTS,
)
DOCUMENTS = st.builds(
    Document,
    id=IDS,
    title=TEXTS,
    kind=st.sampled_from(Kind),
    files=st.lists(FILES, min_size=1, max_size=3).map(tuple),
    groups=st.lists(TEXTS, max_size=3).map(tuple),
    dated=st.one_of(st.none(), st.builds(Dated, DATES, st.sampled_from(Source), st.sampled_from(Certainty))),
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    note=TEXTS,
    added=TEXTS,
    rev=st.integers(0, 1 << 40),
    trashed=st.booleans(),
    meeting=st.one_of(st.none(), IDS),
)
MEETINGS = st.builds(
    Meeting, IDS, DATES, st.lists(TEXTS, max_size=3).map(tuple), st.one_of(st.none(), st.integers(0, 999))
)
GROUPS = st.builds(
    Group,
    id=TEXTS,
    name=TEXTS,
    kind=st.sampled_from(GroupKind),
    aliases=st.lists(TEXTS, max_size=3).map(tuple),
    colour=st.integers(0, 99),
)

FILE: dict[str, Any] = {
    "id": "f1", "path": "Péče/2020/a.doc", "size": 1, "sha256": "0" * 64, "mime": "", "original_name": "a.doc",
}  # fmt: skip
LINE: dict[str, Any] = {"type": "document", "id": "d1", "rev": 1, "title": "a", "kind": "minutes", "files": [FILE]}


@given(st.lists(DOCUMENTS, max_size=4).map(tuple), st.lists(MEETINGS, max_size=3).map(tuple))
def test_a_shelf_is_read_as_it_was_written(
    tmp_path: Path, documents: tuple[Document, ...], meetings: tuple[Meeting, ...]
) -> None:
    shelf = Shelf("Péče/2020", documents, meetings)
    digest = records.write_shelf(tmp_path, shelf)
    found = records.read_shelf(tmp_path, "Péče/2020")
    assert found == shelf
    assert found.digest == digest == records.shelf_digest(tmp_path, "Péče/2020")


@given(IDS, st.lists(GROUPS, max_size=4).map(tuple), TEXTS)
def test_the_facts_are_read_as_they_were_written(
    tmp_path: Path, archive_id: str, groups: tuple[Group, ...], created: str
) -> None:
    facts = ArchiveFacts(archive_id, groups, created)
    records.write_facts(tmp_path, facts)
    assert records.read_facts(tmp_path) == facts


def test_an_empty_shelf_has_no_file(tmp_path: Path) -> None:
    shelf = Shelf("Péče/2020", (_document(),))
    records.write_shelf(tmp_path, shelf)
    assert list(records.shelf_names(tmp_path)) == ["Péče/2020"]
    records.write_shelf(tmp_path, replace(shelf, documents=()))
    assert list(records.shelf_names(tmp_path)) == []
    assert not (tmp_path / ".kpss" / "records" / "Péče").exists()
    assert records.read_shelf(tmp_path, "Péče/2020") == Shelf("Péče/2020")


def test_shelves_are_named_by_their_folders_and_the_trash_comes_first(tmp_path: Path) -> None:
    for name in ("Řídící skupina/2020", "Péče", "Péče/2020", "MAS č. 1.5/2019", "2020.jsonl/2020", ""):
        records.write_shelf(tmp_path, Shelf(name, (_document(),)))
    assert next(records.shelf_names(tmp_path)) == ""
    assert set(records.shelf_names(tmp_path)) == {
        "", "Péče", "Péče/2020", "Řídící skupina/2020", "MAS č. 1.5/2019", "2020.jsonl/2020",
    }  # fmt: skip


def test_a_line_is_readable_by_a_person(tmp_path: Path) -> None:
    records.write_shelf(tmp_path, Shelf("Péče/2020", (_document(),)))
    text = records.shelf_path(tmp_path, "Péče/2020").read_text(encoding="utf-8")
    assert "Zápis PS Péče 16 1 2020" in text
    assert '"date": "2020-01-16"' in text
    assert text.count("\n") == 1


def test_damaged_lines_are_told_and_the_others_read(tmp_path: Path) -> None:
    good = json.dumps(LINE)
    _write_shelf(tmp_path, "\n".join([good.replace("d1", "d0"), '{"type": "document", "id":', "", "\0\0\0", good]))
    found = records.read_shelf(tmp_path, "Péče/2020")
    assert [document.id for document in found.documents] == ["d0", "d1"]
    assert found.bad_lines == (2, 4)


def without(line: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in names}


def with_file(**values: Any) -> dict[str, Any]:
    return LINE | {"files": [FILE | values]}


@pytest.mark.parametrize(
    "line",
    [
        [], 7, "text", None, {}, {"type": "document"}, {"type": "meeting", "id": "m"}, {"type": "parcel", "id": "m"},
        without(LINE, "id"), without(LINE, "files"), LINE | {"files": []}, LINE | {"files": None},
        LINE | {"files": [[]]}, LINE | {"kind": "novel"}, LINE | {"kind": ["minutes"]}, LINE | {"rev": "1"},
        LINE | {"rev": True}, LINE | {"rev": 10**30}, LINE | {"rev": -1}, LINE | {"title": None},
        LINE | {"title": "x" * 2_000_000}, LINE | {"title": "\ud800"}, LINE | {"note": {"a": 1}},
        LINE | {"groups": "Péče", "tags": 7}, LINE | {"tags": ["\udcff"]}, LINE | {"tags": [1]},
        LINE | {"date": "2020-02-30"}, LINE | {"date": "yesterday"}, LINE | {"date": 2020},
        LINE | {"date": "2020", "date_source": "oracle"}, LINE | {"meeting": 7}, LINE | {"id": "x/../../y"},
        LINE | {"id": ""}, LINE | {"trashed": "yes"},
        {"type": "meeting", "id": "m", "date": "2020-01-16", "groups": [], "number": 10**30},
        with_file(size="1"), with_file(size=-1), with_file(size=10**30), with_file(size=1.5),
        with_file(sha256="../../../../evil"), with_file(sha256="0" * 63), with_file(sha256="G" * 64),
        with_file(original_raw="zz"), with_file(original_raw=7), with_file(id="../../x"), with_file(id=""),
    ],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_bad_and_nothing_more(tmp_path: Path, line: object) -> None:
    _write_shelf(tmp_path, json.dumps(line))
    assert records.read_shelf(tmp_path, "Péče/2020").bad_lines == (1,)


@pytest.mark.parametrize(
    "path",
    [
        "../x.doc", "/etc/passwd", "a/../../x", "C:\\x", "", ".", "a:b", ".kpss/archive.json", ".kpss/lock",
        ".kpss/records/Péče/2020.jsonl", ".KPSS/archive.json", ".kpss", ".kpss/trash", ".kpss/trash/x/../../lock",
    ],
)  # fmt: skip
def test_a_record_cannot_claim_a_file_outside_or_one_of_ours(tmp_path: Path, path: str) -> None:
    _write_shelf(tmp_path, json.dumps(with_file(path=path)))
    found = records.read_shelf(tmp_path, "Péče/2020")
    assert (found.documents, found.bad_lines) == ((), (1,))


@pytest.mark.parametrize(
    "data",
    [b"[" * 200_000, b"9" * 100_000, b'{"a":' * 100_000, b"NaN", b"\xff\xfe\x00", b"\xef\xbb\xbf{}", b"{}" * 10_000],
)
def test_odd_json_is_a_damaged_line_or_no_archive(tmp_path: Path, data: bytes) -> None:
    _write_shelf(tmp_path, data)
    assert records.read_shelf(tmp_path, "Péče/2020").bad_lines == (1,)
    records.facts_path(tmp_path).write_bytes(data)
    with pytest.raises(NotAnArchive):
        records.read_facts(tmp_path)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5), lambda inner: (
    st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "id", "rev", "title", "kind", "files", "groups", "format"]), inner)
)))  # fmt: skip
def test_no_json_at_all_makes_reading_fail(tmp_path: Path, value: object) -> None:
    _write_shelf(tmp_path, json.dumps(value))
    assert len(records.read_shelf(tmp_path, "Péče/2020").documents) <= 1
    records.facts_path(tmp_path).write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises((NotAnArchive, NewerArchive)):
        records.read_facts(tmp_path)


def test_a_huge_record_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_MAX_FILE", 1000)
    _write_shelf(tmp_path, b"x" * 1001)
    with pytest.raises(DamagedRecord):
        records.read_shelf(tmp_path, "Péče/2020")


@pytest.mark.parametrize("version", [2, 99, 10**20])
def test_a_newer_archive_is_refused(tmp_path: Path, version: int) -> None:
    _write_facts(tmp_path, {"format": version, "id": "a" * 32, "groups": {"new": "shape"}})
    with pytest.raises(NewerArchive) as caught:
        records.read_facts(tmp_path)
    assert caught.value.version == version


@pytest.mark.parametrize(
    "values",
    [
        {"format": 0}, {"format": "1"}, {"format": True}, {"format": None}, {"id": "../../../evil"}, {"id": ""},
        {"id": 7}, {"id": "a/b"}, {"groups": None}, {"groups": [{}]}, {"groups": [7]},
        {"groups": [{"id": "a", "name": "A", "kind": "sect", "colour": 0}]},
        {"groups": [{"id": "a", "name": "A", "kind": "working", "colour": 10**30}]},
        {"groups": [{"id": "a", "name": "\ud800", "kind": "working", "colour": 0}]},
    ],
)  # fmt: skip
def test_facts_that_make_no_sense_are_no_archive(tmp_path: Path, values: dict[str, Any]) -> None:
    _write_facts(tmp_path, {"format": 1, "id": "a" * 32, "created": "", "groups": []} | values)
    with pytest.raises(NotAnArchive):
        records.read_facts(tmp_path)


def test_a_folder_without_facts_and_a_file_are_no_archives(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path, tmp_path / "file", tmp_path / "nowhere"):
        with pytest.raises(NotAnArchive):
            records.read_facts(folder)


@pytest.mark.parametrize("name", ["../../x", "a/../../x", "a:b"])
def test_the_record_of_a_shelf_cannot_lie_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsafePath):
        records.write_shelf(tmp_path, Shelf(name, (_document(),)))


def _document() -> Document:
    file = StoredFile("f1", "Péče/2020/Zápis PS Péče 16 1 2020.doc", 1, "0" * 64, "", "Zápis PS Péče 16 1 2020.doc")
    return Document(
        "d1", "Zápis PS Péče 16 1 2020", Kind.MINUTES, (file,), ("pece",), Dated(PartialDate(2020, 1, 16)), rev=1
    )


def _write_shelf(folder: Path, content: str | bytes) -> None:
    path = records.shelf_path(folder, "Péče/2020")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _write_facts(folder: Path, data: Mapping[str, Any]) -> None:
    path = records.facts_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
