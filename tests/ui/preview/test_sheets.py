"""The HTML of a workbook parted into its sheets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kpss_desktop.ui.preview.sheets import Sheet, sheets_of

TWO = "<h2>Rok 2020</h2><table><tr><td>1</td></tr></table><h2>A &amp; B</h2><table></table><p>dál</p>"


def test_each_heading_begins_a_sheet() -> None:
    first, second = sheets_of(TWO)
    assert first == Sheet("Rok 2020", "<h2>Rok 2020</h2><table><tr><td>1</td></tr></table>")
    assert second.name == "A & B"
    assert second.html.endswith("<p>dál</p>")


def test_a_heading_inside_a_table_parts_nothing() -> None:
    nested = "<h2>List</h2><table><tr><td><table><tr><td></td></tr></table><h2>ne</h2></td></tr></table>"
    assert sheets_of(nested) == (Sheet("List", nested),)


def test_names_are_plain_and_on_one_line() -> None:
    (sheet,) = sheets_of('<h2 align="center"><b>Péče</b>\n &lt;1&gt;</h2>')
    assert sheet.name == "Péče <1>"


def test_without_headings_all_is_one_sheet() -> None:
    assert sheets_of("<p>nic</p>") == (Sheet("", "<p>nic</p>"),)
    assert sheets_of("") == (Sheet("", ""),)


@given(st.lists(st.sampled_from(["<h2>x</h2>", "<table>", "</table>", "<p>a</p>", "text"])))
def test_nothing_is_lost(parts: list[str]) -> None:
    html = "".join(parts)
    assert "".join(sheet.html for sheet in sheets_of(html)) == html
