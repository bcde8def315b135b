"""What the archive knows beside its documents, told and taught by the command."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Kpss


@pytest.fixture
def filed(kpss: Kpss, tmp_path: Path) -> Kpss:
    """Minutes and an invitation of one meeting, an invitation alone, and minutes of no known group."""
    folder = tmp_path / "co přišlo"
    folder.mkdir()
    for name in ("Zápis č. 3 PS Péče 16. 1. 2020", "Pozvánka PS Péče 16. 1. 2020", "Pozvánka PS Prevence 2. 2. 2020",
                 "Zápis 5. 5. 2019"):  # fmt: skip
        (folder / f"{name}.txt").write_text(f"pečovatelská služba, {name}", encoding="utf-8")
    kpss.json("import", folder)
    return kpss


def status(kpss: Kpss) -> dict[str, Any]:
    (line,) = kpss.json("status")
    return line


def test_status_counts_what_there_is_and_what_waits(filed: Kpss) -> None:
    told = status(filed)
    assert (told["documents"], told["to_file"], told["gaps"], told["without_group"]) == (4, 1, 1, 1)
    assert (told["verified"], told["backup"], told["writer"], told["writable"]) == (None, None, None, True)
    assert told["undo"]["label"] == "import"
    filed.json("verify")
    assert status(filed)["verified"]["files"] == 4
    assert filed("status").out.splitlines()[1].split()[:2] == ["Dokumenty:", "4"]


def test_the_digest_is_the_same_when_nothing_but_the_catalogue_changed(filed: Kpss, data_dir: Path) -> None:
    before = status(filed)["digest"]
    filed.json("tag", "služba", "důležité")
    changed = status(filed)["digest"]
    assert changed != before
    shutil.rmtree(data_dir / "archives")
    (filed.folder / ".kpss" / "snapshot.db").unlink()
    assert status(filed)["digest"] == changed
    filed.json("rebuild")
    assert status(filed)["digest"] == changed
    filed.json("untag", "služba", "důležité")
    assert status(filed)["digest"] == before


def test_places_of_the_navigator_can_be_listed(filed: Kpss) -> None:
    assert [line["title"] for line in filed.json("list", "--in", "waiting")] == ["Zápis 5. 5. 2019"]
    assert [line["title"] for line in filed.json("list", "--in", "gaps")] == ["Pozvánka PS Prevence 2. 2. 2020"]
    assert [line["title"] for line in filed.json("list", "--in", "common")] == ["Zápis 5. 5. 2019"]
    assert filed.json("list", "--in", "trash") == []
    (waiting,) = filed.json("list", "--in", "waiting")
    filed.json("trash", waiting["path"])
    assert [line["id"] for line in filed.json("list", "--in", "trash")] == [waiting["id"]]
    assert filed.json("list", "--in", "waiting") == []


def test_meetings_are_told_with_their_documents(filed: Kpss) -> None:
    later, earlier = filed.json("show", "meetings")
    assert (later["date"], later["groups"], later["minutes"]) == ("2020-02-02", ["Prevence"], False)
    assert (earlier["date"], earlier["number"], earlier["minutes"]) == ("2020-01-16", 3, True)
    assert len(earlier["documents"]) == 2
    assert "pozvánka" in filed("show", "meetings").out


def test_groups_are_registered_and_changed(filed: Kpss) -> None:
    filed.json("add-group", "Senioři", "--alias", "PS pro seniory")
    filed.refuses("add-group", "senioři")
    (changed,) = filed.json("set-group", "Péče", "--rename", "Péče o blízké", "--alias", "Péče", "--alias", "Pečující")
    assert changed["aliases"] == ["Péče", "Pečující"]
    (changed,) = filed.json("set-group", "Péče o blízké", "--drop-alias", "pečující", "--kind", "other")
    assert (changed["aliases"], changed["kind"]) == (["Péče"], "other")
    told = {line["name"]: line for line in filed.json("show", "groups")}
    assert list(told) == ["Prevence", "Senioři", "ŘS", "Péče o blízké"]
    assert told["Péče o blízké"]["documents"] == 2
    assert {line["path"].partition("/")[0] for line in filed.json("list", 'skupina:"Péče o blízké"')} == {
        "Péče o blízké"
    }
    filed.refuses("set-group", "Nikdo", "--alias", "x")
    for _ in range(3):
        assert filed.json("undo")[0]["label"] == "groups"
    assert [line["name"] for line in filed.json("show", "groups")] == ["Péče", "Prevence", "ŘS"]


def test_a_search_is_kept_used_and_forgotten(filed: Kpss, tmp_path: Path) -> None:
    filed.json("save-search", "Leden", "datum:2020-01")
    assert filed.json("show", "searches") == [{"name": "Leden", "query": "datum:2020-01"}]
    assert len(filed.json("list", "uložené:Leden")) == 2
    (made,) = filed.json("export", "bundle", "uložené:Leden", "--output", tmp_path / "b.zip")
    assert made["files"] == 2
    filed.json("drop-search", "leden")
    assert filed.json("show", "searches") == []
    assert "Leden" in filed.refuses("drop-search", "Leden")
    filed.refuses("save-search", "Leden", "  ")


def test_words_stand_for_each_other_until_they_do_not(filed: Kpss) -> None:
    def told() -> list[set[str]]:
        return [set(line["phrases"]) for line in filed.json("show", "synonyms")]

    before = told()
    assert filed.json("list", "kvítkov") == []
    filed.json("add-synonyms", "Kvítkov", "pečovatelská služba")
    assert len(filed.json("list", "kvítkov")) == 4
    filed.json("add-synonyms", "kvítkov", "květinov")
    assert {"Kvítkov", "kvítkov", "květinov", "pečovatelská služba"} in told()
    filed.json("drop-synonyms", "KVÍTKOV")
    assert filed.json("list", "kvítkov") == []
    assert len(filed.json("list", "květinov")) == 4
    filed.refuses("add-synonyms", "sama")
    filed.refuses("drop-synonyms", "nikdy nebyla")
    for _ in range(3):
        filed.json("undo")
    assert told() == before


def test_tags_are_counted(filed: Kpss) -> None:
    filed.json("tag", "druh:pozvánka", "k řešení")
    assert filed.json("show", "tags") == [{"tag": "k řešení", "documents": 2}]


def test_a_typing_error_is_answered_with_what_was_perhaps_meant(filed: Kpss) -> None:
    said = filed("search", "pečovatleská")
    assert said.code == 0
    assert "pečovatelská" in said.out
    assert filed.json("search", "pečovatleská") == []


def test_the_backups_of_a_folder_can_be_listed(filed: Kpss, tmp_path: Path) -> None:
    filed.json("backup", "--output", tmp_path / "Záloha")
    filed.json("backup", "--output", tmp_path / "Záloha")
    first, second = filed.json("restore", tmp_path / "Záloha")
    assert (first["generation"], second["generation"], first["files"]) == (1, 2, second["files"])
    filed.refuses("restore", tmp_path / "není")


def test_what_ended_its_reader_is_told_with_how_to_try_again(kpss: Kpss, tmp_path: Path) -> None:
    (tmp_path / "velký.txt").write_bytes(b"slovo " * 50_000_000)
    kpss.json("import", tmp_path / "velký.txt")
    assert status(kpss)["failed"] == 1
    for verb in ("status", "verify"):
        assert kpss(verb).out.endswith("kpss read-again stav:selhalo\n")
    assert kpss("read-again", "stav:selhalo").code == 1
