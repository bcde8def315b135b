"""Plans with the texts read: what the text adds, repeats, contradicts; letters, passwords, encodings."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import looking
from kpss_desktop.archive.intake.differences import text_diff
from kpss_desktop.archive.intake.doubts import Doubt, doubts
from kpss_desktop.archive.intake.filing import Filed, file_intake
from kpss_desktop.archive.intake.planning import FileAs, IntakeItem, IntakePlan, ItemState, plan_intake
from kpss_desktop.archive.intake.zips import Refusal
from kpss_desktop.archive.reading.indexer import index_pending, read_again
from kpss_desktop.archive.undo import redo, undo
from kpss_desktop.catalogue import texts
from kpss_desktop.czech.names import kind_of_word
from kpss_desktop.model import Certainty, Kind, Source
from kpss_desktop.progress import Cancelled, silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

BODY = "\n".join(
    f"{number}. bod: pečovatelská služba, odlehčení a doprava klientů číslo {number}" for number in range(60)
)


def plan(
    desk: Desk, *paths: Path, passwords: Sequence[str] = (), encodings: dict[str, str] | None = None
) -> IntakePlan:
    return plan_intake(desk.archive, paths, silent, passwords=passwords, encodings=encodings)


def row(made: IntakePlan, name: str) -> IntakeItem:
    return next(item for item in made.items if item.name == name)


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


# --- texts ---


def test_whoever_stops_a_plan_waits_for_no_file_that_takes_long(desk: Desk, inbox: Path) -> None:
    (inbox / "pomalý.rtf").write_bytes(rb"{\rtf1\ansi " + rb"\par a" * 12_000_000 + b"}")
    looks: list[str] = []

    def stopping(done: int, total: int | None, label: str = "") -> None:
        if (done, total) == (0, 1):
            looks.append(label)
        # One look when the file is asked for, the others while it is being read, which two processes try in turn.
        if len(looks) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        plan_intake(desk.archive, [inbox], stopping)
    assert looks == ["pomalý.rtf"] * 3


def test_the_drive_is_right_with_its_texts_and_nothing_is_left_unread(desk: Desk, shared: Path) -> None:
    told = [json.loads(line) for line in (shared / "minutes" / "drive.jsonl").read_text(encoding="utf-8").splitlines()]
    made = plan(desk, shared / "minutes" / "drive")
    groups = {group.id: group.name for group in looking.groups(desk.archive)}
    by_source = {item.source: item for item in made.items}
    wrong = []
    for line in told:
        item = by_source[f"drive/{line['file']}"]
        date = str(item.dated.date) if item.dated else None
        read = (item.kind, [groups[one] for one in item.groups], date)
        if read != (kind_of_word(line["kind"]), line["groups"], line["date"]):
            wrong.append((line["file"], read))
    assert wrong == []
    # Nothing of the samples contradicts itself, so nothing may be called a contradiction.
    readings = [
        reading for item in made.items for reading in (item.recognition.kind, item.recognition.groups) if reading
    ]
    assert [one.evidence for one in readings if one.certainty is Certainty.UNCERTAIN] == []
    file_intake(desk.archive, made, silent)
    assert texts.unread_count(desk.archive.catalogue.db) == len(
        {item.sha256 for item in made.items} - set(made.extracts)
    )


def test_what_the_name_leaves_out_comes_from_the_text(desk: Desk, inbox: Path) -> None:
    write(inbox, "dokument 1.txt", f"ZÁPIS\nz jednání pracovní skupiny Péče konaného dne 12. 3. 2018\n{BODY}")
    item = row(plan(desk, inbox), "dokument 1.txt")
    assert (item.kind, item.groups, str(item.dated.date if item.dated else "")) == (
        Kind.MINUTES,
        ("pece",),
        "2018-03-12",
    )
    read = item.recognition
    assert {one.source for one in (read.kind, read.groups, read.date) if one} == {Source.TEXT}


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("ZÁPIS\nz jednání pracovní skupiny Péče konaného dne 13. 3. 2018", Doubt.UNCERTAIN_DATE),
        ("ZÁPIS\nz jednání pracovní skupiny Prevence konaného dne 12. 3. 2018", Doubt.UNCERTAIN_GROUP),
        ("POZVÁNKA\nna jednání pracovní skupiny Péče konané dne 12. 3. 2018", Doubt.UNCERTAIN_KIND),
    ],
)
def test_name_against_text_is_shown_with_both(desk: Desk, inbox: Path, text: str, doubt: Doubt) -> None:
    write(inbox, "Zápis PS Péče 12. 3. 2018.txt", f"{text}\n{BODY}")
    item = plan(desk, inbox).items[0]
    assert doubts(item) == (doubt,)
    # The value of the name stands until the clerk has looked.
    assert (item.kind, item.groups, str(item.dated.date if item.dated else "")) == (
        Kind.MINUTES,
        ("pece",),
        "2018-03-12",
    )
    evidence = [one.evidence for one in (item.recognition.kind, item.recognition.groups, item.recognition.date) if one]
    assert sum(" ≠ " in one for one in evidence) == 1


def test_rows_are_told_as_they_come_and_again_when_clearer(desk: Desk, shared: Path) -> None:
    seen: dict[int, list[IntakeItem]] = {}

    def hear(batch: Sequence[tuple[int, IntakeItem]]) -> None:
        for place, item in batch:
            assert place <= len(seen)
            seen.setdefault(place, []).append(item)

    made = plan_intake(desk.archive, [shared / "minutes" / "drive" / "disk"], silent, on_items=hear)
    assert [versions[-1] for _place, versions in sorted(seen.items())] == list(made.items)
    assert all(not versions[0].sha256 for versions in seen.values())


def test_a_plan_can_be_stopped_while_it_reads(desk: Desk, shared: Path) -> None:
    def stop(done: int, total: int | None, label: str = "") -> None:  # noqa: ARG001  # a Progress
        if total is not None and done > 5:
            raise Cancelled

    before = desk.state()
    with pytest.raises(Cancelled):
        plan_intake(desk.archive, [shared / "minutes" / "drive"], stop)
    assert desk.state() == before


# --- the same text, nearly the same text ---


def test_the_same_text_in_another_format_is_a_further_file(desk: Desk, inbox: Path) -> None:
    write(inbox, "Zápis PS Péče 12. 3. 2018.txt", BODY)
    write(inbox, "Zápis PS Péče 12. 3. 2018.html", f"<html><body><pre>{BODY}</pre></body></html>")
    made = plan(desk, inbox)
    states = {Path(item.name).suffix: (item.state, item.rendition_of, item.files_as) for item in made.items}
    assert states == {
        ".html": (ItemState.NEW, None, FileAs.OWN),
        ".txt": (ItemState.RENDITION, 0, FileAs.RENDITION),
    }
    report = file_intake(desk.archive, made, silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.FILED, Filed.ADDED]
    (document,) = desk.documents()
    assert [Path(file.path).suffix for file in document.files] == [".html", ".txt"]
    assert len(desk.tree()) == 2
    before = desk.state()
    undo(desk.archive)
    assert desk.tree() == {}
    redo(desk.archive)
    assert desk.state() == before
    assert desk.problems() == []
    desk.forget()
    assert desk.state() == before


def test_a_rendition_finds_its_document_in_the_archive(desk: Desk, inbox: Path) -> None:
    first = write(inbox, "Zápis PS Péče 12. 3. 2018.txt", BODY)
    file_intake(desk.archive, plan(desk, first), silent)
    page = write(inbox, "Zápis PS Péče 12. 3. 2018.html", f"<pre>{BODY}</pre>")
    made = plan(desk, page)
    assert made.items[0].rendition_of == desk.documents()[0].id
    file_intake(desk.archive, made, silent)
    assert len(desk.documents()[0].files) == 2
    undo(desk.archive)
    assert len(desk.documents()[0].files) == 1
    assert desk.problems() == []


def test_a_rendition_whose_document_is_left_out_is_filed_by_itself(desk: Desk, inbox: Path) -> None:
    write(inbox, "Zápis PS Péče 12. 3. 2018.html", f"<pre>{BODY}</pre>")
    write(inbox, "Zápis PS Péče 12. 3. 2018.txt", BODY)
    made = plan(desk, inbox)
    left = replace(made, items=(replace(made.items[0], take=False), made.items[1]))
    report = file_intake(desk.archive, left, silent)
    assert [outcome.state for outcome in report.outcomes] == [Filed.SKIPPED, Filed.FILED]
    assert [document.title for document in desk.documents()] == ["Zápis PS Péče 12. 3. 2018"]


@pytest.mark.parametrize(("choice", "documents", "first"), [(FileAs.OWN, 2, "txt"), (FileAs.VERSION, 1, "opravený")])
def test_nearly_the_same_text_is_asked_about(
    desk: Desk, inbox: Path, choice: FileAs, documents: int, first: str
) -> None:
    write(inbox, "a/Zápis PS Péče 12. 3. 2018.txt", BODY)
    write(inbox, "b/Zápis PS Péče 12. 3. 2018 opravený.txt", BODY.replace("číslo 7", "číslo sedm"))
    made = plan(desk, inbox)
    item = made.items[1]
    assert (item.state, item.similar_to, item.files_as, item.take) == (ItemState.SIMILAR, 0, FileAs.OWN, True)
    assert item.resembles == "Zápis PS Péče 12. 3. 2018.txt"
    report = file_intake(desk.archive, replace(made, items=(made.items[0], replace(item, files_as=choice))), silent)
    assert report.failed == 0
    assert len(desk.documents()) == documents
    assert first in desk.documents()[0].file.path
    assert desk.problems() == []


@pytest.mark.parametrize("read_by", ["the intake", "the indexer"])
def test_the_same_text_in_the_archive_is_found_under_another_day_and_name(
    desk: Desk, inbox: Path, read_by: str
) -> None:
    first = write(inbox, "Zápis PS Péče 12. 3. 2018.txt", BODY)
    file_intake(desk.archive, plan(desk, first), silent)
    if read_by == "the indexer":
        read_again(desk.archive, [desk.documents()[0].id])
    index_pending(desk.archive)
    for name, state in (("PS Péče zápis z 13. 4. 2019.txt", ItemState.SIMILAR), ("sken.html", ItemState.RENDITION)):
        item = plan(desk, write(inbox, f"jiné/{name}", BODY.replace(" ", "  "))).items[0]
        assert item.state is state, name
        assert desk.documents()[0].id in (item.similar_to, item.rendition_of)
        assert item.resembles == "Zápis PS Péče 12. 3. 2018.txt"


def test_invitations_to_two_meetings_are_two_documents(desk: Desk, inbox: Path) -> None:
    for day in (13, 17):
        write(inbox, f"Pozvánka PS Péče {day}. 9. 2018.txt", f"POZVÁNKA\nna jednání dne {day}. 9. 2018\n{BODY}")
    assert [item.state for item in plan(desk, inbox).items] == [ItemState.NEW, ItemState.NEW]


def test_a_difference_shows_what_went_and_what_came() -> None:
    old, new = BODY, BODY.replace("číslo 7\n", "číslo sedm\n")
    lines = text_diff(old, new)
    assert [line.text[-4:] for line in lines if line.mark == "-"] == ["lo 7"]
    assert [line.text[-4:] for line in lines if line.mark == "+"] == ["sedm"]
    assert lines[0].mark == lines[-1].mark == "…"
    assert text_diff(BODY, BODY) == ()


def test_lines_that_stand_for_each_other_say_which_words_differ() -> None:
    old = "Příští jednání proběhne dne 3. března v 9 hodin.\nKonec"
    new = "Příští jednání proběhne dne 13. března v 9 hodin ráno.\nPříloha: leták\nKonec"
    gone, come, whole, same = text_diff(old, new)
    assert [gone.text[first:last] for first, last in gone.changed] == ["3.", "hodin."]
    assert [come.text[first:last] for first, last in come.changed] == ["13.", "hodin ráno."]
    assert (whole.mark, whole.text, whole.changed) == ("+", "Příloha: leták", ())
    assert (same.mark, same.text) == (" ", "Konec")


# --- ZIPs ---


def test_papers_in_the_zip_of_one_meeting_share_its_day_and_group(
    desk: Desk, inbox: Path, make_zip: Callable[..., bytes]
) -> None:
    members = [("rozpočet.txt", b"Rozpocet ze dne 3. 3. 2011"), ("Zápis.txt", b"x"), ("prezenční listina.txt", b"y")]
    (inbox / "Zapis_07_PS_Péče_25.09.2019.zip").write_bytes(make_zip(members))
    made = plan(desk, inbox / "Zapis_07_PS_Péče_25.09.2019.zip")
    assert len(made.items) == 3  # a meeting's ZIP is not kept besides what it holds
    for item in made.items:
        assert (str(item.dated.date if item.dated else ""), item.groups) == ("2019-09-25", ("pece",)), item.name
        assert item.dated
        assert (item.dated.source, item.dated.certainty) == (Source.ZIP, Certainty.INFERRED)


def test_the_clerks_word_on_the_names_in_a_zip_goes_first(
    desk: Desk, inbox: Path, make_zip: Callable[..., bytes]
) -> None:
    (inbox / "a.zip").write_bytes(make_zip([("Zápis Péče.txt".encode("cp852"), b"x")]))
    assert plan(desk, inbox / "a.zip").items[0].name == "Zápis Péče.txt"
    other = plan(desk, inbox / "a.zip", encodings={"a.zip": "cp437"}).items[0].name
    assert other == "Zápis Péče.txt".encode("cp852").decode("cp437")


def encrypted(name: str, data: bytes, password: bytes) -> bytes:
    """A ZIP of one stored member with the classic encryption (APPNOTE.TXT 6.1)."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = zlib.crc32(bytes([byte]), keys[0] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = zlib.crc32(bytes([keys[1] >> 24]), keys[2] ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def encrypt(byte: int) -> int:
        mask = keys[2] | 2
        made = byte ^ (((mask * (mask ^ 1)) >> 8) & 0xFF)
        update(byte)
        return made

    for byte in password:
        update(byte)
    checksum, raw = zlib.crc32(data), name.encode()
    body = bytes(encrypt(byte) for byte in bytes(11) + bytes([checksum >> 24]) + data)
    common = struct.pack("<HHHHHIIIHH", 20, 0x801, 0, 0, 0x21, checksum, len(body), len(data), len(raw), 0)
    local = b"PK\3\4" + common + raw + body
    central = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + raw
    return local + central + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def test_an_encrypted_zip_opens_by_its_password(desk: Desk, inbox: Path) -> None:
    (inbox / "tajné.zip").write_bytes(encrypted("Zápis PS Péče 12. 3. 2018.txt", BODY.encode(), b"heslo"))
    with zipfile.ZipFile(inbox / "tajné.zip") as packed:
        assert packed.read(packed.infolist()[0], pwd=b"heslo") == BODY.encode()
    for passwords in ((), ("jiné",)):
        locked = row(plan(desk, inbox, passwords=passwords), "Zápis PS Péče 12. 3. 2018.txt")
        assert (locked.state, locked.refusal) == (ItemState.REFUSED, Refusal.PASSWORD)
    made = plan(desk, inbox, passwords=("jiné", "heslo"))
    assert [(item.name, item.state) for item in made.items] == [("Zápis PS Péče 12. 3. 2018.txt", ItemState.NEW)]
    assert "heslo" not in repr(made)
    file_intake(desk.archive, made, silent)
    assert list(desk.tree()) == ["Péče/2018/Zápis PS Péče 12. 3. 2018.txt"]
    assert desk.archive.store.inside(next(iter(desk.tree()))).read_bytes() == BODY.encode()


