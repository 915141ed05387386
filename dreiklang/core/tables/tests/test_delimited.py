import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.tables import CannotRead, Limits, Note, read_table

LIST = "Titel;Kosten;Straße\r\nRadweg;50,00;Äußere Straße\r\nKita;1,5;Öl\r\n"


def read(content, filename="liste.csv", **options):
    raw = content if isinstance(content, bytes) else content.encode()
    return read_table(raw, filename=filename, **options)


def texts(table):
    return [[cell.text for cell in row.cells.values()] for row in table.rows]


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("iso-8859-1", "iso-8859-1"),
    ],
)
def test_encodings_are_recognised(codec, name):
    table = read(LIST.encode(codec))

    assert table.encoding == name
    assert table.columns == ("Titel", "Kosten", "Straße")
    assert texts(table) == [["Radweg", "50,00", "Äußere Straße"], ["Kita", "1,5", "Öl"]]


def test_a_euro_sign_in_one_byte_is_cp1252():
    table = read("Titel;Kosten\r\nBrücke;5 €\r\n".encode("cp1252"))

    assert (table.encoding, texts(table)) == ("cp1252", [["Brücke", "5 €"]])


def test_utf8_pasted_into_a_cp1252_file_is_noted_with_its_line():
    raw = "Titel;Ort\nBrücke;Süd\n".encode("cp1252") + "Öl;Süd\n".encode()

    assert [note.row for note in read(raw).notes if note.code == "mixed_encoding"] == [3]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters_are_recognised(delimiter):
    table = read(
        f"Titel{delimiter}Ort{delimiter}Kosten\nA{delimiter}B{delimiter}1\nC{delimiter}D{delimiter}2\n"
    )

    assert (table.delimiter, len(table.columns)) == (delimiter, 3)


def test_decimal_commas_do_not_look_like_a_delimiter():
    table = read("Titel;Kosten\n" + "".join(f"Weg {n};{n},50\n" for n in range(30)))

    assert table.delimiter == ";"


def test_a_single_column_is_a_list_too():
    assert read("Name\nAmt für Umwelt, Klima\nTiefbauamt\n").columns == ("Name",)


def test_quotes_keep_delimiters_line_breaks_and_quotes():
    table = read('Titel;Notiz\n"A;B";"erste\nzweite ""Zeile"""\nC;D\n')

    assert texts(table) == [["A;B", 'erste\nzweite "Zeile"'], ["C", "D"]]
    assert [row.number for row in table.rows] == [2, 3]


def test_quotes_out_of_order_are_kept_and_noted():
    table = read('Titel;Ort\n"Platz "Am Markt" neu";Mitte\nB;C\n')

    assert "Am Markt" in table.rows[0].text("Titel")
    assert Note("unclean_quotes") in table.notes


def test_a_quote_without_end_is_refused():
    with pytest.raises(CannotRead) as refusal:
        read('Titel;Ort\n"A;B\nC;D\n')

    assert (refusal.value.code, refusal.value.detail) == ("broken", "quote_without_end")


def test_a_sep_line_decides_and_is_not_counted():
    table = read("sep=|\nTitel|Ort\nA;B|C\n")

    assert (table.delimiter, table.header_row, texts(table)) == ("|", 1, [["A;B", "C"]])


def test_blank_rows_are_skipped_but_counted():
    table = read("Titel;Ort\n\n;;\nA;B\n")

    assert [row.number for row in table.rows] == [4]


def test_an_apostrophe_in_front_of_a_formula_is_taken_off():
    assert texts(read("Titel;Ort\n'=A1;'s Gravenhage\n")) == [["=A1", "'s Gravenhage"]]


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "liste.csv", "empty"),
        (b" \n\n;;\n", "liste.csv", "empty"),
        (b"%PDF-1.7 ...", "liste.csv", "wrong_type"),
        (b"\x89PNG\r\n", "liste.csv", "wrong_type"),
        (b"Titel;Ort\nA;B\n", "liste.xlsx", "wrong_type"),
        (b"<html><table>", "liste.xls", "wrong_type"),
        (b"Titel;Ort\nA;B\n", "liste.exe", "wrong_type"),
        (b"A;B\n\x00\x01\x02\x03C;D" + b"xxxxxxxx" * 9, "liste.csv", "wrong_type"),
        (b"\xff\xfeA", "liste.csv", "broken"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content, filename, code):
    with pytest.raises(CannotRead) as refusal:
        read(content, filename)

    assert refusal.value.code == code


@pytest.mark.parametrize("limits", [Limits(size=10), Limits(rows=1), Limits(columns=2)])
def test_a_list_over_a_limit_is_refused(limits):
    with pytest.raises(CannotRead) as refusal:
        read(LIST, limits=limits)

    assert refusal.value.code == "too_large"


@given(st.lists(st.lists(st.text("aä€ß;,\"\t |0'=", max_size=6), min_size=2, max_size=2), max_size=8))
def test_whatever_stands_in_a_cell_is_read_without_falling_over(rows):
    body = "".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)

    table = read("Titel;Ort\n" + body)

    assert len(table.rows) <= len(rows)


def test_encoding_and_delimiter_can_be_said():
    raw = "Straße,Ort;Zahl\nGrüner Weg,Nord;3\n".encode()

    found = read_table(raw, filename="liste.csv")
    told = read_table(raw, filename="liste.csv", encoding="cp1252", delimiter=",")

    assert (found.encoding, found.columns[0]) == (
        "utf-8",
        "Straße,Ort" if found.delimiter == ";" else "Straße",
    )
    assert (told.encoding, told.delimiter, told.columns) == ("cp1252", ",", ("StraÃŸe", "Ort;Zahl"))


def test_a_said_encoding_that_does_not_hold_is_refused():
    with pytest.raises(CannotRead) as refused:
        read_table("Stra\xdfe;Ort\n".encode("latin-1"), filename="liste.csv", encoding="utf-8")

    assert (refused.value.code, refused.value.detail) == ("broken", "encoding")


def test_a_said_delimiter_goes_before_the_sep_line():
    told = read_table(b"sep=;\na,b;c\n1,2;3\n", filename="liste.csv", delimiter=",")

    assert told.columns == ("a", "b;c")
