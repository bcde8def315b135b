"""What leaves the archive: the same bytes for the same content, right names, whole or not at all."""

from __future__ import annotations

import hashlib
import html.parser
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import open_archive
from kpss_desktop.archive.editing import Edit
from kpss_desktop.archive.exporting.bundle import export_bundle
from kpss_desktop.archive.exporting.packing import unique_names
from kpss_desktop.archive.exporting.year_zip import export_year_zip, year_documents, year_zip_name
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.search import searching
from kpss_desktop.errors import MissingFile, NothingToExport
from kpss_desktop.model import Dated, Group, Kind, PartialDate
from kpss_desktop.progress import Cancelled, silent
from kpss_desktop.safe_names import path_key, safe_name

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


@pytest.fixture
def filled(desk: Desk, shared: Path) -> Desk:
    desk.take(shared / "minutes" / "seed-page", shared / "minutes" / "drive")
    return desk


def group(desk: Desk, name: str) -> Group:
    return next(group for group in looking.groups(desk.archive) if group.name == name)


def names_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        return packed.namelist()


# --- a group's year ---


@pytest.mark.parametrize(
    ("name", "title"), [("Péče", "Pracovní skupina Péče - 2019.zip"), ("ŘS", "Řídící skupina - 2019.zip")]
)
def test_the_zip_is_called_as_on_the_towns_page(filled: Desk, tmp_path: Path, name: str, title: str) -> None:
    assert year_zip_name(group(filled, name), 2019) == title
    made = export_year_zip(filled.archive, group(filled, name), 2019, tmp_path / "nová" / "složka", silent)
    assert made.path == tmp_path / "nová" / "složka" / title
    assert made.bytes == made.path.stat().st_size
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert made.files == len(names_in(made.path))


