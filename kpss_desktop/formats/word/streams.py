"""The streams of a .doc that its readers need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpss_desktop.formats.found import damaged
from kpss_desktop.formats.word.fib import WORD_97, Fib, Part, parse

if TYPE_CHECKING:
    from kpss_desktop.formats.containers.compound import Compound


@dataclass(frozen=True, slots=True)
class Streams:
    """The streams, whole: a .doc of a clerk is small. Old files have the main one only."""

    fib: Fib
    main: bytes
    table: bytes = b""
    data: bytes = b""

    def part(self, part: Part) -> bytes:
        """The bytes of one part of the table stream; empty when the document has none."""
        offset, size = self.fib.place(part)
        return self.table[offset : offset + size]


def of_bytes(main: bytes) -> Streams:
    """A file that is nothing but its main stream; raises Unreadable when it does not begin with the block."""
    fib = parse(main)
    if fib is None:
        raise damaged()
    return Streams(fib, main)


def of_compound(compound: Compound) -> Streams:
    """The streams of a compound file but `data`, where only pictures are. Raises Unreadable: no Word document."""
    main = compound.stream("WordDocument")
    fib = parse(main)
    if fib is None:
        raise damaged()
    if fib.ident != WORD_97:
        return Streams(fib, main)
    # Some programs name the wrong one of the two.
    names = ("1Table", "0Table") if fib.second_table else ("0Table", "1Table")
    return Streams(fib, main, compound.stream(names[0]) or compound.stream(names[1]))
