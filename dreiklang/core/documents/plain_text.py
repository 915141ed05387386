"""A document as plain text, to be pasted into the council's own system: no markup, no wrapped lines."""

from functools import singledispatch

from .document import (
    Bullets,
    Document,
    Facts,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Picture,
    Rule,
    Table,
    pieces,
)


def as_text(document: Document) -> str:
    """The document as plain text; blocks apart by an empty line, addresses in brackets behind their words."""
    head = "\n".join((document.title, *document.subtitle))
    foot = [document.foot] if document.foot else []
    return "\n\n".join([head, *(_written(block) for block in document.blocks), *foot]) + "\n"


@singledispatch
def _written(block: object) -> str:
    raise TypeError(f"no such block: {type(block).__name__}")


@_written.register
def _(block: Heading) -> str:
    return block.text.upper() if block.level == 1 else block.text


@_written.register
def _(block: Paragraph) -> str:
    return _words(block.text)


@_written.register
def _(block: Bullets) -> str:
    return "\n".join(f"– {_words(item)}" for item in block.items)


@_written.register
def _(block: Facts) -> str:
    return "\n".join(f"{name}: {_words(value)}" for name, value in block.pairs)


@_written.register
def _(block: Table) -> str:
    # Columns of blanks fall apart in another font; so each row is one line that names its columns.
    rows = [
        "– " + "; ".join(f"{name}: {_words(cell)}" for name, cell in zip(block.head, row, strict=True))
        for row in block.rows
    ]
    return "\n".join([block.caption, *rows] if block.caption else rows)


@_written.register(Rule)
@_written.register(PageBreak)
def _(block: Rule | PageBreak) -> str:
    return "———"


@_written.register
def _(block: Picture) -> str:
    return " ".join(f"[{block.alt}] {block.caption}".split())


def _words(line: Line) -> str:
    return "".join(f"{piece.text} ({piece.url})" if piece.url else piece.text for piece in pieces(line))
