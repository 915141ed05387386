import io
import subprocess
import sys
import zipfile
from datetime import datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter

from dreiklang.core.tables import CannotRead, Limits, Note, read_grid, read_table


def workbook(fill, **options):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    fill(book)
    book.close()
    return out.getvalue()


def simple(book):
    book.add_worksheet("Liste").write_column(0, 0, ["Titel", "A"])


def changed(raw, change):
    """The package with each part passed through `change(name, content)`; None leaves the part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def read(raw, filename="liste.xlsx", **options):
    return read_table(raw, filename=filename, **options)


def refusal(raw, filename="liste.xlsx", **options):
    with pytest.raises(CannotRead) as refused:
        read(raw, filename, **options)
    return refused.value


def mixed(book):
    day, clock = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "hh:mm"})
    long = book.add_format({"num_format": "[h]:mm"})
    euro, red = (
        book.add_format({"num_format": '#,##0.00 [$€-407];[Red]-#,##0.00 "days"'}),
        book.add_format({"bold": 1}),
    )
    sheet = book.add_worksheet("Maßnahmen")
    sheet.write_row(0, 0, ["Titel", "Beginn", "Uhrzeit", "Dauer", "Kosten", "Anteil", "Ja"])
    sheet.write_rich_string(1, 0, "Rad", red, "weg", " Süd")
    sheet.write_datetime(1, 1, datetime(2024, 2, 29, 13, 30), day)
    sheet.write_datetime(1, 2, time(9, 15), clock)
    sheet.write_number(1, 3, 1.5, long)
    sheet.write_number(1, 4, 50000, euro)
    sheet.write_number(1, 5, 0.25)
    sheet.write_boolean(1, 6, True)
    sheet.write_string(3, 0, "Zeile\nzwei_x0041_")
    sheet.write_number(3, 1, 59, day)
    sheet.write_number(3, 4, -1.5e-3)
    sheet.write_formula(3, 5, "=1+1", None, 2)


def test_numbers_that_are_shown_in_per_cent_are_known_by_their_place():
    def shares(book):
        sheet = book.add_worksheet("Anteile")
        whole, fine, own, literal = (
            book.add_format({"num_format": form}) for form in ("0%", "0.00%", "0.0 %;[Red]-0.0 %", '0.0"%"')
        )
        sheet.write_row(0, 0, ["Stadtteil", "a", "b", "c", "d", "e"])
        sheet.write_string(1, 0, "Nord", whole)
        sheet.write_number(1, 1, 0.12, whole)
        sheet.write_number(1, 2, 0.1234, fine)
        sheet.write_number(1, 3, -0.5, own)
        sheet.write_number(1, 4, 12.5, literal)
        sheet.write_number(1, 5, 0.5)

    grid = read_grid(workbook(shares), filename="anteile.xlsx")

    assert grid.rows[1] == (2, ["Nord", 0.12, 0.1234, -0.5, 12.5, 0.5])
    assert grid.shares == {(2, 1), (2, 2), (2, 3)}


def test_days_times_and_texts_come_out_as_what_they_are():
    row = read(workbook(mixed)).rows[0]

    assert [cell.value for cell in row.cells.values()] == [
        "Radweg Süd",
        datetime(2024, 2, 29, 13, 30),
        time(9, 15),
        timedelta(days=1.5),
        50000,
        0.25,
        True,
    ]


def test_days_counted_from_1904_are_the_same_days():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Titel", "Beginn"])
        sheet.write_datetime(1, 1, datetime(2024, 2, 29), book.add_format({"num_format": "yyyy-mm-dd"}))

    assert read(workbook(fill, date_1904=True)).rows[0].cells["Beginn"].value == datetime(2024, 2, 29)


def test_the_first_filled_visible_sheet_is_read_and_the_others_are_noted():
    def fill(book):
        book.add_worksheet("Deckblatt")
        hidden = book.add_worksheet("Alt")
        hidden.hide()
        hidden.write_row(0, 0, ["x", "y"])
        book.add_worksheet("Liste").write_row(0, 0, ["Titel", "Amt"])
        book.add_worksheet("Werte").write(0, 0, "z")

    table = read(workbook(fill))

    assert table.sheet == "Liste"
    assert {Note("hidden_sheet_skipped", "Alt"), Note("other_sheet", "Werte")} <= set(table.notes)
    assert read(workbook(fill), sheet="Alt").columns == ("x", "y")
    assert refusal(workbook(fill), sheet="Fehlt").detail == "no_such_sheet"


def test_a_merged_header_names_each_of_its_columns():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Titel")
        sheet.merge_range(0, 1, 0, 2, "Kosten")
        sheet.write_row(1, 0, ["A", 1, 2])
        sheet.merge_range(2, 0, 3, 0, "B")

    table = read(workbook(fill))

    assert table.columns == ("Titel", "Kosten", "Kosten (2)")
    assert Note("merged_header", "Kosten", 1) in table.notes
    assert Note("merged_cells", "1") in table.notes


def test_a_formula_whose_result_is_missing_is_a_problem_and_not_an_empty_cell():
    book = openpyxl.Workbook()
    book.active.append(["Titel", "Kosten"])
    book.active.append(["A", "=1+1"])
    book.active.append(["B", 3])
    out = io.BytesIO()
    book.save(out)

    table = read(out.getvalue())

    assert table.rows[0].cells["Kosten"].problem == "formula_without_result"
    assert not table.rows[0].cells["Kosten"].is_empty
    assert Note("formula_without_result", "Kosten", 2) in table.notes


def test_an_empty_result_of_a_calculated_book_is_an_empty_cell():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Titel", "Kosten"])
        sheet.write_string(1, 0, "A")
        sheet.write_formula(1, 1, '=IF(A1="","x","")', None, "")
        sheet.write_string(2, 0, "B")
        sheet.write_formula(2, 1, "=1+1", None, 2)

    table = read(workbook(fill))

    assert [row.cells["Kosten"] for row in table.rows] == [(None, ""), (2, "")]


def test_rows_of_nothing_but_formulas_without_result_keep_their_place():
    book = openpyxl.Workbook()
    for row in (["Titel", "Kosten"], ["=A1", "=1+1"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    table = read(out.getvalue())

    assert [cell.problem for cell in table.rows[0].cells.values()] == ["formula_without_result"] * 2


def test_the_web_process_never_loads_openpyxl():
    code = "import sys; from dreiklang.core.tables import read_table; sys.exit('openpyxl' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_cells_without_places_and_with_prefixes_are_read():
    def change(name, content):
        if name != "xl/worksheets/sheet1.xml":
            return content
        return (
            b'<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
            b'<x:c t="inlineStr"><x:is><x:t>Titel</x:t></x:is></x:c>'
            b'<x:c t="inlineStr"><x:is><x:t>Amt</x:t></x:is></x:c>'
            b'</x:row><x:row><x:c t="str"><x:v>A</x:v></x:c><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
        )

    table = read(changed(workbook(simple), change))

    assert [[cell.value for cell in row.cells.values()] for row in table.rows] == [["A", 7]]


def test_a_workbook_without_content_is_refused():
    assert refusal(workbook(lambda book: book.add_worksheet())).code == "empty"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(part):
    out = io.BytesIO(workbook(simple))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(part, b"x")

    assert refusal(out.getvalue()).code == "macros"
    assert refusal(workbook(simple), "liste.xlsm").code == "macros"


def ole(*names):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000) + b"".join(n.encode("utf-16-le") for n in names)


def test_a_password_and_an_old_format_are_told_apart():
    assert refusal(ole("EncryptionInfo", "EncryptedPackage")).code == "password"
    assert refusal(ole("Workbook"), "liste.xls").code == "legacy_xls"
    assert refusal(ole("WordDocument"), "brief.doc").code == "wrong_type"


def test_other_packages_are_refused_as_the_wrong_type():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", "<x/>")

    assert refusal(out.getvalue()).code == "wrong_type"
    assert refusal(workbook(simple), "liste.csv").code == "wrong_type"


def test_a_cut_or_damaged_workbook_is_refused():
    raw = workbook(simple)
    damaged = changed(
        raw, lambda name, content: content[: len(content) // 2] if "sheet1" in name else content
    )

    assert refusal(raw[: len(raw) // 2]).code == "broken"
    assert refusal(damaged).code == "broken"
    assert (
        refusal(changed(raw, lambda name, content: None if name == "xl/workbook.xml" else content)).code
        == "broken"
    )


def test_a_document_type_is_refused_before_any_entity_grows():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    raw = changed(workbook(simple), lambda name, content: bomb if "sharedStrings" in name else content)

    assert (refusal(raw).code, refusal(raw).detail) == ("broken", "document_type")


def test_zip_bombs_are_refused_from_the_directory():
    out = io.BytesIO(workbook(simple))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.bin", bytes(12 * 1024 * 1024))
    raw = out.getvalue()

    assert (refusal(raw).code, refusal(raw).detail) == ("zip_bomb", "ratio")
    assert refusal(raw, limits=Limits(unpacked_size=1000)).detail == "size"
    assert refusal(raw, limits=Limits(entries=3)).detail == "entries"


def test_a_part_larger_than_its_directory_says_is_refused():
    raw = workbook(simple)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        declared = package.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    lying = raw.replace(declared, (100).to_bytes(4, "little"))

    assert lying != raw
    assert refusal(lying).code == "broken"


def test_limits_of_rows_and_columns_hold_for_workbooks():
    raw = workbook(mixed)

    assert refusal(raw, limits=Limits(rows=1)).code == "too_large"
    assert refusal(raw, limits=Limits(columns=3)).code == "too_large"


def test_a_child_that_gets_too_little_memory_ends_in_a_refusal():
    long = b'<?xml version="1.0"?><sst><si><t>' + b"a" * (9 * 1024 * 1024) + b"</t></si></sst>"
    raw = changed(workbook(simple), lambda name, content: long if "sharedStrings" in name else content)

    assert refusal(raw, limits=Limits(memory=1024 * 1024)).code == "too_large"


def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    children = []
    popen = subprocess.Popen

    def sleeper(_, **options):
        children.append(popen(["sleep", "30"], **options))
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", sleeper)

    assert refusal(workbook(mixed), limits=Limits(seconds=1)).code == "too_slow"
    assert children[0].poll() is not None


def test_escaped_characters_are_read_as_what_they_stand_for():
    def fill(book):
        book.add_worksheet().write_column(0, 0, ["Titel", "eins\r\nzwei"])

    assert read(workbook(fill)).rows[0].cells["Titel"].value == "eins\r\nzwei"
