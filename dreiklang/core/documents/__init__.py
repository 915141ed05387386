"""Documents: the text of those that come from outside, and ours as text, HTML, DOCX and PDF.

read_document(content, name="vorlage.pdf") → DocumentText(text, pages, state, problem, notes)
as_text(document) · as_html(document) → str      as_docx(document) · as_pdf(document) → bytes
"""

from .document import (
    Block,
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
    plain,
)
from .markup import as_html
from .plain_text import as_text
from .printing import as_docx, as_pdf
from .reading import DocumentText, Limits, Reading, read_document

__all__ = [
    "Block",
    "Bullets",
    "Document",
    "DocumentText",
    "Facts",
    "Heading",
    "Limits",
    "Line",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Reading",
    "Rule",
    "Span",
    "Table",
    "as_docx",
    "as_html",
    "as_pdf",
    "as_text",
    "plain",
    "read_document",
]
