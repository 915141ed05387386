import io
import re
import zipfile
from datetime import date

import docx
import pypdfium2 as pdfium
import pytest

from dreiklang.core.documents import (
    Bullets,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Rule,
    Span,
    Table,
    as_docx,
    as_html,
    as_pdf,
    as_text,
    read_document,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 6"><rect width="20" height="4"/></svg>'
ALL = Document(
    title="Bezug zum INSEK",
    subtitle=("Vorlage 2026/0214", "Prüfung 7 vom 3. März 2026"),
    foot="Klarenbrück · Prüfung 7",
    author="Stadt Klarenbrück",
    dated_on=date(2026, 3, 3),
    blocks=(
        Heading("Was die Vorlage berührt"),
        Paragraph(
            (
                "Sie unterstützt ",
                Span("Ziel 3.2", strong=True),
                ", siehe ",
                Span("hier", url="https://example.org/3"),
            )
        ),
        Bullets(("Erstens", "Zweitens")),
        Heading("Wirkung", level=2),
        Facts((("Amt", "Mobilität"),)),
        Table(
            ("Ziel", "Wirkung"),
            (("3.2", "++"), ("4.1", "−")),
            caption="Wirkungen",
            widths=(3, 1),
            numbers=(1,),
        ),
        Rule(),
        Picture(SVG, "Ein Balken von zwei Dritteln", "Bild 1"),
        Paragraph("Leise.", quiet=True),
    ),
)
WORDS = (
    "Bezug zum INSEK",
    "Vorlage 2026/0214",
    "Ziel 3.2",
    "Zweitens",
    "Mobilität",
    "4.1",
    "Wirkungen",
    "Leise.",
)


def test_plain_text_has_every_word_and_no_markup() -> None:
    assert as_text(ALL) == (
        "Bezug zum INSEK\nVorlage 2026/0214\nPrüfung 7 vom 3. März 2026\n\n"
        "WAS DIE VORLAGE BERÜHRT\n\nSie unterstützt Ziel 3.2, siehe hier (https://example.org/3)\n\n"
        "– Erstens\n– Zweitens\n\nWirkung\n\nAmt: Mobilität\n\n"
        "Wirkungen\n– Ziel: 3.2; Wirkung: ++\n– Ziel: 4.1; Wirkung: −\n\n———\n\n"
        "[Ein Balken von zwei Dritteln] Bild 1\n\nLeise.\n\nKlarenbrück · Prüfung 7\n"
    )


def test_html_is_whole_and_has_no_styles() -> None:
    html = as_html(ALL)

    assert html.startswith('<section lang="de">\n<h2>Bezug zum INSEK</h2>')
    assert "<h3>Was die Vorlage berührt</h3>" in html
    assert "<h4>Wirkung</h4>" in html
    assert '<strong>Ziel 3.2</strong>, siehe <a href="https://example.org/3">hier</a>' in html
    assert '<caption>Wirkungen</caption><thead><tr><th scope="col">Ziel</th>' in html
    assert 'alt="Ein Balken von zwei Dritteln"' in html
    assert not re.search(r"\s(style|class|on\w+)=", html)


def test_tables_have_lines_where_no_style_sheet_is() -> None:
    html = as_html(ALL, is_ruled=True)

    assert '<table border="1" cellspacing="0" cellpadding="4"><caption>' in html
    assert "<table>" not in html


def test_html_runs_nothing_that_stands_in_the_text() -> None:
    evil = Document(
        title="<script>alert(1)</script>",
        blocks=(Paragraph((Span("hier", url="javascript:alert(1)"), '"><img src=x onerror=alert(1)>')),),
    )

    html = as_html(evil)

    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html


def test_pdf_is_tagged_titled_and_declares_pdf_ua() -> None:
    content = as_pdf(ALL)

    opened = pdfium.PdfDocument(content)
    assert opened.is_tagged()
    assert opened.get_metadata_dict()["Title"] == "Bezug zum INSEK"
    assert opened.get_metadata_dict()["Author"] == "Stadt Klarenbrück"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert re.search(rb"/Lang ?\(de\)", content)
    assert b"/ViewerPreferences" in content


def test_pdf_has_every_word_and_the_number_of_its_pages() -> None:
    found = read_document(as_pdf(ALL), name="bezug.pdf")

    assert [word for word in WORDS if word not in found.text] == []
    assert "Seite 1 von 1" in found.text


def test_text_is_never_read_as_markup_by_the_typesetter() -> None:
    words = '#read("/etc/passwd") *nicht fett* $x$ @a \\ [b] <c>'

    found = read_document(as_pdf(Document(title=words, blocks=(Paragraph(words),))), name="a.pdf")

    assert " ".join(found.text.split()).count(words) == 2


def test_characters_that_no_font_draws_do_not_stop_the_printing() -> None:
    found = read_document(as_pdf(Document(title="Ja 😀", blocks=(Paragraph("漢\x07 ☒ →"),))), name="a.pdf")

    assert found.text.split("\n")[:2] == ["Ja ☐", "☐ ☒ →"]


def test_a_heading_of_a_long_table_is_on_every_page_of_it() -> None:
    table = Table(("Nummer", "Beschluss"), tuple((str(number), "Ein Satz.") for number in range(120)))

    found = read_document(as_pdf(Document(title="Bericht", blocks=(table,))), name="a.pdf")

    assert found.pages is not None
    assert found.pages >= 3
    assert all("Nummer Beschluss" in page for page in found.text.split("\f"))


def test_docx_has_real_headings_lists_and_table_heads() -> None:
    document = docx.Document(io.BytesIO(as_docx(ALL)))

    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.text]
    assert styles[0] == ("Title", "Bezug zum INSEK")
    assert ("Heading 1", "Was die Vorlage berührt") in styles
    assert ("Heading 2", "Wirkung") in styles
    assert ("List Bullet", "Zweitens") in styles
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml
    assert document.core_properties.title == "Bezug zum INSEK"
    assert document.sections[0].footer.paragraphs[0].text == "Klarenbrück · Prüfung 7"


