"""Which words are lit, and how much of a text is set at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from kpss_desktop.catalogue.highlight import Light
from kpss_desktop.catalogue.plan import Plan, Slot
from kpss_desktop.ui.preview.matching import (
    HITS_LIMIT,
    find_hits,
    find_hits_of_page,
    in_utf16,
    shorten_html,
    shorten_text,
)


def light(*phrases: tuple[set[str], ...]) -> Light:
    """Lights these phrases, each place of which may hold one of some forms."""
    runs = tuple(tuple(Slot(("k1",), frozenset(forms)) for forms in phrase) for phrase in phrases)
    return Light(Plan((runs,), ()), capitals=True)


def test_whole_words_are_hits_also_in_capitals() -> None:
    text = "Služba, SLUŽBY a služebník; službu-\nProgram"
    spans = find_hits(text, light(({"Služba", "služby", "službu"},)))
    assert [text[start:end] for start, end in spans] == ["Služba", "SLUŽBY", "službu"]


def test_a_phrase_is_one_hit_and_its_words_alone_are_none() -> None:
    text = "Sociální služba. Služba sociální,\nslužby jiné; sociální\n  služby"
    spans = find_hits(text, light(({"Sociální", "sociální"}, {"služba", "služby"})))
    assert [text[start:end] for start, end in spans] == ["Sociální služba", "sociální,\nslužby", "sociální\n  služby"]
    both = find_hits(text, light(({"sociální"}, {"služby"}), ({"služby"}, {"jiné"})))
    assert [text[start:end] for start, end in both] == ["sociální,\nslužby jiné", "sociální\n  služby"]


def test_words_of_a_page_may_be_parted_and_their_letters_joined() -> None:
    text = "a pečova\ufffe\r\ntelská služba, ﬁlmy a oﬁciální\x02\r\nho"
    spans = find_hits_of_page(text, light(({"pečovatelská"}, {"služba"}), ({"filmy"},), ({"oficiálního"},)))
    assert [text[start:end] for start, end in spans] == [
        "pečova\ufffe\r\ntelská služba",
        "ﬁlmy",
        "oﬁciální\x02\r\nho",
    ]


def test_no_search_lights_nothing() -> None:
    assert find_hits("cokoli", None) == ()
    assert find_hits_of_page("cokoli", None) == ()


def test_more_hits_than_anybody_walks_are_not_told() -> None:
    assert len(find_hits("ano " * (HITS_LIMIT + 5), light(({"ano"},)))) == HITS_LIMIT


@given(st.text(st.sampled_from("a😀 ů𝄞b"), max_size=40), st.integers(0, 40), st.integers(0, 10))
def test_spans_count_as_qt_counts(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    ((first, last),) = in_utf16(text, ((start, end),))
    encoded = text.encode("utf-16-le")
    assert encoded[2 * first : 2 * last].decode("utf-16-le") == text[start:end]


def test_several_spans_beyond_the_basic_plane() -> None:
    text = "😀 ano 😀😀 ano"
    spans = in_utf16(text, find_hits(text, light(({"ano"},))))
    document = QTextDocument()
    document.setPlainText(text)
    assert [document.toPlainText().encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le") for a, b in spans] == [
        "ano"
    ] * 2


def test_a_long_text_is_cut_at_a_line_and_says_so() -> None:
    cut = shorten_text("řádek\n" * 100, limit=62)
    assert cut.shown == "řádek\n" * 9 + "řádek"
    assert not cut.whole
    assert shorten_text("řádek").whole
    assert shorten_text("a\nb\nc", lines_limit=2).shown == "a\nb"
    assert not shorten_text("a\nb\nc", lines_limit=2).whole


def test_an_overlong_line_is_broken_at_spaces_without_loss() -> None:
    line = "slovo " * 10_000
    broken = shorten_text(line)
    assert broken.whole
    assert max(map(len, broken.shown.split("\n"))) <= 20_000
    assert broken.shown.replace("\n", " ") == line


def test_html_is_cut_at_the_end_of_an_element() -> None:
    html = "<p>jedna</p><p>dvě</p><p>tři</p>"
    cut = shorten_html(html, limit=15)
    assert cut.shown == "<p>jedna</p><p>dvě</p>"
    assert not cut.whole
    assert shorten_html(html) == shorten_html(html, limit=len(html))
    assert shorten_html(html).whole


def test_a_huge_table_is_cut_at_a_row() -> None:
    html = "<table>" + "<tr><td>a</td><td>b</td></tr>" * 50 + "</table>"
    cut = shorten_html(html, cells_limit=20)
    assert cut.shown.count("<tr>") == 10
    assert cut.shown.endswith("</tr>")
    assert not cut.whole


def test_bytes_of_pictures_cost_no_text() -> None:
    picture = f'<p><img src="data:image/png;base64,{"A" * 5000}"></p>'
    assert shorten_html(picture + "<p>konec</p>", limit=200).whole
