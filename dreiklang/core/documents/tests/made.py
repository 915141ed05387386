"""Files for tests, made to look like those of a council system: no real PDF or DOCX may lie in this project.

The PDFs are written by hand, so that each trait of a real file is there on purpose and nothing else.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from docx.oxml import parse_xml

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def font(name: str) -> bytes:
    """A font that is named and not embedded: as Word leaves Wingdings out on request."""
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /" + name.encode() + b" >>"


def box_font(*, ticked: int, empty: int) -> tuple[bytes, dict[int, bytes]]:
    """A symbol font as Word embeds it: the letters A and B, and a table that says which characters they stand for.

    The font itself, and the objects it needs.
    """
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <FF> "
        b"endcodespacerange 2 beginbfchar <41> <"
        + f"{ticked:04X}".encode()
        + b"> <42> <"
        + f"{empty:04X}".encode()
        + b"> "
        b"endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    stream = b"<< /Length " + str(len(table)).encode() + b" >>\nstream\n" + table + b"\nendstream"
    named = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings-Regular /FirstChar 65 /LastChar 66 "
        b"/Widths [900 900] /ToUnicode 105 0 R >>"
    )
    return named, {105: stream}


def pdf(
    pages: Sequence[bytes],
    *,
    fonts: Mapping[str, bytes] | None = None,
    page_entries: bytes = b"",
    catalog_entries: bytes = b"",
    objects: Mapping[int, bytes] | None = None,
    trailer_entries: bytes = b"",
) -> bytes:
    """A PDF whose pages have these content streams. Further `objects` have numbers from 100 on."""
    named = {"F1": HELVETICA, **(fonts or {})}
    all_objects: dict[int, bytes] = dict(objects or {})
    resources = b" ".join(f"/{name} {10 + place} 0 R".encode() for place, name in enumerate(named))
    for place, content in enumerate(named.values()):
        all_objects[10 + place] = content
    kids = []
    for place, stream in enumerate(pages):
        number = 30 + 2 * place
        kids.append(f"{number} 0 R".encode())
        all_objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
            + f"{number + 1} 0 R".encode()
            + b" /Resources << /Font << "
            + resources
            + b" >> /XObject << /Im 100 0 R >> >> "
            + page_entries
            + b" >>"
        )
        all_objects[number + 1] = (
            b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream"
        )
    all_objects[1] = b"<< /Type /Catalog /Pages 2 0 R " + catalog_entries + b" >>"
    all_objects[2] = (
        b"<< /Type /Pages /Count " + str(len(pages)).encode() + b" /Kids [" + b" ".join(kids) + b"] >>"
    )
    return _written(all_objects, trailer_entries)


def _written(objects: Mapping[int, bytes], trailer_entries: bytes) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n")
    start, size = out.tell(), max(objects) + 1
    out.write(f"xref\n0 {size}\n0000000000 65535 f \n".encode())
    for number in range(1, size):
        out.write(
            f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 65535 f \n"
        )
    out.write(f"trailer\n<< /Size {size} /Root 1 0 R ".encode() + trailer_entries + b" >>\n")
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def line(x: int, y: int, *pieces: tuple[str, str] | str) -> bytes:
    """A line of text at a place; a piece is text in Helvetica, or (font, its codes)."""
    shown = [f"BT /F1 10 Tf {x} {y} Td".encode()]
    for piece in pieces:
        name, words = ("F1", piece) if isinstance(piece, str) else piece
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        shown.append(f"/{name} 10 Tf (".encode() + escaped + b") Tj")
    return b" ".join(shown) + b" ET\n"


def scan() -> bytes:
    """A page that is one picture, with the page number a scanner's software wrote."""
    pixels = b"\x00\xff" * 200
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 20 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length "
        + str(len(pixels)).encode()
        + b" >>\nstream\n"
        + pixels
        + b"\nendstream"
    )
    return pdf([b"q 500 0 0 700 40 80 cm /Im Do Q\n" + line(290, 20, "1")], objects={100: picture})


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    locked = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
    return pdf(
        [line(50, 700, "Geheim")],
        objects={101: locked},
        trailer_entries=b"/Encrypt 101 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]",
    )


def with_boxes(fields: Sequence[tuple[str, bool, int, int]]) -> bytes:
    """A form whose tick boxes are fields: (words right of the box, ticked, x, y)."""
    stream = b"".join(line(x + 16, y, words) for words, _, x, y in fields)
    shape = b"<< /Type /XObject /Subtype /Form /BBox [0 0 10 10] /Length 0 >>\nstream\n\nendstream"
    objects: dict[int, bytes] = {100: shape}
    for place, (_, ticked, x, y) in enumerate(fields):
        state = b"/Yes" if ticked else b"/Off"
        objects[110 + place] = (
            f"<< /Type /Annot /Subtype /Widget /FT /Btn /T (box{place}) /F 4 ".encode()
            + f"/Rect [{x} {y - 2} {x + 10} {y + 8}] /P 30 0 R ".encode()
            + b"/V "
            + state
            + b" /AS "
            + state
            + b" /AP << /N << /Yes 100 0 R /Off 100 0 R >> >> >>"
        )
    named = b" ".join(f"{110 + place} 0 R".encode() for place in range(len(fields)))
    return pdf(
        [stream],
        page_entries=b"/Annots [" + named + b"]",
        catalog_entries=b"/AcroForm << /Fields [" + named + b"] >>",
        objects=objects,
    )


def word(*parts: str) -> bytes:
    """A DOCX whose body has these pieces of WordprocessingML; plain text becomes a paragraph."""
    document = docx.Document()
    body = document.element.body
    for part in parts:
        xml = part if part.startswith("<") else f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>"
        body.insert(
            len(body) - 1, parse_xml(xml.replace(">", f" {W} {W14}>", 1) if "/>" not in xml[:60] else xml)
        )
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    """The bytes of a DOCX."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(package: bytes, **parts: bytes | None) -> bytes:
    """The package with parts added or replaced; in a name `__` stands for a slash and `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, content in named.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def word_xml(text: str) -> bytes:
    """The main part of a DOCX with one paragraph, written as it stands."""
    return f"<w:document {W}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>".encode()
