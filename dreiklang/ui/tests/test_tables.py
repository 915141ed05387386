from dreiklang.ui.rules import Column, aria_sort, next_sort, table_query

COLUMNS = (
    Column("name", "Maßnahme", is_sortable=True, is_optional=False),
    Column("cost", "Kosten", is_sortable=True),
    Column("district", "Stadtteil", is_hidden=True),
)


def test_without_a_wish_the_default_order_and_the_usual_columns_hold():
    found = table_query({}, columns=COLUMNS, default_sort="-cost")

    assert (found.sort, found.is_descending, found.columns) == ("cost", True, ("name", "cost"))


def test_the_order_can_be_asked_for():
    assert table_query({"sortierung": ["-name"]}, columns=COLUMNS).is_descending


def test_an_order_that_is_not_offered_is_passed_over():
    found = table_query({"sortierung": ["password"]}, columns=COLUMNS, default_sort="name")

    assert found.sort == "name"


def test_chosen_columns_are_shown_and_the_name_always():
    assert table_query({"spalte": ["district"]}, columns=COLUMNS).columns == ("name", "district")


def test_unknown_columns_leave_the_usual_ones():
    assert table_query({"spalte": ["nichts"]}, columns=COLUMNS).columns == ("name", "cost")


def test_a_second_click_turns_the_order_around():
    first = table_query({"sortierung": ["cost"]}, columns=COLUMNS)
    second = table_query({"sortierung": [next_sort(COLUMNS[1], first)]}, columns=COLUMNS)

    assert (aria_sort(COLUMNS[1], first), aria_sort(COLUMNS[1], second)) == ("ascending", "descending")
    assert next_sort(COLUMNS[1], second) == "cost"
