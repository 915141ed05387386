"""Columns and cells."""

from dreiklang.core.imports.contract import ListField
from dreiklang.core.imports.mapping import Plan, mapped_rows, parts, plan_problems, suggested, unmapped
from dreiklang.core.tables import Cell, Row, Table

FIELDS = (
    ListField("key", "Kürzel", True, is_key=True, aliases=("Amtsnummer",)),
    ListField("name", "Name", True, aliases=("Bezeichnung",)),
    ListField("roles", "Rollen", is_multiple=True),
)


def table(*rows: dict[str, Cell]) -> Table:
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return Table(columns, [Row(number, row) for number, row in enumerate(rows, start=2)], 1)


def test_columns_are_found_by_label_alias_and_likeness() -> None:
    assert suggested(FIELDS, ["Bezeichnungen", "kürzel", "Rollen"]) == {
        "key": "kürzel",
        "name": "Bezeichnungen",
        "roles": "Rollen",
    }


def test_a_column_is_given_to_one_field_only() -> None:
    twins = (ListField("a", "Name"), ListField("b", "Name"))

    assert suggested(twins, ["Name"]) == {"a": "Name"}


def test_an_absent_column_is_absent_and_an_empty_cell_is_none() -> None:
    rows = mapped_rows(
        table({"Kürzel": Cell("61"), "Name": Cell(None)}), Plan({"key": "Kürzel", "name": "Name"}), FIELDS
    )

    assert rows[0].cells == {"key": "61", "name": None}


def test_unmapped_columns_are_kept() -> None:
    found = table({"Kürzel": Cell("61"), "Etage": Cell("2. OG")})
    plan = Plan({"key": "Kürzel"})

    assert unmapped(plan, found) == ("Etage",)
    assert mapped_rows(found, plan, FIELDS)[0].extra == {"Etage": "2. OG"}


def test_a_cell_with_an_error_leaves_the_field_out_and_says_so() -> None:
    row = mapped_rows(table({"Rollen": Cell("#REF!", "error_value")}), Plan({"roles": "Rollen"}), FIELDS)[0]

    assert "roles" not in row.cells
    assert [(one.code, one.field, one.row) for one in row.problems] == [("error_value", "roles", 2)]


def test_corrections_reach_each_part_of_a_cell() -> None:
    plan = Plan({"roles": "Rollen"}, corrections={"roles": {"Leitun": "Leitung"}})

    assert mapped_rows(table({"Rollen": Cell("A|Leitun")}), plan, FIELDS)[0].cells["roles"] == "A|Leitung"


def test_defaults_fill_empty_cells() -> None:
    plan = Plan({"name": "Name"}, defaults={"name": "ohne Namen"})

    assert mapped_rows(table({"Name": Cell(None)}), plan, FIELDS)[0].cells["name"] == "ohne Namen"


def test_a_mapping_needs_the_key_and_columns_that_are_there() -> None:
    problems = plan_problems(Plan({"name": "Titel"}), table({"Name": Cell("x")}), FIELDS)

    assert [one.code for one in problems] == ["column_absent", "key_column_missing"]


def test_parts_are_separated_by_bars_lines_or_semicolons() -> None:
    assert parts("a|b") == parts("a\nb") == parts("a; b") == ("a", "b")
