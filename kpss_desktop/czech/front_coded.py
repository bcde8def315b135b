"""A sorted list of words and their lemmas as simplemma 2 stores it, of which only the parts asked for are read.

After "SMFC1", a byte of flags and the number of records, each record is

    shared (1 byte), length (1 byte), the rest of the word: `shared` bytes of the word before come first
    cut (1 byte): 254 the lemma of the word before, 255 a lemma in full, else bytes to cut from the end of the word
    unless cut is 254: length (1 byte), the rest of the lemma

in UTF-8. To read a record one must have read the one before, but a record that shares few bytes tells all that those
after it share, so there the list can be taken up. All of it takes ten times as long to read as to cut there.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_BEGINNING = re.compile(rb"SMFC1\x00[\x80-\xff]*[\x00-\x7f]")  # the flag that words are stored backwards is not set
_SHARED = 4  # bytes that the words of a part share; more make more parts, fewer make longer ones
_LEMMA_BEFORE, _IN_FULL = 254, 255
_LONGEST = 40  # bytes; a list with more in one go is refused
_COUNTED = b"(?:\\x00|%s)" % b"|".join(b"\\x%02x.{%d}" % (length, length) for length in range(1, _LONGEST))
_REST = rb"%s(?:\xfe|[^\xfe]%s)" % (_COUNTED, _COUNTED)
_PART = re.compile(rb"(?s)[\x00-\x%02x]%s(?:[\x%02x-\x7f]%s)*+" % (_SHARED - 1, _REST, _SHARED, _REST))


class FrontCoded:
    """The list; only `get` is needed of it."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError when the data are in another format, or broken."""
        beginning = _BEGINNING.match(data)
        if beginning is None:
            raise ValueError("not such a list")
        self._data = data
        self._firsts: list[bytes] = []  # the first word of each part
        self._starts: list[int] = []
        self._read: dict[int, dict[bytes, bytes]] = {}
        end, first = beginning.end(), b""
        for part in _PART.finditer(data, end):
            start = part.start()
            if start != end:
                break
            end = part.end()
            first = first[: data[start]] + data[start + 2 : start + 2 + data[start + 1]]
            self._firsts.append(first)
            self._starts.append(start)
        if end != len(data):
            raise ValueError("broken")
        self._starts.append(end)

    def get(self, word: str) -> str | None:
        """The lemma of a word, None when the word is not listed."""
        encoded = word.encode("utf-8", "surrogatepass")
        number = bisect_right(self._firsts, encoded) - 1
        if number < 0:
            return None
        found = (self._read.get(number) or self._part(number)).get(encoded)
        return found.decode() if found is not None else None

    def _part(self, number: int) -> dict[bytes, bytes]:
        """Read a part and keep it."""
        data, at, end = self._data, self._starts[number], self._starts[number + 1]
        word, lemma = self._firsts[number], b""
        if data[at + 2 + data[at + 1]] == _LEMMA_BEFORE:
            lemma = next(reversed(self._part(number - 1).values()))
        part: dict[bytes, bytes] = {}
        while at < end:
            rest = at + 2
            after = rest + data[at + 1]
            if part:
                word = word[: data[at]] + data[rest:after]
            cut, at = data[after], after + 1
            if cut != _LEMMA_BEFORE:
                begin, at = at + 1, at + 1 + data[at]
                lemma = data[begin:at] if cut == _IN_FULL else word[: len(word) - cut] + data[begin:at]
            part[word] = lemma
        self._read[number] = part
        return part
