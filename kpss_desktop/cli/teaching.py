"""The verbs that teach the archive: groups and their other names, saved searches, words that mean the same."""

from __future__ import annotations

import argparse
from dataclasses import replace

from kpss_desktop import messages
from kpss_desktop.archive import editing, looking
from kpss_desktop.archive.archive import Archive
from kpss_desktop.archive.search import saving
from kpss_desktop.cli.output import Output
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.names import find_group
from kpss_desktop.errors import BadValue, NoSuchGroup
from kpss_desktop.model import Group, GroupKind


def add_group(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Register a group; a working group unless another kind is said."""
    kind = GroupKind(chosen.kind or GroupKind.WORKING)
    _tell(editing.add_group(archive, chosen.name, kind, chosen.alias), output)


def set_group(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Change the name, the kind or the aliases of a group."""
    group = find_group(chosen.name, looking.groups(archive))
    if group is None:
        raise NoSuchGroup(chosen.name)
    dropped = {fold(alias) for alias in chosen.drop_alias}
    kept = (alias for alias in (*group.aliases, *chosen.alias) if fold(alias) not in dropped)
    changed = replace(
        group,
        name=group.name if chosen.rename is None else " ".join(chosen.rename.split()),
        kind=GroupKind(chosen.kind or group.kind),
        aliases=tuple(dict.fromkeys(kept)),
    )
    editing.change_group(archive, changed)
    _tell(changed, output)


def _tell(group: Group, output: Output) -> None:
    data = {"id": group.id, "name": group.name, "kind": group.kind, "aliases": group.aliases}
    output.line(data, messages.group_title(group))


def save_search(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Keep a search under a name, in place of one of the same name."""
    made = saving.save_search(archive, chosen.name, chosen.query)
    output.line({"name": made.name, "query": made.query}, f"{made.name}: {made.query}")


def drop_search(archive: Archive, chosen: argparse.Namespace, _output: Output) -> None:
    """Forget a saved search."""
    saving.delete_search(archive, chosen.name)


def add_synonyms(archive: Archive, chosen: argparse.Namespace, output: Output) -> None:
    """Let phrases stand for each other, together with those that stand for one of them already."""
    wanted = {fold(phrase) for phrase in chosen.phrases}
    families = saving.synonyms(archive)
    joined = [family for family in families if wanted & set(map(fold, family))]
    family = tuple(dict.fromkeys([*chosen.phrases, *(phrase for one in joined for phrase in one)]))
    if len(set(map(fold, family)) - {""}) < 2:
        raise BadValue("synonyms", ", ".join(chosen.phrases))
    saving.set_synonyms(archive, [*(one for one in families if one not in joined), family])
    output.line({"phrases": family}, " = ".join(family))


def drop_synonyms(archive: Archive, chosen: argparse.Namespace, _output: Output) -> None:
    """Let a phrase stand for no other one."""
    unwanted, families = fold(chosen.phrase), saving.synonyms(archive)
    kept = [tuple(phrase for phrase in family if fold(phrase) != unwanted) for family in families]
    if kept == list(families):
        raise BadValue("synonyms", chosen.phrase)
    saving.set_synonyms(archive, kept)
