"""Whatever HTML reaches the paper: nothing is fetched, no file is opened, no link is followed."""

from __future__ import annotations

import base64
import socket
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kpss_desktop.ui.preview.paper import Paper

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what the screenless platform lacks


def test_no_request_leaves_and_no_file_is_read(qtbot: QtBot, tmp_path: Path) -> None:
    Image.new("RGB", (60, 60), "#ff0000").save(tmp_path / "tajne.png")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        port = listener.getsockname()[1]
        paper = Paper()
        qtbot.addWidget(paper)
        paper.show_html(
            f'<p>text</p><img src="http://127.0.0.1:{port}/a.png"><img src="{tmp_path}/tajne.png">'
            f'<img src="{(tmp_path / "tajne.png").as_uri()}"><link rel="stylesheet" href="http://127.0.0.1:{port}/a.css">',
            None,
        )
        paper.show()
        qtbot.wait(150)
        seen = paper.viewport().grab().toImage()
        points = {seen.pixelColor(x, y).name() for x in range(0, seen.width(), 4) for y in range(0, seen.height(), 4)}
        assert "#ff0000" not in points
        try:
            listener.accept()
        except BlockingIOError:
            return
    raise AssertionError("the paper asked the network")


def test_a_link_goes_nowhere(qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "cil.html"
    target.write_text("<p>cizí stránka</p>", encoding="utf-8")
    paper = Paper()
    qtbot.addWidget(paper)
    paper.resize(400, 300)
    paper.show_html(f'<p><a href="{target.as_uri()}">odkaz odkaz odkaz</a></p>', None)
    paper.show()
    cursor = paper.textCursor()
    cursor.setPosition(3)
    QTest.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=paper.cursorRect(cursor).center())
    assert "odkaz" in paper.toPlainText()


def test_a_picture_inside_the_document_is_shown_no_wider_than_the_paper(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "siroky.png"
    Image.new("RGB", (3000, 60), "#00aa00").save(path)
    data = base64.b64encode(path.read_bytes()).decode()
    paper = Paper()
    qtbot.addWidget(paper)
    paper.resize(900, 300)
    paper.show_html(f'<p><img src="data:image/png;base64,{data}"></p>', None)
    paper.show()
    seen = paper.viewport().grab().toImage()
    points = {seen.pixelColor(x, y).name() for x in range(0, seen.width(), 4) for y in range(0, seen.height(), 4)}
    assert "#00aa00" in points
    assert paper.horizontalScrollBar().maximum() == 0


def test_the_beginning_of_a_huge_text_says_that_there_is_more(qtbot: QtBot) -> None:
    paper = Paper()
    qtbot.addWidget(paper)
    paper.show_text("řádka textu\n" * 400_000, None)
    assert len(paper.toPlainText()) < 200_000
    assert "originál" in paper.toPlainText()[-200:]
