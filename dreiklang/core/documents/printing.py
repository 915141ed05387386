"""A document as PDF (PDF/UA-1, by Typst) or as DOCX (by python-docx), written by a child process.

Typst is 80 MB and stays out of the web process; the text goes to it as data, never as markup.
"""

import orjson

from .document import Document, Picture
from .process import run_child

_CHILD = "dreiklang.core.documents.press"
_SECONDS = 60


def as_pdf(document: Document) -> bytes:
    """The document as a tagged PDF that declares PDF/UA-1."""
    return run_child(_CHILD, content=_as_data(document), seconds=_SECONDS, arguments=("pdf",))


def as_docx(document: Document) -> bytes:
    """The document for Word and LibreOffice, with real headings, lists and table heads."""
    return run_child(_CHILD, content=_as_data(document), seconds=_SECONDS, arguments=("docx",))


def _as_data(document: Document) -> bytes:
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    formats = [picture.format for picture in pictures]
    head = orjson.dumps([document, formats, [len(picture.content) for picture in pictures]], default=_emptied)
    # Pictures follow as they are: in JSON they would have to be spelt out.
    return b"\n".join([head, b"".join(picture.content for picture in pictures)])


def _emptied(value: object) -> object:
    if isinstance(value, bytes):
        return None
    raise TypeError(type(value).__name__)
