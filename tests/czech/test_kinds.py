from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop.czech.date_finding import find_dates
from kpss_desktop.czech.file_names import split_name
from kpss_desktop.czech.folding import fold
from kpss_desktop.czech.heads import Line, head_of
from kpss_desktop.czech.kinds import kind_in_name, kind_in_text
from kpss_desktop.czech.names import kind_of_word
from kpss_desktop.model import Kind, Source


def kind(name: str) -> Kind | None:
    title, extension = split_name(name)
    reading = kind_in_name(Line(title, fold(title)), extension, find_dates(title))
    return reading.value if reading else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zápis PS Péče 16 1 2020.doc", Kind.MINUTES),
        ("ZAPIS_rs_2019.pdf", Kind.MINUTES),
        ("zapis03-03.htm", Kind.MINUTES),
        ("zapis12010nove.html", Kind.MINUTES),
        ("Z Á P I S z jednání dne 7. března 2003", Kind.MINUTES),
        ("Z á p i s č . 1 /2 001", Kind.MINUTES),
        ("RADA PRO SENIORY. Z á z n a m", Kind.MINUTES),
        ("Záznam z jednání výboru", Kind.MINUTES),
        ("Protokol ze setkání pracovní skupiny", Kind.MINUTES),
        ("Zápis a usnesení z jednání", Kind.MINUTES),
        ("Zápis z jednání Výboru pro územní plán", Kind.MINUTES),
        ("Zápis s přílohami", Kind.MINUTES),
        ("(Zápis) PS", Kind.MINUTES),
        ("Zápis ze dne 12.června 2018 od 9.00 do 11.00", Kind.MINUTES),
        ("Pozvánka PS Péče 29 5 2017.docx", Kind.INVITATION),
        ("pozvanky_2020.pdf", Kind.INVITATION),
        ("Pozvánka na jednání - příprava Realizačního plánu pro rok 2011", Kind.INVITATION),
        ("Prezenční listina PS Péče 5 3.rtf", Kind.ATTENDANCE),
        ("presenční listiny (80.92 kB)", Kind.ATTENDANCE),
        ("prezencka 6 3.pdf", Kind.ATTENDANCE),
        ("Zápis (dle prezenční listiny)", Kind.MINUTES),
        ("Zápis + prezenčka 16.1.2020.pdf", Kind.MINUTES),
        ("Příl. č. 3 k zápisu.docx", Kind.ATTACHMENT),
        ("Pozv. ŘS 3.2.2022.docx", Kind.INVITATION),
        ("prezenc_list_PS_rodina.pdf", Kind.ATTENDANCE),
        ("zapiszjednani16.1.2020.pdf", Kind.MINUTES),
        ("16012020zapis.pdf", Kind.MINUTES),
        ("ZapisPSSeniori16.1.2020.docx", Kind.MINUTES),
        ("ZapisPS_Seniori_2019-03-12.pdf", Kind.MINUTES),
        ("KPSS Děčín 2022-2025 final", Kind.PLAN),
        ("Zápis KPSS 2022-2025", Kind.MINUTES),
        ("Akční plán 2011 vyhodnocení", Kind.OTHER),
        ("Akční plán 2012 včetně vyhodnocení 2011", Kind.PLAN),
        ("Zapis_07.KS_25.09.2019 - příloha č. 1.pdf", Kind.ATTACHMENT),
        ("usneseni-rady-priloha.doc", Kind.ATTACHMENT),
        ("Příloha č.1. Spisové znaky spisového a skartačního plánu", Kind.ATTACHMENT),
        ("Usnesení č. 6/2023 ze dne 8.3.2023", Kind.RESOLUTION),
        ("Komunitní plán sociálních služeb na období 2021-2024", Kind.PLAN),
        ("KP ORP Roudnice nad Labem 1 revize", Kind.PLAN),
        ("kp_tanvald_2016-2020.pdf", Kind.PLAN),
        ("Návrh Akčního plánu komunitního plánování na období 2023–2024", Kind.PLAN),
        ("Jednací řád ŘS", Kind.RULES),
        ("Statut a jednací řád řídící skupiny", Kind.RULES),
        ("Základní listina KPSS", Kind.RULES),
        ("organizacni-rad-pracovnich-skupin-a", Kind.RULES),
        ("KATALOG sociálních a blízkých služeb v regionu", Kind.CATALOGUE),
        ("Adresář poskytovatelů sociálních služeb", Kind.CATALOGUE),
        ("Průvodce sociálními službami", Kind.CATALOGUE),
        ("Metodický manuál KPSS pro nové členy", Kind.HANDBOOK),
        ("Příručka dobré praxe komunitního plánování", Kind.HANDBOOK),
        ("Logo komunitního plánování s textem.png", Kind.LOGO),
        ("logolink_OPZ_barevny.jpg", Kind.LOGO),
        ("PL PS děti 2.10.2012.jpg", Kind.ATTENDANCE),
        ("PL bydlení.jpg", None),
        ("Zápis+PL PS Senioři 3.6.2014.pdf", Kind.MINUTES),
        ("Zápisy z jednání - 2012", Kind.YEAR_ZIP),
        ("Zápis z jednání - 2012", Kind.MINUTES),
        ("Zápisy z jednání 2012.pdf", Kind.MINUTES),
        ("Výhrada ke stylu konání zápisu.jpg", Kind.OTHER),
        ("Připomínky k návrhu zápisu", Kind.OTHER),
        ("Podklady k jednání a zápis", Kind.MINUTES),
        ("Záznam chatu z 21.1.2014 a pozvánka na chat", Kind.OTHER),
        ("J e d n a c í a v o l e b n í ř á d", Kind.RULES),
        ("PS2_Minutes_2022-11-08_v2.docx", Kind.MINUTES),
        ("WG4_MoM_20240516.docx", Kind.MINUTES),
        ("MoM_budget.xlsx", None),
        ("PS5_Attendance_2023-03-16.pdf", Kind.ATTENDANCE),
        ("Minutes and attendance 2023-03-16.pdf", Kind.MINUTES),
        ("PS2_PL_2022-11-08_scan.pdf", Kind.ATTENDANCE),
        ("Zápis PS Senioři PL 8.11.2022.pdf", Kind.MINUTES),
        ("PS_CZ-PL_8.11.2022.pdf", None),
        ("PS Senioři PL 2022.pdf", None),
        ("ZoR_02_priloha_07_zapis_PS_Seniori_15.5.2024.pdf", Kind.MINUTES),
        ("ZoR_02_priloha_07_rozpocet.xlsx", Kind.ATTACHMENT),
        ("Příloha č. 7 - zápis.pdf", Kind.ATTACHMENT),
        ("Zápisy ze zasedání 2015-2020 (.zip)", Kind.YEAR_ZIP),
        # recognised as none of these
        ("Vyhodnocení Akčního plánu RPSS pro rok 2009", Kind.OTHER),
        ("Časový a věcný plán zasedání", Kind.OTHER),
        ("Spisový a skartační plán", Kind.OTHER),
        ("Stenozápis z 11. zasedání", Kind.OTHER),
        ("STENOZÁPIS z jednání", Kind.OTHER),
        ("Tisková zpráva z 99. schůze", Kind.OTHER),
        ("Prezentace ke komunitnímu plánu", Kind.OTHER),
        ("SWOT analýzy", Kind.OTHER),
        ("Žádost o zápis do rejstříku", Kind.OTHER),
        ("Vzor zápisu z jednání", Kind.OTHER),
        ("Formulář pozvánky", Kind.OTHER),
        ("Template_Zapis_PS.dotx", Kind.OTHER),
        ("Zápis ze schůze - šablona.dotx", Kind.OTHER),
        ("Zápis - vzorové stanovy 3.4.2019.docx", Kind.MINUTES),
        ("Úkoly ze zápisu", Kind.OTHER),
        ("Zvukový záznam jednání.mp3", Kind.OTHER),
        # not decidable from the name: never a wrong guess
        ("29-8-2017", None),
        ("Pracovni-skupina-seniori", None),
        ("Komunitní plánování", None),
        ("Plánované aktivity", None),
        ("Připomínkování Návrhu Akčního plánu", None),
        ("Zápis kulturní památky do UNESCO", None),
        ("zápis do školky", None),
        ("Zápis do spolkového rejstříku", None),
        ("Zápis ke školní docházce 2021/2022", None),
        ("Předávací protokol", None),
        ("Návrhy do akčního plánu 2023", None),
        ("Kraj pracuje na tvorbě AP 2022", None),
        ("Zápis dětí do 1. třídy", None),
        ("INTEGROVANÝ ROZVOJ STATUTÁRNÍHO MĚSTA", None),
        ("", None),
        # ZIPs: a year is a year, a day is one meeting
        ("Pracovní skupina Péče - 2019.zip", Kind.YEAR_ZIP),
        ("Zápisy_leden_až_červen_2014.zip", Kind.YEAR_ZIP),
        ("zapisy_leden14.zip", None),
        ("Zápisy leden 2014.zip", None),
        ("Pracovní skupina Péče - 2019", Kind.YEAR_ZIP),
        ("Pracovní skupina Péče - 2019.doc", None),
        ("Zápisy PS Péče 2019.ZIP", Kind.YEAR_ZIP),
        ("Řídící skupina - 2017.zip", Kind.YEAR_ZIP),
        ("Zapis_07.KS_25.09.2019.zip", None),
        ("Zápis PS Péče.zip", None),
        ("Komunitní plán 2019.zip", Kind.PLAN),
    ],
)
def test_kind_in_name(name: str, expected: Kind | None) -> None:
    assert kind(name) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n\nZápis z jednání pracovní skupiny Prevence\nDatum: 15. 5. 2020", Kind.MINUTES),
        ("Městský úřad\nZ Á P I S\nz jednání", Kind.MINUTES),
        ("Pozvánka na jednání PS Prevence\nZveme Vás", Kind.INVITATION),
        ("Dobrý den,\nsrdečně Vás zveme na jednání", Kind.INVITATION),
        ("Prezenční listina\nJednání PS Péče", Kind.ATTENDANCE),
        ("PRACOVNÍ SKUPINA SENIOŘI\nPřítomni: 5 členů\n1. Program\nZapsala: Nová", Kind.MINUTES),
        ("Skupina seniorů\nNepřítomna: Nová\n" + "Různé\n" * 8 + "Zápis\nprovedla: Malá", Kind.MINUTES),
        ("Skupina seniorů\nPřítomni: všichni\nNezapsal nikdo", None),
        ("Skupina seniorů\nZapsala: Nová\nMalá, spolupřítomná", None),
        ("Usnesení z jednání řídící skupiny", Kind.RESOLUTION),
        ("Vážená paní,\nděkujeme za zápis z minulého týdne.", None),
        ("", None),
    ],
)
def test_kind_in_text(text: str, expected: Kind | None) -> None:
    reading = kind_in_text(head_of(text))
    assert (reading.value if reading else None) is expected
    assert reading is None or reading.source is Source.TEXT


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("zápis", Kind.MINUTES),
        ("zapisy", Kind.MINUTES),
        ("ZÁPISŮ", Kind.MINUTES),
        ("pozvánky", Kind.INVITATION),
        ("pozvánek", Kind.INVITATION),
        ("prezenční listiny", Kind.ATTENDANCE),
        ("prezencni listin", Kind.ATTENDANCE),
        ("příloh", Kind.ATTACHMENT),
        ("usnesení", Kind.RESOLUTION),
        ("plány", Kind.PLAN),
        ("komunitního plánu", Kind.PLAN),
        ("jednací řády", Kind.RULES),
        ("katalogy", Kind.CATALOGUE),
        ("metodiky", Kind.HANDBOOK),
        ("loga", Kind.LOGO),
        ("roční zip", Kind.YEAR_ZIP),
        ("ostatní", Kind.OTHER),
        ("minutes", Kind.MINUTES),
        ("year_zip", Kind.YEAR_ZIP),
        ("péče", None),
        ("", None),
    ],
)
def test_kind_of_word(word: str, expected: Kind | None) -> None:
    assert kind_of_word(word) is expected


@given(st.text(), st.text())
def test_no_text_raises(name: str, text: str) -> None:
    assert kind(name) in {None, *Kind}
    assert kind_of_word(name) in {None, *Kind}
    reading = kind_in_text(head_of(text))
    assert reading is None or reading.value in Kind
