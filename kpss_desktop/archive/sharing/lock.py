"""One writer at a time: `.kpss/lock` says who writes, `.kpss/heartbeat` that she is still there.

A lock is taken over on proof that its holder is dead: the same computer, and no such process any more (a process number
that was given anew is told apart by when it was born). On doubt the archive opens for reading, or the clerk gives her
word that the other computer is off. No clock is ever compared with another computer's: a heartbeat only shows whether
it changes while one looks. Whoever writes asks before each commit whether the lock is still hers.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import sys
import time
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

import psutil

from kpss_desktop.errors import ArchiveInUse
from kpss_desktop.ids import new_id
from kpss_desktop.lasting import NO_LINKS, patiently
from kpss_desktop.store import SYSTEM

_HELD: set[str] = set()  # tokens of the locks that this process holds
_GRACE = 1.0  # seconds that a lock without content may still be in the making, on a disk without links


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes: `started` is the start of the process in seconds since 1970, `since` local time, ISO 8601.

    `born` tells two processes of one number apart even when the clock was set; `place` says which catalogue; `taken`
    names who was put out on the clerk's word.
    """

    host: str
    user: str
    pid: int
    started: float
    since: str
    machine: str = ""
    born: str = ""
    place: str = ""
    token: str = ""
    taken: str = ""

    def is_dead(self) -> bool:
        """Whether it is proved that this process is gone."""
        if self.host != socket.gethostname() or (self.machine and self.machine != _machine()):
            return False
        try:
            started = psutil.Process(self.pid).create_time()
            is_same = _born(self.pid) == self.born if self.born else abs(started - self.started) <= 2
            # Ourselves, but no lock of ours: a disk that failed did not let us remove it.
            return not is_same or (self.pid == os.getpid() and self.token not in _HELD)
        except psutil.NoSuchProcess:
            return True
        except psutil.Error:
            return False


def lock_path(folder: Path) -> Path:
    """Where the lock of an archive lies."""
    return folder / SYSTEM / "lock"


def heartbeat_path(folder: Path) -> Path:
    """Where the sign of life lies; it stays when nobody writes, and tells who wrote last."""
    return folder / SYSTEM / "heartbeat"


def take(folder: Path, place: str = "", *, take_over: bool = False) -> Holder:
    """Become the writer; raises ArchiveInUse, or OSError when the folder cannot be written.

    With `take_over` the clerk has said that a holder who cannot be asked is gone; that is noted in the lock.
    """
    taken = ""
    while True:
        mine = _myself(place, taken)
        if _put(folder, mine):
            _HELD.add(mine.token)
            return mine
        other = holder(folder, _GRACE)
        if other is None or other.is_dead():
            _remove(folder, other)
        elif take_over:
            _remove(folder, other)
            taken = f"{other.user}@{other.host} {other.since}"
        else:
            raise ArchiveInUse(folder, other.host, other.user, other.since)


def is_mine(folder: Path, mine: Holder) -> bool:
    """Whether one is still the writer. A lock that a sync program lost is put back, if nobody was faster."""
    found = holder(folder)
    if found is None and not lock_path(folder).exists():
        return _put(folder, mine)
    return found == mine


def release(folder: Path, mine: Holder) -> None:
    """Stop being the writer; leaves a lock that is somebody else's by now."""
    _HELD.discard(mine.token)
    if holder(folder) == mine:
        with contextlib.suppress(OSError):
            patiently(lock_path(folder).unlink)


def holder(folder: Path, grace: float = 0) -> Holder | None:
    """Who writes; None when nobody does or the lock cannot be understood even after `grace` seconds."""
    deadline = time.monotonic() + grace
    while True:
        found = _read(lock_path(folder))
        if found is not None:
            return found
        if time.monotonic() >= deadline or not lock_path(folder).exists():
            return None
        time.sleep(0.05)


def beat(folder: Path, mine: Holder) -> None:
    """Show that the writer is still there; raises OSError."""
    sign = {"place": mine.place, "token": mine.token, "beat": new_id()}
    heartbeat_path(folder).write_text(json.dumps(sign), encoding="utf-8")


def last_beat(folder: Path) -> tuple[str, str]:
    """Which catalogue wrote last, and a word that differs with every beat; empty when nobody ever did."""
    try:
        found = json.loads(heartbeat_path(folder).read_bytes()[:10_000])
        return str(found["place"]), str(found["beat"])
    except (OSError, ValueError, TypeError, KeyError):
        return "", ""


def _put(folder: Path, mine: Holder) -> bool:
    """Make the lock, whole from its first moment; False when there is one."""
    content = json.dumps(asdict(mine), ensure_ascii=False).encode()
    aside = lock_path(folder).with_name(f"lock.{new_id()}")
    try:
        aside.write_bytes(content)
        os.link(aside, lock_path(folder))
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        return _put_without_links(folder, content)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    return True


def _put_without_links(folder: Path, content: bytes) -> bool:
    try:
        descriptor = os.open(lock_path(folder), os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
    return True


def _remove(folder: Path, other: Holder | None) -> None:
    """Take away the lock of a holder, and no other one that came into its place meanwhile."""
    aside = lock_path(folder).with_name(f"lock.{new_id()}")
    try:
        lock_path(folder).rename(aside)
    except FileNotFoundError:
        return
    found = _read(aside)
    if found is not None and found != other:
        with contextlib.suppress(OSError):
            os.link(aside, lock_path(folder))
    with contextlib.suppress(OSError):
        aside.unlink(missing_ok=True)


def _read(path: Path) -> Holder | None:
    try:
        names = {field.name for field in fields(Holder)}
        found = json.loads(path.read_bytes()[:10_000])
        read = Holder(**{name: value for name, value in found.items() if name in names})
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return read if _makes_sense(read) else None


def _makes_sense(read: Holder) -> bool:
    """Whether the values of a lock are what they are declared to be; a damaged file may hold anything."""
    values = asdict(read)
    pid, started = values.pop("pid"), values.pop("started")
    is_number = isinstance(pid, int) and isinstance(started, int | float)
    return is_number and pid > 0 and all(isinstance(value, str) for value in values.values())


def _myself(place: str, taken: str) -> Holder:
    return Holder(
        host=socket.gethostname(),
        user=_user(),
        pid=os.getpid(),
        started=psutil.Process().create_time(),
        since=datetime.now().astimezone().isoformat(timespec="seconds"),
        machine=_machine(),
        born=_born(os.getpid()),
        place=place,
        token=new_id(),
        taken=taken,
    )


def _born(pid: int) -> str:
    """When a process was born, told by no clock that can be set: the boot and the ticks since. "" where unknown.

    proc(5): field 22 of /proc/PID/stat, counted behind the name in brackets.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path(f'/proc/{pid}/stat').read_bytes().rpartition(b')')[2].split()[19].decode()}"
    except (OSError, IndexError):
        return ""


def _machine() -> str:
    """What tells this computer from one of the same name; "" where the system says nothing."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415  # only Windows has it

        with (
            contextlib.suppress(OSError),
            winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE,
                r"SOFTWARE\Microsoft\Cryptography",
                access=winreg.KEY_READ | winreg.KEY_WOW64_64KEY,
            ) as key,
        ):
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        return ""
    try:
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
