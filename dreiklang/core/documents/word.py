"""Builds the DOCX of a document. Runs in the child process only."""

import io
from datetime import datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

_SOFT = RGBColor(0x53, 0x60, 0x67)
_INK = RGBColor(0x1B, 0x24, 0x26)


def written(document: dict[str, Any], pictures: list[bytes], formats: list[str]) -> bytes:
    """The DOCX of a document given as data."""
    word = docx.Document()
    _set_up(word, document)
    word.add_paragraph(document["title"], style="Title")
    for line in document["subtitle"]:
        word.add_paragraph(line, style="Subtitle")
    left = list(zip(pictures, formats, strict=True))
    for block in document["blocks"]:
        if block["kind"] == "picture":
            block["content"], block["format"] = left.pop(0)
        _BLOCKS[block["kind"]](word, block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _set_up(word: WordDocument, document: dict[str, Any]) -> None:
    record = word.core_properties
    record.title, record.author, record.language = document["title"], document["author"], document["language"]
    record.comments = ""
    if document["dated_on"]:
        # Else the library's own template gives its year, 2013.
        record.created = record.modified = datetime.fromisoformat(document["dated_on"])
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.top_margin, section.bottom_margin = Mm(24), Mm(24)
    for name, size in {
        "Normal": 10.5,
        "Title": 18,
        "Subtitle": 10.5,
        "Heading 1": 13.5,
        "Heading 2": 11.5,
    }.items():
        _set_style(word, name, size)
    for name in ("Heading 3", "Heading 4"):
        _set_style(word, name, 10.5)
    word.styles["Subtitle"].font.color.rgb = _SOFT
    _set_language(word, document["language"])
    foot = section.footer.paragraphs[0]
    foot.text = document["foot"]


def _set_style(word: WordDocument, name: str, size: float) -> None:
    style = word.styles[name]
    style.font.size, style.font.italic, style.font.color.rgb = Pt(size), False, _INK
    # The template's headings take their face from its theme; Calibri's metrics are everywhere.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)
    style.font.name = "Calibri"
    if name == "Title":
        for border in style.element.findall(".//" + qn("w:pBdr")):
            border.getparent().remove(border)


def _set_language(word: WordDocument, language: str) -> None:
    code = {"de": "de-DE", "en": "en-GB"}.get(language, language)
    for mark in word.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), code)


def _heading(word: WordDocument, block: dict[str, Any]) -> None:
    word.add_heading(block["text"], level=block["level"])


def _paragraph(word: WordDocument, block: dict[str, Any]) -> None:
    paragraph = word.add_paragraph()
    _fill(paragraph, block["text"])
    if block["quiet"]:
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(9), _SOFT


def _bullets(word: WordDocument, block: dict[str, Any]) -> None:
    for item in block["items"]:
        _fill(word.add_paragraph(style="List Bullet"), item)


def _facts(word: WordDocument, block: dict[str, Any]) -> None:
    for name, value in block["pairs"]:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{name}: ").bold = True
        _fill(paragraph, value)


def _table(word: WordDocument, block: dict[str, Any]) -> None:
    if block["caption"]:
        word.add_paragraph(block["caption"], style="Caption")
    table = word.add_table(rows=1, cols=len(block["head"]), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, block["head"], strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    _mark_as_head(table.rows[0])
    for row in block["rows"]:
        added = table.add_row()
        _keep_together(added)
        for number, (cell, content) in enumerate(zip(added.cells, row, strict=True)):
            _fill(cell.paragraphs[0], content)
            if number in block["numbers"]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _set_widths(table, block["widths"])
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _set_widths(table: Any, widths: list[float]) -> None:
    for column, share in zip(table.columns, widths, strict=False):
        for cell in column.cells:
            cell.width = Mm(163 * share / sum(widths))


def _mark_as_head(row: Any) -> None:
    """The row is read out as the head, and repeated on the next page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_together(row: Any) -> None:
    """The row stays on one page where it fits there."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _rule(word: WordDocument, block: dict[str, Any]) -> None:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "4", "space": "1", "color": "B9BDBA"}.items():
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    word.add_paragraph()._p.get_or_add_pPr().append(borders)


def _page_break(word: WordDocument, block: dict[str, Any]) -> None:
    word.add_page_break()  # type: ignore[no-untyped-call]  # python-docx says no types


def _picture(word: WordDocument, block: dict[str, Any]) -> None:
    if block["format"] == "svg":
        # Word takes SVG only beside a PNG of it; the words say what it shows.
        word.add_paragraph(f"[{block['alt']}]")
    else:
        shape = word.add_picture(io.BytesIO(block["content"]), width=Mm(163 * block["share"]))
        shape._inline.docPr.set("descr", block["alt"])
    if block["caption"]:
        word.add_paragraph(block["caption"], style="Caption")


def _fill(paragraph: WordParagraph, line: str | list[Any]) -> None:
    for piece in [line] if isinstance(line, str) else line:
        if isinstance(piece, str):
            paragraph.add_run(piece)
        elif piece["url"].startswith(("https://", "http://", "mailto:")):
            _link(paragraph, piece)
        else:
            paragraph.add_run(piece["text"]).bold = piece["strong"] or None


def _link(paragraph: WordParagraph, piece: dict[str, Any]) -> None:
    number = paragraph.part.relate_to(piece["url"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), number)
    run = paragraph.add_run(piece["text"])
    run.bold, run.underline = piece["strong"] or None, True
    link.append(run._r)
    paragraph._p.append(link)


_BLOCKS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "bullets": _bullets,
    "facts": _facts,
    "table": _table,
    "rule": _rule,
    "page_break": _page_break,
    "picture": _picture,
}
