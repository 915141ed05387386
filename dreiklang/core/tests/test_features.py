"""Geometries as text, and windows against what Shapely says one by one."""

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape

from dreiklang.core.features import addresses, as_geojson

coordinates = st.floats(5, 16, allow_nan=False)
sizes = st.floats(1e-4, 1)


def one(geometry, **options):
    (text,) = as_geojson([shapely.to_wkb(geometry)], digits=options.pop("digits", 7), **options)
    return json.loads(text)


def test_nothing_stays_nothing():
    assert as_geojson([None, shapely.to_wkb(Point())], digits=7) == [None, None]
    assert as_geojson([], digits=7) == []


def test_numbers_are_rounded():
    assert one(Point(12.123456789, 51.1))["coordinates"] == [12.1234568, 51.1]


def test_heights_are_left_aside():
    assert one(Point(12, 51, 120))["coordinates"] == [12, 51]


def test_outer_rings_run_against_the_clock_and_holes_with_it():
    with_clock = Polygon([(0, 0), (0, 4), (4, 4), (4, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])

    for drawn in (one(with_clock), one(MultiPolygon([with_clock]))):
        polygon = shape(drawn) if drawn["type"] == "Polygon" else shape(drawn).geoms[0]
        assert polygon.exterior.is_ccw
        assert not polygon.interiors[0].is_ccw
        assert polygon.equals(with_clock)


def test_order_is_kept_among_those_without():
    found = as_geojson(
        [None, shapely.to_wkb(Point(1, 2)), None, shapely.to_wkb(LineString([(0, 0), (1, 1)]))], digits=3
    )

    assert [text is None for text in found] == [True, False, True, False]
    assert json.loads(found[3])["coordinates"] == [[0, 0], [1, 1]]


def test_points_can_be_moved_to_another_system():
    assert one(Point(12, 51), move=lambda points: points[:, ::-1])["coordinates"] == [51, 12]


@given(st.lists(st.tuples(coordinates, coordinates, sizes), max_size=20))
def test_what_is_written_is_what_was_stored(places):
    stored = [box(x, y, x + size, y + size) for x, y, size in places]

    found = as_geojson([shapely.to_wkb(place) for place in stored], digits=7)

    for text, place in zip(found, stored, strict=True):
        assert shapely.hausdorff_distance(shape(json.loads(text)), place) == pytest.approx(0, abs=1e-7)


def test_addresses_are_those_that_reverse_gives():
    assert addresses("measures:measure", ["M-1", "B 12/3", "ä?#%"]) == [
        "/massnahmen/M-1/",
        "/massnahmen/B%2012/3/",
        "/massnahmen/%C3%A4%3F%23%25/",
    ]
