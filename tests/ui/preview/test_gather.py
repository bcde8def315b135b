"""What is gathered for each sort of file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kpss_desktop.archive.archive import Archive
from kpss_desktop.errors import NoSuchDocument
from kpss_desktop.model import Document, Reason
from kpss_desktop.ui.preview import View, gather

Named = Callable[[str], Document]


@pytest.mark.parametrize(
    ("ending", "view", "reason"),
    [
        ("zapis.doc", View.HTML, Reason.NONE),
        ("zapis.docx", View.HTML, Reason.NONE),
        ("zapis.pdf", View.PDF, Reason.NONE),
        ("Sken 2020.tiff", View.IMAGE, Reason.NONE),
        ("2019.zip", View.ZIP, Reason.NONE),
        ("heslo.docx", View.NOTHING, Reason.PASSWORD),
        ("Prázdný 2020.doc", View.NOTHING, Reason.EMPTY_FILE),
        ("Neznámý 2020.xyz", View.NOTHING, Reason.NO_READER),
    ],
)
def test_each_sort_of_file_has_its_view(
    archive: Archive, named: Named, ending: str, view: View, reason: Reason
) -> None:
    preview = gather(archive, named(ending).id)
    assert (preview.view, preview.reason) == (view, reason)
    assert preview.path.is_file()


def test_words_of_the_search_are_lit_in_all_their_forms(archive: Archive, named: Named) -> None:
    light = gather(archive, named("2020.txt").id, "služba").hits
    assert light is not None
    assert light.places("služby a služba, služebník") == [(0, 6), (9, 15)]
    assert gather(archive, named("2020.txt").id, "  ").hits is None
    assert gather(archive, named("2020.txt").id, "rok:2020").hits is None


def test_a_zip_lists_what_it_holds(archive: Archive, named: Named) -> None:
    entries = gather(archive, named("2019.zip").id).entries
    assert [(entry.name, entry.size) for entry in entries] == [
        ("Zápis PS Péče 1 2 2019.txt", 6),
        ("Zápis PS Péče 5 6 2019.txt", len("druhý a delší".encode())),
    ]


def test_a_missing_file_is_a_reason(archive: Archive, named: Named) -> None:
    document = named("zapis.pdf")
    path = gather(archive, document.id).path
    away = path.rename(path.with_suffix(".pryč"))
    assert gather(archive, document.id).reason is Reason.MISSING
    away.rename(path)


def test_a_document_that_is_gone_is_an_error(archive: Archive) -> None:
    with pytest.raises(NoSuchDocument):
        gather(archive, "nikdo")
