import subprocess
import sys

import docx
import pytest

from dreiklang.core.documents import Limits, Reading, read_document
from dreiklang.core.documents.tests.made import (
    box_font,
    changed,
    encrypted,
    font,
    line,
    pdf,
    saved,
    scan,
    with_boxes,
    word,
    word_xml,
)


def refusal(content: bytes, name: str, **limits: int) -> tuple[Reading, str, str]:
    found = read_document(content, name=name, limits=Limits(**limits))
    return found.state, found.problem, found.text


def test_a_pdf_gives_its_pages_apart_by_a_form_feed() -> None:
    pages = [line(50, 700, "Grüße aus dem Rathaus"), line(50, 700, "Zweite Seite")]

    found = read_document(pdf(pages), name="vorlage.pdf")

    assert (found.text, found.pages, found.state) == ("Grüße aus dem Rathaus\fZweite Seite", 2, Reading.READ)
    assert (found.problem, found.notes) == ("", ())


def test_a_pdf_with_something_before_its_header_is_a_pdf() -> None:
    assert read_document(b"\n\n" + pdf([line(50, 700, "Text")]), name="ohne-endung").state == Reading.READ


@pytest.mark.parametrize(("ticked", "empty"), [(0x2612, 0x2610), (0xF0FE, 0xF0A8), (0x2611, 0x25A1)])
def test_ticks_are_read_however_the_font_names_them(ticked: int, empty: int) -> None:
    boxes, objects = box_font(ticked=ticked, empty=empty)
    page = line(50, 700, "Ja ", ("F2", "A"), " Nein ", ("F2", "B"))

    found = read_document(pdf([page], fonts={"F2": boxes}, objects=objects), name="kopf.pdf")

    assert found.text.split() == ["Ja", "☒", "Nein", "☐"]


def test_ticks_of_fonts_that_are_only_named_are_read_by_the_fonts_table() -> None:
    wingdings = font("Wingdings").replace(b" >>", b" /Encoding /WinAnsiEncoding >>")
    page = line(50, 700, "Ja ", ("F2", "þ"), " Nein ", ("F2", "¨"), " offen ", ("F3", "o"))

    found = read_document(pdf([page], fonts={"F2": wingdings, "F3": font("ZapfDingbats")}), name="kopf.pdf")

    assert found.text.split() == ["Ja", "☒", "Nein", "☐", "offen", "☐"]


def test_letters_of_ordinary_fonts_are_no_boxes() -> None:
    assert read_document(pdf([line(50, 700, "þ o x ¨ n")]), name="a.pdf").text.startswith("þ o x ¨")


def test_fields_of_a_form_stand_where_they_are_on_the_page() -> None:
    content = with_boxes([("Ja", True, 50, 700), ("Nein", False, 120, 700), ("Investition", True, 50, 680)])

    assert read_document(content, name="formular.pdf").text == "☒ Ja ☐ Nein\n☒ Investition"


def test_a_scan_is_named_and_not_guessed() -> None:
    assert refusal(scan(), "scan.pdf") == (Reading.SCANNED, "scanned", "")


