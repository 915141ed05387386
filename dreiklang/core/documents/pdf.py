"""Reads the text of a PDF with PDFium, in a child process: `python -m dreiklang.core.documents.pdf LIMITS < file`."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dreiklang.core.documents.answer import Found, answer
from dreiklang.core.documents.signs import EMPTY, TICKED, alike, symbol, symbol_font

# Below so many letters a page with a picture is taken for a scan (a stamp or a page number may be real text).
_FEW_LETTERS = 20
_BOXES = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
_FILLED = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX}
# What PDFium writes, by its age, for a hyphen at the end of a line and the line's end.
_HYPHENS = str.maketrans({"\x02": "-\n", "\ufffe": "-\n"})


def read_pdf(content: bytes, limits: dict[str, int]) -> Found:
    """The text of the pages in their order."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        return Found(problem="password" if locked else "broken")
    document.init_forms()
    found = Found(pages=len(document))
    texts, kinds = [], []
    for page in _pages(document, limits, found):
        text, kind = _read(page, document)
        texts.append(text)
        kinds.append(kind)
        page.close()
        if sum(map(len, texts)) > limits["characters"]:
            break
    found.text = "\f".join(texts)
    return _judged(found, kinds)


def _pages(document: pdfium.PdfDocument, limits: dict[str, int], found: Found) -> Iterator[pdfium.PdfPage]:
    for number in range(len(document)):
        if number >= limits["pages"]:
            found.notes.append("cut_short")
            return
        try:
            page = document[number]
        except pdfium.PdfiumError:
            found.notes.append("broken_pages")
            continue
        yield page


def _judged(found: Found, kinds: list[str]) -> Found:
    if "text" not in kinds:
        found.problem = "scanned" if "picture" in kinds else "broken" if not kinds else "empty"
        found.text = ""
    elif "picture" in kinds:
        found.notes.append("scanned_pages")
    found.notes = sorted(set(found.notes))
    return found


def _read(page: pdfium.PdfPage, document: pdfium.PdfDocument) -> tuple[str, str]:
    """The page's text, and whether it is a page of text, a picture of one, or empty."""
    textpage = page.get_textpage()
    text = _with_fields(page, document, textpage, _characters(textpage))
    letters = sum(map(str.isalnum, text))
    if letters < _FEW_LETTERS and _is_drawn(page):
        return _tidy(text), "picture"
    return _tidy(text), "text" if letters else "empty"


def _is_drawn(page: pdfium.PdfPage) -> bool:
    """Whether something covers the page that may be text to the eye: a picture, or letters drawn as outlines."""
    shapes = 0
    for part in page.get_objects(max_depth=3):
        if part.type == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        shapes += part.type == raw.FPDF_PAGEOBJ_PATH
        if shapes > 200:
            return True
    return False


def _characters(textpage: pdfium.PdfTextPage) -> list[str]:
    """The page's characters, signs of symbol fonts as ☒ and ☐."""
    codes = [raw.FPDFText_GetUnicode(textpage, number) for number in range(textpage.count_chars())]
    characters = [chr(code) if code < 0x110000 else "\ufffd" for code in codes]
    fonts: dict[str, bool] = {}
    for number, code in enumerate(codes):
        # Only these stand for a tick box in some symbol font; asking for every character's font takes long.
        if code > 0x20 and (code < 0x100 or 0xF000 <= code < 0xF100):
            name = _font(textpage, number) if code > 0x7F or chr(code) in "RSTVX*oqrxcn" else ""
            if name and fonts.setdefault(name, bool(symbol_font(name))):
                characters[number] = symbol(name, code) or characters[number]
    return characters


def _font(textpage: pdfium.PdfTextPage, number: int) -> str:
    room, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    size = raw.FPDFText_GetFontInfo(textpage, number, room, len(room), ctypes.byref(flags))
    return room.raw[: max(0, min(size, len(room)) - 1)].decode(errors="replace")


def _with_fields(
    page: pdfium.PdfPage, document: pdfium.PdfDocument, textpage: pdfium.PdfTextPage, characters: list[str]
) -> str:
    """The text with what stands in the form's fields, each where it stands on the page."""
    fields = list(_fields(page, document))
    if not fields:
        return "".join(characters)
    boxes = [textpage.get_charbox(number) for number in range(len(characters))]
    for words, place in fields:
        number, before = _neighbour(place, boxes)
        if number is None:
            characters.append(f"\n{words}")
        elif before:
            characters[number] = f"{words} {characters[number]}"
        else:
            characters[number] = f"{characters[number]} {words}"
    return "".join(characters)


Box = tuple[float, float, float, float]  # left, bottom, right, top


def _neighbour(place: Box, boxes: list[Box]) -> tuple[int | None, bool]:
    """The character on the field's line that stands next to it, and whether the field comes before that one.

    A tick box belongs to the words right of it; where there are none, to those left of it.
    """
    left, bottom, right, top = place
    middle = (bottom + top) / 2
    line = [
        (number, box)
        for number, box in enumerate(boxes)
        if box[1] - 2 <= middle <= box[3] + 2 and box[2] > box[0]
    ]
    after = min((item for item in line if item[1][0] >= right - 2), key=lambda item: item[1][0], default=None)
    earlier = max(
        (item for item in line if item[1][2] <= left + 2), key=lambda item: item[1][2], default=None
    )
    if after:
        return after[0], True
    return (earlier[0], False) if earlier else (None, False)


def _fields(page: pdfium.PdfPage, document: pdfium.PdfDocument) -> Iterator[tuple[str, Box]]:
    form = document.formenv
    if form is None:
        return
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        field = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetFormFieldType(form, field)
        if kind in _BOXES:
            words = TICKED if raw.FPDFAnnot_IsChecked(form, field) else EMPTY
        else:
            words = _value(form, field) if kind in _FILLED else ""
        place = raw.FS_RECTF()
        if words and raw.FPDFAnnot_GetRect(field, ctypes.byref(place)):
            yield words, (place.left, place.bottom, place.right, place.top)
        raw.FPDFPage_CloseAnnot(field)


def _value(form: pdfium.PdfFormEnv, field: raw.FPDF_ANNOTATION) -> str:
    size = raw.FPDFAnnot_GetFormFieldValue(form, field, None, 0)
    room = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetFormFieldValue(form, field, room, size)
    return bytes(room)[: max(0, size - 2)].decode("utf-16-le", errors="replace").strip()


def _tidy(text: str) -> str:
    text = alike(text.replace("\r\n", "\n").replace("\r", "\n").translate(_HYPHENS))
    return "\n".join(line.rstrip() for line in text.split("\n"))


if __name__ == "__main__":
    answer(read_pdf)
