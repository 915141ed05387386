import json
from pathlib import Path
from typing import Any

import pytest
from pyproj import Transformer
from shapely.geometry import shape

from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import RowResult, Run
from dreiklang.measures.imports.places import MEASURE_PLACES
from dreiklang.measures.models import Measure
from dreiklang.measures.tests.factories import measure

DEMO = Path(__file__).resolve().parents[3] / "demo" / "massnahmen_orte.geojson"
POINT = {"type": "Point", "coordinates": [13.4, 51.3]}
LINE = {"type": "LineString", "coordinates": [[13.4, 51.3], [13.41, 51.31]]}
AREA = {
    "type": "Polygon",
    "coordinates": [[[13.4, 51.3], [13.41, 51.3], [13.41, 51.31], [13.4, 51.31], [13.4, 51.3]]],
}

pytestmark = pytest.mark.django_db


def feature(number: str, geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"nummer": number}, "geometry": geometry}


def imported(*features: dict[str, Any], crs: str = "", **special: Any) -> Run:
    content: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    return run_of(json.dumps(content).encode(), **special)


def run_of(source: bytes | Path, **special: Any) -> Run:
    options = Options(source="Orte", special=special)
    read = read_list(MEASURE_PLACES, source, file_name="orte.geojson", options=options)
    plan = suggested_plan(MEASURE_PLACES, read.table)
    return run_import(Order(MEASURE_PLACES, read, plan, options, Actor(None, "Koordination")))


def problems(run: Run) -> list[tuple[str, str]]:
    return [(one.code, one.weight) for one in run.problems.order_by("row", "pk")]


@pytest.mark.parametrize("geometry", [POINT, LINE, AREA])
def test_a_measure_gets_a_point_a_line_or_an_area(geometry: dict[str, Any]) -> None:
    measure("V-1")

    run = imported(feature("V-1", geometry))

    found = Measure.objects.get()
    assert (run.changed_count, problems(run)) == (1, [])
    assert found.geometry.equals(shape(geometry))
    assert Measure.objects.filter(bounds__overlaps=(13.39, 51.29, 13.4, 51.3)).exists()
    assert found.version == 2


def test_metres_are_moved_by_the_crs_of_the_file() -> None:
    measure("V-1")
    east, north = Transformer.from_crs(4326, 25833, always_xy=True).transform(*POINT["coordinates"])

    imported(feature("V-1", {"type": "Point", "coordinates": [east, north]}), crs="EPSG:25833")

    assert [round(n, 6) for n in Measure.objects.get().geometry.coords[0]] == POINT["coordinates"]


def test_a_second_import_changes_nothing_and_a_moved_point_only_its_measure() -> None:
    measure("V-1")
    measure("V-2")
    imported(feature("V-1", POINT), feature("V-2", AREA))

    again = imported(feature("V-1", POINT), feature("V-2", AREA))
    moved = imported(feature("V-1", {"type": "Point", "coordinates": [13.5, 51.3]}), feature("V-2", AREA))

    assert (again.unchanged_count, again.changed_count) == (2, 0)
    results = RowResult.objects.filter(run=moved, outcome="changed")
    assert [(one.key, [d["field"] for d in one.differences]) for one in results] == [("V-1", ["geometry"])]


def test_an_unknown_measure_is_refused_with_the_nearest_and_never_created() -> None:
    measure("V-1", title="Radweg Nord")

    run = imported(feature("Radweg Nort", POINT))

    assert problems(run) == [("unknown_measure", "error")]
    assert run.problems.get().proposals == ["V-1 Radweg Nord"]
    assert Measure.objects.get().geometry is None


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "empty_geometry"),
        ({"type": "GeometryCollection", "geometries": [POINT, LINE]}, "not_an_area"),
        ({"type": "Point", "coordinates": [51.3, 13.4]}, "coordinates_swapped"),
        ({"type": "Point", "coordinates": [2.0, 48.0]}, "outside_germany"),
        ({"type": "LineString", "coordinates": [[13.4, 51.3], [13.4, 51.3]]}, "cannot_repair"),
    ],
)
def test_what_is_no_place_is_refused(geometry: Any, code: str) -> None:
    measure("V-1")

    assert problems(imported(feature("V-1", geometry))) == [(code, "error")]


def test_an_outline_that_crosses_itself_is_repaired_with_a_warning() -> None:
    measure("V-1")
    corners = AREA["coordinates"][0]
    spiked = {"type": "Polygon", "coordinates": [[*corners[:3], [13.42, 51.32], *corners[2:]]]}

    run = imported(feature("V-1", spiked))

    assert problems(run) == [("ring_repaired", "warning")]
    assert Measure.objects.get().geometry.is_valid


def test_the_places_of_the_invented_town_come_in_and_stay_the_same() -> None:
    numbers = [one["properties"]["nummer"] for one in json.loads(DEMO.read_text())["features"]]
    Measure.objects.bulk_create(Measure(number=number, title=number) for number in numbers)

    first = run_of(DEMO)
    second = run_of(DEMO)

    assert (first.changed_count, first.refused_count, problems(first)) == (92, 0, [])
    assert (second.unchanged_count, second.changed_count) == (92, 0)
