"""Collect the program's sentences into resources/locale and compile them; with --check only tell what is out of step.

Existing translations stay. A sentence that changed is new: no translation is guessed ("fuzzy") and none that lost its
sentence is kept, so the catalogues hold exactly what the program says.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kpss_desktop"
LOCALE = ROOT / "resources" / "locale"
DOMAIN = "kpss"
Text = str | tuple[str, ...] | list[str]
LANGUAGES = ("cs", "en")
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


class HouseCatalog(Catalog):
    """A catalogue whose header tells nothing but what gettext needs.

    The usual one also tells when and by whom; git knows that better, and it would change with every run.
    """

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Header fields, in the order of gettext's own tools."""
        return [
            ("Project-Id-Version", "KPSS Desktop"),
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def catalogue_path(language: str) -> Path:
    """Where the sentences of one language lie."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def extracted() -> Catalog:
    """All sentences that the source asks for, in a stable order and without line numbers, which only make noise."""
    template = Catalog()
    found = extract_from_dir(
        PACKAGE,
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for name, _line, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        template.add(message, locations=[(f"kpss_desktop/{name}", 0)], auto_comments=comments, context=context)
    return template


def read_catalogue(language: str) -> Catalog:
    """The committed catalogue, or an empty one."""
    path = catalogue_path(language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def translated(entry: Message, old: Message | None, number_of_forms: int) -> Text:
    """What was translated before, else as many empty forms as the language has."""
    if old is not None and old.string and not old.fuzzy and old.pluralizable == entry.pluralizable:
        return old.string
    return ("",) * number_of_forms if entry.pluralizable else ""


def updated(language: str, template: Catalog) -> HouseCatalog:
    """The catalogue that holds just the sentences of the template, with the translations there were."""
    old = read_catalogue(language)
    new = HouseCatalog(locale=language, header_comment="", fuzzy=False)
    for entry in template:
        if entry.id:
            string = entry.id  # English says what the source says
            if language != "en":
                string = translated(entry, old.get(entry.id, entry.context), new.num_plurals)
            comments = entry.auto_comments
            new.add(entry.id, string, entry.locations, entry.flags, comments, context=entry.context)
    return new


def po_bytes(catalogue: Catalog) -> bytes:
    """The readable form."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, include_lineno=False)
    return buffer.getvalue().strip() + b"\n"


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled form."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Sentences with an empty form."""
    found = []
    for entry in catalogue:
        forms = [entry.string] if isinstance(entry.string, str) else entry.string or [""]
        if entry.id and not all(forms):
            found.append(str(entry.id))
    return found


def out_of_step(files: dict[Path, bytes]) -> list[Path]:
    """Which of the files are not on the disk as they should be."""
    return [path for path, content in files.items() if not path.is_file() or path.read_bytes() != content]


def main() -> int:
    """Update the catalogues, or with --check tell whether that would change anything; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is out of step")
    check = parser.parse_args().check
    template = extracted()
    failed = False
    for language in LANGUAGES:
        catalogue = updated(language, template)
        path = catalogue_path(language)
        files = {path: po_bytes(catalogue), path.with_suffix(".mo"): mo_bytes(catalogue)}
        for stale in out_of_step(files):
            if check:
                failed = True
                print(f"out of step, run make translations: {stale.relative_to(ROOT)}", file=sys.stderr)
            else:
                stale.parent.mkdir(parents=True, exist_ok=True)
                stale.write_bytes(files[stale])
        for sentence in untranslated(catalogue):
            failed = failed or check
            print(f"not translated ({language}): {sentence}", file=sys.stderr)
        print(f"{language}: {len(catalogue)} sentences")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
