"""The invented town's map has no gaps, and what is drawn on it lies where the lists say."""

import re

import pytest
import shapely

from tests.demo_rows import DEMO, parts, rows, shapes


@pytest.fixture(scope="module")
def measures() -> dict[str, dict[str, str]]:
    return {row["Nummer"]: row for row in rows("massnahmen.csv")}


def test_districts_share_borders_without_gap_or_overlap() -> None:
    districts = list(shapes("stadtteile.geojson").values())
    areas = list(shapes("raeume.geojson").values())

    assert all(shape.is_valid and shape.geom_type == "Polygon" for shape in districts)
    assert shapely.coverage_is_valid(districts)
    town = shapely.coverage_union_all(districts)
    assert town.geom_type == "Polygon"
    assert len(town.interiors) == 0
    assert len(areas) == 4
    assert shapely.coverage_is_valid(areas)
    assert shapely.symmetric_difference(town, shapely.union_all(areas)).area < 1e-12


def test_geometry_is_small_and_in_degrees() -> None:
    for name in ("stadtteile.geojson", "raeume.geojson", "massnahmen_orte.geojson", "konzepte_orte.geojson"):
        text = (DEMO / name).read_text(encoding="utf-8")

        assert len(text.encode()) < 300_000
        assert not re.search(r"\d\.\d{7,}", text)
        west, south, east, north = shapely.total_bounds(list(shapes(name).values()))
        assert 13.2 < west < east < 13.5
        assert 51.2 < south < north < 51.4


def test_measures_lie_in_one_of_their_districts(measures: dict[str, dict[str, str]]) -> None:
    districts = shapes("stadtteile.geojson")
    for number, shape in shapes("massnahmen_orte.geojson").items():
        named = parts(measures[number]["Stadtteile"])

        assert shape.is_valid
        assert any(shape.intersects(districts[key]) for key in named), number


def test_formal_plans_are_outlined_and_concepts_lie_mostly_in_their_districts() -> None:
    districts = shapes("stadtteile.geojson")
    outlines = shapes("konzepte_orte.geojson")
    concepts = {row["Nummer"]: row for row in rows("konzepte.csv")}

    assert {number for number, row in concepts.items() if row["Art"] == "Förmlicher Plan"} <= set(outlines)
    for number, shape in outlines.items():
        named = parts(concepts[number]["Stadtteile"])
        town = shapely.union_all([districts[key] for key in named or districts])

        assert shape.is_valid, number
        assert shape.intersection(town).area > 0.8 * shape.area, number


def test_the_plan_in_the_meadow_lies_where_the_water_is_to_stay() -> None:
    outlines = shapes("konzepte_orte.geojson")
    house = shapes("massnahmen_orte.geojson")["H-05"]

    assert outlines["FP-03"].contains(house)
    assert outlines["FP-03"].intersection(outlines["FK-05"]).area > 0.8 * outlines["FP-03"].area
