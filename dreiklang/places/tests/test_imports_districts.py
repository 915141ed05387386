"""Districts from GeoJSON, through the whole engine."""

import json
from typing import Any

import pytest
from pyproj import Transformer

from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import Problem, RowResult, Run
from dreiklang.core.tables import CannotRead
from dreiklang.places.imports.districts import DISTRICTS
from dreiklang.places.models import Area, SpatialLevel

pytestmark = pytest.mark.django_db

Points = list[list[float]]
SQUARE: Points = [[13.0, 51.0], [13.1, 51.0], [13.1, 51.1], [13.0, 51.1], [13.0, 51.0]]


def feature(name: str = "Altstadt", points: Points | None = None, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [points if points is not None else SQUARE]}
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


def imported(*features: dict[str, Any], crs: str = "", **special: Any) -> Run:
    content: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    options = Options(source="Stadtteile", special=special)
    read = read_list(DISTRICTS, json.dumps(content).encode(), file_name="stadtteile.geojson", options=options)
    plan = suggested_plan(DISTRICTS, read.table)
    return run_import(Order(DISTRICTS, read, plan, options, Actor(None, "Johanna Berthold")))


def problems(run: Run) -> list[tuple[str, str]]:
    return list(Problem.objects.filter(run=run).order_by("pk").values_list("code", "weight"))


def in_metres(points: Points) -> Points:
    move = Transformer.from_crs(4326, 25833, always_xy=True).transform
    return [list(move(x, y)) for x, y in points]


def test_districts_come_with_a_level_of_their_own() -> None:
    run = imported(feature("Altstadt", schluessel="01"), feature("Neustadt", schluessel="02"))

    assert run.new_count == 2
    assert SpatialLevel.objects.get().plural == "Stadtteile"
    assert Area.objects.get(key="01").bounds is not None


def test_second_import_changes_nothing() -> None:
    imported(feature(), feature("Neustadt"))

    run = imported(feature(), feature("Neustadt"))

    assert (run.new_count, run.changed_count, run.unchanged_count) == (0, 0, 2)


def test_leading_zeros_belong_to_the_key() -> None:
    imported(feature("Altstadt", schluessel="01"))

    run = imported(feature("Altstadt", schluessel=1))

    assert problems(run) == [("name_has_other_key", "error")]


def test_a_number_is_filled_up_if_told() -> None:
    imported(feature("Altstadt", schluessel="01"))

    run = imported(feature("Altstadt (Mitte)", schluessel=1), key_width="2")

    assert run.changed_count == 1
    assert Area.objects.get().name == "Altstadt (Mitte)"


def test_an_area_without_key_is_matched_by_name_and_gets_its_key() -> None:
    imported(feature("Altstadt"))

    run = imported(feature("ALTSTADT", schluessel="01"))

    assert (run.new_count, run.changed_count) == (0, 1)
    assert Area.objects.get().key == "01"


@pytest.mark.parametrize("name", ["EPSG:25833", "urn:ogc:def:crs:EPSG::25833"])
def test_metres_are_moved_by_the_crs_named_in_the_file(name: str) -> None:
    imported(feature(points=in_metres(SQUARE)), crs=name)

    west, south, east, north = Area.objects.get().geometry.bounds
    assert (round(west, 6), round(south, 6), round(east, 6), round(north, 6)) == (13.0, 51.0, 13.1, 51.1)


def test_metres_are_moved_by_the_crs_given() -> None:
    imported(feature(points=in_metres(SQUARE)), srid="25833")

    assert round(Area.objects.get().geometry.bounds[0], 6) == 13.0


@pytest.mark.parametrize(
    ("points", "crs", "code"),
    [
        (in_metres(SQUARE), "", "metres_as_degrees"),
        (in_metres(SQUARE), "EPSG:4326", "metres_called_degrees"),
        (SQUARE, "EPSG:25833", "degrees_as_metres"),
        (SQUARE, "Lokales Gitter", "unknown_crs"),
    ],
)
def test_files_with_the_wrong_unit_are_refused(points: Points, crs: str, code: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        imported(feature(points=points), crs=crs)

    assert refusal.value.code == code


def test_a_slip_of_the_pen_is_told_of_the_one_feature_and_not_of_the_file() -> None:
    run = imported(feature("Altstadt", points=[[x + 187, y + 44] for x, y in SQUARE]))

    assert problems(run) == [("outside_germany", "error")]
    assert RowResult.objects.get(run=run).label == "Altstadt"


def test_swapped_coordinates_are_named_and_turned_if_told() -> None:
    turned = [[y, x] for x, y in SQUARE]
    run = imported(feature("Altstadt", points=turned))
    assert problems(run) == [("coordinates_swapped", "error")]
    assert RowResult.objects.get(run=run).label == "Altstadt"

    run = imported(feature("Altstadt", points=turned), swap=True)
    assert run.new_count == 1


def test_a_spike_is_repaired_with_a_warning() -> None:
    spiked = [*SQUARE[:3], [13.15, 51.15], *SQUARE[2:]]

    run = imported(feature(points=spiked))

    assert problems(run) == [("ring_repaired", "warning")]
    assert Area.objects.get().geometry.is_valid


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "empty_geometry"),
        ({"type": "Polygon", "coordinates": []}, "empty_geometry"),
        ({"type": "Point", "coordinates": [13.0, 51.0]}, "not_an_area"),
        ({"type": "Polygon", "coordinates": [[[13.0, 51.0], [13.1, 51.0]]]}, "broken_geometry"),
        (
            {"type": "Polygon", "coordinates": [[[2.0, 48.0], [2.1, 48.0], [2.1, 48.1], [2.0, 48.0]]]},
            "outside_germany",
        ),
        (
            {"type": "Polygon", "coordinates": [[[13, 51], [13.1, 51.1], [13.1, 51], [13, 51.1], [13, 51]]]},
            "cannot_repair",
        ),
    ],
)
def test_what_is_no_area_is_refused_and_the_rest_is_imported(geometry: Any, code: str) -> None:
    bad = {"type": "Feature", "properties": {"name": "Neustadt"}, "geometry": geometry}

    run = imported(feature(), bad)

    assert problems(run) == [(code, "error")]
    assert Area.objects.get().name == "Altstadt"


def test_heights_are_dropped_with_a_note() -> None:
    run = imported(feature(points=[[x, y, 120.0] for x, y in SQUARE]))

    assert problems(run) == [("height_dropped", "warning")]
    assert not Area.objects.get().geometry.has_z


def test_other_properties_are_kept_as_a_note() -> None:
    imported(feature("Altstadt", einwohner=1200, stand="2024-12-31"))

    assert Area.objects.get().note == "einwohner: 1200\nstand: 2024-12-31"


def test_neighbours_are_marked_as_not_ours_and_stay_so() -> None:
    imported(feature(), feature("Nachbarort"), not_ours="Nachbarort")
    assert not Area.objects.get(name="Nachbarort").is_ours

    run = imported(feature(), feature("Nachbarort"))

    assert run.changed_count == 0
    assert not Area.objects.get(name="Nachbarort").is_ours
