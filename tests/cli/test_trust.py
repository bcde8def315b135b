"""Shows 4 and 7 by the command, on real minutes: the catalogue is lost, and fifty files are moved about by hand."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Kpss

FIFTY = 50


@pytest.fixture
def before(kpss: Kpss, shared: Path) -> list[dict[str, Any]]:
    """Real files in an archive, with what a clerk types; the list of them."""
    kpss.json("import", shared / "minutes" / "drive")
    kpss.json("tag", "kind:minutes", "důležité")
    kpss.json("set", "kind:invitation", "note=ověřit datum")
    first = kpss.json("list")[0]["path"]
    kpss.json("rename", first, "Přejmenovaný zápis")
    kpss.json("trash", kpss.json("list")[1]["path"])
    return kpss.json("list")


def by_path(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same in an order that does not depend on the order of filing."""
    return sorted(listed, key=lambda line: str(line["path"]))


def test_without_catalogue_and_snapshot_nothing_is_missing(
    kpss: Kpss, before: list[dict[str, Any]], data_dir: Path
) -> None:
    searched = kpss.json("search", "pečovatelská služba")
    shutil.rmtree(data_dir)
    (kpss.folder / ".kpss" / "snapshot.db").unlink()
    assert by_path(kpss.json("list")) == by_path(before)
    assert kpss.json("verify") == []
    kpss.json("rebuild")
    assert {line["path"] for line in kpss.json("search", "pečovatelská služba")} == {line["path"] for line in searched}


def test_fifty_files_renamed_moved_and_edited_by_hand_are_explained_and_put_right(
    kpss: Kpss, before: list[dict[str, Any]]
) -> None:
    folder, touched = kpss.folder, [line["path"] for line in before][:FIFTY]
    assert len(touched) == FIFTY
    (folder / "Odložené").mkdir()
    for number, path in enumerate(touched):
        place = folder / path
        match number % 3:
            case 0:
                place.rename(place.with_name(f"jinak {number}{place.suffix}"))
            case 1:
                place.rename(folder / "Odložené" / f"{number} {place.name}")
            case _:
                place.write_bytes(place.read_bytes() + b" ")
    found = kpss("--json", "verify")
    assert found.out.count("\n") == FIFTY
    assert {path for path in touched if path in found.out} == set(touched)
    kpss("verify", "--repair")
    assert kpss.json("verify") == []
    after = kpss.json("list")
    for field in ("title", "kind", "tags", "note"):
        assert Counter(str(line.get(field)) for line in after) == Counter(str(line.get(field)) for line in before), (
            field
        )
