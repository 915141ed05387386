import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.tables import read_table
from dreiklang.core.tables.write import Column, sheet_title, write_csv, write_xlsx
from dreiklang.core.values import Money, Period, Share, Unknown

COLUMNS = [
    Column("Titel", hint="Kurz und klar", example="Radweg"),
    Column("Phase", choices=("Idee", "Umsetzung")),
]
DANGEROUS = ["=1+1", "+49 123", "-", "@SUM(A1)", "\tx"]


@pytest.fixture(autouse=True)
def german():
    with override("de"):
        yield


@pytest.mark.parametrize("words", DANGEROUS)
def test_a_text_that_starts_like_a_formula_is_never_one(words):
    rows = [(words, "Idee")]

    assert f"'{words}" in write_csv(columns=COLUMNS, rows=rows).decode("utf-8-sig")
    cell = openpyxl.load_workbook(
        io.BytesIO(write_xlsx(columns=COLUMNS, rows=rows, title="Liste"))
    ).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", words)


def test_a_csv_opens_in_excel_as_germans_write():
    rows = [
        (Money("-1234.5"), date(2026, 9, 30)),
        (Share("0.125"), Decimal("1.5")),
        (None, Unknown("not_stated")),
    ]

    raw = write_csv(columns=COLUMNS, rows=rows)

    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\r\n")[1:] == [
        "-1234,50;30.09.2026",
        "12,5 %;1,5",
        ";unbekannt (nicht angegeben)",
        "",
    ]


def test_whoever_reads_english_gets_no_german_days_numbers_and_words():
    rows = [(date(2026, 7, 1), Money("1234.5")), (Share("0.125"), Decimal("1.5")), (True, False)]

    with override("en"):
        raw = write_csv(columns=COLUMNS, rows=rows)
        book = openpyxl.load_workbook(io.BytesIO(write_xlsx(columns=COLUMNS, rows=rows, title="List")))

    assert raw.decode("utf-8-sig").split("\r\n")[1:4] == ["2026-07-01;1234.50", "12.5 %;1.5", "yes;no"]
    assert (book.worksheets[0]["A2"].number_format, book.worksheets[0]["A4"].value) == ("yyyy-mm-dd", "yes")


def test_a_workbook_keeps_the_kinds_of_its_values():
    rows = [(Money("1234.5"), date(2026, 9, 30)), (Share("0.125"), Period.quarter(2022, 4)), (7, True)]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(columns=COLUMNS, rows=rows, title="Liste")))
    sheet = book.worksheets[0]

    assert sheet["A2"].value == 1234.5
    assert sheet["B2"].value.date() == date(2026, 9, 30)
    assert (sheet["B3"].value, sheet["B4"].value) == ("4. Quartal 2022", "ja")
    assert sheet["A3"].number_format == "0.0 %"


def test_hints_stand_on_a_second_sheet_and_are_not_read_as_rows():
    raw = write_xlsx(columns=COLUMNS, rows=[("A", "Idee")], title="Maßnahmen")
    book = openpyxl.load_workbook(io.BytesIO(raw))

    assert book.sheetnames == ["Maßnahmen", "Hinweise"]
    assert book["Hinweise"]["B3"].value == "Idee und Umsetzung"
    assert [row.text("Titel") for row in read_table(raw, filename="x.xlsx").rows] == ["A"]


def test_a_number_longer_than_a_spreadsheet_keeps_is_written_as_text():
    raw = write_xlsx(columns=COLUMNS, rows=[(Decimal("1234567890123456.75"), "")], title="Liste")

    assert openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]["A2"].value == "1234567890123456.75"


@pytest.mark.parametrize(
    ("title", "allowed"), [("a/b:c", "a b c"), ("", "Liste"), ("x" * 40, "x" * 31), ("'a'", "a")]
)
def test_a_sheet_title_is_made_one_a_workbook_allows(title, allowed):
    assert sheet_title(title) == allowed


printable = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20)


@given(
    st.lists(
        printable.map(str.strip).filter(lambda words: words[:1] not in {"#", "'"}), min_size=1, max_size=5
    )
)
def test_texts_written_to_csv_are_read_back_unchanged(words):
    raw = write_csv(columns=COLUMNS, rows=[("fest", word) for word in words])

    assert [row.text("Phase") for row in read_table(raw, filename="x.csv").rows] == words
