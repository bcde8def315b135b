"""What kind of document a name or a heading speaks of.

The order of the rules is the precedence: "příloha" beats "zápis", for "Zápis 07 - příloha č. 1" is an attachment.
Nothing is guessed: a name that says nothing has no kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kpss_desktop.czech.date_finding import Findings, Form, Found
from kpss_desktop.czech.file_names import is_packed, parted
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.heads import Head, Line
from kpss_desktop.model import Certainty, Kind, Reading, Source

# Papers of one meeting: a year that is planned or reported on in their name is not their own.
MEETING_PAPERS = frozenset({Kind.MINUTES, Kind.INVITATION, Kind.ATTENDANCE, Kind.RESOLUTION})

_NOT_MEANT = r"(?<! s )(?<! se )(?<! vc )(?<! viz )(?<! dle )(?<! bez )(?<! podle )(?<! vcetne )(?<! plus )(?<! a )"
_A_DAY = r"(?= (?:\d+ \d+ \d+|\d{6}|\d{8}) )"


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: Kind
    pattern: re.Pattern[str]
    certainty: Certainty = Certainty.SURE


def _rule(kind: Kind, words: str, certainty: Certainty = Certainty.SURE) -> _Rule:
    # The space comes first, for a text is searched for a letter many times faster than for a place.
    return _Rule(kind, re.compile(rf" (?:{words})(?![a-z])"), certainty)


# "zápis do školky" is an inscription.
_PLACES = r"\d+ (?:trid|rocnik)|prvni|skol|matersk|zaklad|ms |zs |unesco|seznam|rejstrik|matri|obchodni|registr"
_INSCRIPTION = (
    rf"(?! do | .{{0,40}}\bdo (?:{_PLACES})| ke? (?:povinn[a-z]* )?(?:skoln|predskol|trval|zaklad|vzdelav|dochaz))"
)
_MINUTES = (
    rf"(?:zapis(?:u|y|em|ek|ky)?{_INSCRIPTION}(?! (?:deti|zaku|predskolak|prvnack))"
    r"|zapisze?(?:jednani|zasedani|setkani|schuz[a-z]*|porady|ps|rs)"
    r"|(?:zaznam(?:u|y|em)?|(?<!predavaci )(?<!zkusebni )(?<!kontrolni )(?<!revizni )protokol(?:u|y|em)?)"
    r"(?! o (?:cinnost|zprac|uraz|kontrol|predan|prevzet|technic))(?! vad)"
    rf"|minutes|mom{_A_DAY})"
)

# Papers of meetings, the strongest first.
_MEETING = (
    _rule(Kind.ATTACHMENT, _NOT_MEANT + r"(?:priloh[ayu]|priloze|prilohou|pril(?= (?:c|cislo|\d)))"),
    _rule(
        Kind.OTHER,
        r"steno[a-z]*|(?:zvukov|obrazov|video|audio)[a-z]* ?zaznam[a-z]*"
        r"|zaznam[a-z]* (?:chat|hovor|rozhovor|vysilan|prenos)[a-z]*|tiskov[a-z]+ zprav[a-z]*",
    ),
    _rule(
        Kind.OTHER,
        r"(?:metodika|vzor|sablona|template|formular) (?:pro |k |na )?(?:zapis|zaznam|pozvank|pre[zs]enc|program)[a-z]*"
        r"|(?:vzor|sablona|template)(?= $)",
    ),
    _rule(
        Kind.ATTENDANCE,
        _NOT_MEANT + r"(?:pre[zs]enc(?:ni)? (?:list|arch)[a-z]*|pre[zs]enc(?:k[a-z]*|e|i|ni)|prez (?:list|arch)[a-z]*"
        r"|podpisov[a-z]+ (?:listin|arch)[a-z]*|listin[ay] pritomnych|seznam (?:pritomnych|ucastniku)"
        r"|(?<! and )attendance)",
    ),
    _rule(Kind.ATTENDANCE, r"(?<=^ )pl(?= (?:ps|ops|prs|rs) )", Certainty.INFERRED),
    _rule(Kind.INVITATION, r"(?:pozvan(?:k[auyo]u?|ce|i)|pozvanek|pozv|invitation)"),
    _rule(
        Kind.OTHER,
        r"(?:(?:pripomink|vyhrad|ukol|podklad|podnet|namitk|komentar|dotaz|vyjadren)[a-z]* (?:k|ke|z|ze)"
        r" (?:(?:[a-z]+ ){1,3}zapisu|zapis[a-z]*)"
        r"|zadost[a-z]* o zapis|zapisni[a-z]+|zapisov[a-z]+ list[a-z]*)",
    ),
    _rule(Kind.MINUTES, _MINUTES),
    _rule(Kind.ATTENDANCE, rf"(?:ps|ops|prs|rs) (?:[a-z\d]+ ){{0,4}}?(?<! cz )pl{_A_DAY}", Certainty.INFERRED),
    _rule(Kind.RESOLUTION, r"usneseni(?:mi|ch)?"),
    _rule(
        Kind.RULES,
        r"(?:jednaci(?:ho|mu|m)? (?:a (?:organizacni|volebni)(?:ho|mu|m)? )?rad(?:u|em|y)?"
        r"|organizacni(?:ho|mu|m)? (?:a jednaci(?:ho)? )?rad(?:u|em|y)?"
        r"|statut(?:u|em|y)?|zakladni(?:ch)? listin[a-z]*|zrizovaci listin[a-z]*|eticky(?:m|ho)? kodex[a-z]*)",
    ),
)

# Other papers: whichever is named first in the title says what it is ("Vyhodnocení akčního plánu" is no plan).
_PAPERS = (
    _rule(
        Kind.OTHER,
        r"(?:spisov[a-z]+ (?:a skartacni[a-z]* )?(?:rad|plan|sluzb)[a-z]*|skartacni[a-z]* (?:rad|plan|lhut|znak)[a-z]*"
        r"|uzemni(?:ho|mu|m)? plan[a-z]*|financni plan[a-z]*|rozpoctov[a-z]+ opatren[a-z]*"
        r"|zaverecny ucet|ucetni zaverk[a-z]*)",
    ),
    _rule(
        Kind.OTHER,
        r"(?:vyhodnocen[a-z]*|hodnocen[a-z]*|evaluac[a-z]*|plneni|harmonogram[a-z]*|terminy"
        r"|casov[a-z]+ (?:a vecn[a-z]+ )?plan[a-z]*"
        r"|analyz[a-z]*|swot|koncepc[a-z]*|prezentac[a-z]*|program(?:u|y|em)?|porad jednani|material(?:u|y)?"
        r"|zprav(?:a|y|u|ou)|stanovisk[a-z]*|zadost[a-z]*|rozpoc(?:et|tu|ty)|formular[a-z]*|dotazni[a-z]+"
        r"|tiskopis[a-z]*|prihlask[a-z]*|smlouv[a-z]*|fotografi[a-z]*|fotodokumentac[a-z]*|letak[a-z]*|plakat[a-z]*"
        r"|presentation)",
    ),
    _rule(Kind.LOGO, r"log(?:o|a|em|u|otyp[a-z]*|omanual[a-z]*|olink[a-z]*)"),
    _rule(
        Kind.CATALOGUE,
        r"(?:katalog(?:u|y|em)?|adresar[a-z]* (?:poskytovatel|soc|sluz)[a-z]*"
        r"|pruvodc[a-z]+ (?:po )?(?:socialni[a-z]*|poskytovatel[a-z]*|sluzb[a-z]*|sit[a-z]*))",
    ),
    _rule(
        Kind.HANDBOOK,
        r"(?:metodik(?:a|y|u|ou|ach)"
        r"|metodick[a-z]+ (?:manual|prirucka|prirucku|pokyn|navod|material|list|doporuceni)[a-z]*"
        r"|manual(?:u|y|em)?|prirucka|prirucky|prirucku|prirucek|rukovet[a-z]*|navod(?:u|y)?|pruvodce)",
    ),
    _rule(
        Kind.OTHER,
        r"plan(?:u|y|em)? (?:[a-z\d]+ ){0,8}?" + _NOT_MEANT + r"(?:vyhodnoceni|plneni|evaluace|monitoring|prezentace)",
        Certainty.INFERRED,
    ),
    _rule(Kind.PLAN, r"plan(?:u|y|em|ech|um)?"),
    _rule(Kind.PLAN, r"(?:sp)?rpss|sprss", Certainty.INFERRED),
    _rule(Kind.PLAN, r"(?<! v ramci )(?:kp|ap)(?= (?:orp|na |pro |v |m |mest|obc|\d)| $)", Certainty.INFERRED),
    _rule(Kind.PLAN, r"kp(?= [a-z]+ \d{4} )|(?:verze|aktualizace|navrh) kp(?:ss)?", Certainty.INFERRED),
    _rule(
        Kind.PLAN,
        r"(?<=^ )(?:\d+ )?kpss(?= (?:\d+ )?navrh | (?:(?!plan)[a-z]+ ){0,3}\d{4} \d{4} )",
        Certainty.INFERRED,
    ),
)
_ABOUT_A_PLAN = re.compile(
    r" (?:v ramci|pripominkovani|setkani|priprav[aeuy]|tvorb[aeuy]|projekt[a-z]*|kulaty|seminar"
    r"|projednani|vystup[a-z]*|predstaveni|navrhy|podnety|podklady|k|do) "
)
# Projects hand in minutes as annexes of their reports ("zpráva o realizaci"), and yet they are minutes.
_ANNEX_OF_A_REPORT = re.compile(
    r"^ (?:zor|zprava o realizaci) (?:c )?(?:\d+ )?priloha (?:c )?\d+(?= (?:zapis|pozvanka|prezenc(?:ni|ka)) )"
)
_GROUP_AND_YEAR = re.compile(
    r" (?:(?:odborna |oborova )?(?:pracovni|ridici|koordinacni) skupina(?: [a-z]+)*?"
    r"|ps [a-z][a-z ]*?|rs|archiv(?: [a-z]+)*?|zapisy(?: [a-z]+)*?"
    r") (?:rok )?(?:199\d|20\d\d) "
)
_SENTENCE = r"(?:z[ae]? |ke? |o |v |na |pro |viz |dekuj|posil|zasil|priloz|prosim)"  # "děkujeme za zápis" is no heading
_HEADING = re.compile(
    rf"^ (?:\d+ )?(?:(?P<minutes>(?:(?!{_SENTENCE})[a-z]+ ){{0,3}}?(?:zapis|zaznam|protokol) "
    r"(?!o (?:cinn|zprac|kontr|pred)))"
    r"|(?P<invitation>pozvank[au]|zveme (?:vas|vsechny)|srdecne (?:vas )?zveme|dovoluj\w+ si (?:vas )?pozvat)"
    r"|(?P<attendance>(?:pre[zs]encni listina|listina pritomnych))|(?P<resolution>usneseni )"
    r"|(?P<rules>(?:jednaci|organizacni) (?:a [a-z]+ )?rad|statut ))"
)
_LINES_OF_HEADING = 8
_LONGEST = 200_000  # characters that are looked through
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")  # two in "zapis03", "16012020zapis"
_PRESENT = "pritomn"
# Whole texts are searched for them, which is fast for letters; then they look back for the beginning of the word.
_LIKE_MINUTES = (
    re.compile(r"zap(?<![^\W_]zap)(?:sal[aiy]?|is[\W_]+(?:vyhotovil|provedl|poridil)a?)(?![^\W_])"),
    re.compile(rf"{_PRESENT}[aiy](?:(?<![^\W_]{_PRESENT}.)|(?<=ne{_PRESENT}.)(?<![^\W_]ne{_PRESENT}.))(?![^\W_])"),
)


def kind_in_name(title: Line, extension: str, found: Findings) -> Reading[Kind] | None:
    """The kind a name tells, or None; title and extension as `split_name` gives them."""
    words = f" {' '.join(_WORD_OR_NUMBER.findall(title.folded.replace('+', ' a ')))} "
    annex = _ANNEX_OF_A_REPORT.match(words)
    words = words[annex.end() :] if annex else words
    if is_packed(extension) or (not extension and _GROUP_AND_YEAR.fullmatch(words)):
        packed = _kind_of_zip(words, found)
        if packed or is_packed(extension):
            return Reading(packed, Source.NAME, evidence=title.text) if packed else _other_in_zip(words, found)
    return _meeting_paper(words) or _paper(words)


def kind_in_text(head: Head) -> Reading[Kind] | None:
    """The kind told by the heading within the first lines of a text."""
    for line in head.beginnings[:_LINES_OF_HEADING]:
        found = _HEADING.match(parted(line.folded))
        if found and found.lastgroup:
            return Reading(Kind(found.lastgroup), Source.TEXT, Certainty.INFERRED, line.text)
    folded = fold(head.whole[:_LONGEST])
    if _PRESENT not in folded:
        return None
    signs = [sign.search(folded) for sign in _LIKE_MINUTES]
    if all(signs):
        evidence = ", ".join(parted(sign[0]).strip() for sign in signs if sign)
        return Reading(Kind.MINUTES, Source.TEXT, Certainty.INFERRED, evidence)
    return None


def _kind_of_zip(words: str, found: Findings) -> Kind | None:
    """A ZIP of a year is named by its year; one with a day is the papers of one meeting."""
    of_years = [date.form is Form.YEAR or _is_span(date) for date in found.dates]
    return Kind.YEAR_ZIP if of_years and all(of_years) and not _paper(words) else None


def _is_span(found: Found) -> bool:
    """Whether a date is the first of several months: "leden až červen 2014"."""
    return found.form is Form.MONTH and bool(found.alternatives)


def _other_in_zip(words: str, found: Findings) -> Reading[Kind] | None:
    if any(date.form is Form.FULL for date in found.dates):
        return None
    reading = _meeting_paper(words) or _paper(words)
    return reading if reading and reading.value not in MEETING_PAPERS else None


def _meeting_paper(words: str) -> Reading[Kind] | None:
    for rule in _MEETING:
        match = rule.pattern.search(words)
        if match:
            return Reading(rule.kind, Source.NAME, rule.certainty, match[0].strip())
    return None


def _paper(words: str) -> Reading[Kind] | None:
    """The paper named first; the stronger rule where two begin alike."""
    first: tuple[int, int, _Rule, str] | None = None
    for place, rule in enumerate(_PAPERS):
        match = rule.pattern.search(words)
        if match and (first is None or (match.start(), place) < first[:2]):
            first = match.start(), place, rule, match[0].strip()
    if first is None:
        return None
    start, _, rule, evidence = first
    if rule.kind is Kind.PLAN and _ABOUT_A_PLAN.search(words[: start + 1]):
        return None
    return Reading(rule.kind, Source.NAME, rule.certainty, evidence)
