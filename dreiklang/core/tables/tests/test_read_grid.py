"""Rows as they stand in a file, title lines and footnotes included."""

import io

import pytest
import xlsxwriter

from dreiklang.core.tables import CannotRead, read_grid

LIST = "Stadt Musterstadt;;\n;;\nStadtteil;männlich;weiblich\nNord;10;12\nQuelle: Melderegister;;\n"


def test_title_lines_and_footnotes_stay():
    grid = read_grid(LIST.encode(), filename="liste.csv")

    assert [number for number, _ in grid.rows] == [1, 3, 4, 5]
    assert [values[0] for _, values in grid.rows] == [
        "Stadt Musterstadt",
        "Stadtteil",
        "Nord",
        "Quelle: Melderegister",
    ]
    assert grid.delimiter == ";"


def test_a_workbook_says_which_cells_a_merge_covers():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Werte")
        sheet.merge_range("B1:C1", "Geschlecht")
        sheet.write_row("A2", ["Stadtteil", "männlich", "weiblich"])
        sheet.write_row("A3", ["Nord", 10, 12])

    grid = read_grid(file.getvalue(), filename="liste.xlsx")

    assert grid.merged == {(1, 2)}
    assert list(grid.rows[2][1]) == ["Nord", 10, 12]


def test_json_has_no_rows_of_cells():
    with pytest.raises(CannotRead) as refusal:
        read_grid(b'[{"a": 1}]', filename="liste.json")

    assert refusal.value.code == "wrong_type"
