"""Values that were downloaded here and come back: known by their heads, so nobody has to say which column is what."""

from collections.abc import Sequence

from dreiklang.core.reading import Notation
from dreiklang.core.tables import Grid
from dreiklang.monitoring.queries.value_columns import columns_by_head
from dreiklang.monitoring.rules.layout_heads import columns_of, text_of
from dreiklang.monitoring.rules.layout_values import TableShape
from dreiklang.monitoring.rules.row_facts import ROLES
from dreiklang.monitoring.rules.value_plans import BY_WORDS, EXACT, ValuePlan

_REGIONS = ("level", "key", "ars", "name")


def shape_of_download(grid: Grid) -> TableShape | None:
    """How it is laid out: heads in the first row, nothing but values below. None for any other list."""
    rows = [(number, list(values)) for number, values in grid.rows]
    if len(rows) < 2 or columns_by_head(frozenset(map(text_of, rows[0][1]))) is None:
        return None
    heads, body = rows[:1], rows[1:]
    return TableShape(
        columns=columns_of(heads, body, grid.merged),
        header_rows=(heads[0][0],),
        body_rows=tuple(number for number, _values in body),
    )


def plan_of_download(labels: Sequence[str]) -> ValuePlan | None:
    """The plan for it; None for any other list. Its language says how its numbers are written."""
    found = columns_by_head(frozenset(labels))
    if found is None:
        return None
    language, head = found
    return ValuePlan(
        areas=EXACT,
        regions=tuple(head[column] for column in _REGIONS if column in head),
        columns={head["value"]: BY_WORDS},
        quantity=head["indicator"],
        unit=head.get("unit", ""),
        period_column=head["ends_on"],
        numbers=Notation.ENGLISH if language.startswith("en") else Notation.GERMAN,
        said={role: head[role] for role in ROLES if role in head},
    )
