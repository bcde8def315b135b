"""Abbreviations of social services and town halls with what they stand for: the synonyms an archive starts with."""

from __future__ import annotations

# Left out are those that are also words: "KÚ" would find "ku", "MÚ" the pronoun "mu", "AD" every "ad 1)".
USUAL_SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("CSS", "centrum sociálních služeb"),
    ("domov důchodců", "domov pro seniory"),
    ("DOZP", "domov pro osoby se zdravotním postižením"),
    ("DPS", "dům s pečovatelskou službou"),
    ("DZR", "domov se zvláštním režimem"),
    ("KoPl", "KPSS", "komunitní plánování sociálních služeb"),
    ("MěÚ", "městský úřad"),
    ("MPSV", "ministerstvo práce a sociálních věcí"),
    ("NZDM", "nízkoprahové zařízení pro děti a mládež"),
    ("ORP", "obec s rozšířenou působností"),
    ("OSPOD", "orgán sociálně-právní ochrany dětí"),
    ("PnP", "příspěvek na péči"),
    ("PS", "pracovní skupina"),
    ("ŘS", "řídící skupina", "řídicí skupina"),
    ("SPRSS", "střednědobý plán rozvoje sociálních služeb"),
    ("SAS", "sociálně aktivizační služba"),
    ("ÚP", "úřad práce"),
    ("ZM", "zastupitelstvo města"),
    ("RM", "rada města"),
    ("ZTP", "zvlášť těžké postižení"),
)
