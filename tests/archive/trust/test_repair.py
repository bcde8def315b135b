"""What was done to the files behind our back: recognised by digest, explained, and put right without a loss."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpss_desktop.archive import editing, looking, undo
from kpss_desktop.archive.reading.indexer import index_pending
from kpss_desktop.archive.trust import verify as verifying
from kpss_desktop.archive.trust.backup import backup
from kpss_desktop.archive.trust.digest import state_digest
from kpss_desktop.archive.trust.repair import Repaired, proposed, repair
from kpss_desktop.archive.trust.tracing import Finding, Repair, Trouble
from kpss_desktop.archive.trust.verify import verify
from kpss_desktop.lasting import digest_of
from kpss_desktop.progress import Cancelled, silent

if TYPE_CHECKING:
    from tests.archive.conftest import Desk


@pytest.fixture
def filled(desk: Desk, inbox: Path) -> Desk:
    """Sixty minutes of two groups."""
    for number in range(60):
        group = ("Péče", "Prevence")[number % 2]
        name = f"Zápis PS {group} {number % 28 + 1} {number % 12 + 1} {2018 + number % 3}.txt"
        (inbox / name).write_text(f"Text číslo {number}", encoding="utf-8")
    desk.take(inbox)
    return desk


def put_right(desk: Desk, backup_folder: Path | None = None) -> Repaired:
    """Verify, and carry out what is proposed."""
    findings = verify(desk.archive, silent)
    return repair(desk.archive, proposed(findings, backup_folder), silent, backup=backup_folder)


def contents(folder: Path) -> Counter[str]:
    """The digests of all files of a folder, those in .kpss too."""
    return Counter(digest_of(path) for path in folder.rglob("*") if path.is_file())


def test_fifty_files_renamed_moved_and_edited_are_explained_and_put_right_by_one_call(filled: Desk) -> None:
    documents = filled.documents()
    ids = {document.id for document in documents}
    texts = {document.file.sha256 for document in documents}
    elsewhere = filled.folder / "Péče" / "nová složka"
    elsewhere.mkdir()
    edited = set()
    for number, document in enumerate(documents[:50]):
        path = filled.folder / document.file.path
        match number % 3:
            case 0:
                path.rename(path.with_name(f"přejmenovaný {number}.txt"))
            case 1:
                path.rename(elsewhere / path.name)
            case _:
                edited.add(document.file.sha256)
                path.write_text(f"upraveno {number}", encoding="utf-8")
    before = contents(filled.folder)
    findings = verify(filled.archive, silent)
    assert Counter(finding.kind for finding in findings) == {Trouble.MOVED: 34, Trouble.CHANGED: 16}
    done = repair(filled.archive, proposed(findings), silent)
    assert (len(done.done), done.left, done.failed) == (50, (), ())
    assert filled.problems() == []
    after = filled.documents()
    assert {document.id for document in after} == ids
    assert texts - {document.file.sha256 for document in after} == edited
    assert all(any(old in document.file.source for document in after) for old in edited)
    assert before - contents(filled.folder) == Counter(
        {d: n for d, n in before.items() if d not in contents(filled.folder)}
    )
    assert {digest for digest in before if digest in {d.file.sha256 for d in after}} >= texts - edited
    filled.forget()
    assert filled.documents() == after
    assert filled.problems() == []


def test_files_that_changed_places_are_recognised(filled: Desk) -> None:
    one, two = (filled.folder / document.file.path for document in filled.documents()[:2])
    aside = one.with_name("aside")
    one.rename(aside)
    two.rename(one)
    aside.rename(two)
    assert [finding.kind for finding in verify(filled.archive, silent)] == [Trouble.MOVED] * 2
    put_right(filled)
    assert filled.problems() == []
    undo.undo(filled.archive)
    assert filled.problems() == []


def test_a_file_may_be_put_back_instead(filled: Desk) -> None:
    document = filled.documents()[0]
    (filled.folder / document.file.path).rename(filled.folder / "jinam.txt")
    before = state_digest(filled.archive)
    (finding,) = verify(filled.archive, silent)
    assert (finding.other, finding.repairs) == ("jinam.txt", (Repair.RELINK, Repair.PUT_BACK))
    repair(filled.archive, [(finding, Repair.PUT_BACK)], silent)
    assert filled.problems() == []
    assert state_digest(filled.archive) == before


def test_a_name_that_not_every_system_takes_is_not_taken_over(filled: Desk) -> None:
    document = filled.documents()[0]
    path = filled.folder / document.file.path
    path.rename(path.with_name("CON.txt"))
    (finding,) = verify(filled.archive, silent)
    assert finding.repairs == (Repair.PUT_BACK,)
    put_right(filled)
    assert path.is_file()
    assert filled.problems() == []


def test_an_edited_copy_beside_the_renamed_original_becomes_a_document(filled: Desk) -> None:
    document = filled.documents()[0]
    path = filled.folder / document.file.path
    path.rename(path.with_name("původní.txt"))
    path.write_text("nová verze", encoding="utf-8")
    put_right(filled)
    assert filled.problems() == []
    found = {d.file.path for d in filled.documents()}
    assert {document.file.path, str(Path(document.file.path).with_name("původní.txt"))} <= found
    assert looking.document(filled.archive, document.id).file.path.endswith("původní.txt")


def test_what_was_lost_goes_to_the_trash_with_all_that_is_known_of_it(filled: Desk) -> None:
    document = filled.documents()[0]
    editing.tag(filled.archive, [document.id], "důležité")
    (filled.folder / document.file.path).unlink()
    (finding,) = verify(filled.archive, silent)
    assert (finding.kind, finding.repairs[0]) == (Trouble.MISSING, Repair.TRASH_ROW)
    put_right(filled)
    assert filled.problems() == []
    kept = looking.document(filled.archive, document.id)
    assert (kept.trashed, kept.tags, kept.file.sha256) == (True, ("důležité",), document.file.sha256)
    filled.reopen()
    assert filled.problems() == []


def test_what_was_lost_comes_back_from_a_backup(filled: Desk, tmp_path: Path) -> None:
    before, tree = state_digest(filled.archive), filled.tree()
    backup(filled.archive, tmp_path / "Záloha", silent)
    lost, edited = (filled.folder / document.file.path for document in filled.documents()[:2])
    lost.unlink()
    edited.write_text("omylem přepsáno", encoding="utf-8")
    findings = {finding.kind: finding for finding in verify(filled.archive, silent)}
    choices = [(finding, Repair.RESTORE) for finding in findings.values()]
    done = repair(filled.archive, choices, silent, backup=tmp_path / "Záloha")
    assert (len(done.done), done.failed) == (2, ())
    assert filled.problems() == []
    assert (state_digest(filled.archive), filled.tree()) == (before, tree)
    kept = filled.folder / ".kpss" / "damaged" / edited.name
    assert kept.read_text(encoding="utf-8") == "omylem přepsáno"


def test_what_the_backup_has_not_got_is_said(filled: Desk, tmp_path: Path, inbox: Path) -> None:
    backup(filled.archive, tmp_path / "Záloha", silent)
    (inbox / "Zápis PS Péče 9 9 2022.txt").write_text("nový", encoding="utf-8")
    filled.take(inbox / "Zápis PS Péče 9 9 2022.txt")
    (filled.folder / filled.one("Zápis PS Péče 9 9 2022.txt").file.path).unlink()
    done = put_right(filled, tmp_path / "Záloha")
    assert [finding.kind for finding, _ in done.failed] == [Trouble.MISSING]


def test_strays_become_documents_and_copies_go_to_the_trash(filled: Desk) -> None:
    document = filled.documents()[0]
    path = filled.folder / document.file.path
    shutil.copyfile(path, path.with_name("Kopie.txt"))
    stray = filled.folder / "Prevence" / "2021" / "Pozvánka PS Prevence 3 5 2021.txt"
    stray.parent.mkdir()
    stray.write_text("pozvánka", encoding="utf-8")
    (filled.folder / "Péče" / "aux.txt").write_text("divné jméno", encoding="utf-8")
    twin = path.with_name(path.name.upper())
    twin.write_text("dvojče", encoding="utf-8")
    done = put_right(filled)
    assert Counter(chosen for _, chosen in done.done) == {Repair.TAKE_IN: 3, Repair.PUT_AWAY: 1}
    assert filled.problems() == []
    taken = filled.one(stray.name)
    assert (taken.kind, str(taken.dated and taken.dated.date), taken.groups) == (
        "invitation",
        "2021-05-03",
        ("prevence",),
    )
    assert filled.one("_aux.txt").file.original_name == "aux.txt"


def test_a_file_that_undo_took_back_is_found_in_the_trash(filled: Desk) -> None:
    document = filled.documents()[0]
    path = filled.folder / document.file.path
    kept = filled.folder / ".kpss" / "trash" / "neznámý"
    kept.mkdir(parents=True)
    path.rename(kept / path.name)
    (finding,) = verify(filled.archive, silent)
    assert (finding.kind, finding.repairs) == (Trouble.MOVED, (Repair.PUT_BACK,))
    put_right(filled)
    assert filled.problems() == []


def test_a_broken_record_and_a_broken_index_are_found_and_made_anew(filled: Desk) -> None:
    index_pending(filled.archive)
    assert filled.problems() == []
    db = filled.archive.catalogue.db
    db.execute("DELETE FROM record_files WHERE shelf LIKE 'Prevence/%'")
    db.execute("UPDATE record_files SET digest = 'x' WHERE shelf = 'Péče/2018'")
    db.execute("DELETE FROM indexed WHERE number = (SELECT min(number) FROM indexed)")
    kinds = {finding.kind for finding in verify(filled.archive, silent)}
    assert kinds == {Trouble.INDEX}
    put_right(filled)
    assert filled.problems() == []


def test_the_last_result_is_remembered_and_a_stopped_round_goes_on(filled: Desk) -> None:
    assert verifying.last(filled.archive) is None
    paths = [document.file.path for document in filled.documents()]
    first, late = filled.folder / paths[0], filled.folder / paths[-1]
    first.unlink()
    looked: list[str] = []

    def stopping(done: int, total: int | None, label: str = "") -> None:
        looked.append(f"{label} {total}")
        if done == 30:
            raise Cancelled

    verifying._REMEMBERED_EVERY = -1.0  # remember after every file, so that no time is measured
    with pytest.raises(Cancelled):
        verify(filled.archive, stopping)
    verifying._REMEMBERED_EVERY = 2.0
    assert verifying.last(filled.archive) is None
    filled.reopen()
    late.unlink()
    looked.clear()

    def looking_on(done: int, total: int | None, label: str = "") -> None:
        looked.append(f"{done} {total} {label}")

    found = verify(filled.archive, looking_on, resume=True)
    assert [finding.path for finding in found] == sorted([paths[0], paths[-1]])
    assert len([one for one in looked if one.split(" ", 2)[2]]) == len(paths) - 30
    result = verifying.last(filled.archive)
    assert result is not None
    assert (result.files, result.amount, result.troubles) == (60, 2, {"missing": 2})


def test_nothing_is_repaired_twice(filled: Desk) -> None:
    assert repair(filled.archive, [], silent) == Repaired((), ())
    assert proposed([Finding(Trouble.CATALOGUE, "catalogue.db")]) == []


def test_a_file_that_the_disk_only_writes_with_other_letters_is_the_filed_one(filled: Desk) -> None:
    before, group = contents(filled.folder), filled.folder / "Péče"
    group.rename(group.with_name("PÉČE"))
    group.symlink_to("PÉČE", target_is_directory=True)  # as a disk that ignores case: found by either name
    assert filled.problems() == []
    group.unlink()
    group.with_name("PÉČE").rename(group.with_name("jinak"))
    group.symlink_to("jinak", target_is_directory=True)
    findings = verify(filled.archive, silent)
    assert {(finding.kind, finding.repairs) for finding in findings} == {(Trouble.ORPHANED, ())}
    assert len(findings) == 30
    assert put_right(filled).done == ()
    assert contents(filled.folder) == before
