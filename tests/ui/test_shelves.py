"""Places that are there only while something lies in them."""

from __future__ import annotations

from kpss_desktop.archive.search.scoping import Shelf
from kpss_desktop.catalogue.figures import Counts
from kpss_desktop.ui.shelves import places


def counts(without_text: int = 0, failed: int = 0) -> Counts:
    return Counts(
        all=3, to_file=0, common=0, without_text=without_text, trash=0, unread=0, bytes=1,
        by_group={}, by_group_year={}, by_kind={}, tags={}, failed=failed,
    )  # fmt: skip


def test_scans_without_text_have_a_place_while_there_are_any() -> None:
    shown = {place.key: place for place in places((), counts(2))}
    assert (shown["scans"].count, shown["scans"].shelf) == (2, Shelf(query="stav:sken"))
    assert "scans" not in {place.key for place in places((), counts(0))}


def test_documents_that_ended_their_reader_have_a_place_while_there_are_any() -> None:
    shown = {place.key: place for place in places((), counts(failed=2))}
    assert (shown["failed"].count, shown["failed"].shelf) == (2, Shelf(query="stav:selhalo"))
    assert "failed" not in {place.key for place in places((), counts())}