def test_a_scanned_page_among_others_is_noted() -> None:
    picture = {
        100: b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length 1 >>\nstream\n\x00\nendstream"
    }
    pages = [line(50, 700, "Ein Text, der lang genug ist"), b"q 500 0 0 700 40 80 cm /Im Do Q\n"]

    found = read_document(pdf(pages, objects=picture), name="teils.pdf")

    assert (found.state, found.notes, found.pages) == (Reading.READ, ("scanned_pages",), 2)


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "leer.pdf", "empty"),
        (b"%PDF-1.7 kaputt", "kaputt.pdf", "broken"),
        (pdf([line(50, 700, "Text")])[:300], "abgebrochen.pdf", "broken"),
        (b"PK\x03\x04" + b"\x00" * 200, "kaputt.docx", "broken"),
        (b"Das ist keine DOCX", "falsch.docx", "broken"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bild.png", "wrong_type"),
        (b"\x00\x01\x02", "daten.txt", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "alt.doc", "legacy_doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "zu.docx", "password"),
        (encrypted(), "zu.pdf", "password"),
        (word("Text"), "vorlage.docm", "macros"),
        (changed(word("Text"), word__vbaProject_dot_bin=b"x"), "makro.docx", "macros"),
        (changed(word("Text"), word__document_dot_xml=b"<w:document"), "kaputt.docx", "broken"),
        (pdf([b""]), "leere-seite.pdf", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, name: str, problem: str) -> None:
    assert refusal(content, name) == (Reading.UNREADABLE, problem, "")


def test_a_workbook_is_no_document() -> None:
    package = changed(word("Text"), word__document_dot_xml=None)

    assert refusal(package, "liste.docx")[1] in {"broken", "wrong_type"}


def test_a_file_too_large_is_not_opened() -> None:
    assert refusal(b"%PDF-1.7" + b" " * 2_000, "gross.pdf", size=1_000) == (
        Reading.TOO_LARGE,
        "too_large",
        "",
    )


def test_a_file_of_400_mb_is_refused_before_anything_reads_it() -> None:
    assert refusal(bytes(400 * 1024 * 1024), "riesig.pdf") == (Reading.TOO_LARGE, "too_large", "")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = changed(word("Text"), word__media__a_dot_xml=b"\x00" * 30_000_000)

    assert refusal(bomb, "bombe.docx") == (Reading.TOO_LARGE, "zip_bomb", "")


def test_a_file_that_takes_too_long_is_given_up() -> None:
    slow = pdf([line(50, 700 - place % 600, "Wort " * 20) for place in range(2000)])

    state, problem, _ = refusal(slow, "lang.pdf", seconds=0)

    assert (state, problem) == (Reading.UNREADABLE, "too_slow")


def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    long = changed(word("x"), word__document_dot_xml=word_xml("Wort " * 1_800_000))

    state, problem, text = refusal(long, "lang.docx", memory=80 * 1024 * 1024)

    assert (state != Reading.READ, text) == (True, "")
    assert problem in {"too_large", "broken"}


def test_more_pages_than_the_limit_are_cut_and_said_so() -> None:
    pages = [line(50, 700, f"Seite {number}") for number in range(5)]

    found = read_document(pdf(pages), name="lang.pdf", limits=Limits(pages=2))

    assert (found.text, found.pages, found.notes) == ("Seite 0\fSeite 1", 5, ("cut_short",))


def test_a_docx_gives_text_tables_controls_and_symbols_in_their_order() -> None:
    tick = (
        '<w:p><w:r><w:t xml:space="preserve">Ja </w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>Nein</w:t></w:r></w:p>"
    )
    old = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/>'
        "</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
        "<w:r><w:t>erheblich</w:t></w:r></w:p>"
    )
    table = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Gremium</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>Termin</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )

    found = read_document(word("Vorlage", tick, old, table), name="vorlage.docx")

    assert found.text == "Vorlage\n\nJa ☒☐Nein\n\n☒erheblich\n\nGremium Termin"
    assert (found.pages, found.notes) == (None, ())


def test_what_was_struck_out_or_is_an_instruction_is_not_text() -> None:
    struck = (
        '<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>alt</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="2" w:author="a"><w:r><w:t>weg</w:t></w:r></w:moveFrom>'
        '<w:ins w:id="3" w:author="a"><w:r><w:t>neu</w:t></w:r></w:ins>'
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>"
    )

    assert read_document(word(struck), name="a.docx").text == "neu"


def test_external_links_are_noted_and_never_followed() -> None:
    document = docx.Document()
    document.add_paragraph("Siehe dort.")
    document.part.relate_to("http://127.0.0.1:9/fremd.dotm", "attachedTemplate", is_external=True)

    found = read_document(saved(document), name="vorlage.docx")

    assert (found.text, found.state, found.notes) == ("Siehe dort.", Reading.READ, ("external_links",))


def test_an_entity_in_a_docx_reads_no_file() -> None:
    declared = b'<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/hostname">]>'

    found = read_document(
        changed(word("x"), word__document_dot_xml=declared + word_xml("Text&f;")), name="a.docx"
    )

    assert found.text in {"", "Text"}


@pytest.mark.parametrize(
    "content",
    ["Grüße\r\n☑ Ja".encode(), "Grüße\n☑ Ja".encode("utf-16"), b"\xef\xbb\xbf" + "Grüße\n☑ Ja".encode()],
)
def test_plain_text_is_read_in_its_encoding(content: bytes) -> None:
    assert read_document(content, name="entwurf.txt").text == "Grüße\n☒ Ja"


def test_old_plain_text_is_read_too() -> None:
    assert read_document("Grüße".encode("cp1252"), name="entwurf.txt").text == "Grüße"


def test_neither_pdfium_nor_word_nor_typst_come_into_the_process_that_asks() -> None:
    order = "import sys; import dreiklang.core.documents; print([n for n in ('pypdfium2', 'docx', 'lxml', 'typst') if n in sys.modules])"

    done = subprocess.run([sys.executable, "-c", order], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
