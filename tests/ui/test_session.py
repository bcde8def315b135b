"""What the window remembers, also within one run: archives are closed and opened again."""

from __future__ import annotations

from kpss_desktop.ui import headings, session
from kpss_desktop.ui.listing import Column
from kpss_desktop.ui.workplace import Workplace


def test_a_hidden_column_of_tags_stays_hidden_in_the_next_archive(place: Workplace) -> None:
    header = place.table.horizontalHeader()
    headings.follow_tags(header, in_use=True)
    menu = headings.column_menu(header)
    next(action for action in menu.actions() if action.text() == "Štítky").trigger()
    session.keep_place(place)
    header.setProperty(headings.TAGS_UNWANTED, False)  # noqa: FBT003  # Qt's signature
    assert session.restore_panes(place)
    headings.follow_tags(header, in_use=True)
    assert header.isSectionHidden(Column.TAGS)
    menu.deleteLater()
