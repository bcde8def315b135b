"""How the window's program answers before there is a window."""

from __future__ import annotations

import pytest

from kpss_desktop import app


@pytest.mark.parametrize(
    ("argument", "code", "told"),
    [
        ("--help", 0, ["použití: kpss-desktop", "CESTA", "ukázkový archiv"]),
        ("--version", 0, ["kpss-desktop "]),
        ("--vzorek", 2, ["chyba: neznámé argumenty: --vzorek"]),
    ],
)
def test_it_explains_itself_in_czech(
    argument: str, code: int, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        app.main([argument])
    said = capsys.readouterr()
    assert left.value.code == code
    assert [words for words in told if words not in said.out + said.err] == []
