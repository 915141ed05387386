"""A document as a piece of HTML: for the page, and for copying into a word processor. No styles, no classes."""

import base64
from functools import singledispatch
from html import escape

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
    Span,
    Table,
    pieces,
)

_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


# Word and Writer draw no lines of their own; plain attributes, since styles are often stripped on pasting.
_RULED = '<table border="1" cellspacing="0" cellpadding="4">'


def as_html(document: Document, *, title_level: int = 2, is_ruled: bool = False) -> str:
    """The document as an HTML `section` in its language; the title is a heading of `title_level`.

    `is_ruled`: tables with lines, for pasting where no style sheet is.
    Everything is escaped; what comes out may be marked safe.
    """
    title = _element(f"h{title_level}", escape(document.title))
    subtitle = [_element("p", escape(line)) for line in document.subtitle]
    blocks = [_marked(block, title_level) for block in document.blocks]
    foot = [f"<p><small>{escape(document.foot)}</small></p>"] if document.foot else []
    content = "\n".join([title, *subtitle, *blocks, *foot])
    if is_ruled:
        content = content.replace("<table>", _RULED)
    return f'<section lang="{escape(document.language)}">\n{content}\n</section>\n'


@singledispatch
def _marked(block: object, title_level: int) -> str:
    raise TypeError(f"no such block: {type(block).__name__}")


@_marked.register
def _(block: Heading, title_level: int) -> str:
    return _element(f"h{min(title_level + block.level, 6)}", escape(block.text))


@_marked.register
def _(block: Paragraph, title_level: int) -> str:
    return _element("p", _element("small", _inline(block.text)) if block.quiet else _inline(block.text))


@_marked.register
def _(block: Bullets, title_level: int) -> str:
    return _element("ul", "".join(_element("li", _inline(item)) for item in block.items))


@_marked.register
def _(block: Facts, title_level: int) -> str:
    return _element(
        "dl",
        "".join(_element("dt", escape(name)) + _element("dd", _inline(value)) for name, value in block.pairs),
    )


@_marked.register
def _(block: Table, title_level: int) -> str:
    caption = _element("caption", escape(block.caption)) if block.caption else ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in block.head)
    rows = "".join(
        _element("tr", "".join(_element("td", _inline(cell)) for cell in row)) for row in block.rows
    )
    return _element("table", f"{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>")


@_marked.register(Rule)
@_marked.register(PageBreak)
def _(block: Rule | PageBreak, title_level: int) -> str:
    return "<hr>"


@_marked.register
def _(block: Picture, title_level: int) -> str:
    data = base64.b64encode(block.content).decode()
    image = f'<img src="data:{_TYPES[block.format]};base64,{data}" alt="{escape(block.alt)}">'
    return _element(
        "figure", image + (_element("figcaption", escape(block.caption)) if block.caption else "")
    )


def _inline(line: Line) -> str:
    return "".join(_piece(piece) for piece in pieces(line))


def _piece(piece: Span) -> str:
    words = escape(piece.text)
    if piece.strong:
        words = _element("strong", words)
    # Only addresses of the web become links: nothing that a browser would run.
    if piece.url.startswith(("https://", "http://", "/", "mailto:")):
        words = f'<a href="{escape(piece.url)}">{words}</a>'
    return words


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"
