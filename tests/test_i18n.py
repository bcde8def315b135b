from __future__ import annotations

import gettext
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from kpss_desktop import i18n
from kpss_desktop.resources import resource

REPOSITORY = Path(__file__).resolve().parent.parent
TOOL = REPOSITORY / "packaging" / "translations.py"
SOURCE = """
from kpss_desktop.i18n import _, ngettext, pgettext
a = _("Find {name}")
b = ngettext("{n} document", "{n} documents", 3)
# Translators: what the clerk does
c = pgettext("verb", "File")
"""


@pytest.fixture(autouse=True)
def _czech_again() -> Iterator[None]:
    yield
    i18n.activate("cs")


def catalogue(language: str) -> Catalog:
    with resource("locale", language, "LC_MESSAGES", "kpss.po").open("rb") as file:
        return read_po(file, locale=language)


def translated(language: str) -> list[Message]:
    """Those that have their words; that all have them is one test's business alone."""
    return [entry for entry in sentences(language) if all(forms(entry.string))]


def sentences(language: str) -> list[Message]:
    return [entry for entry in catalogue(language) if entry.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [])


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


# -- which language ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "cs"),
        ({"LANG": "C"}, "cs"),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, "cs"),
        ({"LANG": "POSIX"}, "cs"),
        ({"LANG": ""}, "cs"),
        ({"LANG": "cs_CZ.UTF-8"}, "cs"),
        ({"LANG": "sk_SK.UTF-8"}, "cs"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE@euro"}, "en"),
        ({"LANG": "cs_CZ.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "cs_CZ"}, "cs"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "cs:en"}, "cs"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "pl:sk:en"}, "cs"),
        ({"LANG": "cs_CZ.UTF-8", "LANGUAGE": "pl:de"}, "en"),
    ],
)
def test_the_system_s_language_is_read_as_gettext_reads_it(environment: dict[str, str], language: str) -> None:
    assert i18n.system_language(environment) == language


def test_the_setting_wins_and_an_unknown_one_follows_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    assert i18n.activate("cs") == "cs"
    assert i18n.activate(None) == "en"
    assert i18n.activate("klingon") == "en"


def test_a_sentence_nobody_translated_is_shown_as_it_is() -> None:
    for language in i18n.LANGUAGES:
        i18n.activate(language)
        assert i18n._("no sentence of the program") == "no sentence of the program"
        assert i18n.ngettext("one such", "{n} such", 5) == "{n} such"
        assert i18n.pgettext("nowhere", "no sentence of the program") == "no sentence of the program"


def test_sentences_follow_what_is_active() -> None:
    samples = [entry for entry in sentences("cs") if isinstance(entry.id, str) and not entry.context]
    different = [entry for entry in samples if entry.string and entry.string != entry.id]
    for entry in different[:50]:
        i18n.activate("cs")
        assert i18n._(str(entry.id)) == entry.string
        i18n.activate("en")
        assert i18n._(str(entry.id)) == entry.id


# -- the catalogues ----------------------------------------------------------------------------------------------


def test_the_catalogues_hold_just_what_the_program_says() -> None:
    run = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_czech_has_three_forms() -> None:
    assert catalogue("cs").num_plurals == 3
    assert i18n.activate("cs") == "cs"
    for entry in sentences("cs"):
        assert len(forms(entry.string)) == (1 if isinstance(entry.id, str) else 3), entry.id


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_sentence_is_translated_for_sure(language: str) -> None:
    assert [entry.id for entry in sentences(language) if entry.fuzzy] == []
    assert [entry.id for entry in sentences(language) if not all(forms(entry.string))] == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_translations_fill_in_the_same_things(language: str) -> None:
    for entry in translated(language):
        wanted = set().union(*(placeholders(form) for form in forms(entry.id)))
        for number, form in enumerate(forms(entry.string)):
            # "Jeden dokument" may leave the number out, as English may in its singular.
            left_out = {"n"} if number == 0 and not isinstance(entry.id, str) else set()
            assert wanted - left_out <= placeholders(form) <= wanted, entry.id


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_compiled_catalogue_says_the_same(language: str) -> None:
    with resource("locale", language, "LC_MESSAGES", "kpss.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in translated(language):
        singular, plural = forms(entry.id)[0], forms(entry.id)[-1]
        if entry.context:
            assert compiled.pgettext(entry.context, singular) == forms(entry.string)[0]
        elif isinstance(entry.id, str):
            assert compiled.gettext(singular) == entry.string
        else:
            assert compiled.ngettext(singular, plural, 1) == forms(entry.string)[0]
            assert compiled.ngettext(singular, plural, 5) == forms(entry.string)[-1]


# -- the tool that makes them ------------------------------------------------------------------------------------


@pytest.fixture
def small_program(tmp_path: Path) -> Path:
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / TOOL.name).write_bytes(TOOL.read_bytes())
    (tmp_path / "kpss_desktop").mkdir()
    (tmp_path / "kpss_desktop" / "words.py").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def translations(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(program / "packaging" / TOOL.name), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_new_sentences_are_collected_and_wait_for_czech(small_program: Path) -> None:
    assert translations(small_program).returncode == 0
    text = (small_program / "resources/locale/cs/LC_MESSAGES/kpss.po").read_text(encoding="utf-8")
    for line in ('msgid "Find {name}"', 'msgid_plural "{n} documents"', 'msgctxt "verb"', "#. what the clerk does"):
        assert line in text
    assert "msgstr[2]" in text
    checked = translations(small_program, "--check")
    assert checked.returncode == 1
    assert "not translated (cs): Find {name}" in checked.stderr
    assert "(en)" not in checked.stderr


def test_translations_stay_and_lost_sentences_go(small_program: Path) -> None:
    translations(small_program)
    path = small_program / "resources/locale/cs/LC_MESSAGES/kpss.po"
    text = path.read_text(encoding="utf-8").replace('"Find {name}"\nmsgstr ""', '"Find {name}"\nmsgstr "Najít {name}"')
    path.write_text(text, encoding="utf-8")
    (small_program / "kpss_desktop/words.py").write_text('a = _("Find {name}")\nb = _("More")\n', encoding="utf-8")
    assert "out of step" in translations(small_program, "--check").stderr
    translations(small_program)
    with path.open("rb") as file:
        found = {str(entry.id): entry.string for entry in read_po(file) if entry.id}
    assert found == {"Find {name}": "Najít {name}", "More": ""}


def test_the_same_sentences_give_the_same_bytes(small_program: Path) -> None:
    translations(small_program)
    before = {path: path.read_bytes() for path in small_program.rglob("kpss.*o")}
    translations(small_program)
    assert {path: path.read_bytes() for path in small_program.rglob("kpss.*o")} == before
    assert len(before) == 4
