"""Reads the text of a DOCX, in a child process: `python -m dreiklang.core.documents.docx_text LIMITS < file`.

python-docx opens the package and never follows what it links to. Its own `text` leaves out content controls,
symbols, text boxes and tick boxes of old forms, so the text is gathered here.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from dreiklang.core.documents.answer import Found, answer
from dreiklang.core.documents.signs import EMPTY, TICKED, alike, symbol

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was struck out or moved away, notes of the software, and a text box's second drawing.
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), _FALLBACK}
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    AttributeError,
)


def read_docx(content: bytes, limits: dict[str, int]) -> Found:
    """The text in the order of the document; paragraphs apart by an empty line, cells of a row by a blank."""
    try:
        document = docx.Document(io.BytesIO(content))
        text = "".join(_text(document.element.body))
    except _BROKEN:
        return Found(problem="broken")
    found = Found(text=_tidy(text))
    if not any(map(str.isalnum, found.text)):
        has_picture = any(True for _ in document.element.body.iter(qn("a:blip")))
        found.problem = "scanned" if has_picture else "empty"
    if any(
        relation.is_external for part in document.part.package.iter_parts() for relation in part.rels.values()
    ):
        found.notes.append("external_links")
    return found


def _text(element: Any) -> Iterator[str]:
    for child in element:
        name = child.tag
        if name in _LEFT_OUT or not isinstance(name, str):
            continue
        if name in _LEAVES:
            yield _LEAVES[name](child)
        elif name == qn("w:sdt") and (box := _control(child)):
            yield box
        elif name == qn("w:tr"):
            yield " ".join(" ".join("".join(_text(cell)).split()) for cell in _cells(child)) + "\n"
        else:
            yield from _text(child)
            if name in {qn("w:p"), qn("w:tbl")}:
                yield "\n\n"


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, also those inside a content control; not those of a table within a cell."""
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from child.iterfind(f"{qn('w:sdtContent')}/{qn('w:tc')}")


def _control(control: Any) -> str:
    """☒ or ☐ for a tick box of today's Word, empty for any other content control."""
    ticked = control.find(f"./{qn('w:sdtPr')}/{_W14}checkbox/{_W14}checked")
    box = control.find(f"./{qn('w:sdtPr')}/{_W14}checkbox")
    if box is None:
        return ""
    return TICKED if ticked is not None and ticked.get(f"{_W14}val", "1") in {"1", "true", "on"} else EMPTY


def _old_box(box: Any) -> str:
    """☒ or ☐ for a tick box of an old form (FORMCHECKBOX)."""
    state = box.find(qn("w:checked"))
    if state is None:
        state = box.find(qn("w:default"))
    return TICKED if state is not None and state.get(qn("w:val"), "1") in {"1", "true", "on"} else EMPTY


def _symbol(element: Any) -> str:
    code = int(element.get(qn("w:char"), "0"), 16)
    return symbol(element.get(qn("w:font"), ""), code)


_LEAVES: dict[str, Callable[[Any], str]] = {
    qn("w:t"): lambda element: element.text or "",
    qn("w:tab"): lambda element: "\t" if element.getparent().tag == qn("w:r") else "",
    qn("w:br"): lambda element: "\f" if element.get(qn("w:type")) == "page" else "\n",
    qn("w:cr"): lambda element: "\n",
    qn("w:noBreakHyphen"): lambda element: "\u2011",
    qn("w:softHyphen"): lambda element: "",
    qn("w:sym"): _symbol,
    qn("w:checkBox"): _old_box,
}


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.replace("\xad", "").split("\n"))
    return alike(re.sub(r"\n{3,}", "\n\n", lines).strip("\n"))


if __name__ == "__main__":
    answer(read_docx)
