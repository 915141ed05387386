"""The printed header out of files, as a city's templates and its PDF printer make them."""

import pytest

from dreiklang.core.documents import Reading, read_document
from dreiklang.core.documents.tests.made import box_font, line, pdf, scan, word
from dreiklang.papers.services.texts import cut

T, E = "☒", "☐"
# Three columns as on the paper, each a list of lines; (T and E are the boxes).
LEFT = ("Finanzielle Auswirkungen", f"Ja {T} Nein {E}", f"{T} Investition", f"{E} Konsumtive Maßnahme")
MIDDLE = (
    "Gesamtkosten: 450.000 €",
    "Jährliche/r Budgetbedarf/Folgekosten:",
    "Gesamteinzahlung: 270.000 €",
    "Jährlicher Ertrag:",
)
RIGHT = (
    "Finanzierung",
    f"{E} bereits vollständig budgetiert",
    f"{T} teilweise budgetiert",
    f"{E} nicht budgetiert",
)
BELOW = (
    f"Gegenfinanzierung durch {E} Mehrerträge/-einzahlung {E} Wegfall bestehender Aufgaben",
    f"{E} Umschichtung innerhalb des Dezernates",
    f"CO2-Relevanz: Auswirkung auf den Klimaschutz Nein {E} Ja {T} positiv {T} negativ {E} geringfügig {T} erheblich {E}",
    f"IQ-relevant Nein {E} Ja {T} Korridorthema: Mobilität",
    f"Abstimmung mit städtischen Gesellschaften Nein {T} Ja {E} abgestimmt mit",
)


def printed(x: int, y: int, words: str) -> bytes:
    """A line whose boxes are set in a symbol font, as Word prints them."""
    pieces: list[str | tuple[str, str]] = []
    for part in words.replace(T, "\0A\0").replace(E, "\0B\0").split("\0"):
        pieces.append(("F2", part) if part in {"A", "B"} else part)
    return line(x, y, *pieces)


def column(x: int, lines: tuple[str, ...]) -> list[bytes]:
    return [printed(x, 700 - 14 * place, words) for place, words in enumerate(lines)]


def paper_as_pdf(*, by_rows: bool, ticked: int, empty: int) -> bytes:
    left, middle, right = column(40, LEFT), column(230, MIDDLE), column(420, RIGHT)
    if by_rows:
        above = [part for row in zip(left, middle, right, strict=True) for part in row]
    else:
        above = [*left, *middle, *right]
    below = [printed(40, 630 - 14 * place, words) for place, words in enumerate(BELOW)]
    boxes, objects = box_font(ticked=ticked, empty=empty)
    first = [printed(40, 760, "Radweg am Bahndamm"), *above, *below, printed(280, 40, "– 1 –")]
    second = [
        printed(40, 760, "Erläuterungen"),
        printed(40, 740, "Der Weg wird drei Meter breit."),
        printed(280, 40, "– 2 –"),
    ]
    return pdf([b"".join(first), b"".join(second)], fonts={"F2": boxes}, objects=objects)


def assert_read(text: str) -> None:
    found = cut(text)
    assert found.form is not None
    shown = {
        field.field.name: field.value if isinstance(field.value, str | tuple) else field.words
        for field in found.form.fields
    }
    assert shown == {
        "financial_effects": "yes",
        "spending": ("investment",),
        "total_cost": "450.000 €",
        "yearly_cost": "",
        "total_income": "270.000 €",
        "yearly_income": "",
        "budgeted": "part",
        "financed_by": (),
        "climate": "yes",
        "climate_direction": "positive",
        "climate_size": "small",
        "iq_relevant": "yes",
        "theme": ("Mobilität",),
        "companies": "no",
        "companies_named": "",
    }
    assert "Korridorthema" not in found.body
    assert "Der Weg wird drei Meter breit." in found.body


@pytest.mark.parametrize("by_rows", [True, False], ids=["row by row", "column by column"])
@pytest.mark.parametrize(
    ("ticked", "empty"), [(0x2612, 0x2610), (0xF0FE, 0xF0A8)], ids=["boxes", "symbols of Wingdings"]
)
def test_a_printed_form_in_columns_is_read(by_rows: bool, ticked: int, empty: int) -> None:
    found = read_document(paper_as_pdf(by_rows=by_rows, ticked=ticked, empty=empty), name="vorlage.pdf")

    assert found.state == Reading.READ
    assert_read(found.text)


def cell(words: str) -> str:
    runs = words.replace(T, "\0F0FE\0").replace(E, "\0F0A8\0").split("\0")
    made = [
        f'<w:r><w:sym w:font="Wingdings" w:char="{run}"/></w:r>'
        if run in {"F0FE", "F0A8"}
        else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>'
        for run in runs
    ]
    return f"<w:tc><w:p>{''.join(made)}</w:p></w:tc>"


def test_the_form_as_a_table_of_a_docx_is_read() -> None:
    rows = [cell(a) + cell(b) + cell(c) for a, b, c in zip(LEFT, MIDDLE, RIGHT, strict=True)]
    rows += [cell(words) for words in BELOW]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"

    found = read_document(
        word("Radweg am Bahndamm", table, "Erläuterungen", "Der Weg wird drei Meter breit."), name="v.docx"
    )

    assert found.state == Reading.READ
    assert_read(found.text)


def test_a_scanned_form_is_named_and_gives_no_header() -> None:
    found = read_document(scan(), name="scan.pdf")

    assert found.state == Reading.SCANNED
    assert cut(found.text).form is None
