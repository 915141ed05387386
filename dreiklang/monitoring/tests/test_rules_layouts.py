from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.reading import Notation
from dreiklang.core.tables import Grid, read_grid
from dreiklang.monitoring.rules.layout_sums import totals_of
from dreiklang.monitoring.rules.layout_values import LongRow, ShapePlan, TableShape
from dreiklang.monitoring.rules.layouts import (
    fits_broken,
    long_rows,
    notation_of,
    shape_of,
    suggested_plan,
)
from dreiklang.monitoring.rules.marks import Legend, ReadValue
from dreiklang.monitoring.rules.values import Refused

LEGEND = Legend()


def grid(text: str) -> Grid:
    return read_grid(text.strip().encode(), filename="liste.csv", delimiter=";")


def shape(text: str) -> TableShape:
    found = shape_of(grid(text))
    assert isinstance(found, TableShape)
    return found


def read(text: str, plan: ShapePlan | None = None) -> list[LongRow]:
    found = shape(text)
    return list(long_rows(grid(text), shape=found, plan=plan or suggested_plan(found), legend=LEGEND))


def said(row: LongRow) -> tuple[object, ...]:
    value = row.value.value if isinstance(row.value, ReadValue) else row.value
    return row.regions, row.breakdown, row.quantity, row.period and row.period.ends_on.year, value


def test_a_plain_list_has_a_head_and_rows():
    found = shape("Stadtteil;Einwohner\nNord;10\nSüd;20")

    assert (found.header_rows, found.body_rows, found.titles) == ((1,), (2, 3), ())
    assert [(one.name, one.is_key, one.letters) for one in found.columns] == [
        ("Stadtteil", True, "A"),
        ("Einwohner", False, "B"),
    ]


def test_title_lines_and_footnotes_are_no_rows():
    found = shape(
        "Stadt Musterstadt;;\nEinwohner am 31.12.2016;;\nStadtteil;m;w\nNord;1;2\nSüd;3;4\nQuelle: Melderegister;;"
    )

    assert (found.header_rows, found.body_rows) == ((3,), (4, 5))
    assert found.titles == ("Stadt Musterstadt", "Einwohner am 31.12.2016")
    assert found.footnotes == ("Quelle: Melderegister",)
    assert found.days_in_titles == (date(2016, 12, 31),)


def test_two_days_in_the_titles_propose_none():
    found = shape("Vom 01.01.2016 bis 31.12.2016;\nStadtteil;m\nNord;1")

    assert suggested_plan(found).period is None


def test_groups_reach_to_the_next_one_and_a_lone_head_stands_for_its_column():
    text = ";Geschlecht;;Gesamt;Alter;\nStadtteil;m;w;;0-17;18+\nNord;1;2;3;1;2"

    assert [(one.group, one.name) for one in shape(text).columns] == [
        ("", "Stadtteil"),
        ("Geschlecht", "m"),
        ("Geschlecht", "w"),
        ("", "Gesamt"),
        ("Alter", "0-17"),
        ("Alter", "18+"),
    ]
    assert [said(one)[1:3] for one in read(text)] == [
        ((("Geschlecht", "m"),), ""),
        ((("Geschlecht", "w"),), ""),
        ((), "Gesamt"),
        ((("Alter", "0-17"),), ""),
        ((("Alter", "18+"),), ""),
    ]


def test_years_in_a_head_are_the_time_of_their_columns():
    found = [said(one) for one in read("Stadtteil;2019;2020\nNord;10;11\nSüd;20;21")]

    assert found == [
        (("Nord",), (), "", 2019, 10),
        (("Nord",), (), "", 2020, 11),
        (("Süd",), (), "", 2019, 20),
        (("Süd",), (), "", 2020, 21),
    ]


def test_years_below_groups_keep_their_group():
    found = read(";männlich;;weiblich;\nStadtteil;2019;2020;2019;2020\nNord;1;2;3;4")

    assert [(one.quantity, one.period.ends_on.year, one.value.value) for one in found] == [
        ("männlich", 2019, 1),
        ("männlich", 2020, 2),
        ("weiblich", 2019, 3),
        ("weiblich", 2020, 4),
    ]


def test_a_year_behind_a_word_is_split_off():
    found = read("ort;flaeche_km2;einwohner_2013\nNord;11,1;6215")

    assert [(one.quantity, one.period and one.period.ends_on) for one in found] == [
        ("flaeche_km2", None),
        ("einwohner", date(2013, 12, 31)),
    ]


def test_a_head_with_two_years_names_no_time():
    (found,) = read("ort;Wanderung 2015 bis 2020\nNord;5")

    assert (found.period, found.quantity) == (None, "Wanderung 2015 bis 2020")


def test_small_numbers_that_look_like_years_are_no_head():
    found = shape("Dorf;Einwohner;Vorjahr\nNord;1985;2010\nSüd;1200;1190")

    assert (found.header_rows, found.body_rows) == ((1,), (2, 3))


