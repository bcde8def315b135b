"""Names that every system takes, paths that cannot escape, and writing that is whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import re
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop import store
from kpss_desktop.errors import DiskFull, UnsafePath
from kpss_desktop.lasting import digest_of, rename_new, safe_write, written_aside
from kpss_desktop.safe_names import MAX_NAME, MAX_PATH, numbered, path_key, safe_name
from kpss_desktop.store import Store

# Said by Microsoft's "Naming Files, Paths, and Namespaces", written here a second time on purpose.
WINDOWS_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
ODD = st.sampled_from(
    [*'./\\:*?"<>|~ \0\t\n\u202e\u2066\u200b\ud800\ue000áǅ\u0301ẞß', "CON", "com¹", ".kpss", "..", "💾"]
)
NAMES = st.one_of(st.text(max_size=300), st.lists(st.one_of(ODD, st.text(max_size=4)), max_size=60).map("".join))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def is_safe(name: str) -> bool:
    """Whether Windows and Linux both take a name and show it as it is."""
    device = name.partition(".")[0].rstrip().casefold()
    hidden = any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") for c in name)
    return (
        bool(name)
        and name == name.strip()
        and not name.endswith(".")
        and not re.search(r'[<>:"/\\|?*]', name)
        and device not in WINDOWS_DEVICES
        and not hidden
        and name not in (".", "..")
        and not name.casefold().startswith(".kpss")
        and units(name) <= MAX_NAME
        and len(name.encode()) <= 255
        and unicodedata.is_normalized("NFC", name)
    )


@given(NAMES)
def test_a_safe_name_is_safe_and_stays_as_it_is(name: str) -> None:
    made = safe_name(name)
    assert is_safe(made), (name, made)
    assert safe_name(made) == made


@pytest.mark.parametrize(
    "name",
    [
        "Zápis PS Péče a Prevence 6 3.doc",
        "Prezenční listina PS Péče 17. 6. 2020.docx",
        "Zápis č. 3 (kopie) – oprava.pdf",
        "console.txt",
        "com10.txt",
        ".htaccess",
        "a~1.doc",
    ],
)
def test_an_ordinary_name_is_not_touched(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("CON", "_CON"),
        ("con .txt", "_con .txt"),
        ("COM¹.doc", "_COM¹.doc"),
        ("NUL.", "_NUL"),
        ("Zápis 10:30.doc", "Zápis 10_30.doc"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("...", "_"),
        ("", "_"),
        ("a\u202ecod.exe", "acod.exe"),
        ("Za\u0301pis.doc", "Zápis.doc"),
        (".kpss", "_.kpss"),
        (".KPSS\u200b", "_.KPSS"),
        (" Zápis .doc. ", "Zápis .doc"),
    ],
)
def test_a_name_that_a_system_would_refuse_is_mended(name: str, made: str) -> None:
    assert safe_name(name) == made


def test_a_long_name_keeps_its_extension_and_stays_unlike_its_neighbour() -> None:
    one, other = (safe_name("Zápis " + "ž" * 300 + end + ".docx") for end in "ab")
    assert one != other
    assert one.endswith(".docx")
    assert units(one) <= MAX_NAME


@given(NAMES, st.integers(1, 12_345))
def test_a_numbered_path_is_safe_too_and_differs_from_the_others(name: str, number: int) -> None:
    wanted = f"Osoby ohrožené sociálním vyloučením a závislé na návykových/2020/{safe_name(name)}"
    path = numbered(wanted, number)
    folder, _, last = path.rpartition("/")
    assert folder == wanted.rpartition("/")[0]
    assert is_safe(last), last
    assert units(path) <= MAX_PATH
    assert path_key(path) != path_key(numbered(wanted, number + 1))


@pytest.mark.parametrize(
    ("number", "path"), [(1, "Péče/2020/a.doc"), (2, "Péče/2020/a (2).doc"), (3, "Péče/2020/a (3).doc")]
)
def test_taken_paths_get_a_number_before_the_extension(number: int, path: str) -> None:
    assert numbered("Péče/2020/a.doc", number) == path


def test_paths_are_the_same_whatever_the_case_and_composition() -> None:
    assert path_key("Péče/Za\u0301pis.DOC") == path_key("PÉČE/zápis.doc")


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/etc/passwd", "..", "../x", "a/../../x", "a/..", ".", "C:/x", "C:x", "a:stream", "\\\\server\\share",
        "a\\..\\..\\x", "a\0b", "//server/share",
    ],
)  # fmt: skip
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnsafePath):
        Store(tmp_path).inside(path)


@given(st.lists(st.sampled_from(["..", ".", "a", "Péče", "", "C:", "~", " "]), max_size=6).map("/".join))
def test_whatever_is_not_refused_lies_inside(tmp_path: Path, path: str) -> None:
    try:
        found = Store(tmp_path).inside(path)
    except UnsafePath:
        return
    assert Path(os.path.normpath(found)).is_relative_to(tmp_path)
    assert found != tmp_path


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right that clerks do not have")
def test_nothing_is_moved_through_a_link_out_of_the_archive(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "hers.doc").write_bytes(b"hers")
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "mine.doc").write_bytes(b"mine")
    (archive / "Péče").symlink_to(outside, target_is_directory=True)
    with pytest.raises(UnsafePath):
        Store(archive).move("mine.doc", "Péče/mine.doc")
    with pytest.raises(UnsafePath):
        Store(archive).move("Péče/hers.doc", "hers.doc")
    with pytest.raises(UnsafePath):
        Store(archive).discard("Péče/hers.doc")
    assert [path.name for path in outside.iterdir()] == ["hers.doc"]


def _without_links(*_paths: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("links", [True, False])
def test_renaming_never_writes_over_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _without_links)
    source, target = tmp_path / "source", tmp_path / "deep" / "target"
    source.write_bytes(b"new")
    target.parent.mkdir()
    target.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        rename_new(source, target)
    assert (source.read_bytes(), target.read_bytes()) == (b"new", b"old")
    target.unlink()
    target.parent.rmdir()
    rename_new(source, target)
    assert target.read_bytes() == b"new"
    assert not source.exists()


def test_a_file_system_that_fails_for_another_reason_is_not_worked_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_paths: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    (tmp_path / "source").write_bytes(b"x")
    with pytest.raises(OSError, match="No space left"):
        rename_new(tmp_path / "source", tmp_path / "target")
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_writing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "made" / "file.zip"
    safe_write(target, b"old")
    with pytest.raises(TypeError), written_aside(target) as handle:
        handle.writelines([b"half of the new", "no bytes"])  # type: ignore[list-item]  # the failure is the point
    assert target.read_bytes() == b"old"
    assert [path.name for path in target.parent.iterdir()] == ["file.zip"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    target = tmp_path / "record.jsonl"
    safe_write(target, b"old")
    if broken == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="Input/output"):
        safe_write(target, b"new", tmp_path / "aside")
    assert target.read_bytes() == b"old"
    assert [path.name for path in (tmp_path / "aside").iterdir()] == []


def test_the_folder_of_a_written_file_is_synced_where_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    def sync(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(errno.EINVAL, "a network drive cannot sync a folder")

    monkeypatch.setattr(os, "fsync", sync)
    safe_write(tmp_path / "a", b"x")
    assert len(synced) == 2
    assert (tmp_path / "a").read_bytes() == b"x"


def test_staging_tells_size_and_digest_of_what_it_copied(tmp_path: Path) -> None:
    staged = Store(tmp_path).stage(io.BytesIO(b"abc" * 700_000), "one")
    assert staged.size == 2_100_000
    assert staged.sha256 == digest_of(tmp_path / store.STAGING / "one")


def test_a_source_that_breaks_leaves_nothing_in_staging(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 0:
                raise OSError(errno.EIO, "the stick was pulled out")
            return super().read(1000 if size is None else min(size, 1000))

    with pytest.raises(OSError, match="pulled out"):
        Store(tmp_path).stage(Broken(b"x" * 5000), "one")
    assert list((tmp_path / store.STAGING).iterdir()) == []


def test_too_little_room_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=store.RESERVE + 1000))
    Store(tmp_path).require_room(500)
    with pytest.raises(DiskFull) as caught:
        Store(tmp_path).require_room(1000)
    assert caught.value.free < caught.value.needed


def test_empty_folders_go_with_their_last_file_but_the_archive_stays(tmp_path: Path) -> None:
    made = Store(tmp_path)
    (tmp_path / "Péče" / "2020").mkdir(parents=True)
    (tmp_path / "Péče" / "2020" / "a.doc").write_bytes(b"a")
    made.move("Péče/2020/a.doc", "b.doc")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.doc"]
    made.discard("b.doc")
    assert tmp_path.is_dir()


def test_a_walk_tells_every_open_file_and_none_of_ours(tmp_path: Path) -> None:
    for path in ("Péče/2020/b.doc", "Péče/2020/a.doc", ".kpss/archive.json", "Péče/.kpss/odd.doc", "volně.doc"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"")
    found = list(Store(tmp_path).walk())
    assert sorted(found) == ["Péče/.kpss/odd.doc", "Péče/2020/a.doc", "Péče/2020/b.doc", "volně.doc"]


def test_a_folder_that_leaves_no_room_for_a_name_ends_the_shortening() -> None:
    path = f"{'d' * (2 * MAX_PATH)}/Zápis.doc"
    assert numbered(path, 2) != numbered(path, 3)


def test_a_file_that_was_linked_to_its_new_name_has_two_names(tmp_path: Path) -> None:
    (tmp_path / "zápis.doc").write_bytes(b"x")
    (tmp_path / "Zápis.doc").hardlink_to(tmp_path / "zápis.doc")
    assert not Store(tmp_path).is_respelt("zápis.doc", "Zápis.doc")
    assert not Store(tmp_path).is_respelt("zápis.doc", "jiný.doc")


def test_a_name_is_respelt_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "péče" / "2020").mkdir(parents=True)
    (tmp_path / "péče" / "2020" / "zápis.doc").write_bytes(b"x")
    Store(tmp_path).respell("péče/2020/zápis.doc", "Péče/2020/Zápis.doc")
    assert list(Store(tmp_path).walk()) == ["Péče/2020/Zápis.doc"]
