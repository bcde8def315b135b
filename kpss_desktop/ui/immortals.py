"""A guard against a fault of PySide6 6.12 on Python 3.11: its methods hand out None and True without owning them.

The wheels are built against the stable interface of Python 3.12, where these objects are immortal and need no counted
reference. Python 3.11 does count, so every Qt call that returns nothing takes one reference to None away, and after
some thousands of calls the interpreter stops with "deallocating None". Giving the constants a count that no session
can use up is what Python 3.12 does itself (PEP 683).
"""

from __future__ import annotations

import ctypes
import sys

_ENOUGH = 1 << 60  # more than any session can use up

_CONSTANTS = (None, True, False, NotImplemented, Ellipsis)


def keep_constants_alive() -> None:
    """Make the constants of Python immortal, where Python itself does not; may be called again."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython" or sys.maxsize < _ENOUGH:
        return
    for constant in _CONSTANTS:
        # The count is the first field of every object (PyObject.ob_refcnt) in the releases of CPython 3.11.
        ctypes.c_ssize_t.from_address(id(constant)).value = _ENOUGH