def test_a_long_list_says_when_and_what_in_columns():
    text = "Stadtteil;Jahr;Merkmal;Wert\nNord;2020;Einwohner;10\nNord;2021/2022;Einwohner;11"
    plan = ShapePlan(regions=(0,), values=(3,), period_column=1, quantity_column=2)

    first, second = read(text, plan)

    assert said(first) == (("Nord",), (), "Einwohner", 2020, 10)
    assert second.period == Refused("ambiguous_period", "2021/2022")


def test_blanks_in_front_repeat_what_stands_above():
    text = "Nr;Stadtteil;Alter;Wert\n001;Nord;00;1\n;;01;2\n002;Süd;00;3\n;;01;4"

    assert shape(text).repeat_columns == (0, 1)
    assert [(one.regions, one.breakdown) for one in read(text)] == [
        (("001", "Nord"), (("Alter", "00"),)),
        (("001", "Nord"), (("Alter", "01"),)),
        (("002", "Süd"), (("Alter", "00"),)),
        (("002", "Süd"), (("Alter", "01"),)),
    ]


def test_a_blank_behind_a_name_is_unknown_and_does_not_repeat():
    text = "Stadtteil;Nr;Wert\nNord;02;1\nSüd;;2"

    assert shape(text).repeat_columns == ()
    assert read(text)[1].regions == ("Süd", "")


def test_sums_are_no_areas():
    found = read("Stadtteil;Wert\nNord;1\nSüd;2\nGesamt;3")

    assert [one.is_total for one in found] == [False, False, True]


def test_all_rows_below_a_sum_that_repeats_are_sums():
    found = read("Nr;Alter;Wert\n001;00;1\n;01;2\nGesamt;00;1\n;01;2")

    assert [one.is_total for one in found] == [False, False, True, True]


@pytest.mark.parametrize(
    ("text", "notation", "value"),
    [
        ("Ort;Wert\nNord;1.049\nSüd;656\nGesamt;1.705", Notation.GERMAN, Decimal(1049)),
        ("Ort;Wert\nNord;1.049\nSüd;2.5\nGesamt;3.549", Notation.ENGLISH, Decimal("1.049")),
        ("Ort;Wert;Fläche\nNord;1.049;4,52", Notation.GERMAN, Decimal(1049)),
    ],
)
def test_other_numbers_or_sums_show_the_notation(text, notation, value):
    found = shape(text)

    assert notation_of(grid(text), shape=found, plan=suggested_plan(found), legend=LEGEND) is notation
    assert read(text)[0].value.value == value


@pytest.mark.parametrize(
    "text",
    [
        "Ort;Wert\nNord;1.049\nSüd;656",
        "Ort;Wert\nNord;1.049\nSüd;2.656\nGesamt;3.705",
        "Ort;Wert\nNord;1.049\nSüd;656\nGesamt;9.999",
    ],
)
def test_where_neither_tells_a_lone_point_is_refused(text):
    assert read(text)[0].value == Refused("ambiguous_number", "1.049")


def test_a_person_may_say_the_notation():
    plan = ShapePlan(regions=(0,), values=(1,), notation=Notation.GERMAN)

    assert read("Ort;Wert\nNord;1.049\nSüd;656", plan)[0].value.value == 1049


def test_text_in_a_column_of_numbers_says_row_column_and_words():
    found = read("Ort;Wert\nNord;10\nSüd;viele\nOst;30")

    (bad,) = [one for one in found if isinstance(one.value, Refused)]
    assert (bad.row, bad.column.name, bad.column.letters, bad.value) == (
        3,
        "Wert",
        "B",
        Refused("not_a_number", "viele"),
    )


def test_an_empty_cell_is_no_value_and_its_row_stays():
    found = read("Ort;2019;2020\nNord;1;\nSüd;;\nOst;1;2")

    assert [one.value and one.value.value for one in found] == [1, None, None, None, 1, 2]


def test_a_sum_that_differs_is_found():
    text = "Ort;Wert\nNord;1\nSüd;2\nGesamt;4"
    found = shape(text)

    (total,) = totals_of(grid(text), shape=found, plan=suggested_plan(found), legend=LEGEND, notation=None)

    assert (total.row, total.delivered, total.of_all, total.fits) == (4, 4, 3, False)


@pytest.mark.parametrize("text", ["nur ein Satz", "a;b\nc;d", "1;2\n3;4", "<html>;x"])
def test_a_text_without_heads_over_numbers_is_no_table(text):
    assert shape_of(grid(text)) == Refused("no_table")


def test_a_lone_area_at_the_end_is_no_footnote():
    assert shape("Ort;Wert\nNord;1\nSüd;").body_rows == (2, 3)


def test_lost_letters_propose_names_and_put_none_back():
    assert fits_broken("B\ufffdckingen", ["Böckingen", "Backnang"]) == ("Böckingen",)
    assert fits_broken("B\ufffdckingen", ["Biberach"]) == ()
    assert fits_broken("Böckingen", ["Böckingen"]) == ()


