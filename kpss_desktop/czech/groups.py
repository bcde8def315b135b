"""Which groups a title, a folder or a text speaks of.

"a" and "," do not tell groups apart: "Péče a Prevence" are two groups only because both are registered, while
"Děti, mládež a rodina" is one. So after "PS" or "pracovní skupina" every part must be a registered group; otherwise
the whole is proposed as a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from kpss_desktop.czech import group_words as words
from kpss_desktop.czech.circles import circle_of
from kpss_desktop.czech.file_names import LONGEST_NAME
from kpss_desktop.czech.folding import join_spaced, normalise
from kpss_desktop.czech.group_shapes import Registry
from kpss_desktop.czech.heads import Head
from kpss_desktop.czech.kinds import MEETING_PAPERS
from kpss_desktop.czech.proposals import as_name
from kpss_desktop.czech.title_words import Match, TitleWords
from kpss_desktop.model import Certainty, Kind, Reading, Source

_LONGEST_PROPOSAL = 8  # words
_LONGEST_CIRCLE = 4  # words
_DOUBTS = tuple(Certainty)  # the worst comes last
_OF_MEETINGS = MEETING_PAPERS | {Kind.YEAR_ZIP, Kind.ATTACHMENT}


@dataclass(frozen=True, slots=True)
class GroupFinding:
    """The registered groups read from one place, and the names of unregistered ones."""

    reading: Reading[tuple[str, ...]] | None = None
    proposed: tuple[str, ...] = ()


@lru_cache(maxsize=16384)
def groups_in_title(title: str, registry: Registry, kind: Kind | None = None) -> GroupFinding:
    """Read groups from a name; the reading's source is NAME.

    Papers that are of no meeting (a plan, a catalogue) take a group only where it is called one or is all they say.
    Every name is asked for again together with its text, hence the cache.
    """
    return _TitleReader(join_spaced(normalise(title[:LONGEST_NAME])), registry, kind).read()


@lru_cache(maxsize=4096)
def groups_in_place(title: str, registry: Registry, source: Source) -> GroupFinding:
    """Read groups from the name of a folder, a ZIP or a letter that holds the document; never more than inferred."""
    finding = groups_in_title(title, registry)
    reading = finding.reading
    if reading is None:
        return finding
    certainty = Certainty.INFERRED if reading.certainty is Certainty.SURE else reading.certainty
    return replace(finding, reading=replace(reading, source=source, certainty=certainty))


def groups_in_text(head: Head, registry: Registry) -> Reading[tuple[str, ...]] | None:
    """Read groups from the first lines that call something a group; never sure."""
    for line in head.lines:
        if not registry.may_be_named(line.folded):
            continue
        reading = _groups_in_line(line.text, registry)
        if reading:
            return reading
    return None


@lru_cache(maxsize=1024)
def _groups_in_line(line: str, registry: Registry) -> Reading[tuple[str, ...]] | None:
    """The headings of a group's papers are much alike, hence the cache."""
    reading = _TitleReader(line, registry, Kind.OTHER).read().reading
    if reading is None:
        return None
    certainty = Certainty.UNCERTAIN if reading.certainty is Certainty.UNCERTAIN else Certainty.INFERRED
    return Reading(reading.value, Source.TEXT, certainty, line[:200])


