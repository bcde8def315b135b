"""The PDF that LibreOffice makes of a document is made once, one at a time, and not for those who went away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kpss_desktop.archive.archive import Archive, create_archive
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.archive.reading import faithful
from kpss_desktop.archive.search import searching
from kpss_desktop.formats.helpers import installed
from kpss_desktop.formats.processes.sandbox import Sandbox
from kpss_desktop.model import GroupKind, StoredFile
from kpss_desktop.progress import Cancelled, silent

DATA = Path(__file__).resolve().parents[2] / "formats" / "data"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    source = tmp_path / "zdroj"
    source.mkdir()
    for name in ("zapis.doc", "zapis.pdf"):
        (source / f"Zápis PS Péče 16 1 2020 {name}").write_bytes((DATA / name).read_bytes())
    (source / "Zápis PS Péče 5 2 2020.docx").write_bytes(b"PK\x03\x04" + bytes(range(1, 256)) * 40)
    with create_archive(tmp_path / "Archiv", [("Péče", GroupKind.WORKING)]) as made:
        file_intake(made, plan_intake(made, [source], silent), silent)
        yield made


def the(archive: Archive, ending: str) -> StoredFile:
    files = [file for found in searching.find(archive).found for file in found.document.files]
    return next(file for file in files if file.path.endswith(ending))


@pytest.mark.usefixtures("with_libreoffice")
def test_it_is_made_once(archive: Archive) -> None:
    file = the(archive, ".doc")
    assert faithful.kept_faithful(archive, file) is None
    made = faithful.faithful_pdf(archive, file)
    assert made is not None
    assert made.read_bytes().startswith(b"%PDF")
    before = made.stat().st_mtime_ns
    assert faithful.faithful_pdf(archive, file) == made == faithful.kept_faithful(archive, file)
    assert made.stat().st_mtime_ns == before
    assert not made.is_relative_to(archive.folder)


@pytest.mark.usefixtures("with_libreoffice")
def test_only_office_documents_are_made(archive: Archive) -> None:
    assert not faithful.may_be_faithful(the(archive, ".pdf"))
    assert faithful.faithful_pdf(archive, the(archive, ".pdf")) is None


@pytest.mark.usefixtures("with_libreoffice")
def test_nobody_waits_for_it_any_more(archive: Archive) -> None:
    def gone(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # as a Progress is called
        raise Cancelled

    file = the(archive, ".doc")
    with pytest.raises(Cancelled):
        faithful.faithful_pdf(archive, file, gone)
    assert faithful.kept_faithful(archive, file) is None
    assert faithful.faithful_pdf(archive, file) is not None


@pytest.mark.usefixtures("with_libreoffice")
def test_what_libreoffice_cannot_open_is_not_tried_twice(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(the(archive, ".docx"), mime="application/msword")
    first = faithful.faithful_pdf(archive, broken)

    def never(*_arguments: object) -> None:
        raise AssertionError("it was tried again")

    monkeypatch.setattr(Sandbox, "convert", never)
    assert faithful.faithful_pdf(archive, broken) == first


def test_without_libreoffice_there_is_none(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(installed.SWITCH, "")
    assert not faithful.may_be_faithful(the(archive, ".doc"))
    assert faithful.faithful_pdf(archive, the(archive, ".doc")) is None
