"""A clerk who does anything in any order, while texts are read and the index follows whenever it comes to it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kpss_desktop.archive import looking
from kpss_desktop.archive.intake.filing import file_intake
from kpss_desktop.archive.intake.plan import FileAs
from kpss_desktop.archive.intake.planning import plan_intake
from kpss_desktop.catalogue.fulltext import refresh
from kpss_desktop.catalogue.texts import forget_texts, put_text
from kpss_desktop.czech.language import LANGUAGE
from kpss_desktop.model import Extract, TextState
from kpss_desktop.progress import silent
from tests.index_content import require_as_made_afresh
from tests.torture.any_order import AnyOrder

_WORDS = ["péče", "péči", "peče", "Péče", "služba", "služby", "vý-\nbor", "39/18", "Rada", "řada", "_", "\u00ad", "\0"]
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join) | st.text(max_size=20)
_SOME = st.lists(st.integers(0, 999), min_size=1, max_size=5)


class AnyIndex(AnyOrder):
    """At the end the index must be the one that would be made afresh."""

    rows: ClassVar[int] = 0  # of all indexes compared

    @rule(place=st.integers(0, 999))
    def newer_version(self, place: int) -> None:
        ids = self.some([place])
        paths, self.waiting = self.waiting[:1], self.waiting[1:]
        if not ids or not paths:
            return
        planned = plan_intake(self.archive, paths, silent, read=False)
        items = tuple(replace(item, files_as=FileAs.VERSION, similar_to=ids[0]) for item in planned.items)
        with self.one_step():
            report = file_intake(self.archive, replace(planned, items=items), silent)
            assert report.failed == 0

    @rule(places=_SOME, text=_TEXTS)
    def read(self, places: list[int], text: str) -> None:
        """A reader gives a text to the files of some documents; perhaps another one than before."""
        with self.archive.catalogue.transaction():
            for document in looking.documents(self.archive, self.some(places)):
                for number, file in enumerate(document.files):
                    extract = Extract("text/plain", TextState.READY, f"{text} {number}")
                    put_text(self.archive.catalogue.db, file.sha256, extract)

    @rule(places=_SOME)
    def read_again(self, places: list[int]) -> None:
        with self.archive.catalogue.transaction():
            forget_texts(self.archive.catalogue.db, self.some(places))

    @rule(limit=st.integers(1, 5))
    def follow(self, limit: int) -> None:
        refresh(self.archive.catalogue.db, LANGUAGE, limit=limit)

    def teardown(self) -> None:
        type(self).rows += len(require_as_made_afresh(self.archive.catalogue.db))
        self.archive.close()