def test_the_same_content_gives_the_same_bytes_also_from_a_copy(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [
        export_year_zip(filled.archive, group(filled, name), year, tmp_path / f"one {name} {year}.zip", silent)
        for name in ("Péče", "Prevence", "ŘS")
        for year in (2017, 2018, 2019, 2020)
    ]
    copy = tmp_path / "kopie"
    shutil.copytree(filled.folder, copy, ignore=shutil.ignore_patterns("lock*", "snapshot*", "heartbeat*"))
    for path in copy.rglob("*.doc"):
        path.touch()
    monkeypatch.setenv("KPSS_DATA_DIR", str(tmp_path / "another computer"))
    with open_archive(copy) as other:
        again = [
            export_year_zip(other, group(filled, name), year, tmp_path / f"two {name} {year}.zip", silent)
            for name in ("Péče", "Prevence", "ŘS")
            for year in (2017, 2018, 2019, 2020)
        ]
    assert [one.sha256 for one in made] == [one.sha256 for one in again]
    assert sum(one.files for one in made) > 100


def test_two_archives_filled_alike_give_the_same_bytes(desk: Desk, inbox: Path, tmp_path: Path) -> None:
    """Ids differ from archive to archive; nothing of the ZIP may hang on them."""
    for number in range(12):
        (inbox / f"{number}").mkdir()
        (inbox / f"{number}" / "Zápis PS Péče 6 3 2020.doc").write_bytes(str(number).encode())
    sums = set()
    for turn in range(2):
        desk.take(inbox)
        made = export_year_zip(desk.archive, group(desk, "Péče"), 2020, tmp_path / f"{turn}.zip", silent)
        assert made.files == 12
        sums.add(made.sha256)
        editing.trash(desk.archive, [document.id for document in desk.documents()])
    assert len(sums) == 1


def test_the_documents_stand_in_order_of_their_days(filled: Desk, tmp_path: Path) -> None:
    made = export_year_zip(filled.archive, group(filled, "Prevence"), 2019, tmp_path, silent)
    with zipfile.ZipFile(made.path) as packed:
        days = [entry.date_time[:3] for entry in packed.infolist()]
    assert days == sorted(days)
    assert len(set(days)) > 3
    listed = year_documents(filled.archive, group(filled, "Prevence"), 2019)
    assert [document.file.path.rpartition("/")[2] for document in listed] == names_in(made.path)


def test_within_a_day_the_minutes_come_first_and_what_has_no_day_last(desk: Desk, inbox: Path, tmp_path: Path) -> None:
    for name in (
        "Pozvánka PS Péče 6 3 2020.doc", "Zápis PS Péče 6 3 2020.doc", "Prezenční listina PS Péče 6 3 2020.doc",
        "Zápis PS Péče 1 2 2020.doc", "Zápis PS Péče březen 2020.doc",
    ):  # fmt: skip
        (inbox / name).write_bytes(name.encode())
    desk.take(inbox)
    (monthly,) = (one for one in desk.documents() if "březen" in one.title)
    editing.edit(desk.archive, [monthly.id], Edit(dated=Dated(PartialDate(2020, 3))))
    made = export_year_zip(desk.archive, group(desk, "Péče"), 2020, tmp_path, silent)
    assert names_in(made.path) == [
        "Zápis PS Péče 1 2 2020.doc", "Zápis PS Péče 6 3 2020.doc", "Pozvánka PS Péče 6 3 2020.doc",
        "Prezenční listina PS Péče 6 3 2020.doc", "Zápis PS Péče březen 2020.doc",
    ]  # fmt: skip


def test_every_czech_name_says_that_it_is_utf8(filled: Desk, tmp_path: Path) -> None:
    made = export_year_zip(filled.archive, group(filled, "Péče"), 2019, tmp_path, silent)
    with zipfile.ZipFile(made.path) as packed:
        entries = packed.infolist()
    assert all(entry.flag_bits & 0x800 for entry in entries if not entry.filename.isascii())
    assert any(not entry.filename.isascii() for entry in entries)
    assert all(safe_name(entry.filename) == entry.filename for entry in entries)


def test_joint_documents_are_in_both_zips_with_all_their_bytes(filled: Desk, tmp_path: Path) -> None:
    joint = filled.one("Zápis PS Péče a Prevence 6 3.doc")
    for name in ("Péče", "Prevence"):
        made = export_year_zip(filled.archive, group(filled, name), 2020, tmp_path, silent)
        with zipfile.ZipFile(made.path) as packed:
            data = packed.read("Zápis PS Péče a Prevence 6 3.doc")
        assert hashlib.sha256(data).hexdigest() == joint.file.sha256


def test_year_zips_trash_and_other_groups_stay_out(filled: Desk) -> None:
    pece = group(filled, "Péče")
    before = year_documents(filled.archive, pece, 2019)
    assert Kind.YEAR_ZIP not in {document.kind for document in before}
    assert all("pece" in document.groups and document.year == 2019 for document in before)
    editing.trash(filled.archive, [before[0].id])
    assert year_documents(filled.archive, pece, 2019) == before[1:]


def test_only_the_kinds_that_are_asked_for(filled: Desk, tmp_path: Path) -> None:
    kinds = frozenset({Kind.MINUTES})
    made = export_year_zip(filled.archive, group(filled, "Péče"), 2019, tmp_path, silent, kinds=kinds)
    assert all(name.startswith("Zápis") for name in names_in(made.path))
    with pytest.raises(NothingToExport):
        export_year_zip(filled.archive, group(filled, "Péče"), 1999, tmp_path, silent)
    assert len(list(tmp_path.glob("*.zip"))) == 1


# --- whole or not at all ---


def test_a_missing_file_leaves_the_old_zip_whole(filled: Desk, tmp_path: Path) -> None:
    pece = group(filled, "Péče")
    out = tmp_path / "out"
    made = export_year_zip(filled.archive, pece, 2019, out, silent)
    before = made.path.read_bytes()
    last = year_documents(filled.archive, pece, 2019)[-1]
    (filled.folder / last.file.path).unlink()
    with pytest.raises(MissingFile) as caught:
        export_year_zip(filled.archive, pece, 2019, out, silent)
    assert caught.value.path == filled.folder / last.file.path
    assert [path.name for path in out.iterdir()] == [made.path.name]
    assert made.path.read_bytes() == before


@pytest.mark.parametrize("after", [0, 3])
def test_a_stopped_export_leaves_nothing_new(filled: Desk, tmp_path: Path, after: int) -> None:
    def stop(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # the names of Progress
        if done >= after:
            raise Cancelled

    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(Cancelled):
        export_year_zip(filled.archive, group(filled, "Péče"), 2019, out, stop)
    with pytest.raises(Cancelled):
        export_bundle(filled.archive, [one.id for one in filled.documents()], out / "b.zip", stop)
    assert list(out.iterdir()) == []


def test_an_export_changes_nothing_in_the_archive(filled: Desk, tmp_path: Path) -> None:
    before = filled.state()
    export_year_zip(filled.archive, group(filled, "Péče"), 2019, tmp_path, silent)
    export_bundle(filled.archive, [filled.documents()[0].id], tmp_path / "b.zip", silent)
    assert filled.state() == before
    assert filled.problems() == []


# --- names ---


@given(
    st.lists(
        st.one_of(st.sampled_from(["a.doc", "A.DOC", "a (2).doc", "á.doc", "CON", "x/a.doc"]), st.text(max_size=9))
    )
)
def test_names_in_a_zip_differ_on_every_system(names: list[str]) -> None:
    made = unique_names(names)
    assert len(made) == len(names)
    assert len({path_key(name) for name in made}) == len(names)
    assert all(safe_name(name) == name and "/" not in name for name in made)


# --- bundles ---


class Contents(html.parser.HTMLParser):
    """Reads the list of contents as a browser would."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.cells: list[list[str]] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.cells.append([])
        elif tag == "td":
            self.cells[-1].append("")
        elif tag == "a":
            self.links.append(unquote(dict(attrs)["href"] or ""))

    def handle_data(self, data: str) -> None:
        if self.cells and self.cells[-1]:
            self.cells[-1][-1] += data


def test_a_bundle_keeps_the_clerks_order_and_lists_it(filled: Desk, tmp_path: Path) -> None:
    chosen = sorted(filled.documents(), key=lambda one: one.title)[::-1][:12]
    made = export_bundle(
        filled.archive, [one.id for one in chosen], tmp_path / "Pro radu.zip", silent, title="Podklady <pro> radu"
    )
    assert made.files == 12
    first, *names = names_in(made.path)
    assert first == "Obsah.html"
    assert names == [f"{n:02d} {one.file.path.rpartition('/')[2]}" for n, one in enumerate(chosen, start=1)]
    with zipfile.ZipFile(made.path) as packed:
        page = packed.read("Obsah.html").decode()
        sums = [hashlib.sha256(packed.read(name)).hexdigest() for name in names]
    assert sums == [one.file.sha256 for one in chosen]
    contents = Contents(page)
    assert contents.links == names
    assert [row[2] for row in contents.cells if row] == [one.title for one in chosen]
    assert "<h1>Podklady &lt;pro&gt; radu</h1>" in page
    assert "http:" not in page
    assert "https:" not in page


def test_the_list_of_contents_runs_nothing(filled: Desk, tmp_path: Path) -> None:
    document = filled.documents()[0]
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    editing.edit(filled.archive, [document.id], Edit(title=evil))
    editing.rename(filled.archive, document.id, "a&b 'c' #1 100%")
    editing.edit(filled.archive, [document.id], Edit(title=evil))
    editing.change_group(filled.archive, replace(group(filled, "Prevence"), name="<b>Prevence</b>"))
    made = export_bundle(filled.archive, [document.id], tmp_path / "b.zip", silent, title=evil)
    with zipfile.ZipFile(made.path) as packed:
        page = packed.read("Obsah.html").decode()
    contents = Contents(page)
    assert not {"script", "img", "b"} & contents.tags
    assert contents.links == names_in(made.path)[1:] == ["1 a&b 'c' #1 100%.docx"]
    assert contents.cells[1][2] == evil


def test_a_bundle_is_the_same_twice(filled: Desk, tmp_path: Path) -> None:
    ids = [one.id for one in filled.documents()[:5]]
    one, other = (export_bundle(filled.archive, ids, tmp_path / f"{n}.zip", silent, title="x") for n in "ab")
    assert one.sha256 == other.sha256


def test_a_bundle_of_what_a_search_finds(filled: Desk, tmp_path: Path) -> None:
    index_pending(filled.archive)
    ids = searching.ids_of(filled.archive, "pecovatelska sluzba")
    assert len(ids) > 3
    assert export_bundle(filled.archive, ids, tmp_path / "b.zip", silent).files == len(ids)


def test_a_bundle_of_nothing_is_refused(filled: Desk, tmp_path: Path) -> None:
    for ids in ([], ["nobody"]):
        with pytest.raises(NothingToExport):
            export_bundle(filled.archive, ids, tmp_path / "b.zip", silent)
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize("year", [1965, 2107, 2108, 9999])
def test_days_that_a_zip_does_not_know_are_no_trouble(desk: Desk, inbox: Path, tmp_path: Path, year: int) -> None:
    (inbox / "Zápis PS Péče.doc").write_bytes(b"a")
    desk.take(inbox)
    editing.edit(desk.archive, [desk.documents()[0].id], Edit(dated=Dated(PartialDate(year, 12, 31))))
    made = export_year_zip(desk.archive, group(desk, "Péče"), year, tmp_path, silent)
    assert names_in(made.path) == ["Zápis PS Péče.doc"]


@pytest.fixture
def unzipped() -> Callable[[Path], str]:
    """What Info-ZIP makes of a ZIP."""
    if not shutil.which("unzip"):
        pytest.skip("unzip is not installed here")

    def listing(path: Path) -> str:

        return subprocess.run(["unzip", "-l", str(path)], capture_output=True, check=True).stdout.decode()

    return listing


def test_unzip_reads_the_names(filled: Desk, tmp_path: Path, unzipped: Callable[[Path], str]) -> None:
    made = export_year_zip(filled.archive, group(filled, "Péče"), 2020, tmp_path, silent)
    assert all(name in unzipped(made.path) for name in names_in(made.path))
