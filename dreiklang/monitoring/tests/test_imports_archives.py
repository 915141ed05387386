import io
import zipfile

import pytest

from dreiklang.core.tables import CannotRead
from dreiklang.monitoring.imports.archives import ArchiveLimits, PackedFile, files_in


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return file.getvalue()


def refusal(content: bytes, **limits: int) -> tuple[str, str]:
    with pytest.raises(CannotRead) as refused:
        files_in(content, name="a.zip", limits=ArchiveLimits(**limits))
    return refused.value.code, refused.value.detail


def test_a_file_that_is_no_archive_is_the_only_one():
    assert files_in(b"a;b\n", name="werte.csv") == (PackedFile("werte.csv", b"a;b\n"),)


def test_files_come_with_the_way_to_them():
    inner = packed(("tabelle.csv", b"1"), ("liesmich.txt", b"2"))

    found = files_in(packed(("innen.zip", inner), ("aussen.csv", b"3")), name="a.zip")

    assert found == (
        PackedFile("a.zip/innen.zip/tabelle.csv", b"1"),
        PackedFile("a.zip/innen.zip/liesmich.txt", b"2"),
        PackedFile("a.zip/aussen.csv", b"3"),
    )


def test_an_archive_is_known_by_its_bytes_and_a_workbook_stays_whole():
    book = packed(("xl/workbook.xml", b"<x/>"))

    assert [one.name for one in files_in(packed(("t.csv", b"1")), name="antwort.csv")] == [
        "antwort.csv/t.csv"
    ]
    assert files_in(book, name="werte.xlsx") == (PackedFile("werte.xlsx", book),)


def test_three_archives_in_each_other_are_one_too_many():
    third = packed(("c.zip", packed(("t.csv", b"1"))))

    assert refusal(packed(("b.zip", third))) == ("zip_bomb", "depth")


def test_no_more_files_come_out_than_allowed():
    inner = packed(("1.csv", b"1"), ("2.csv", b"2"))

    assert refusal(packed(("1", b""), ("2", b""), ("3", b"")), entries=2) == ("zip_bomb", "entries")
    assert refusal(packed(("i.zip", inner), ("j.zip", inner), ("k.zip", inner)), entries=3)[0] == "zip_bomb"


def test_no_more_comes_out_than_allowed_of_all_inner_archives_together():
    inner = packed(("t.csv", bytes(600)), method=zipfile.ZIP_STORED)

    assert refusal(packed(("1.csv", bytes(2000))), unpacked_size=1000) == ("zip_bomb", "size")
    assert refusal(packed(("i.zip", inner), ("j.zip", inner)), unpacked_size=1100)[0] == "zip_bomb"


def test_an_archive_that_swells_is_refused():
    assert refusal(packed(("a.csv", bytes(20 * 1024 * 1024)))) == ("zip_bomb", "ratio")


def test_an_archive_without_a_file_is_empty():
    assert refusal(packed()) == ("empty", "no_file")
    assert refusal(packed(("__MACOSX/._t.csv", b"1"), (".DS_Store", b"2"))) == ("empty", "no_file")
    assert refusal(b"") == ("empty", "no_bytes")


def test_a_damaged_archive_is_broken():
    whole = packed(("t.csv", b"Stadtteil;Wert\n" * 50), method=zipfile.ZIP_STORED)

    assert refusal(whole[:-30])[0] == "broken"
    assert refusal(whole.replace(b"Stadtteil;Wert", b"Stadtteil;Welt", 1))[0] == "broken"


def test_an_archive_with_a_password_is_refused():
    content = bytearray(packed(("t.csv", b"1")))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + flags] |= 1

    assert refusal(bytes(content)) == ("password", "zip")
