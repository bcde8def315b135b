"""Make this checkout ready: `.venv`, the locked libraries, the project itself and what the system must give.

It uses nothing but the standard library, asks nothing, and is done at once when nothing has changed since.
Where packages come from is decided by the user's own pip and apt configuration.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "kpss-ready"
REFUSED = VENV / "kpss-refused"

# What Qt's Linux wheels and python-magic load from the system, and the Debian package of each.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libmagic.so.1": "libmagic1",
}
# Programs that the window uses where they are; without one the tests of it are skipped.
HELPERS = {
    "tesseract": ("tesseract-ocr", "tesseract-ocr-ces"),
    "soffice": ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
}


def say(text: str) -> None:
    """One line for the person who waits; stdout stays free for the program that is run next."""
    print(text, file=sys.stderr, flush=True)


def fingerprint() -> str:
    """What `.venv` depends on. The place counts too: a copied checkout would still run the first one's code."""
    digest = hashlib.sha256(f"{ROOT}\n{sys.platform}\n".encode("utf-8", "surrogateescape"))
    for path in (LOCK, ROOT / "pyproject.toml", Path(__file__).resolve()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_written(stamp: Path, text: str) -> bool:
    """Whether an earlier run left this text there."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == text


def can_load(library: str) -> bool:
    """Whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages() -> list[str]:
    """Debian packages that this Linux lacks; the one of venv comes first."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [] if importlib.util.find_spec("ensurepip") or PYTHON.is_file() else ["python3-venv"]
    return missing + [package for library, package in LIBRARIES.items() if not can_load(library)]


def missing_helpers() -> list[str]:
    """Debian packages of the programs that some tests need and this Linux lacks."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for program, packages in HELPERS.items() if not has_program(program) for package in packages]


def has_program(name: str) -> bool:
    """Whether a program is there; /usr/bin is searched even from a cron job or a bare environment."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/bin", "/bin"])
    return shutil.which(name, path=path) is not None


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages as root; False when that cannot be done."""
    apt = shutil.which("apt-get", path="/usr/bin:/bin")
    if apt is None or os.geteuid() != 0:
        return False
    say(f"Instaluji systémové knihovny / Installing system libraries: {' '.join(packages)}")
    # dpkg refuses to work when ldconfig is not on the path.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    commands = (["update"], ["install", "--yes", "--no-install-recommends", *packages])
    return all(
        subprocess.run([apt, "-qq", *command], env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for command in commands
    )


def provide_system(*, tests: bool) -> list[str]:
    """Install what the system lacks, or say in one line how; what failed once is only said again. Returns the rest."""
    missing, helpers = missing_packages(), missing_helpers() if tests else []
    if (missing or helpers) and not is_written(REFUSED, " ".join(missing + helpers)):
        # Apart, so that a system without the one can still have the other.
        for packages in filter(None, (missing, helpers)):
            apt_install(packages)
        importlib.invalidate_caches()
        missing, helpers = missing_packages(), missing_helpers() if tests else []
    if missing:
        say(f"Chybí systémové knihovny / System libraries are missing: sudo apt install {' '.join(missing)}")
    if helpers:
        say(f"Některé testy se přeskočí bez / Some tests are skipped without: sudo apt install {' '.join(helpers)}")
    return missing + helpers


def make_venv() -> None:
    """Create `.venv` unless a working one is there; one whose Python is gone is made anew."""
    if PYTHON.is_file():
        command = [str(PYTHON), "-m", "pip", "--version"]
        if subprocess.run(command, check=False, capture_output=True).returncode == 0:
            return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(1)  # provide_system has said what to install
    say("Připravuji prostředí .venv, potrvá to asi minutu… / Preparing .venv, it takes a minute or so…")
    venv.EnvBuilder(clear=VENV.exists(), with_pip=True, symlinks=os.name != "nt").create(VENV)


def pip_install(*arguments: str) -> None:
    """Run the environment's own pip; ends the program with pip's code when it fails."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *arguments]
    code = subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode
    if code != 0:
        say("Knihovny se nepodařilo nainstalovat; důvod je výše. / The libraries were not installed; see above why.")
        sys.exit(code)


def install() -> None:
    """Install exactly what the lock names, then the project as an editable package."""
    make_venv()
    pip_install("--require-hashes", "--requirement", str(LOCK))
    pip_install("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))


def main() -> None:
    """Make the checkout ready for running (or, with --tests, for testing) it."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without Czech letters
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what only the tests need from the system")
    tests = parser.parse_args().tests
    if sys.version_info < (3, 11):  # noqa: UP036  # this one file is run by whatever Python is there
        sys.exit(f"Python 3.11+ (make PYTHON=python3.12 …); toto je / this is {sys.version.split()[0]}")
    missing = " ".join(provide_system(tests=tests))
    if not (PYTHON.is_file() and is_written(STAMP, fingerprint())):
        install()
        STAMP.write_text(fingerprint(), encoding="utf-8")
    if not is_written(REFUSED, missing):
        REFUSED.write_text(missing, encoding="utf-8")


if __name__ == "__main__":
    main()
