"""Files that ship with the program: icons, catalogues of sentences, page templates, the sample archive.

A checkout keeps them in `resources/` beside the package, a wheel in `kpss_desktop/_resources`, and a frozen program
in `_resources` beside the executable's modules.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder of all shipped files. Raises FileNotFoundError when the installation is incomplete."""
    package = Path(__file__).resolve().parent
    places = [package / "_resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)  # PyInstaller's name for the folder of what it packed
    if frozen is not None:
        places.insert(0, Path(frozen) / "kpss_desktop" / "_resources")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(places[0])


def resource(*parts: str) -> Path:
    """The path of one shipped file or folder, e.g. `resource("icons", "search.svg")`.

    Raises FileNotFoundError when it is not there: the name is misspelt or the installation is incomplete.
    """
    path = root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path
