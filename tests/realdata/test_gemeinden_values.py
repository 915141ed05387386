"""Population and land use of all municipalities: levels mixed in one column, gaps that are no zeros."""

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from dreiklang.core.reading import Notation
from dreiklang.core.tables import Grid, read_grid
from dreiklang.monitoring.rules.layout_values import LongRow, ShapePlan, TableShape
from dreiklang.monitoring.rules.layouts import long_rows, notation_of, shape_of, suggested_plan
from dreiklang.monitoring.rules.marks import Legend, ReadValue
from dreiklang.monitoring.rules.periods import read_time
from dreiklang.monitoring.rules.regions import RegionKey, levels_in
from dreiklang.monitoring.rules.values import RegionLevel

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "indicators" / "localzero-gemeinden"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(
        not FOLDER.exists(), reason="../shared/data/indicators/localzero-gemeinden is not there"
    ),
]


@cache
def grid(name: str) -> Grid:
    return read_grid(FOLDER / name, filename=name)


@cache
def shape(name: str) -> TableShape:
    found = shape_of(grid(name))
    assert isinstance(found, TableShape)
    return found


@cache
def rows(name: str) -> tuple[LongRow, ...]:
    proposed = suggested_plan(shape(name))
    # The year stands in the name of the file only: a person says it.
    period = read_time(f"{Path(name).stem}-12-31", time_code="STAG")
    assert not isinstance(period, type(None))
    plan = ShapePlan(regions=proposed.regions, values=proposed.values, period=period)  # type: ignore[arg-type]
    return tuple(long_rows(grid(name), shape=shape(name), plan=plan, legend=Legend()))


def of_chemnitz(name: str) -> dict[str, Decimal | None]:
    return {
        one.quantity: one.value.value if isinstance(one.value, ReadValue) else None
        for one in rows(name)
        if one.regions == ("14511000",)
    }


@pytest.mark.parametrize(
    ("name", "count", "columns", "filled"),
    [
        ("population/2018.csv", 11323, 1, 11323),
        ("population/2021.csv", 11098, 1, 11098),
        ("area/2018.csv", 13882, 12, None),
        ("area/2021.csv", 11098, 12, None),
        ("renewable_energy/2021.csv", 11323, 4, None),
        ("renewable_energy/2024.csv", 11098, 4, None),
    ],
)
def test_every_row_is_read_and_nothing_refused(
    name: str, count: int, columns: int, filled: int | None
) -> None:
    found = rows(name)

    assert len(shape(name).body_rows) == count
    assert len(found) == count * columns
    assert {type(one.value) for one in found} <= {ReadValue, type(None)}
    if filled is not None:
        assert sum(isinstance(one.value, ReadValue) for one in found) == filled


def test_a_point_separates_decimals_here() -> None:
    name = "area/2018.csv"

    assert notation_of(grid(name), shape=shape(name), plan=suggested_plan(shape(name)), legend=Legend()) is (
        Notation.ENGLISH
    )


def test_population_is_that_of_the_register() -> None:
    assert of_chemnitz("population/2018.csv") == {"total": 247237}
    assert of_chemnitz("population/2021.csv") == {"total": 243105}


def test_a_gap_is_not_a_zero() -> None:
    assert of_chemnitz("area/2018.csv")["veg_moor"] is None
    assert of_chemnitz("area/2021.csv")["veg_moor"] == 0


def test_rows_without_any_value_stay_rows_without_any() -> None:
    empty = Counter(one.regions for one in rows("area/2018.csv") if one.value is None)

    assert sum(count == 12 for count in empty.values()) == 2338


@pytest.mark.parametrize("name", ["population/2018.csv", "population/2021.csv"])
def test_levels_are_told_by_the_keys_alone(name: str) -> None:
    levels = levels_in([one.regions[0] for one in rows(name)])

    counts = Counter(one.level for one in levels.values() if isinstance(one, RegionKey))
    assert sum(counts.values()) == len(levels)
    assert counts[RegionLevel.NATION] == 1
    assert counts[RegionLevel.STATE] == 14
    assert counts[RegionLevel.COUNTY] == 294
    assert levels["01051000"] == RegionKey(RegionLevel.COUNTY, "01051")
    assert levels["14511000"] == RegionKey(RegionLevel.MUNICIPALITY, "14511000", may_be_larger=True)
