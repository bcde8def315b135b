"""ZIPs of strangers: right names, one outcome for each member, nothing outside the archive, nothing lost."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive.intake import zips
from kpss_desktop.archive.intake.filing import Filed, IntakeReport
from kpss_desktop.archive.intake.zip_listing import zip_contents
from kpss_desktop.archive.intake.zips import BadZip, Refusal
from kpss_desktop.messages import describe, refusal_sentence

if TYPE_CHECKING:
    from tests.archive.conftest import Desk

Drop = Callable[..., IntakeReport]
MakeZip = Callable[..., bytes]
YEAR = "Pracovní skupina Péče - 2019.zip"
CZECH = ["Zápis PS Péče 16 1 2019.doc", "Příloha – žádost o příspěvek.doc", "Prezenční listina ŘS Čáp & Ďas.doc"]


@pytest.fixture
def drop(desk: Desk, inbox: Path, tmp_path: Path) -> Drop:
    """Take in a ZIP of these bytes and look that nothing else has changed anywhere."""

    def dropped(data: bytes, name: str = YEAR) -> IntakeReport:
        (inbox / name).write_bytes(data)
        report = desk.take(inbox / name)
        assert [path.name for path in inbox.iterdir()] == [name]
        assert (inbox / name).read_bytes() == data
        assert {path.name for path in tmp_path.iterdir()} == {"inbox", desk.folder.name}
        assert {path.name for path in desk.folder.iterdir()} <= {
            ".kpss",
            "Péče",
            "Prevence",
            "Společné",
            "Řídící skupina",
        }
        assert desk.problems() == []
        assert desk.staged() == []
        return report

    return dropped


def outcomes(report: IntakeReport) -> dict[str, tuple[Filed, Refusal | None]]:
    return {outcome.item.source.partition("!")[2]: (outcome.state, outcome.item.refusal) for outcome in report.outcomes}


def bytes_of(desk: Desk) -> list[bytes]:
    return sorted(desk.archive.store.inside(document.file.path).read_bytes() for document in desk.documents())


# --- names ---


@pytest.mark.parametrize(("encoding", "utf8"), [("cp852", False), ("cp1250", False), ("utf-8", False), ("utf-8", True)])
def test_czech_names_come_out_right(desk: Desk, drop: Drop, make_zip: MakeZip, encoding: str, utf8: bool) -> None:
    members = [(name.replace("–", "-").encode(encoding), name.encode()) for name in CZECH]
    drop(make_zip(members, utf8=utf8))
    found = {document.file.original_name for document in desk.documents()} - {YEAR}
    assert found == {name.replace("–", "-") for name in CZECH}
    raws = {document.file.original_raw for document in desk.documents()}
    assert (raws == {None}) is utf8


@pytest.mark.parametrize("encoding", ["cp852", "cp1250"])
@pytest.mark.parametrize("name", CZECH)
def test_one_name_is_enough_to_tell_the_page(make_zip: MakeZip, encoding: str, name: str) -> None:
    plain = name.replace("–", "-")
    with zips.opened(io.BytesIO(make_zip([(plain.encode(encoding), b"")]))) as packed:
        assert [entry.name for entry in zips.entries(packed)] == [plain]


def test_the_unicode_path_field_goes_before_the_bytes(make_zip: MakeZip) -> None:
    raw = b"Z?pis.doc"
    body = struct.pack("<BI", 1, zlib.crc32(raw)) + "Zápis.doc".encode()
    extra = struct.pack("<HH", 0x7075, len(body)) + body
    with zips.opened(io.BytesIO(make_zip([(raw, b"")], extra=extra))) as packed:
        assert [entry.name for entry in zips.entries(packed)] == ["Zápis.doc"]
    with zips.opened(io.BytesIO(make_zip([(b"other.doc", b"")], extra=extra))) as packed:
        assert [entry.name for entry in zips.entries(packed)] == ["other.doc"]


@pytest.mark.parametrize(
    "extra", [b"\x75\x70\xff\xff", b"\x75\x70\x01\x00\x01", struct.pack("<HH", 0x7075, 6) + b"\x01abcd\xff"]
)
def test_a_broken_extra_field_is_no_reason_to_refuse_a_member(
    desk: Desk, drop: Drop, make_zip: MakeZip, extra: bytes
) -> None:
    drop(make_zip([(b"a.doc", b"1")], extra=extra))
    assert len(desk.documents()) >= 1


def test_folders_of_windows_are_folders_and_no_files(desk: Desk, drop: Drop, make_zip: MakeZip) -> None:
    report = drop(
        make_zip([(b"Pece\\", b""), (b"Pece\\2019\\", b""), (b"Pece\\2019\\a.doc", b"1"), ("b/", b"")]), "x.zip"
    )
    assert list(outcomes(report)) == ["Pece/2019/a.doc"]
    assert [document.file.original_name for document in desk.documents()] == ["a.doc"]


def test_the_same_name_twice_is_two_files(desk: Desk, drop: Drop, make_zip: MakeZip) -> None:
    drop(make_zip([("a.doc", b"1"), ("a.doc", b"2"), ("A.DOC", b"3"), ("b/a.doc", b"4")]), "x.zip")
    assert bytes_of(desk) == [b"1", b"2", b"3", b"4"]
    assert len({path.casefold() for path in desk.tree()}) == 4


def test_a_colon_in_a_name_is_no_drive(desk: Desk, drop: Drop, make_zip: MakeZip) -> None:
    drop(make_zip([("Zápis 10:30.doc", b"1")]), "x.zip")
    assert [document.file.original_name for document in desk.documents()] == ["Zápis 10:30.doc"]


# --- ZIPs in ZIPs ---


def test_zips_in_zips_are_looked_into(desk: Desk, drop: Drop, make_zip: MakeZip) -> None:
    inner = make_zip([("Zápis PS Péče 6 3.doc".encode("cp1250"), b"1")])
    middle = make_zip([("Pracovní skupina Péče - 2018.zip", inner), ("Zápis PS Prevence 7 4 2018.doc", b"2")])
    report = drop(make_zip([("vše/nové.zip", middle), ("Zápis PS Péče 1 1 2019.doc", b"3")]), "pošta.zip")
    found = {document.file.source: document.file.path for document in desk.documents()}
    assert found["pošta.zip!vše/nové.zip!Pracovní skupina Péče - 2018.zip!Zápis PS Péče 6 3.doc"] == (
        "Péče/2018/Zápis PS Péče 6 3.doc"
    )
    # The ZIP of a year is kept as the document it is; the others were only wrapping.
    assert (
        found["pošta.zip!vše/nové.zip!Pracovní skupina Péče - 2018.zip"] == "Péče/2018/Pracovní skupina Péče - 2018.zip"
    )
    assert report.failed == 0
    assert len(found) == 4


def test_a_doll_of_dolls_is_opened_so_far_and_then_kept(desk: Desk, drop: Drop, make_zip: MakeZip) -> None:
    data = make_zip([("a.doc", b"1")])
    for _ in range(30):
        data = make_zip([("inner.zip", data)])
    report = drop(data, "x.zip")
    assert report.failed == 0
    assert [document.file.original_name for document in desk.documents()] == ["inner.zip"]


def test_office_documents_are_no_wrapping(desk: Desk, drop: Drop, make_zip: MakeZip) -> None:
    document = make_zip([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")])
    drop(make_zip([("Zápis.docx", document)]), "x.zip")
    assert bytes_of(desk) == [document]


# --- hostile ones ---


@pytest.mark.parametrize(
    "name",
    [
        "../venku.doc", "../../../../tmp/venku.doc", "a/../../venku.doc", "..\\venku.doc", "/tmp/venku.doc",
        "\\venku.doc",
        "C:\\venku.doc", "C:venku.doc", "c:/venku.doc", "\\\\server\\share\\venku.doc", "//server/venku.doc", "..",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_is_refused_and_kept_packed(desk: Desk, drop: Drop, make_zip: MakeZip, name: str) -> None:
    data = make_zip([("dobrý.doc", b"good"), (name, b"evil")])
    report = drop(data)
    states = [(outcome.state, outcome.item.refusal) for outcome in report.outcomes]
    assert states == [(Filed.FILED, None), (Filed.FAILED, Refusal.UNSAFE_NAME), (Filed.FILED, None)]
    assert sorted(bytes_of(desk)) == sorted([b"good", data])
    assert sentence(report, 1)


def test_a_link_is_refused_and_kept_packed(desk: Desk, drop: Drop) -> None:
    data = packed([entry("odkaz.doc", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), entry("dobrý.doc", b"good")])
    report = drop(data)
    assert outcomes(report)["odkaz.doc"] == (Filed.FAILED, Refusal.LINK)
    assert sorted(bytes_of(desk)) == sorted([b"good", data])
    assert sentence(report, 0)


def test_an_encrypted_member_is_told_and_kept_packed(desk: Desk, drop: Drop) -> None:
    data = bytearray(packed([entry("dobrý.doc", b"good"), entry("tajný.doc", b"secret")]))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.rindex(mark) + place] |= 1
    report = drop(bytes(data))
    assert outcomes(report)["tajný.doc"] == (Filed.FAILED, Refusal.PASSWORD)
    assert outcomes(report)["dobrý.doc"] == (Filed.FILED, None)
    assert bytes(data) in bytes_of(desk)
    assert sentence(report, 1)


def test_a_member_that_unpacks_absurdly_is_left_packed(desk: Desk, drop: Drop) -> None:
    data = packed([entry("bomba.txt", bytes(60 << 20)), entry("dobrý.doc", b"good")])
    report = drop(data)
    assert outcomes(report)["bomba.txt"] == (Filed.FAILED, Refusal.BOMB)
    assert sorted(bytes_of(desk)) == sorted([b"good", data])
    assert sum(document.size for document in desk.documents()) < 1 << 20


def test_a_locked_member_that_unpacks_absurdly_is_not_unpacked_to_try_a_password() -> None:
    data = bytearray(packed([entry("bomba.txt", bytes(60 << 20))]))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + place] |= 1  # says that it is encrypted
    with zips.opened(io.BytesIO(bytes(data))) as bomb:
        password = zips.password_of(bomb, ["heslo"])
        assert password == ""  # none was tried
        assert [one.refusal for one in zips.entries(bomb, unlocked=password is not None)] == [Refusal.BOMB]


def test_a_member_that_lies_about_its_size_is_left_packed(desk: Desk, drop: Drop) -> None:
    data = bytearray(packed([entry("bomba.txt", bytes(60 << 20)), entry("dobrý.doc", b"good")]))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<I", data, data.index(mark) + place, 1000)
    report = drop(bytes(data))
    state, refusal = outcomes(report)["bomba.txt"]
    assert state is Filed.FAILED
    assert refusal in (Refusal.BOMB, Refusal.DAMAGED_ZIP)
    assert sorted(bytes_of(desk)) == sorted([b"good", bytes(data)])


def test_members_that_share_their_bytes_are_left_packed(desk: Desk, drop: Drop) -> None:
    made = bytearray(packed([entry(f"{number}.txt", b"x" * 5000) for number in range(5)]))
    first, places = made.index(b"PK\3\4"), [i for i in range(len(made)) if made.startswith(b"PK\1\2", i)]
    for place in places[1:]:
        struct.pack_into("<I", made, place + 42, first)
    report = drop(bytes(made))
    assert [outcome.item.refusal for outcome in report.outcomes[:5]] == [Refusal.BOMB] * 5
    assert bytes_of(desk) == [bytes(made)]


def test_damaged_bytes_of_one_member_do_not_touch_the_others(desk: Desk, drop: Drop) -> None:
    data = bytearray(packed([entry("a.doc", b"first"), entry("b.doc", b"second" * 50), entry("c.doc", b"third")]))
    data[data.index(b"b.doc") + 10] ^= 0xFF
    report = drop(bytes(data))
    assert outcomes(report)["b.doc"] == (Filed.FAILED, Refusal.DAMAGED_ZIP)
    assert sorted(bytes_of(desk)) == sorted([b"first", b"third", bytes(data)])
    assert sentence(report, 1)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:-10],
        lambda _data: b"PK\3\4 no ZIP at all",
        lambda _data: b"",
        lambda _data: b"\0" * 5000,
        lambda data: data + b"PK\5\6" + bytes(18),  # an empty directory after the true one
        lambda data: b"MZ" + bytes(500) + data,
    ],
)
def test_a_damaged_zip_is_kept_as_it_is(desk: Desk, drop: Drop, damage: Callable[[bytes], bytes]) -> None:
    data = damage(packed([entry("a.doc", b"first"), entry("b.doc", b"second")]))
    report = drop(data)
    assert report.failed == 0
    assert data in bytes_of(desk)


def test_a_zip_of_no_year_is_kept_when_something_in_it_turns_out_to_be_damaged(
    desk: Desk, drop: Drop, make_zip: MakeZip
) -> None:
    inner = bytearray(packed([entry("a.doc", b"first"), entry("b.doc", b"second" * 50)]))
    inner[inner.index(b"b.doc") + 10] ^= 0xFF
    report = drop(make_zip([("vnitřní.zip", bytes(inner)), ("c.doc", b"third")]), "pošta.zip")
    assert outcomes(report)["vnitřní.zip!b.doc"] == (Filed.FAILED, Refusal.DAMAGED_ZIP)
    assert sorted(bytes_of(desk)) == sorted([b"first", b"third", bytes(inner)])
    assert report.outcomes[-1].item.source == "pošta.zip!vnitřní.zip"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_otherwise_are_unpacked_whole_and_never_beyond_what_they_promise(method: int) -> None:
    stream, content = io.BytesIO(), bytes(range(256)) * 20_000
    with zipfile.ZipFile(stream, "w", method) as made:
        made.writestr("a.txt", content)
    data = bytearray(stream.getvalue())
    with zips.opened(io.BytesIO(bytes(data))) as whole, zips.unpacked(whole, 0) as member:
        assert member.read() == content
    struct.pack_into("<I", data, data.rindex(b"PK\1\2") + 24, 100_000)
    with zips.opened(io.BytesIO(bytes(data))) as lying, pytest.raises(BadZip), zips.unpacked(lying, 0):
        pass


def test_the_zips_in_a_zip_share_what_they_may_unpack_to(drop: Drop, make_zip: MakeZip) -> None:
    data = make_zip([(f"{number}.txt", bytes(15 << 20)) for number in range(10)])
    for level in range(3):
        data = make_zip([(f"{level}-{number}.zip", data) for number in range(10)])
    report = drop(data, "x.zip")
    sizes = [one.item.size for one in report.outcomes if one.item.refusal is None]
    assert sum(sizes) <= 500_000_000
    assert {one.item.refusal for one in report.outcomes} == {None, Refusal.BOMB}
    assert len(report.outcomes) < 1000


def test_a_damaged_zip_says_so(desk: Desk, drop: Drop) -> None:
    report = drop(packed([entry("a.doc", b"first")])[:-10])
    assert [(outcome.state, outcome.item.refusal) for outcome in report.outcomes] == [
        (Filed.FILED, Refusal.DAMAGED_ZIP)
    ]
    assert len(desk.documents()) == 1


def test_a_name_flagged_as_utf8_that_is_none_does_not_lose_the_year(desk: Desk, drop: Drop, make_zip: MakeZip) -> None:
    data = make_zip([(b"Z\xe1pis.doc", b"1"), ("b.doc", b"2")], utf8=True)
    drop(data)
    assert data in bytes_of(desk)


def test_too_many_members_are_kept_packed(
    desk: Desk, drop: Drop, make_zip: MakeZip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "_MAX_ENTRIES", 10)
    data = make_zip([(f"{number}.doc", b"") for number in range(11)])
    report = drop(data)
    assert [outcome.item.refusal for outcome in report.outcomes] == [Refusal.TOO_MANY]
    assert bytes_of(desk) == [data]


def test_a_member_too_large_is_kept_packed(
    desk: Desk, drop: Drop, make_zip: MakeZip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "_MAX_MEMBER", 100)
    data = make_zip([("velký.doc", b"x" * 101), ("malý.doc", b"x")])
    report = drop(data)
    assert outcomes(report)["velký.doc"] == (Filed.FAILED, Refusal.TOO_BIG)
    assert sorted(bytes_of(desk)) == sorted([b"x", data])


def test_unknown_compression_is_told(desk: Desk, drop: Drop) -> None:
    data = bytearray(packed([entry("a.doc", b"first")]))
    for mark, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        struct.pack_into("<H", data, data.index(mark) + place, 97)
    report = drop(bytes(data))
    assert outcomes(report)["a.doc"] == (Filed.FAILED, Refusal.DAMAGED_ZIP)
    assert bytes_of(desk) == [bytes(data)]


def test_damage_to_a_member_packed_by_lzma_is_told() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a.txt", bytes(range(256)) * 40)
    data = bytearray(stream.getvalue())
    data[50:80] = b"\xff" * 30
    with zips.opened(io.BytesIO(bytes(data))) as opened, pytest.raises(BadZip), zips.unpacked(opened, 0):
        pass


def test_every_refusal_has_a_sentence() -> None:
    sentences = [refusal_sentence(refusal) for refusal in Refusal]
    assert len({*sentences}) == len(Refusal)
    assert all(sentences)


def test_the_contents_of_a_zip_are_listed_without_unpacking(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(packed([entry("Zápis.doc", b"first"), entry("../x", b"evil")]))
    first, second = zip_contents(target)
    assert (first.name, first.size, first.refusal) == ("Zápis.doc", 5, None)
    assert second.refusal is Refusal.UNSAFE_NAME
    target.write_bytes(b"PK")
    with pytest.raises(BadZip):
        zip_contents(target)


# --- making them ---


def sentence(report: IntakeReport, place: int) -> str:
    """The one sentence for a row that failed."""
    error = report.outcomes[place].error
    assert error is not None
    told = describe(error)
    assert "\n" not in told
    return told


def entry(name: str, data: bytes, mode: int = 0) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = mode << 16
    return info, data


def packed(entries: Iterable[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for info, data in entries:
            archive.writestr(info, data)
    return made.getvalue()