def test_docx_speaks_the_language_of_the_text() -> None:
    package = zipfile.ZipFile(io.BytesIO(as_docx(Document(title="Report", language="en"))))

    assert 'w:lang w:val="en-GB"' in package.read("word/styles.xml").decode()


def test_docx_holds_every_word() -> None:
    found = read_document(as_docx(ALL), name="bezug.docx")

    assert [word for word in WORDS if word not in found.text] == []
    assert found.notes == ("external_links",)


def test_what_the_typesetter_would_refuse_is_refused_when_it_is_written() -> None:
    with pytest.raises(ValueError):
        Picture(SVG, " ")
    with pytest.raises(ValueError):
        Picture(b"GIF89a", "Ein Bild")
    with pytest.raises(ValueError):
        Document(title=" ")
    with pytest.raises(ValueError):
        Document(title="T", blocks=(Heading("A"), Heading("B", level=3)))
    with pytest.raises(ValueError):
        Table(("A", "B"), (("1",),))


def test_a_word_file_carries_its_own_day_and_keeps_rows_together() -> None:
    table = Table(("Nummer", "Was"), (("1", "kurz"), ("2", "auch kurz")))
    made = Document(title="Bericht", language="de", blocks=(table,), dated_on=date(2026, 11, 22))

    opened = docx.Document(io.BytesIO(as_docx(made)))

    assert opened.core_properties.created is not None
    assert opened.core_properties.created.date() == date(2026, 11, 22)
    rows = opened.tables[0].rows
    assert [row._tr.xpath("./w:trPr/w:cantSplit") != [] for row in rows] == [False, True, True]


def test_a_row_that_is_longer_than_a_page_still_shows_all_of_it() -> None:
    long = " ".join(f"Wort{number}" for number in range(1500))
    table = Table(("Nummer", "Was"), (("1", long), ("2", "Ende")))

    pages = read_document(as_pdf(Document(title="Bericht", language="de", blocks=(table,))), name="a.pdf")

    assert "Wort1499" in pages.text
    assert "Ende" in pages.text


def pages_of(content: bytes) -> int:
    return len(pdfium.PdfDocument(content))


def test_what_follows_a_page_break_stands_on_the_next_page() -> None:
    apart = Document(title="Profil", blocks=(Paragraph("Eins."), PageBreak(), Paragraph("Zwei.")))

    found = pdfium.PdfDocument(as_pdf(apart))

    assert [found[at].get_textpage().get_text_range().count("Zwei.") for at in range(len(found))] == [0, 1]
    assert "———" in as_text(apart)
    assert "<hr>" in as_html(apart)
    assert 'w:type="page"' in zipfile.ZipFile(io.BytesIO(as_docx(apart))).read("word/document.xml").decode()


def test_a_compact_document_takes_less_paper() -> None:
    rows = tuple((f"Indikator {number}", "12,5 %") for number in range(40))
    table = Table(("Indikator", "Wert"), rows, numbers=(1,))

    assert pages_of(as_pdf(Document(title="Profil", blocks=(table,), is_compact=True))) == 1
    assert pages_of(as_pdf(Document(title="Profil", blocks=(table,)))) == 2


def test_a_picture_may_fill_a_part_of_the_line() -> None:
    whole = Document(title="Profil", blocks=(Picture(SVG, "Balken"),))
    half = Document(title="Profil", blocks=(Picture(SVG, "Balken", share=0.5),))

    assert as_pdf(whole) != as_pdf(half)
