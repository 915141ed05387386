import pytest

from dreiklang.core.tables import CannotRead, Note, read_table


def read(content, **options):
    return read_table(content.encode(), filename="liste.csv", **options)


def test_title_lines_above_the_header_are_skipped_and_noted():
    table = read(
        "Maßnahmenliste der Stadt;Stand 2024;;;\n;;;;\nNr;Titel;Amt;Kosten;Ziel\n1;A;B;3;C\n2;D;E;4;F\n"
    )

    assert table.columns == ("Nr", "Titel", "Amt", "Kosten", "Ziel")
    assert table.header_row == 3
    assert Note("title_lines", "1", 3) in table.notes


def test_the_header_row_can_be_named():
    table = read("Art;Wert\nTitel;Amt\nA;B\n", header_row=2)

    assert table.columns == ("Titel", "Amt")


def test_a_blank_header_row_is_refused():
    with pytest.raises(CannotRead) as refusal:
        read("Titel;Amt\n\nA;B\n", header_row=2)

    assert (refusal.value.code, refusal.value.line) == ("empty", 2)


def test_repeated_names_are_numbered_and_noted():
    table = read("Amt;Amt;Amt (2);Amt\nA;B;C;D\n")

    assert table.columns == ("Amt", "Amt (2)", "Amt (2) (2)", "Amt (3)")
    assert [note.code for note in table.notes] == ["duplicate_column"] * 3


def test_empty_columns_go_and_unnamed_ones_take_their_letter():
    table = read("Titel;;;Amt;;;\nA;x;;B;;;\n")

    assert table.columns == ("Titel", "Spalte B", "Amt")
    assert Note("unnamed_column", "Spalte B", 1) in table.notes


def test_cells_beyond_the_header_are_kept():
    assert read("Titel;Amt\nA;B;C\nD;E\n").rows[0].text("Spalte C") == "C"


def test_a_header_without_rows_is_a_list_without_rows():
    table = read("Titel;Amt\n")

    assert (table.columns, table.rows) == (("Titel", "Amt"), [])
    assert Note("no_rows") in table.notes


def test_a_cell_excel_shows_as_an_error_has_a_problem():
    table = read("Titel;Amt\nA;#REF!\n")

    assert table.rows[0].cells["Amt"].problem == "error_value"
    assert Note("error_value", "Amt: #REF!", 2) in table.notes


def test_line_breaks_in_a_column_name_become_spaces():
    assert read('"Kosten\nin Euro";Amt\n1;B\n').columns == ("Kosten in Euro", "Amt")


def test_a_list_of_years_beside_names_keeps_its_header():
    assert read("Amt;Ziel;2023;2024\nA;B;1;2\nC;D;3;4\n").columns == ("Amt", "Ziel", "2023", "2024")
