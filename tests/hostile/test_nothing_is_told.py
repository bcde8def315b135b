"""What a document says stays in the archive and in the data of it here: not in logs, settings or temporary files."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.hostile import previews
from tests.hostile.traps import package
from tests.hostile.watching import KPSS, Room

WORD = "Xaverzvoněk"
MARKS = (WORD.encode(), WORD.encode("utf-16-le"), WORD.encode("ascii", "backslashreplace"), WORD.encode("cp1250"))


def holders(folder: Path) -> set[str]:
    """The files below a folder that hold the word, in any encoding."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(mark in path.read_bytes() for mark in MARKS)
    }


def test_the_words_of_documents_stay_where_they_belong(room: Room) -> None:
    text = f"Zápis z jednání. Přítomna byla {WORD} Čápová. " * 50
    (room.inbox / "zapis.txt").write_text(text, encoding="utf-8")
    (room.inbox / "posta.zip").write_bytes(package({"v zipu.txt": text + "2"}))
    (room.inbox / "dopis.eml").write_text(f"From: a@b.cz\nSubject: dopis\n\n{text}3", encoding="utf-8")
    (room.inbox / "smrt.rtf").write_bytes(b"{\\rtf1 " + WORD.encode("cp1250") + b"x" * 200_000_000)
    for arguments in (
        ("import", room.inbox),
        ("search", WORD.lower()),
        ("export", "bundle", "dopis", "--output", "b.zip"),
    ):
        ran = room.kpss(*arguments)
        assert ran.code == 0, ran.err
    seen = room.run(sys.executable, "-m", previews.__name__, room.archive)
    assert seen.code == 0
    assert "failed memory" in seen.out  # one reader died with the word in its hands
    (room.root / "data" / "out").unlink()
    data = holders(room.root / "data")
    assert {path.split("/")[3] for path in data} <= {"catalogue.db", "backups", "cache"}
    assert all(path.startswith("archives/") for path in data)
    assert holders(room.temporary) == set()
    assert not list((room.root / "data" / "tmp").iterdir())


def test_a_program_that_is_killed_in_the_midst_leaves_its_copies_only_until_the_next_start(room: Room) -> None:
    script = (
        "import os, signal, tempfile\nfrom pathlib import Path\n"
        "from kpss_desktop.archive.temporary import private_folder\nfrom kpss_desktop.archive.intake import members\n"
        "from kpss_desktop.archive.intake.plan import Origin\n"
        "with private_folder(), members.opened(Origin(Path('inbox/dopis.eml'), (0,))):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    attached = f"Content-Disposition: attachment; filename=a.txt\n\n{WORD}\n--x--\n"
    head = "From: a@b.cz\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    (room.inbox / "dopis.eml").write_text(head + attached, encoding="utf-8")
    assert room.run(*KPSS[:2], script).code == -9
    assert holders(room.root / "data" / "tmp") != set()
    assert room.kpss("list").code == 0
    assert holders(room.root / "data") == set()
