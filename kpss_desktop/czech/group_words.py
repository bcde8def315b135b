"""The words around the names of groups: what announces one, what ends it, what is none of it."""

from __future__ import annotations

import re

from kpss_desktop.czech.stems import stem

FUNCTION_WORDS = frozenset(("a", "i", "s", "se", "pro", "k", "ke", "o", "v", "ve", "z", "ze", "na", "nebo", "u", "do"))
ABBREVIATIONS = frozenset(("ps", "ops", "prs"))
GROUP_STEM = stem("skupina")
GROUP_FORMS = frozenset((GROUP_STEM, "sk", "skup", stem("skup")))  # after "řídící"
WORKING_STEMS = frozenset((stem("pracovní"), stem("odborná"), stem("oborová")))
STEERING_STEM = stem("řídící")
STEERING_LETTERS = frozenset(("rs", "urs"))
SHORTENED = frozenset((("prak", "sk"), ("p", "s")))  # "prac. sk." and "P.S.", the first word as its stem
# What a group is announced by or called, as words or stems.
ANNOUNCING = ABBREVIATIONS | STEERING_LETTERS | {GROUP_STEM, STEERING_STEM} | {last for _, last in SHORTENED}
# The name of a group is over before these, as stems.
OTHER_STEMS = WORKING_STEMS | {GROUP_STEM, STEERING_STEM}
OTHER_CIRCLES = frozenset(stem(word) for word in ("řídící", "koordinační", "cílová", "věková", "odborná"))
PLURAL = frozenset(("skupin", "skupinam", "skupinach", "skupinami"))
PLANNING = frozenset(("kpss", "kp", "komunitni", "komunitniho", "planovani"))
NUMBER_SIGNS = frozenset(("c", "cislo"))
JOINS = frozenset(("a", "i"))
ORDERS = ("jednaci", "organizacni", "spisov", "skartacni")

# Words after which the name of a group is over, or which are none of it.
END = re.compile(
    r"dne|konan\w*|ktera|ktere|kter[yeo]|zapis\w*|zaznam\w*|pozvank\w*|pre[zs]enc\w*|usneseni|jednac\w+|jednani|zasedani|setkani"
    r"|schuz\w*|porad\w*|mest[aeou]\w*|obc[ei]\w*|rady|kraj\w*|ramci|projekt\w*|rok\w*|cislo|c|kpss|kp|komunitni\w*|na|v|ve|z|ze|do|od"
    r"|priprav\w*|priloh\w*|listin\w*|mimoradn\w+|radn\w+|spolecn\w+|online|program(?:u|em)?|navrh\w*|verze|final\w*|archiv\w*|leden|ledna"
    # the states and parts of a paper
    r"|fin|draft|cistopis\w*|koncept|original|prepis|komplet|kopie|cast|rev|reviz[ei]|opr|oprav[ay]|sken\w*|scan\w*|foto|fotky|podpis\w*"
    r"|(?:podepsan|opraven|upraven|doplnen|schvalen|zkracen|zrusen|anonymizovan|aktualizovan|overen)[oya]|anonym|zverejnit|signed"
    r"|pripomink\w*|podklad[uy]?|ukol[uy]?|pritomn\w+|hlasovani|per|rollam|pdf|minutes|mom|attendance|presentation|template|joint|pl|datu|aj|atd"
    r"|unor\w?|brez\w{0,3}|dub[ne]\w?|kvet\w{2,3}|cerv\w{2,4}|srp\w{2,3}|zari|rij\w{2,3}|listopad\w?|prosin\w{2}"
)
# "Osoby v krizi", "Péče v domácnosti": here the preposition belongs to the name.
STATES = re.compile(
    r"kriz\w*|nouz\w*|ohrozen\w*|tisni|prechodn\w*|obtizn\w*|neprizniv\w*|tiziv\w*|hmotn\w*|domacnost\w*|nemoci|stari|rizik\w*"
)
NO_RESIDUE = re.compile(
    rf"(?:{END.pattern}|ps|ops|prs|pracovni\w*|odborn\w+|skupin\w*|nahrad\w*|prvni\w*|dne|docx?|pdf|rs|urs|ridici\w*"
    r"|podzim\w*|jar[aou]|jarn\w*|letn\w*|zimn\w*|hod\w*|spol|program\w*)"
)
# Bodies that are no working group, whatever people they care for ("Komise pro rodinu", "Domov pro seniory").
OTHER_BODIES = re.compile(
    r"komis\w*|vybor\w*|rad[auy]|klub\w*|domov\w*|dum|domu|spolek|spolk\w*|svaz\w*|centr\w*|nadac\w*|charit\w*|odbor\w*|stacionar\w*"
)
BREAK = re.compile(r"[()\[\];:\"„“”!?|]|\s[-–—]\s|\.\s")
