"""What is gathered for files that are only about to be taken in."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.intake.planning import IntakeItem, ItemState, plan_intake
from kpss_desktop.archive.intake.zips import BadZip, Refusal
from kpss_desktop.errors import NotTaken
from kpss_desktop.messages import describe
from kpss_desktop.model import Reason
from kpss_desktop.progress import silent
from kpss_desktop.ui.preview import View
from kpss_desktop.ui.preview.gather_item import gather_item

DATA = Path(__file__).resolve().parents[2] / "formats" / "data"


def planned(archive: Archive, path: Path) -> tuple[IntakeItem, ...]:
    """The rows of a drop."""
    return plan_intake(archive, [path], silent).items


@pytest.mark.parametrize(
    ("name", "view", "reason"),
    [
        ("zapis.odt", View.HTML, Reason.NONE),
        ("pozvanka.rtf", View.HTML, Reason.NONE),
        ("zapis.pdf", View.PDF, Reason.NONE),
        ("heslo.docx", View.NOTHING, Reason.PASSWORD),
    ],
)
def test_a_file_is_shown_from_where_it_lies(
    archive: Archive, tmp_path: Path, name: str, view: View, reason: Reason
) -> None:
    (item,) = planned(archive, DATA / name)
    preview = gather_item(archive, item, tmp_path)
    assert (preview.view, preview.reason, preview.path) == (view, reason, DATA / name)
    assert list(tmp_path.iterdir()) == []


def test_a_member_of_a_zip_is_unpacked_aside(archive: Archive, tmp_path: Path) -> None:
    source = tmp_path / "zápisy.zip"
    with zipfile.ZipFile(source, "w") as packed:
        packed.write(DATA / "zapis.pdf", "složka/Zápis PS Péče 1 2 2018.pdf")
    aside = tmp_path / "stranou"
    aside.mkdir()
    (item,) = planned(archive, source)
    preview = gather_item(archive, item, aside)
    assert preview.view is View.PDF
    assert preview.path.parent == aside
    assert preview.path.read_bytes() == (DATA / "zapis.pdf").read_bytes()
    assert preview.document.title == "Zápis PS Péče 1 2 2018"


def test_a_refused_file_says_why_and_is_not_touched(archive: Archive, tmp_path: Path) -> None:
    (item,) = planned(archive, DATA / "zapis.odt")
    for refusal, words in (
        (Refusal.PASSWORD, "zapis.odt: chráněno heslem"),
        (Refusal.LINK, "zapis.odt: odkaz, ne soubor"),
        (None, "zapis.odt: soubor nelze přečíst"),
    ):
        refused = replace(item, source="zapis.odt", state=ItemState.REFUSED, refusal=refusal)
        with pytest.raises(NotTaken) as told:
            gather_item(archive, refused, tmp_path)
        assert describe(told.value) == words


def test_a_zip_that_is_gone_is_an_error(archive: Archive, tmp_path: Path) -> None:
    source = tmp_path / "a.zip"
    with zipfile.ZipFile(source, "w") as packed:
        packed.writestr("a.txt", "ahoj")
    (item,) = planned(archive, source)
    source.write_bytes(b"nic")
    with pytest.raises((BadZip, OSError)):
        gather_item(archive, item, tmp_path)
