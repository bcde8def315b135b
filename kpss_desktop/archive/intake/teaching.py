"""What the clerk's corrections teach: words in names that mean a group.

A lesson is proposed, never learnt by itself; once agreed to it is an alias of the group like those typed by hand, to be
seen and changed in the group's dialog.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kpss_desktop.archive.changes import change
from kpss_desktop.archive.grouping import new_group
from kpss_desktop.archive.intake.plan import IntakeItem, Lesson
from kpss_desktop.archive.placing import groups_by_id
from kpss_desktop.catalogue import documents
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.names import means_steering
from kpss_desktop.czech.unknown_names import unknown_names
from kpss_desktop.model import Group, GroupKind

if TYPE_CHECKING:
    from kpss_desktop.archive.archive import Archive
    from kpss_desktop.catalogue.catalogue import Database


def propose(items: Iterable[IntakeItem], group: str, groups: Sequence[Group]) -> Lesson | None:
    """The lesson in putting these rows, as they were before, into one group (an id, or a name to be made).

    It is the word like a group's name that most of the rows share and that no group is called by. None when there is
    no such word, for instance because the group was in the name all along.
    """
    rows = list(items)
    said: Counter[str] = Counter()
    for item in rows:
        said.update(_words(item, groups))
    own = {fold(name) for one in groups if one.id == group for name in (one.name, *one.aliases)} | {fold(group)}
    for words, number in said.most_common():
        if fold(words) not in own and 2 * number > len(rows):
            return Lesson(words, group)
    return None


def _words(item: IntakeItem, groups: Sequence[Group]) -> list[str]:
    """The words that may be a group's name, the likeliest first: announced ones, then abbreviations."""
    return list(dict.fromkeys((*item.recognition.proposed, *unknown_names(item.name, groups))))


def taught(groups: Iterable[Group], lessons: Iterable[Lesson]) -> tuple[Group, ...]:
    """The groups as they are once the lessons are learnt; those for groups still to be made change none."""
    words: dict[str, list[str]] = {}
    for lesson in lessons:
        words.setdefault(lesson.group, []).append(lesson.words)
    return tuple(
        replace(group, aliases=tuple(dict.fromkeys((*group.aliases, *words[group.id])))) if group.id in words else group
        for group in groups
    )


def also_called(lesson: Lesson, groups: Iterable[Group]) -> tuple[Group, ...]:
    """Other groups that go by the same words: from then on the program asks which one is meant."""
    return tuple(
        group
        for group in groups
        if group.id != lesson.group and fold(lesson.words) in {fold(name) for name in (group.name, *group.aliases)}
    )


def learn(db: Database, groups: dict[str, Group], lessons: Sequence[Lesson]) -> None:
    """Write the lessons into their groups, as part of an open step; `groups` is brought up to date."""
    own = [one if one.group in groups else Lesson(one.words, registered(db, groups, one.group)) for one in lessons]
    for group in taught(groups.values(), own):
        if group != groups[group.id]:
            documents.save_group(db, group)
            groups[group.id] = group


def registered(db: Database, groups: dict[str, Group], name: str) -> str:
    """The id of a proposed group, registered when it is named for the first time; `groups` is brought up to date."""
    for group in groups.values():
        if fold(group.name) == fold(name):
            return group.id
    kind = GroupKind.STEERING if means_steering(name) else GroupKind.WORKING
    made = new_group(name, kind, groups.values())
    documents.save_group(db, made)
    groups[made.id] = made
    return made.id


def accept(archive: Archive, lessons: Sequence[Lesson]) -> int:
    """Learn lessons as a step of its own; how many aliases are new. Raises ReadOnlyArchive."""
    groups = groups_by_id(archive)
    before = sum(len(group.aliases) for group in groups.values())
    after = sum(len(group.aliases) for group in taught(groups.values(), lessons))
    if after > before:
        with change(archive, "groups") as db:
            learn(db, groups, lessons)
    return after - before
