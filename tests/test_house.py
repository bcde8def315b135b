"""Rules of the house that a machine can check. An exception needs a reason that a reader would accept."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from defusedxml import ElementTree

from kpss_desktop import __version__

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "kpss_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))

LINES = 350
LONGER_FOR_A_REASON: dict[str, str] = {}

# Who may write files at all, and what. All that must last in an archive's folder is written by store and records.
WRITERS: dict[str, str] = {
    "lasting.py": "whatever must last, for those below",
    "store.py": "files of the archive",
    "records.py": "records and archive.json",
    "archive/intake/contents.py": "a private temporary folder, for members of ZIPs that are to be read",
    "archive/intake/members.py": "a private temporary folder, for a letter of Outlook within a ZIP",
    "archive/temporary.py": "drops private temporary folders, of this program and of killed ones",
    "archive/sharing/lock.py": "the lock, which must be made in one step and holds nothing that must last",
    "archive/archive.py": "drops this computer's catalogue, which the archive can always make again",
    "archive/sharing/opening.py": "drops this computer's catalogue, which the archive can always make again",
    "archive/reading/cache.py": "drops previews from this computer's cache, which can be made again",
    "archive/sharing/divergence.py": "drops what this computer kept by itself, once it lies in the archive",
    "archive/trust/rebuild.py": "drops this computer's catalogue, which the archive can always make again",
    "formats/mail/attachments.py": "the attachments of a letter, into the private temporary folder it is handed",
    "formats/helpers/soffice.py": "a private folder for LibreOffice to work in, and the PDF it was asked for",
    "archive/exporting/": "what the clerk asked for, outside of the archive",
    "archive/trust/backup.py": "a backup, in the folder the clerk chose for it",
    "archive/trust/bag.py": "a backup, in the folder the clerk chose for it",
    "archive/trust/restore.py": "a restored archive, in a new place",
    "archive/sharing/abilities.py": "a scratch folder in staging, to try what the disk can do",
    "archive/trust/keeping.py": "copies of this computer's catalogue, which the archive can always make again",
    "catalogue/migrations.py": "the copy of this computer's catalogue from before a migration",
    "catalogue/copies.py": "copies of this computer's catalogue",
    "ui/verbs/originals.py": "a read-only copy in a private temporary folder, for another program to open",
}
WRITING_MODES = re.compile(r"[wax+]")
WRITING_METHODS = {"write_text", "write_bytes", "unlink", "rename", "rmdir", "symlink_to", "hardlink_to", "touch"}
WRITING_FUNCTIONS = {
    "os": {"replace", "rename", "remove", "unlink", "link", "symlink", "open", "truncate", "rmdir", "removedirs"},
    "shutil": {"copy", "copy2", "copyfile", "copytree", "move", "rmtree"},
}

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
SENTENCES = {"_", "ngettext", "pgettext"}

# A machine's own places and the hosts of package registries, put together so that this file does not hold them.
FOREIGN = re.compile("|".join(["/" + "work/", "/" + "root/", "python" + "hosted", "pypi" + r"\.org", "/" + "opt/pypi"]))
TEXT_SUFFIXES = {
    "",
    ".cfg",
    ".css",
    ".html",
    ".ini",
    ".js",
    ".lock",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".svg",
    ".toml",
    ".yml",
}


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def mode_of(call: ast.Call, position: int) -> str:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] + call.args[position : position + 1]
    # A mode that is worked out at run time counts as writing: the reader of the code cannot tell either.
    return "r" if not given else str(given[0].value) if isinstance(given[0], ast.Constant) else "w"


def writing(call: ast.Call) -> str | None:
    """The name of the writing function that is called, if it is one."""
    match call.func:
        case ast.Name(id="open"):
            return "open" if WRITING_MODES.search(mode_of(call, 1)) else None
        case ast.Attribute(attr="ZipFile") | ast.Name(id="ZipFile"):
            return "ZipFile" if WRITING_MODES.search(mode_of(call, 1)) else None
        case ast.Attribute(value=ast.Name(id="os"), attr="open") if ast.unparse(call.args[0]) == "os.devnull":
            return None
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in WRITING_FUNCTIONS:
            return f"{module}.{name}" if name in WRITING_FUNCTIONS[module] else None
        case ast.Attribute(value=ast.Name(id="editing" | "cache")):
            return None  # a function of the archive, which is asked for itself
        case ast.Attribute(attr="open"):
            is_path = not call.args or (isinstance(call.args[0], ast.Constant) and len(str(call.args[0].value)) <= 3)
            return "open" if is_path and WRITING_MODES.search(mode_of(call, 0)) else None
        case ast.Attribute(attr=name) if name in WRITING_METHODS:
            return name
    return None


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if listing.returncode != 0:
        pytest.skip("no git checkout, so nobody can tell which files belong to it")
    return [REPOSITORY / name for name in listing.stdout.split("\0") if name]


def test_no_file_is_too_long_to_read() -> None:
    long = {relative(path) for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > LINES}
    assert long == set(LONGER_FOR_A_REASON)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("open('a', 'w')", "open"),
        ("open('a', mode='ab')", "open"),
        ("open('a', mode)", "open"),
        ("open('a')", None),
        ("open('a', 'rb')", None),
        ("path.open('wb')", "open"),
        ("path.open()", None),
        ("path.open('rb')", None),
        ("path.write_text('')", "write_text"),
        ("os.replace(a, b)", "os.replace"),
        ("shutil.copyfile(a, b)", "shutil.copyfile"),
        ("zipfile.ZipFile(path, 'w')", "ZipFile"),
        ("zipfile.ZipFile(path)", None),
        ("os.open(path, os.O_RDWR)", "os.open"),
        ("os.open(os.devnull, os.O_RDWR)", None),
        ("text.replace('a', 'b')", None),
        ("Image.open(path)", None),
    ],
)
def test_the_rule_below_knows_writing_when_it_sees_it(line: str, name: str | None) -> None:
    call = ast.parse(line).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert writing(call.value) == name


def test_only_the_known_writers_write_files() -> None:
    found: dict[str, set[str]] = {}
    for path in MODULES:
        names = {name for call in calls(path) if (name := writing(call))}
        if names and not relative(path).startswith(tuple(WRITERS)):
            found[relative(path)] = names
    assert found == {}


def test_every_known_writer_still_writes() -> None:
    for room in WRITERS:
        modules = [path for path in MODULES if relative(path).startswith(room)]
        assert any(writing(call) for path in modules for call in calls(path)), room


def test_the_window_never_pumps_events_by_hand() -> None:
    pumping = [relative(path) for path in MODULES if "processEvents" in path.read_text(encoding="utf-8")]
    assert pumping == []


def test_sentences_are_asked_for_when_they_are_shown() -> None:
    # At import time the language is not chosen yet, so such a sentence would stay in the wrong one.
    early = []
    for path in MODULES:
        inside = {id(n) for f in ast.walk(tree(path)) if isinstance(f, FUNCTIONS) for n in ast.walk(f) if n is not f}
        outside = [call for call in calls(path) if id(call) not in inside and isinstance(call.func, ast.Name)]
        early += [f"{relative(path)}:{call.lineno}" for call in outside if ast.unparse(call.func) in SENTENCES]
    assert early == []


def test_nothing_that_is_tracked_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        if path.suffix in TEXT_SUFFIXES and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(REPOSITORY)}: {match[0]}" for match in FOREIGN.finditer(text)]
    assert found == []


def test_the_lock_names_versions_and_hashes_and_no_place() -> None:
    text = (REPOSITORY / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(requirements) > 20
    assert [line for line in requirements if not re.match(r"[a-z0-9][a-z0-9-]*==[^ ]+ ", line)] == []
    assert text.count("--hash=sha256:") >= len(requirements)
    assert "://" not in text
    assert "index" not in text


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for group in project["optional-dependencies"].values() for line in group),
    ]
    text = (REPOSITORY / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    names = {re.sub(r"[-_.]+", "-", re.split(r"[<>=~!;\[ ]", line)[0]).lower() for line in wanted}
    assert names <= locked


def test_an_old_python_reads_the_bootstrap_far_enough_to_be_told_so() -> None:
    text = (REPOSITORY / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    assert ast.parse(text, feature_version=(3, 8))


def test_the_makefile_explains_all_its_commands() -> None:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"^([a-z]+):", text, re.MULTILINE)) - {"help", "ready"}
    assert commands == set(re.findall(r'^\t@echo "make ([a-z]+)', text, re.MULTILINE))
    assert {"run", "test", "check", "bench", "translations", "lock"} <= commands


def test_the_changelog_tells_of_this_version() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert {"Unreleased", __version__} & set(headings[:2])


def test_the_readme_has_both_commands() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text


@pytest.mark.parametrize("path", sorted((REPOSITORY / "resources" / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_icons_are_of_one_family(path: Path) -> None:
    drawing = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    attributes = dict(drawing.attrib)
    if path.stem == "kpss-desktop":
        assert attributes["viewBox"] == "0 0 64 64"
        return
    assert attributes["stroke"] == "currentColor"
    assert attributes["fill"] == "none"
    assert attributes["stroke-linecap"] == attributes["stroke-linejoin"] == "round"
    size, width = ("64", "2") if path.stem == "drop" else ("20", "1.5")
    assert (attributes["viewBox"], attributes["stroke-width"]) == (f"0 0 {size} {size}", width)
    for shape in drawing.iter():
        assert {shape.get("fill", "none"), shape.get("stroke", "none")} <= {"none", "currentColor"}