CELLS = st.sampled_from(["", "Nord", "1", "2020", "1.234", "4,5", "-", "Gesamt", "Quelle: x"])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8))
def test_no_cell_of_a_column_of_values_gets_lost(rows):
    numbered = [(number, list(values)) for number, values in enumerate(rows, 1) if any(values)]
    table = Grid(rows=numbered)
    found = shape_of(table)

    if isinstance(found, TableShape):
        plan = suggested_plan(found)
        cells = list(long_rows(table, shape=found, plan=plan, legend=LEGEND))
        assert len(cells) == len(found.body_rows) * len(plan.values)
        assert set(found.header_rows).isdisjoint(found.body_rows)


def test_a_long_list_of_many_words_has_a_head_too():
    found = shape("Stadtteil;Kennzahl;Einheit;Wert\nNord;Schulden;EUR;10\nSüd;Schulden;EUR;20")

    assert (found.header_rows, found.body_rows) == ((1,), (2, 3))
    assert [one.is_key for one in found.columns] == [True, True, True, False]


def test_a_day_in_a_head_is_no_row_of_numbers():
    found = shape(";Register\nStadtteil;30.06.2026\nNord;10\nSüd;20")

    assert (found.header_rows, found.body_rows) == ((1, 2), (3, 4))
    assert [one.period and one.period.ends_on.isoformat() for one in found.columns] == [None, "2026-06-30"]


def test_years_above_groups_are_the_time_of_their_columns():
    text = "Stadtteil;2022;;2023;\n;männlich;weiblich;männlich;weiblich\nNord;1;2;3;4"

    assert [said(one) for one in read(text)] == [
        (("Nord",), (), "männlich", 2022, 1),
        (("Nord",), (), "weiblich", 2022, 2),
        (("Nord",), (), "männlich", 2023, 3),
        (("Nord",), (), "weiblich", 2023, 4),
    ]


def test_a_group_that_names_a_time_and_something_else_says_both():
    text = "Stadtteil;Einwohner 31.12.2022;;Einwohner 31.12.2023;\n;m;w;m;w\nNord;1;2;3;4"

    assert [said(one)[1:] for one in read(text)] == [
        ((("Einwohner", "m"),), "", 2022, 1),
        ((("Einwohner", "w"),), "", 2022, 2),
        ((("Einwohner", "m"),), "", 2023, 3),
        ((("Einwohner", "w"),), "", 2023, 4),
    ]


@pytest.mark.parametrize("nothing", ["k. A.", "k.A.", "n/a", "#DIV/0!", "*"])
def test_a_first_area_without_numbers_is_no_head(nothing: str):
    found = shape(f"Stadtteil;2022;2023\nNord;{nothing};{nothing}\nSüd;20;21")

    assert (found.header_rows, found.body_rows) == ((1,), (2, 3))


def test_the_sign_of_percent_stays_with_its_number():
    found = [one.value for one in read("Stadtteil;Anteil\nNord;12,5 %\nSüd;8%\nOst;1.5.%")]

    assert found == [
        ReadValue(Decimal("12.5"), words="12,5 %"),
        ReadValue(Decimal(8), words="8%"),
        Refused("not_a_number", "1.5.%"),
    ]


@pytest.mark.parametrize(
    "words", ["Gesamtstadt", "Stadt insgesamt", "Stadt Musterhausen insgesamt", "Stadt gesamt"]
)
def test_the_city_below_its_districts_is_their_sum(words: str):
    assert shape(f"Stadtteil;Einwohner\nNord;10\nSüd;20\n{words};30").total_rows == {4}


def test_a_number_shown_in_per_cent_is_what_people_see():
    book = Grid(
        [(1, ["Stadtteil", "Anteil"]), (2, ["Nord", 0.125]), (3, ["Süd", 0.07]), (4, ["Ost", 0.5])],
        shares=frozenset({(2, 1), (3, 1)}),
    )
    found = shape_of(book)
    assert isinstance(found, TableShape)

    values = [one.value for one in long_rows(book, shape=found, plan=suggested_plan(found), legend=LEGEND)]

    assert values == [
        ReadValue(Decimal("12.5"), words="12,5 %"),
        ReadValue(Decimal(7), words="7 %"),
        ReadValue(Decimal("0.5")),
    ]


def test_a_formula_without_a_result_is_no_empty_cell():
    book = Grid(
        [(1, ["Stadtteil", "2022", "2023"]), (2, ["Nord", 10, ""]), (3, ["Süd", 20, 21])],
        unresolved=frozenset({(2, 2)}),
    )
    found = shape_of(book)
    assert isinstance(found, TableShape)

    values = [one.value for one in long_rows(book, shape=found, plan=suggested_plan(found), legend=LEGEND)]

    assert values[1] == Refused("formula_without_result", "C2")
