"""What corrections in the review sheet teach, and the rows that become clearer by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject

from kpss_desktop.archive.intake import teaching
from kpss_desktop.archive.intake.planning import IntakeItem, Lesson
from kpss_desktop.archive.intake.recognising import recognised_again
from kpss_desktop.i18n import _
from kpss_desktop.ui.dialogs.sheet_model import SheetModel
from kpss_desktop.ui.dialogs.sheet_notice import SheetNotice
from kpss_desktop.ui.jobs import Jobs

T = TypeVar("T")

_LESSON = "lesson"
_AGAIN = "recognise again"


class SheetTeaching(QObject):
    """Offers a lesson when rows are put into a group, and recognises the rest again once it is agreed to."""

    def __init__(self, rows: SheetModel, notice: SheetNotice, jobs: Jobs | None) -> None:
        super().__init__(rows)
        self._rows, self._notice, self._jobs = rows, notice, jobs
        self._agreed: list[str] = []
        rows.edits.grouped.connect(self._look)

    def pause(self) -> None:
        """Other rows will come: what is being found out tells of places that will be those of other files."""
        if self._jobs is not None:
            self._jobs.drop(_LESSON)
            self._jobs.drop(_AGAIN)

    def go_on(self) -> None:
        """Other rows have come: what was agreed to holds for them too."""
        if self._agreed or self._rows.lessons:
            self._recognise_again()

    def _look(self, before: Sequence[IntakeItem], ids: tuple[str, ...], new: tuple[str, ...]) -> None:
        named = [name for name in new if name not in self._agreed]
        if named:
            self._agreed += named
            self._recognise_again()
        if len(ids) + len(new) != 1:
            return
        group = (*ids, *new)[0]
        groups = teaching.taught(self._rows.groups.values(), self._rows.lessons)
        self._beside(lambda: teaching.propose(before, group, groups), self._offer, _LESSON)

    def _offer(self, lesson: Lesson | None) -> None:
        if lesson is None or lesson in self._rows.lessons:
            return
        group = self._rows.groups.get(lesson.group)
        name = group.name if group else lesson.group
        question = _("Does “{words}” in names always mean the group {group}?").format(words=lesson.words, group=name)
        if others := teaching.also_called(lesson, tuple(self._rows.groups.values())):
            called = ", ".join(one.name for one in others)
            question += " " + _("{groups} is called so too, so the program will ask.").format(groups=called)
        self._notice.ask(question, _("Remember"), lambda: self._learn(lesson))

    def _learn(self, lesson: Lesson) -> None:
        self._rows.lessons = (*self._rows.lessons, lesson)
        self._recognise_again()

    def _recognise_again(self) -> None:
        plan = self._rows.told
        groups = teaching.taught(self._rows.groups.values(), plan.lessons)
        agreed = list(self._agreed)
        self._beside(
            lambda: list(recognised_again(plan.items, groups, plan.extracts, agreed)),
            self._rows.take_rows,
            _AGAIN,
        )

    def _beside(self, task: Callable[[], T], done: Callable[[T], None], key: str) -> None:
        """Find out beside the window, for it may take a second over thousands of rows."""
        if self._jobs is None:
            done(task())
        else:
            self._jobs.query(lambda _archive, _progress: task(), done, key=key)
