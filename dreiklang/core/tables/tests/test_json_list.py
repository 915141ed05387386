from decimal import Decimal

import pytest

from dreiklang.core.tables import CannotRead, Limits, Note, load_json, read_json, read_table


def refusal(raw, **options):
    with pytest.raises(CannotRead) as refused:
        read_json(raw, **options)
    return refused.value


def test_an_array_of_objects_is_a_list():
    table = read_table(b'[{"Titel": "A", "Kosten": 1.50}, {"Titel": "B", "Amt": ""}]', filename="liste.json")

    assert table.columns == ("Titel", "Kosten", "Amt")
    assert table.rows[0].cells["Kosten"].value == Decimal("1.50")
    assert table.rows[1].cells["Amt"].is_empty
    assert [row.number for row in table.rows] == [1, 2]


def test_an_object_with_one_array_is_a_list_and_its_other_fields_are_noted():
    table = read_json(b'{"Stand": "2024", "Liste": [{"Titel": "A"}]}')

    assert (table.columns, table.notes) == (("Titel",), (Note("other_field", "Stand"),))


def test_nested_values_are_kept_as_json_with_a_note():
    table = read_json('[{"Titel": "A", "Ämter": ["Ö", 1.5]}]'.encode())

    assert table.rows[0].text("Ämter") == '["Ö", "1.5"]'
    assert table.notes == (Note("nested_value", "Ämter"),)


def test_a_mistake_is_told_with_line_and_column():
    refused = refusal(b'[\n  {"Titel": "A",}\n]')

    assert (refused.code, refused.line, refused.column) == ("broken", 2, 17)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"[]", "empty"),
        (b"3", "wrong_type"),
        (b"[1, 2]", "wrong_type"),
        (b'{"a": [{}], "b": [{}]}', "wrong_type"),
        (b'{"a": 1}', "wrong_type"),
        (b"[NaN]", "broken"),
        (b"[" * 100_000, "broken"),
        (b"\x00\x01\x02" * 20, "wrong_type"),
    ],
)
def test_what_is_no_list_of_objects_is_refused(raw, code):
    assert refusal(raw).code == code


def test_a_file_over_the_limit_is_refused():
    assert refusal(b'[{"a": 1}]', limits=Limits(size=5)).code == "too_large"


def test_loading_gives_the_content_untouched():
    assert load_json(b'{"a": [1, {"b": null}]}') == {"a": [1, {"b": None}]}
