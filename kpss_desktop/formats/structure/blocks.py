"""What a document is made of, the same for every family: readers make blocks, `render` makes HTML of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Look:
    """How a span of text looks."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    sup: bool = False
    sub: bool = False


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Span:
    r"""Text of one look; `\n` is a line break and `\t` a tabulator."""

    text: str
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a picture as they lie in the file, `width` in pixels (96 to the inch), 0 when unknown."""

    data: bytes
    width: int = 0


Inline: TypeAlias = Span | Picture


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a list item: `level` from 0, `label` as it is printed ("1.", "b)", "2.1"), empty for a bullet."""

    level: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `heading` is 1 to 4, or 0 for plain text; `align` is "center", "right" or empty."""

    inlines: tuple[Inline, ...] = ()
    heading: int = 0
    align: str = ""
    mark: Mark | None = None

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(inline.text for inline in self.inlines if isinstance(inline, Span))

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it can be seen."""
        return not self.text.strip() and not any(isinstance(inline, Picture) for inline in self.inlines)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; spans are in cells, at least 1; `width` is in pixels, 0 leaves it to the window."""

    blocks: tuple[Block, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    header: bool = False
    width: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell that a span of another covers is not there."""

    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose spaces and line ends count."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that parts the text from what is not its body: headers, notes."""


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that a stranger wrote; it passes the cleaning like everything else."""

    html: str


Block: TypeAlias = Paragraph | Table | Preformatted | Rule | Markup


@dataclass(slots=True)
class Runs:
    """Collects the inlines of a paragraph, joining neighbours of one look."""

    inlines: list[Inline] = field(default_factory=list)

    def text(self, text: str, look: Look = PLAIN) -> None:
        """Add text."""
        last = self.inlines[-1] if self.inlines else None
        if isinstance(last, Span) and last.look == look:
            self.inlines[-1] = Span(last.text + text, look)
        elif text:
            self.inlines.append(Span(text, look))

    def picture(self, picture: Picture) -> None:
        """Add a picture."""
        self.inlines.append(picture)

    def take(self) -> tuple[Inline, ...]:
        """Hand over what was collected and begin anew."""
        taken = tuple(self.inlines)
        self.inlines.clear()
        return taken
