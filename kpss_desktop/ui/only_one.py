"""One window an archive: a second start of the program hands what it was given to the first one and ends.

They speak over a local socket named after the archive and this user's data folder, which only this user may open; a
message is one line of JSON with paths.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from kpss_desktop.archive.places import data_dir

_PATIENCE = 1_000  # milliseconds until the other window is taken for dead
_LONGEST = 1_000_000  # bytes of a message


def hand_over(archive: Path, paths: Sequence[Path]) -> bool:
    """Give paths to the window that has the archive open; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(archive))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(json.dumps([str(path) for path in paths]).encode() + b"\n")
    # The answer says that a living window has read it, not only that the system keeps a socket.
    heard = socket.waitForBytesWritten(_PATIENCE) and socket.waitForReadyRead(_PATIENCE)
    socket.disconnectFromServer()
    return heard


class Doorbell(QObject):
    """Rings when the program is started again with the archive that this window has open."""

    rung = Signal(object)
    """tuple[Path, ...] to take in; empty when the window is only wanted in front."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guests: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def listen(self, archive: Path) -> bool:
        """Answer for this archive from now on; False when another window does."""
        self.close()
        # Asked first, for on Unix a server that only one user may open takes the place of one that is there.
        probe = QLocalSocket()
        probe.connectToServer(_name(archive))
        if probe.waitForConnected(_PATIENCE):
            probe.abort()
            return False
        # What a window left that did not end well.
        QLocalServer.removeServer(_name(archive))
        return self._server.listen(_name(archive))

    def close(self) -> None:
        """Answer no more."""
        for guest in self._guests:
            guest.disconnected.disconnect(self._read)
            guest.abort()
            guest.deleteLater()
        self._guests.clear()
        self._server.close()

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._guests.append(socket)
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(self._read)
        self._read()

    def _read(self) -> None:
        """Read what has come from whomever, and let go those who left."""
        for guest in tuple(self._guests):
            if guest.canReadLine():
                paths = _paths(bytes(guest.readLine().data()))
                guest.write(b"\n")
                guest.flush()
                self.rung.emit(paths)
            is_gone = guest.state() is QLocalSocket.LocalSocketState.UnconnectedState
            if (is_gone or guest.bytesAvailable() > _LONGEST) and guest in self._guests:
                self._guests.remove(guest)
                guest.abort()
                guest.deleteLater()


def _paths(line: bytes) -> tuple[Path, ...]:
    try:
        found = json.loads(line)
    except ValueError:
        return ()
    return tuple(Path(path) for path in found if isinstance(path, str)) if isinstance(found, list) else ()


def _name(archive: Path) -> str:
    place = f"{data_dir().resolve()}\n{archive.resolve()}"
    return "kpss-desktop-" + hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:24]