class _TitleReader:
    """One title while its groups are being read."""

    def __init__(self, title: str, registry: Registry, kind: Kind | None) -> None:
        self.said = TitleWords(title, registry)
        self.registry = registry
        self.kind = kind
        self.found: list[tuple[int, tuple[str, ...], Certainty]] = []  # token, group ids, certainty
        self.proposed: list[str] = []

    def read(self) -> GroupFinding:
        for first, end in self._prefixes():
            self._read_region(first, end)
        self._read_steering()
        self._read_bare()
        return GroupFinding(self._reading(), tuple(dict.fromkeys(self.proposed)))

    def _prefixes(self) -> list[tuple[int, int]]:
        """Where a group is announced: "PS", "OPS", "pracovní skupiny", as ranges of tokens."""
        found = []
        tokens = self.said.tokens
        for place, token in enumerate(tokens):
            before = tokens[place - 1].stem if place else ""
            if token.folded in words.ABBREVIATIONS:
                found.append((place, place + 1))
            elif (before, token.folded) in words.SHORTENED and self.said.gap(place).startswith("."):
                found.append((place - 1, place + 1))
            elif token.stem == words.GROUP_STEM and before in words.WORKING_STEMS:
                if place < 2 or tokens[place - 2].stem != words.STEERING_STEM:
                    found.append((place - 1, place + 1))
            elif token.stem == words.GROUP_STEM and before not in words.OTHER_CIRCLES:
                found.append((place, place + 1))
        return found

    def _read_region(self, first: int, begin: int) -> None:
        self.said.used.update(range(first, begin))
        after_planning = self._skip_planning(begin)
        of_a_town = after_planning > begin  # "pracovní skupina KPSS Blansko"
        begin = self._read_number(first, after_planning)
        end = self._region_end(begin)
        content = self.said.content(begin, end)
        if not self._read_names(first, begin, end) and content and not of_a_town:
            self._propose(first, begin, end)
        self.said.used.update(range(begin, end))

    def _read_names(self, first: int, begin: int, end: int) -> bool:
        """Take the registered groups of an announced region; whether there are any."""
        content = self.said.content(begin, end)
        matches = self.said.matches(begin, end, announced=True)
        if matches and content and matches[0].first > content[0]:
            matches = []  # "Bydlení a péče" is not the group Péče
        covered = {place for match in matches for place in range(match.first, match.end)}
        left = [place for place in content if place not in covered]
        doubtful = bool(matches and left and self.said.is_joined(matches, left[0]))
        if (doubtful or not matches) and self._read_parts(begin, end):
            return True
        if doubtful:
            self._propose(first, begin, end)
        for match in matches:
            self._take(match, Certainty.UNCERTAIN if doubtful else Certainty.SURE)
        return bool(matches) or self._read_circle(first, begin, end)

    def _read_parts(self, begin: int, end: int) -> bool:
        """Take an enumeration each part of which is a group by name or by its people: "Senioři a ZTP"."""
        parts = self.said.parts(begin, end)
        whole = circle_of(self.said.text(begin, end), self.registry.groups)
        if len(parts) < 2 or (whole and whole.exactly):
            return False
        taken = [self._part(first, last) for first, last in parts]
        resolved = [one for one in taken if one]
        if len(resolved) < len(parts):
            return False
        self.found += resolved
        return True

    def _part(self, begin: int, end: int) -> tuple[int, tuple[str, ...], Certainty] | None:
        content = self.said.content(begin, end)
        match = self.said.match_at(content[0], begin, end, announced=True) if content else None
        if match and match.end > content[-1]:
            sure = len(match.shape.groups) == 1
            return begin, match.shape.groups, Certainty.SURE if sure else Certainty.UNCERTAIN
        circle = circle_of(self.said.text(begin, end), self.registry.groups)
        return (begin, (circle.group,), Certainty.INFERRED) if circle and circle.exactly else None

    def _read_circle(self, first: int, begin: int, end: int) -> bool:
        """Take the one group that speaks of the same people in other words ("OZP")."""
        circle = circle_of(self.said.text(begin, end), self.registry.groups)
        if circle is None:
            return False
        if not circle.exactly:  # "děti se speciálními potřebami" may be a group of their own
            self._propose(first, begin, end)
        self.found.append((begin, (circle.group,), Certainty.INFERRED if circle.exactly else Certainty.UNCERTAIN))
        return True

    def _skip_planning(self, begin: int) -> int:
        while begin < len(self.said.tokens) and self.said.tokens[begin].folded in words.PLANNING:
            self.said.used.add(begin)
            begin += 1
        return begin

    def _read_number(self, first: int, begin: int) -> int:
        """Read "PS 1" or "PS č. 2"; where the name of the group may go on."""
        at = self.said.number_after(begin)
        if at is None:
            return begin
        number = self.said.tokens[at].folded.lstrip("0")
        glued = at == begin and not self.said.gap(at)
        if glued or not self.said.is_dated(at):
            shape = next((one for one in self.registry.shapes if one.needs_prefix and one.words == (number,)), None)
            if shape:
                self._take(Match(shape, first, at + 1), Certainty.SURE)
            elif glued and len(number) == 1 and not self.said.content(at + 1, self._region_end(at + 1)):
                self.proposed.append(f"PS {number}")
        return at + 1

    def _region_end(self, begin: int) -> int:
        tokens = self.said.tokens
        for place in range(begin, len(tokens)):
            token = tokens[place]
            alone = place == begin  # "OPS S", "PS Z": letters that could be prepositions
            if token.folded.isdigit() or token.folded in words.ABBREVIATIONS:
                return place
            if token.folded in words.STEERING_LETTERS and not alone:
                return place
            if token.stem in words.OTHER_STEMS or self.said.is_month(place):
                return place
            if token.ends_name and not self._belongs_to_name(place, alone=alone):
                return place
            if place > begin and words.BREAK.search(self.said.gap(place)):
                return place
        return len(tokens)

    def _belongs_to_name(self, place: int, *, alone: bool) -> bool:
        """Whether a word that ends most names is part of one: "PS V", "Osoby v krizi"."""
        folded = self.said.tokens[place].folded
        if alone:
            return len(folded) == 1 and self.said.is_capital(place)
        after = self.said.tokens[place + 1].folded if place + 1 < len(self.said.tokens) else ""
        return folded in {"v", "ve"} and words.STATES.fullmatch(after) is not None

    def _read_steering(self) -> None:
        """Read ŘS and "řídící skupina", which mean the one steering group whatever it is called."""
        steering = self.registry.steering
        for place, token in enumerate(self.said.tokens):
            length = self._steering_words(place) if token.stem == words.STEERING_STEM else 0
            length = length or int(token.folded in words.STEERING_LETTERS and "š" not in token.marked)  # "ŘŠ": a school
            if place in self.said.used or not length:
                continue
            span = range(place, place + length)
            named = self.said.match_at(place, place, span.stop, announced=False)
            if named:
                self._take(named, Certainty.SURE)
            elif steering:
                one = len(steering) == 1
                self.found.append((place, steering, Certainty.SURE if one else Certainty.UNCERTAIN))
            else:
                self.proposed.append("ŘS")
            self.said.used.update(span)

    def _steering_words(self, place: int) -> int:
        """How many words "řídící skupina" or "řídící pracovní skupina" has whose "řídící" is at a place, 0 for none."""
        stems = [token.stem for token in self.said.tokens[place : place + 3]]
        length = next((place for place, one in enumerate(stems, start=1) if one in words.GROUP_FORMS), 0)
        return length if words.WORKING_STEMS.issuperset(stems[1 : length - 1]) else 0

    def _read_bare(self) -> None:
        """Read names that nothing announces ("Zápis Péče 16 1 2020")."""
        matches = self.said.matches(0, len(self.said.tokens), announced=False)
        covered = self.said.used | {place for match in matches for place in range(match.first, match.end)}
        rest = [
            place
            for place in self.said.content(0, len(self.said.tokens))
            if place not in covered and not words.NO_RESIDUE.fullmatch(self.said.tokens[place].folded)
        ]
        meeting = self.kind is None or self.kind in _OF_MEETINGS
        if not matches:
            self._read_bare_circle(rest if meeting else [])
        elif not rest or (meeting and not self.found):
            other = any(words.OTHER_BODIES.fullmatch(self.said.tokens[place].folded) for place in rest)
            other = other or any(self.said.is_enumerated(match.end, rest) for match in matches)
            certainty = Certainty.UNCERTAIN if other else Certainty.INFERRED if rest else Certainty.SURE
            for match in matches:
                self._take(match, certainty)

    def _read_bare_circle(self, rest: list[int]) -> None:
        """Read "Zápis Rodina 6. 3." where the group is "Rodina, děti a mládež" and nothing else is said."""
        if not 0 < len(rest) <= _LONGEST_CIRCLE or self.found or self.proposed:
            return
        circle = circle_of(self.said.text(rest[0], rest[-1] + 1), self.registry.groups)
        if circle and circle.exactly:
            self.found.append((rest[0], (circle.group,), Certainty.INFERRED))

    def _take(self, match: Match, certainty: Certainty) -> None:
        ambiguous = len(match.shape.groups) > 1
        self.found.append((match.first, match.shape.groups, Certainty.UNCERTAIN if ambiguous else certainty))
        self.said.used.update(range(match.first, match.end))

    def _propose(self, first: int, begin: int, end: int) -> None:
        """Propose the words of an announced region as a new group."""
        announced = self.said.tokens[begin - 1]
        single = announced.folded not in words.PLURAL and (begin - first > 1 or announced.folded in words.ABBREVIATIONS)
        dashed = begin < len(self.said.tokens) and words.BREAK.search(self.said.gap(begin))
        if not single or dashed or not 0 < end - begin <= _LONGEST_PROPOSAL:
            return
        name = as_name(self.said.text(begin, end))
        if name:
            self.proposed.append(name)

    def _reading(self) -> Reading[tuple[str, ...]] | None:
        if not self.found:
            return None
        ordered = sorted(self.found, key=lambda one: one[0])
        ids = tuple(dict.fromkeys(group for _, groups, _ in ordered for group in groups))
        worst = max((certainty for _, _, certainty in ordered), key=_DOUBTS.index)
        return Reading(ids, Source.NAME, worst, self.said.title.strip())
