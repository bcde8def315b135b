"""Mails dragged out of a mail program and a picture pasted: what Qt offers becomes files, the rest is told."""

from __future__ import annotations

import struct
import warnings

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kpss_desktop.ui import arrivals
from kpss_desktop.ui.dialogs.intake_sheet import IntakeSheet
from kpss_desktop.ui.main_window import MainWindow
from kpss_desktop.ui.workplace import Workplace

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks

LIST = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENT = 'application/x-qt-windows-mime;value="FileContents";index={}'
FOLDER = 0x10
MAIL = b"Subject: =?utf-8?q?Z=C3=A1pis_PS_P=C3=A9=C4=8De_3=2E_3=2E_2021?=\r\nFrom: a@b.cz\r\n\r\nText\r\n"


def described(*names: str, attributes: int = 0) -> bytes:
    """A FILEGROUPDESCRIPTORW: the count, and 592 bytes for each file."""
    entries = b"".join(
        struct.pack("<I16s16sI24sQ520s", 0x4, b"", b"", attributes, b"", 0, name.encode("utf-16-le")) for name in names
    )
    return struct.pack("<I", len(names)) + entries


def windows(*files: tuple[str, bytes]) -> QMimeData:
    """What Qt offers on Windows of files that lie nowhere."""
    data = QMimeData()
    data.setData(LIST, described(*(name for name, _content in files)))
    for number, (_name, content) in enumerate(files):
        data.setData(CONTENT.format(number), content)
    return data


def mail() -> QMimeData:
    data = QMimeData()
    data.setData("message/rfc822", MAIL)
    return data


def promise() -> QMimeData:
    """What Thunderbird offers of a message."""
    data = QMimeData()
    data.setData("text/x-moz-message", "mailbox-message://nobody@Local%20Folders/Inbox#1".encode("utf-16-le"))
    data.setData("application/x-moz-file-promise", b"")
    return data


def drop(widget: QWidget, data: QMimeData) -> bool:
    """Drag something over a widget and let it go there; whether it was wanted."""
    middle = widget.rect().center()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        # Qt means its own window system to make this event; a test has no other way.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(QPoint(middle), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, buttons, keys))
    return enter.isAccepted()


def sheet_of(qtbot: QtBot, window: MainWindow, rows: int) -> IntakeSheet:
    qtbot.waitUntil(lambda: bool(window.findChildren(IntakeSheet)))
    sheet = window.findChildren(IntakeSheet)[-1]
    qtbot.waitUntil(lambda: sheet.rows.rowCount() == rows and not sheet.busy)
    return sheet


def test_the_size_of_an_entry_is_that_of_windows() -> None:
    assert len(described("a")) == 4 + 592


def test_files_of_a_windows_program_are_written_under_their_names() -> None:
    paths = arrivals.taken(windows(("Zápis: 3?.msg", b"one"), ("složka\\Příloha.doc", b"two"), ("příloha.DOC", b"3")))
    assert [path.name for path in paths] == ["Zápis_ 3_.msg", "Příloha.doc", "příloha (2).DOC"]
    assert [path.read_bytes() for path in paths] == [b"one", b"two", b"3"]
    assert len({path.parent for path in paths}) == 1


def test_a_name_leads_nowhere_else() -> None:
    (path,) = arrivals.taken(windows(("..\\..\\autoexec.bat", b"x")))
    assert path.name == "autoexec.bat"
    assert path.parent.name.startswith("tmp")


def test_folders_in_the_list_are_no_files() -> None:
    data = QMimeData()
    data.setData(LIST, described("Složka", attributes=FOLDER))
    assert arrivals.taken(data) == ()


@pytest.mark.parametrize("cut", [0, 3, 4, 500])
def test_a_list_that_is_cut_short_gives_nothing(cut: int) -> None:
    data = QMimeData()
    data.setData(LIST, described("a.msg", "b.msg")[:cut] or b"\0")
    assert arrivals.taken(data) == ()


def test_a_program_that_gives_no_content_gives_no_empty_files() -> None:
    assert arrivals.taken(windows(("Zápis.msg", b"x"), ("Dopis.msg", b""))) == ()


def test_a_mail_is_named_by_its_subject() -> None:
    (path,) = arrivals.taken(mail())
    assert path.name == "Zápis PS Péče 3. 3. 2021.eml"
    assert path.read_bytes() == MAIL


def test_a_mail_dropped_onto_the_window_is_reviewed(qtbot: QtBot, window: MainWindow, place: Workplace) -> None:
    assert drop(window, mail())
    sheet = sheet_of(qtbot, window, 1)
    assert sheet.plan.items[0].name == "Zápis PS Péče 3. 3. 2021.eml"
    assert place.table.rows.rowCount() == 5
    sheet.reject()


@pytest.mark.usefixtures("place")
def test_a_promise_is_answered_with_what_to_do_instead(window: MainWindow) -> None:
    assert drop(window, promise())
    assert "Uložte ji" in window.status.sentence.text()
    assert not window.findChildren(IntakeSheet)


def test_words_dragged_over_the_window_are_not_wanted(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("jen slova")
    assert not drop(window, data)


@pytest.mark.usefixtures("place")
def test_a_picture_is_pasted(qtbot: QtBot, window: MainWindow) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    window.actions_["paste"].trigger()
    sheet = sheet_of(qtbot, window, 1)
    QGuiApplication.clipboard().clear()
    item = sheet.plan.items[0]
    assert item.name == "Obrázek ze schránky.png"
    assert item.origin.path.read_bytes().startswith(b"\x89PNG")
    sheet.reject()


@pytest.mark.usefixtures("place")
def test_an_empty_clipboard_is_told(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    window.actions_["paste"].trigger()
    assert "nejsou žádné soubory" in window.status.sentence.text()
