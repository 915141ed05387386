"""Inhabitants of Chemnitz' districts: a wide list with gaps, matched by name because numbers are missing."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from dreiklang.core.tables import Grid, read_grid
from dreiklang.monitoring.rules.layout_values import LongRow, TableShape
from dreiklang.monitoring.rules.layouts import long_rows, shape_of, suggested_plan
from dreiklang.monitoring.rules.marks import Legend, ReadValue

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "stadtteile"
LIST = FOLDER / "chemnitz-einwohner-stadtteile-1993-2013.csv"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not LIST.exists(), reason="../shared/data/stadtteile is not there"),
]


def read() -> tuple[TableShape, list[LongRow]]:
    grid: Grid = read_grid(LIST, filename=LIST.name)
    shape = shape_of(grid)
    assert isinstance(shape, TableShape)
    return shape, list(long_rows(grid, shape=shape, plan=suggested_plan(shape), legend=Legend()))


def test_years_stand_in_the_heads() -> None:
    shape, _ = read()

    assert (shape.header_rows, len(shape.body_rows), shape.repeat_columns) == ((1,), 39, ())
    assert [one.period and one.period.ends_on.year for one in shape.columns] == [
        None,
        None,
        None,
        2013,
        2008,
        2003,
        1998,
        1993,
    ]


def test_twenty_five_districts_have_all_values_and_fourteen_none() -> None:
    _, rows = read()
    known = Counter(one.regions[0] for one in rows if isinstance(one.value, ReadValue))

    assert len(rows) == 39 * 6
    assert Counter(known.values()) == {6: 25}
    assert all(one.value is None or isinstance(one.value, ReadValue) for one in rows)
    assert {one.regions[0] for one in rows} - set(known) >= {"Einsiedel", "Stelzendorf"}


def test_a_missing_number_is_not_that_of_the_row_above() -> None:
    _, rows = read()
    numbers = dict(one.regions for one in rows)

    assert numbers["Schloßchemnitz"] == "02"
    assert sum(not number for number in numbers.values()) == 6
    assert numbers["Zentrum"] == ""


def test_values_are_those_of_the_file() -> None:
    _, rows = read()
    found = {
        (one.quantity, one.period and one.period.ends_on.year): one.value.value
        for one in rows
        if one.regions[0] == "Kaßberg" and isinstance(one.value, ReadValue)
    }

    assert found == {
        ("flaeche_km2", None): Decimal("2.0"),
        ("einwohner", 2013): 17629,
        ("einwohner", 2008): 16964,
        ("einwohner", 2003): 15823,
        ("einwohner", 1998): 13835,
        ("einwohner", 1993): 16252,
    }


def test_every_name_is_one_of_the_districts() -> None:
    _, rows = read()
    features = json.loads((FOLDER / "chemnitz-stadtteile.geojson").read_text(encoding="utf-8"))["features"]

    assert {one.regions[0] for one in rows} == {one["properties"]["name"] for one in features}
