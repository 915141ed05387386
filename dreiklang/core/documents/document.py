"""What a document of ours is made of: a title and blocks, written in any of four forms.

One text, written once: as plain text and HTML for copying, as DOCX for working on, as PDF for keeping.
"""

from dataclasses import dataclass, field
from datetime import date

PICTURE_SIGNS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"<svg": "svg", b"<?xml": "svg"}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line that is set apart: strong, or a link to a whole address."""

    text: str
    strong: bool = False
    url: str = ""


# A line of text: all alike, or in pieces.
Line = str | tuple[str | Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; `level` counts from 1 and never skips one."""

    text: str
    level: int = 1
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `quiet` sets it smaller and softer, for what explains."""

    text: Line
    quiet: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order."""

    items: tuple[Line, ...]
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they say, one a line: "Nummer: 2026-014"."""

    pairs: tuple[tuple[str, Line], ...]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; every row has as many cells. `widths` are shares of the line, or empty for all alike.

    `numbers` are the columns (from 0) that are set to the right.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()
    numbers: tuple[int, ...] = ()
    kind: str = field(default="table", init=False)

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.head)]
        if not self.head or wrong or (self.widths and len(self.widths) != len(self.head)):
            raise ValueError("a table needs a head, and as many cells and widths as its head")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across, where something new begins."""

    kind: str = field(default="rule", init=False)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    kind: str = field(default="page_break", init=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (SVG, PNG or JPEG) with what it shows in words, for those who do not see it.

    `share` is the part of the line that it fills, 0..1; on paper and in PDF only.
    """

    content: bytes
    alt: str
    caption: str = ""
    share: float = 1.0
    kind: str = field(default="picture", init=False)

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a picture needs its words")
        if not self.format:
            raise ValueError("a picture is SVG, PNG or JPEG")

    @property
    def format(self) -> str:
        """What it is by its first bytes: svg, png or jpg; empty for anything else."""
        start = self.content[:64].lstrip()
        return next((name for sign, name in PICTURE_SIGNS.items() if start.startswith(sign)), "")


Block = Heading | Paragraph | Bullets | Facts | Table | Rule | PageBreak | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A document before it has a form.

    `subtitle` lines stand under the title; `foot` at the foot of every page, beside its number; `author` and
    `dated_on` go into the file's own record. `language` is the language of the text ("de", "en"). `is_compact` sets a
    PDF smaller and closer: for sheets that are made to fit their pages.
    """

    title: str
    language: str = "de"
    subtitle: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    foot: str = ""
    author: str = ""
    dated_on: date | None = None
    is_compact: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a document needs a title")
        last = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if not 1 <= block.level <= min(last + 1, 4):
                    raise ValueError(f"heading level skipped at “{block.text}”")
                last = block.level


def pieces(line: Line) -> tuple[Span, ...]:
    """The line in pieces, each with how it is set."""
    parts = (line,) if isinstance(line, str) else line
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def plain(line: Line) -> str:
    """The line's words alone."""
    return "".join(piece.text for piece in pieces(line))
