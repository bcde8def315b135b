from __future__ import annotations

import json
import os
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop import settings
from kpss_desktop.settings import Settings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(["archive", "recent", "language", "theme", "later"])


def write(text: str) -> None:
    settings.settings_path().write_text(text, encoding="utf-8")


def test_the_first_start_has_the_defaults() -> None:
    assert settings.load() == Settings(archive=None, recent=(), language=None, theme="system")


def test_what_was_saved_is_loaded() -> None:
    chosen = Settings("/archivy/Město Šťastná", ("/archivy/Město Šťastná", "/b"), "en", "dark")
    settings.save(chosen)
    assert settings.load() == chosen
    assert "Šťastná" in settings.settings_path().read_text(encoding="utf-8")


def test_saving_leaves_no_other_file_and_makes_the_folder(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPSS_DATA_DIR", str(data_dir / "new" / "deeper"))
    settings.save(Settings(theme="light"))
    settings.save(Settings(theme="dark"))
    assert [path.name for path in (data_dir / "new" / "deeper").iterdir()] == ["settings.json"]
    assert settings.load().theme == "dark"


def test_a_folder_whose_name_is_no_text_is_remembered_too() -> None:
    folder = os.fsdecode(b"/disk/Z\xe1pisy")  # as an old computer wrote it
    settings.save(Settings(archive=folder, theme="dark"))
    assert settings.load() == Settings(archive=folder, theme="dark")


def test_a_save_that_fails_keeps_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(Settings(theme="dark"))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        settings.save(Settings(theme="light"))
    assert settings.load().theme == "dark"
    assert [path.name for path in settings.settings_path().parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "\x00", "[" * 100_000, '{"theme": "dark"'])
def test_a_broken_file_is_no_reason_not_to_start(text: str) -> None:
    write(text)
    assert settings.load() == Settings()


def test_bytes_that_are_no_text_and_a_folder_in_its_place_are_none_either() -> None:
    settings.settings_path().write_bytes(b"\xff\xfe\x00")
    assert settings.load() == Settings()
    settings.settings_path().unlink()
    settings.settings_path().mkdir()
    assert settings.load() == Settings()


def test_each_bad_field_falls_back_alone() -> None:
    write(json.dumps({"archive": 7, "recent": ["/a", 3, "", "/b"], "language": "de", "theme": "dark", "zoom": 2}))
    assert settings.load() == Settings(None, ("/a", "/b"), None, "dark")


@given(st.dictionaries(NAMES, JSON))
def test_nothing_in_the_file_makes_loading_fail(content: dict[str, object]) -> None:
    write(json.dumps(content))
    found = settings.load()
    assert found.theme in {"system", "light", "dark"}
    assert found.language in {None, "cs", "en"}
    assert all(isinstance(folder, str) for folder in found.recent)


def test_opened_archives_are_remembered_newest_first() -> None:
    found = Settings()
    for name in [*range(12), 5]:
        found = found.opened(Path(f"/archivy/{name}"))
    assert found.archive == str(Path("/archivy/5"))
    assert [Path(entry).name for entry in found.recent] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]


def test_an_archive_that_is_gone_is_forgotten() -> None:
    found = Settings().opened(Path("/a")).opened(Path("/b"))
    assert found.forgotten(Path("/b")) == Settings(None, (str(Path("/a")),))
    assert found.forgotten(Path("/a")) == Settings(str(Path("/b")), (str(Path("/b")),))


def test_without_the_variable_the_folders_are_the_system_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPSS_DATA_DIR")
    assert settings.data_dir() == Path(platformdirs.user_data_dir("KPSS Desktop", appauthor=False))
    assert settings.settings_path().parent == Path(platformdirs.user_config_dir("KPSS Desktop", appauthor=False))
    assert settings.data_dir().name == "KPSS Desktop"