@pytest.mark.parametrize("page", ["cp1250", "utf-8", "cp852"])
def test_a_password_with_accents_opens_whatever_program_locked_the_zip(desk: Desk, inbox: Path, page: str) -> None:
    locked = encrypted("Zápis PS Péče 12. 3. 2018.txt", BODY.encode(), "žluťoučký Ďas".encode(page))
    (inbox / "tajné.zip").write_bytes(locked)
    made = plan(desk, inbox, passwords=("žluťoučký ďas", "žluťoučký Ďas"))
    assert [item.state for item in made.items] == [ItemState.NEW]
    file_intake(desk.archive, made, silent)
    assert desk.archive.store.inside(next(iter(desk.tree()))).read_bytes() == BODY.encode()


# --- letters ---


def test_a_letter_and_its_attachments_are_rows(desk: Desk, inbox: Path) -> None:
    letter = EmailMessage()
    letter["Subject"] = "Zápis z PS Péče 6. 3. 2020"
    letter["From"] = "novakova@example.cz"
    letter["Date"] = "Mon, 09 Mar 2020 10:00:00 +0100"
    letter.set_content("Dobrý den, v příloze posílám zápis.")
    letter.add_attachment(b"text", maintype="application", subtype="octet-stream", filename="sken.txt")
    letter.add_attachment(b"png", maintype="image", subtype="png", filename="image001.png")
    (inbox / "posta.eml").write_bytes(letter.as_bytes())
    made = plan(desk, inbox)
    assert [item.source for item in made.items] == ["inbox/posta.eml", "inbox/posta.eml!sken.txt"]
    mail, attachment = made.items
    assert mail.kind is Kind.OTHER
    assert attachment.groups == ("pece",)
    assert attachment.recognition.groups
    assert attachment.recognition.groups.source is Source.MAIL
    assert attachment.dated
    assert (str(attachment.dated.date), attachment.dated.source) == ("2020-03-06", Source.MAIL)
    file_intake(desk.archive, made, silent)
    assert sorted(Path(path).name for path in desk.tree()) == ["posta.eml", "sken.txt"]
    assert desk.archive.store.inside(desk.one("sken.txt").file.path).read_bytes() == b"text"
