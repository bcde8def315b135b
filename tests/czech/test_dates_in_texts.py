"""The day of a meeting in the first lines of its papers, as many offices write them.

Every heading is tried with every line that carries another date, before it and after it.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from kpss_desktop.czech.dates import format_date_in_words
from kpss_desktop.czech.heads import head_of
from kpss_desktop.czech.text_dates import date_in_text
from kpss_desktop.model import Certainty, PartialDate

WEEKDAYS = ("pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle")
WEEKDAYS_THEN = ("v pondělí", "v úterý", "ve středu", "ve čtvrtek", "v pátek", "v sobotu", "v neděli")
DAYS = [date(2009, 2, 3) + timedelta(days=137 * step) for step in range(40)]

# {d} 16. 1. 2020, {c} 16.1.2020, {z} 16.01.2020, {w} 16. ledna 2020, {n} čtvrtek, {in_n} ve čtvrtek
HEADINGS = (
    "Zápis z jednání pracovní skupiny Senioři konaného dne {w}",
    "Zápis z jednání PS konaného dne {z} v zasedací místnosti MěÚ",
    "Zápis ze setkání ze dne {d}",
    "Zápis z {d}",
    "Zápis č. 3/2019 z jednání, které se konalo dne {d} od 12:00 hodin v zasedací místnosti č. 215",
    "Zápis z 31. zasedání komise, které se uskutečnilo {in_n} {d} v Praze",
    "ZÁPIS\nz 5. jednání řídící skupiny\n{w}",
    "Z Á P I S\nz jednání řídící skupiny\nkonané dne {d}",
    "Z á p i s   z   j e d n á n í\nDatum: {d}",
    "Zápis\nDatum: {d}\nMísto: MěÚ, č. dveří 204",
    "Zápis\nDatum a čas: {z}, 9:00 - 11:30",
    "Zápis\nDatum konání: {c}",
    "Zápis\nDatum jednání:\t{d}",
    "Zápis\nDatum a místo konání: {d}, MěÚ",
    "Zápis\nDne: {c}",
    "Zápis\nKdy: {n} {d}\nKde: klubovna",
    "Zápis\nTermín: {d}",
    "Zápis\nTermín jednání:\n{c} od 14:00",
    "Zápis\nTermín konání: {n} {d}",
    "Zápis\nTermín setkání – {w}",
    "Zápis\nTermín a místo konání: {d}, zasedací místnost",
    "Zápis\nČas a místo jednání: {d} v 9.00, MěÚ",
    "Zápis\nMísto a datum konání: MěÚ, {d}",
    "Zápis\nMísto a datum: MěÚ Litovel, {d}",
    "Zápis\ndne {z} ({n})",
    "Zápis\n{n} {d} od 13 hodin",
    "Zápis\n{in_n} dne {w}",
    "Zápis\nDen konání\tMísto\n{d}\tMěÚ",
    "| Datum | {d} |\n| Místo | MěÚ |",
    "Název akce: Setkání PS\nDatum a místo konání:\n{d}\nKD Střelnice",
    "Jednání PS Rodina se konalo {d}.",
    "Jednání proběhlo dne {d} na městském úřadě.",
    "Setkání se uskutečnilo {w}.",
    "Pozvánka\nzveme Vás na další jednání pracovní skupiny, které se bude konat dne {d} v 9:00",
    "Pozvánka\nSrdečně Vás zveme na setkání, které proběhne {in_n} {d} od 14.00 hod.",
    "Pozvánka\nDovolujeme si Vás pozvat na 2. jednání\nTermín: {d}\nMísto: klub",
    "PREZENČNÍ LISTINA\nJednání PS Senioři dne {d}",
    "Prezenční listina ze dne {c}",
    "Prezenční listina\nAkce: jednání PS\nDatum: {c}",
    "Záznam z jednání {d}",
    "Usnesení z 5. jednání řídící skupiny ze dne {w}",
    "Město\nZápis z jednání\n({d})",
    "Zápis z jednání Komunitního plánování sociálních služeb Roudnice n. L., pracovní skupina Péče, {d}",
    "ZÁPIS č. 4/2020\nz jednání sociální komise konané {d}",
    "Město Kolín\nOdbor sociálních věcí\nZápis ze schůzky koordinátorů {in_n} {d}",
    "Záznam ze schůzky\nSchůzka dne: {c}\nZačátek: 9.00",
    "Zápis z pracovního setkání\nDatum setkání : {d}\nPřítomni: dle prezenční listiny",
    "KPSS\nPS SENIOŘI\n{n} {w}, 14:00",
    "MINUTES / ZÁPIS\nDate / Datum: {d}",
    "Zápis ze 4. jednání PS (dne {c})",
    "Zápis z on-line jednání (MS Teams) {d} od 10:00 do 11:30",
    "Jednání řídící skupiny - {w}\nProgram:",
    "Pozvánka\nna jednání řídící skupiny,\nkteré se uskuteční\n{in_n} {w} v 10.00 hodin",
    "POZVÁNKA\nKdy: {c} v 15:00\nKde: KD",
    "Vážení, zveme Vás na setkání PS.\nDatum a čas konání: {z} 9:00",
    "Dobrý den,\nposílám pozvánku na jednání {d} v 9 hodin",
    "Prezenční listina\nPS Rodina\n{c}",
    "Prezenční listina účastníků jednání konaného dne: {z}",
    "Název projektu: KPSS\nNázev akce: jednání PS\nDatum konání akce: {d}\nMísto konání akce: MěÚ",
    "Zápis z jednání pracovní skupiny OZP\nDatum:\t\t{d}\nČas:\t\t9:00",
    "Zápis z veřejného setkání uskutečněného dne {w}",
    "Zápis\nJednání se zúčastnili: viz prezenční listina\nJednání zahájeno: {d} v 9:05",
    "Zápis ze schůze komise\nKonáno: {d}",
    "Zápis z jednání kontrolního výboru ze dne {d}",
    "Zápis ze setkání k aktualizaci komunitního plánu dne {z}",
    "Zápis ze setkání komunitního plánování sociálních služeb {d}",
    "Zápis\nSchůzka se konala v {n} {d}",
    "KOMUNITNÍ PLÁNOVÁNÍ\nZápis z 3. setkání pracovní skupiny pro seniory\n{c} / MěÚ Hustopeče",
    "ZÁPIS ze setkání pracovní skupiny, {z}, Charita",
    "Zápis z jednání PS OZP\nMísto konání: zasedací místnost, 2. patro\nČas konání: {d} od 9:00",
    "Záznam z jednání č. 5/2021\nDatum jednání\n{d}",
    "Pozvánka na jednání komise\nJednání se bude konat {in_n} {w} od 15 h.",
    "Program jednání PS dne {d}",
    "PREZENČNÍ LISTINA\nNázev: PS Rodina\nDatum a čas: {z} 13:00",
    "Zápis - porada koordinátorů\n{n} {c}",
    "Zápis\nze společného jednání skupin\nze dne {w}",
    "Zápis z jednání konaného ve dnech {d}",
)
OTHERS = (
    "",
    "Příští jednání se uskuteční {o} v 9:00.",
    "Další setkání: {o}",
    "Termín příštího jednání: {o}",
    "Termín dalšího setkání\n{o}",
    "Příští termín {o}",
    "Kontrola zápisu z minulého jednání dne {o}",
    "Kontrola úkolů ze zápisu ze dne {o}",
    "Schválení zápisu ze dne {o}",
    "podle zákona č. 108/2006 Sb., o sociálních službách ze dne {o}",
    "Vyhláška č. 505/2006 Sb. ze dne {o}",
    "Smlouva ze dne {o} byla podepsána.",
    "Zapsala: Jana Nová dne {o}",
    "Zapsala Jana Nová, {o}",
    "V Roudnici nad Labem dne {o}",
    "V Litovli {o}",
    "Ve Znojmě, {o}",
    "Ověřil: Jan Nový {o}",
    "Schválil: {o} Jan Nový",
    "Jan Nový, nar. {o}",
    "Datum narození: {o}",
    "Vyvěšeno dne: {o}\nSejmuto dne: {o}",
    "Aktualizace: {o}",
    "Vypracováno dne {o}",
    "Vytvořeno: {o}",
    "Účinnost od {o}",
    "Žádosti podávejte nejpozději do {o}",
    "Úkol: dodat podklady, termín: {o}",
    "Přihlášky zasílejte do {o}.",
    "Hodnocení za období od {o} do {o}",
    "Č. j.: MUXY/1234/2019 ze dne {o}",
    "Naše značka: 12/2019, vyřizuje: Nová, datum odeslání: {o}",
    "Tel.: 416 850 111, 16. 30 hod., verze 1.2",
    "Termín další schůzky bude {o}.",
    "Následující setkání PS: {o}",
    "Naposledy jsme se sešli {o}",
    "Návrh termínu dalšího jednání: {o} nebo později",
    "Registrační číslo projektu CZ.03.2.63/0.0/0.0/16_063/0006548, realizace od {o}",
    "Předsedkyně přivítala přítomné a připomněla konferenci dne {o}",
    "Nařízení vlády ze dne {o}",
    "Podepsáno elektronicky {o}",
    "Digitálně podepsal Jan Nový\nDatum: {o} 10:12:33 +01'00'",
    "Rozesláno: {o}",
    "Tisk: {o}",
    "Den sociálních služeb proběhne {o} na náměstí.",
    "Zápis vyhotovila: Nová, dne: {o}",
    "Zveřejněno na webu {o}",
    "Mandát člena trvá do {o}",
    "Paní Nová, narozená {o}",
    "Dne {o} byl schválen komunitní plán.",
    "Host: Jan Nový (od {o} vedoucí odboru)",
    "Dotace byla vyplacena {o}.",
    "Termín odevzdání: {o}",
    "Připomínky pošlete do {o}",
    "Setkání s veřejností je plánováno na {o}",
    "Rada schválila dokument {o}",
    "Zapisovatelka: Nová\nDatum vyhotovení: {o}",
    "Termíny: {o}",
    "Uzávěrka žádostí {o}",
    "Od {o} platí nová vyhláška",
    "Schůzka přeložena z {o}",
)


def forms(day: date) -> dict[str, str]:
    partial = PartialDate(day.year, day.month, day.day)
    return {
        "d": f"{day.day}. {day.month}. {day.year}",
        "c": f"{day.day}.{day.month}.{day.year}",
        "z": f"{day:%d.%m.%Y}",
        "w": format_date_in_words(partial),
        "n": WEEKDAYS[day.weekday()],
        "in_n": WEEKDAYS_THEN[day.weekday()],
    }


def other(line: str, day: date) -> str:
    later = forms(day + timedelta(days=35))
    return line.format(o=later["d" if len(line) % 2 else "z"])


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_day_of_the_meeting_among_other_days(heading: str) -> None:
    wrong = []
    for (place, line), before in itertools.product(enumerate(OTHERS), (False, True)):
        day = DAYS[(place + HEADINGS.index(heading)) % len(DAYS)]
        stated, beside = heading.format(**forms(day)), other(line, day)
        text = f"{beside}\n{stated}\nPřítomni: Nová" if before else f"{stated}\nPřítomni: Nová\n{beside}"
        read = date_in_text(head_of(text))
        if read is None or str(read.value) != day.isoformat():
            wrong.append((text, read and str(read.value)))
    assert wrong == []


@pytest.mark.parametrize("line", OTHERS[1:])
def test_another_day_alone_is_never_the_day_of_the_meeting(line: str) -> None:
    for day in DAYS[:8]:
        read = date_in_text(head_of(f"Město\n{other(line, day)}\nPřítomni: Nová"))
        assert read is None or read.certainty is not Certainty.SURE
