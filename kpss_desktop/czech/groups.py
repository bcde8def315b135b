"""Which groups a title, a folder or a text speaks of.

"a" and "," do not tell groups apart: "Péče a Prevence" are two groups only because both are registered, while
"Děti, mládež a rodina" is one. So after "PS" or "pracovní skupina" every part must be a registered group; otherwise
the whole is proposed as a new one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kpss_desktop.czech.folding import join_spaced, normalise
from kpss_desktop.czech.group_shapes import Shape, Token, concepts_of, shapes_of, tokens_of
from kpss_desktop.czech.kinds import MEETING_PAPERS
from kpss_desktop.czech.proposals import as_name
from kpss_desktop.czech.stems import stem
from kpss_desktop.model import Certainty, Group, GroupKind, Kind, Reading, Source

_ABBREVIATIONS = frozenset(("ps", "ops", "prs"))
_GROUP_STEM = stem("skupina")
_WORKING_STEMS = frozenset((stem("pracovní"), stem("odborná"), stem("oborová")))
_STEERING_STEM = stem("řídící")
_STEERING_LETTERS = frozenset(("rs", "urs"))
_OTHER_CIRCLES = frozenset(stem(word) for word in ("řídící", "koordinační", "cílová", "věková", "odborná"))
_PLURAL = frozenset(("skupin", "skupinam", "skupinach", "skupinami"))
_PLANNING = frozenset(("kpss", "kp", "komunitni", "komunitniho", "planovani"))

# Words after which the name of a group is over, or which are none of it.
_END = re.compile(
    r"dne|konan\w*|ktera|ktere|kter[yeo]|zapis\w*|zaznam\w*|pozvank\w*|pre[zs]enc\w*|usneseni|jednac\w+|jednani|zasedani|setkani"
    r"|schuz\w*|porad\w*|mest[aeou]\w*|obc[ei]\w*|rady|kraj\w*|ramci|projekt\w*|rok\w*|cislo|c|kpss|kp|komunitni\w*|na|v|ve|z|ze|do|od"
    r"|priprav\w*|priloh\w*|listin\w*|mimoradn\w+|radn\w+|spolecn\w+|online|navrh\w*|verze|final\w*|archiv\w*|leden|ledna"
    r"|unor\w?|brez\w{2,3}|dub[ne]\w?|kvet\w{2,3}|cerv\w{2,4}|srp\w{2,3}|zari|rij\w{2,3}|listopad\w?|prosin\w{2}"
)
_JOINS = frozenset(("a", "i"))
_NO_RESIDUE = re.compile(
    rf"(?:{_END.pattern}|ps|ops|prs|pracovni\w*|odborn\w+|skupin\w*|nahrad\w*|prvni\w*|dne|docx?|pdf|rs|urs|ridici\w*"
    r"|podzim\w*|jarn\w*|letn\w*|zimn\w*|hod\w*|cast|kopie)"
)
_BREAK = re.compile(r"[()\[\];:\"„“”!?|]|\s[-–—]\s|\.\s")
_ORDERS = ("jednaci", "organizacni", "spisov", "skartacni")
_LONGEST_PROPOSAL = 8  # words


@dataclass(frozen=True, slots=True)
class GroupFinding:
    """The registered groups read from one place, and the names of unregistered ones."""

    reading: Reading[tuple[str, ...]] | None = None
    proposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    shape: Shape
    first: int  # index of its first token
    end: int  # index after its last token


def groups_in_title(title: str, groups: Sequence[Group], kind: Kind | None = None) -> GroupFinding:
    """Read groups from a name, a folder or a ZIP's name; the reading's source is NAME.

    Papers that are of no meeting (a plan, a catalogue) take a group only where it is called one or is all they say.
    """
    return _read_title(title, tuple(groups), kind)


@lru_cache(maxsize=16384)
def _read_title(title: str, groups: tuple[Group, ...], kind: Kind | None) -> GroupFinding:
    """The same folder is asked about for every file in it, and every name again together with its text."""
    return _TitleReader(join_spaced(normalise(title)), groups, kind).read()


def groups_in_text(text: str, groups: Sequence[Group], lines: int = 15) -> Reading[tuple[str, ...]] | None:
    """Read groups from the first lines that call something a group; never sure."""
    head = [line.strip() for line in text[:8000].splitlines() if line.strip()][:lines]
    for line in head:
        reader = _TitleReader(join_spaced(normalise(line)), tuple(groups), Kind.OTHER)
        reading = reader.read().reading
        if reading:
            certainty = Certainty.UNCERTAIN if reading.certainty is Certainty.UNCERTAIN else Certainty.INFERRED
            return Reading(reading.value, Source.TEXT, certainty, line[:200])
    return None


class _TitleReader:
    """One title while its groups are being read."""

    def __init__(self, title: str, groups: tuple[Group, ...], kind: Kind | None) -> None:
        self.title = title
        self.groups = groups
        self.kind = kind
        self.tokens = tokens_of(title)
        self.shapes = shapes_of(groups)
        # "Jednací řád" is no council (rada), even where the marks are missing.
        self.used = {
            place
            for place, (before, token) in enumerate(pairwise(self.tokens), start=1)
            if token.folded.startswith("rad") and before.folded.startswith(_ORDERS)
        }
        self.found: list[tuple[int, tuple[str, ...], Certainty]] = []  # token, group ids, certainty
        self.proposed: list[str] = []

    def read(self) -> GroupFinding:
        prefixes = self._prefixes()
        for first, end in prefixes:
            self._read_region(first, end)
        self._read_steering()
        self._read_bare()
        return GroupFinding(self._reading(), tuple(dict.fromkeys(self.proposed)))

    def _prefixes(self) -> list[tuple[int, int]]:
        """Where a group is announced: "PS", "OPS", "pracovní skupiny", as ranges of tokens."""
        found = []
        for place, token in enumerate(self.tokens):
            before = self.tokens[place - 1].stem if place else ""
            if token.folded in _ABBREVIATIONS:
                found.append((place, place + 1))
            elif (token.stem == _GROUP_STEM and before in _WORKING_STEMS) or (token.folded, before) == ("sk", "prak"):
                found.append((place - 1, place + 1))
            elif token.stem == _GROUP_STEM and before not in _OTHER_CIRCLES:
                found.append((place, place + 1))
        return found

    def _read_region(self, first: int, begin: int) -> None:
        self.used.update(range(first, begin))
        after_planning = self._skip_planning(begin)
        of_a_town = after_planning > begin  # "pracovní skupina KPSS Blansko"
        begin = after_planning
        end = self._region_end(begin)
        content = [place for place in range(begin, end) if self.tokens[place].is_content]
        matches = self._matches(begin, end, announced=True)
        if matches and content and matches[0].first > content[0]:
            matches = []  # "Bydlení a péče" is not the group Péče
        matches = self._side_by_side(matches)
        covered = {place for match in matches for place in range(match.first, match.end)}
        left = [place for place in content if place not in covered]
        certain = Certainty.SURE
        if matches and left and self._is_joined(matches, left[0]):
            certain = Certainty.UNCERTAIN
            self._propose(first, begin, end)
        for match in matches:
            self._take(match, certain)
        if not matches and content and not self._same_circle(begin, end) and not of_a_town:
            self._propose(first, begin, end)
        self.used.update(range(begin, end))

    def _side_by_side(self, matches: list[_Match]) -> list[_Match]:
        """The matches up to the first that a preposition ties to the one before ("Péče o seniory")."""
        for place, (one, other) in enumerate(pairwise(matches), start=1):
            between = self.tokens[one.end : other.first]
            if any(token.folded not in _JOINS for token in between) and not any(token.is_content for token in between):
                return matches[:place]
        return matches

    def _skip_planning(self, begin: int) -> int:
        while begin < len(self.tokens) and self.tokens[begin].folded in _PLANNING:
            self.used.add(begin)
            begin += 1
        return begin

    def _region_end(self, begin: int) -> int:
        for place in range(begin, len(self.tokens)):
            token = self.tokens[place]
            alone = place == begin  # "OPS S", "PS Z": letters that could be prepositions
            if token.folded.isdigit() or (token.folded in _ABBREVIATIONS | _STEERING_LETTERS and not alone):
                return place
            if token.stem in _WORKING_STEMS | {_GROUP_STEM, _STEERING_STEM}:
                return place
            if _END.fullmatch(token.folded) and not (alone and len(token.folded) == 1 and self._is_capital(token)):
                return place
            if place > begin and _BREAK.search(self._gap(place)):
                return place
        return len(self.tokens)

    def _matches(self, begin: int, end: int, *, announced: bool) -> list[_Match]:
        """Registered names between two tokens, from left to right, the longest where several begin."""
        found = []
        place = begin
        while place < end:
            match = self._match_at(place, begin, end, announced=announced)
            if match:
                found.append(match)
                place = match.end
            else:
                place += 1
        return found

    def _match_at(self, place: int, begin: int, end: int, *, announced: bool) -> _Match | None:
        if place in self.used:
            return None
        for shape in self.shapes:
            if shape.needs_prefix:
                # A single letter is a name only right after "PS".
                if announced and place == begin and shape.fits(self.tokens[place : place + 1]):
                    return _Match(shape, place, place + 1)
                continue
            window = self._window(place, end, len(shape.words))
            if window and shape.fits([self.tokens[at] for at in window]):
                return _Match(shape, place, window[-1] + 1)
        return None

    def _window(self, place: int, end: int, size: int) -> list[int]:
        """The next `size` content tokens from `place` on, or nothing when the title breaks between them."""
        if not self.tokens[place].is_content:
            return []
        window = [place]
        for at in range(place + 1, end):
            if len(window) == size:
                break
            if self.tokens[at].folded.isdigit() or at in self.used or _BREAK.search(self._gap(at)):
                return []
            if self.tokens[at].is_content:
                window.append(at)
        return window if len(window) == size else []

    def _is_joined(self, matches: list[_Match], left: int) -> bool:
        """Whether what is left is tied to a match by "a", a comma or a preposition, not just standing beside it."""
        end = max(match.end for match in matches if match.end <= left) if matches[0].end <= left else left
        between = self.title[self.tokens[end - 1].end : self.tokens[left].start] if end else ""
        return bool(re.search(r"[,/+&]|\w", between))

    def _same_circle(self, begin: int, end: int) -> bool:
        """Take the one group that speaks of the same people in other words ("OZP")."""
        said = concepts_of(self._text(begin, end))
        if not said:
            return False
        names = {
            group.id: (group.name, *group.aliases) for group in self.groups if group.kind is not GroupKind.STEERING
        }
        same = [key for key, named in names.items() if any(concepts_of(name) == said for name in named)]
        if len(same) != 1:
            return False
        self.found.append((begin, (same[0],), Certainty.INFERRED))
        return True

    def _read_steering(self) -> None:
        """Read ŘS and "řídící skupina", which mean the one steering group whatever it is called."""
        steering = tuple(group.id for group in self.groups if group.kind is GroupKind.STEERING)
        for place, token in enumerate(self.tokens):
            after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
            in_words = token.stem == _STEERING_STEM and after is not None and after.stem == _GROUP_STEM
            if place in self.used or not (in_words or token.folded in _STEERING_LETTERS):
                continue
            span = range(place, place + 1 + in_words)
            named = self._match_at(place, place, span.stop, announced=False)
            if named:
                self._take(named, Certainty.SURE)
            elif steering:
                one = len(steering) == 1
                self.found.append((place, steering, Certainty.SURE if one else Certainty.UNCERTAIN))
            else:
                self.proposed.append("ŘS")
            self.used.update(span)

    def _read_bare(self) -> None:
        """Read names that nothing announces ("Zápis Péče 16 1 2020")."""
        matches = self._side_by_side(self._matches(0, len(self.tokens), announced=False))
        if not matches:
            return
        covered = self.used | {place for match in matches for place in range(match.first, match.end)}
        says_more = any(
            token.is_content and place not in covered and not _NO_RESIDUE.fullmatch(token.folded)
            for place, token in enumerate(self.tokens)
        )
        meeting = self.kind is None or self.kind in MEETING_PAPERS or self.kind in {Kind.YEAR_ZIP, Kind.ATTACHMENT}
        if (says_more and not meeting) or (says_more and self.found):
            return
        for match in matches:
            self._take(match, Certainty.INFERRED if says_more else Certainty.SURE)

    def _take(self, match: _Match, certainty: Certainty) -> None:
        ambiguous = len(match.shape.groups) > 1
        self.found.append((match.first, match.shape.groups, Certainty.UNCERTAIN if ambiguous else certainty))
        self.used.update(range(match.first, match.end))

    def _propose(self, first: int, begin: int, end: int) -> None:
        """Propose the words of an announced region as a new group."""
        bare = end - begin
        announced = self.tokens[begin - 1]
        single = announced.folded not in _PLURAL and (begin - first > 1 or announced.folded in _ABBREVIATIONS)
        dashed = begin < len(self.tokens) and _BREAK.search(self._gap(begin))
        if not single or dashed or not 0 < bare <= _LONGEST_PROPOSAL:
            return
        name = as_name(self._text(begin, end))
        if name:
            self.proposed.append(name)

    def _reading(self) -> Reading[tuple[str, ...]] | None:
        if not self.found:
            return None
        ordered = sorted(self.found, key=lambda one: one[0])
        ids = tuple(dict.fromkeys(group for _, groups, _ in ordered for group in groups))
        worst = max((certainty for _, _, certainty in ordered), key=list(Certainty).index)
        return Reading(ids, Source.NAME, worst, self.title.strip())

    def _text(self, begin: int, end: int) -> str:
        return self.title[self.tokens[begin].start : self.tokens[end - 1].end] if begin < end else ""

    def _gap(self, place: int) -> str:
        return self.title[self.tokens[place - 1].end : self.tokens[place].start] if place else ""

    def _is_capital(self, token: Token) -> bool:
        return self.title[token.start : token.end].isupper()


def from_place(finding: GroupFinding, source: Source) -> GroupFinding:
    """The same finding as read from a folder or a ZIP's name, which is never more than inferred."""
    reading = finding.reading
    if reading is None:
        return finding
    certainty = Certainty.INFERRED if reading.certainty is Certainty.SURE else reading.certainty
    return replace(finding, reading=replace(reading, source=source, certainty=certainty))
