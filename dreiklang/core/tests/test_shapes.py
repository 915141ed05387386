"""Geometries as they come: bad ones are refused with a code, small faults are repaired with a note."""

import math

import pytest
import shapely
from shapely.geometry import Polygon

from dreiklang.core.shapes import AREAS, MOST_POINTS, PLACES, WGS84, shape_of

SQUARE = "POLYGON((13.4 51.3, 13.41 51.3, 13.41 51.31, 13.4 51.31, 13.4 51.3))"


def test_wkt_ewkt_hex_and_geojson_say_the_same() -> None:
    square = shapely.from_wkt(SQUARE)
    ewkb = shapely.to_wkb(shapely.set_srid(square, 4326), hex=True, include_srid=True)

    for text in (
        SQUARE,
        f"SRID=4326;{SQUARE}",
        shapely.to_wkb(square, hex=True),
        ewkb,
        shapely.to_geojson(square),
    ):
        assert (
            shape_of(
                text, srid=25833 if text != SQUARE and "{" not in text and "SRID" in text else WGS84
            ).geometry
            == square
        )


def test_the_system_that_a_text_names_goes_before_the_one_of_the_file_unless_overruled() -> None:
    text = "SRID=25833;POINT(352000 5630000)"

    own = shape_of(text, srid=25832, kinds=PLACES).geometry
    told = shape_of(text, srid=25832, overrules=True, kinds=PLACES).geometry

    assert own is not None
    assert told is not None
    assert own.x - told.x == pytest.approx(6, abs=0.1)


@pytest.mark.parametrize(
    ("text", "srid", "refusal", "detail"),
    [
        ("", WGS84, "empty_geometry", ""),
        ("POLYGON EMPTY", WGS84, "empty_geometry", ""),
        ("hallo", WGS84, "broken_geometry", ""),
        ("POLYGON((13 51, 13.1 NaN, 13.1 51.1, 13 51))", WGS84, "broken_geometry", ""),
        ("POINT(13 51)", WGS84, "not_an_area", "Point"),
        (
            "GEOMETRYCOLLECTION(POINT(13 51), LINESTRING(13 51, 13.1 51))",
            WGS84,
            "not_an_area",
            "GeometryCollection",
        ),
        ("CURVEPOLYGON(CIRCULARSTRING(0 0, 1 1, 2 0, 1 -1, 0 0))", WGS84, "unsupported_type", "CurvePolygon"),
        ("TIN(((0 0, 0 1, 1 1, 0 0)))", WGS84, "unsupported_type", "TIN"),
        # A city in Saxony, in Somalia.
        ("POLYGON((50.8 12.9, 50.9 12.9, 50.9 13, 50.8 12.9))", WGS84, "coordinates_swapped", ""),
        ("POLYGON((2.3 48.8, 2.4 48.8, 2.4 48.9, 2.3 48.8))", WGS84, "outside_germany", ""),
        (
            "POLYGON((352000 5630000, 352100 5630000, 352100 5630100, 352000 5630000))",
            WGS84,
            "metres_as_degrees",
            "EPSG:25832, EPSG:25833",
        ),
        (
            "POLYGON((3478519 5889194, 3478619 5889194, 3478619 5889294, 3478519 5889194))",
            25833,
            "other_crs",
            "EPSG:31467",
        ),
        (SQUARE, 25833, "other_crs", "EPSG:4326"),
        (SQUARE, 99999, "unknown_crs", "EPSG:99999"),
        ("POLYGON((13 51, 13.1 51.1, 13.1 51, 13 51.1, 13 51))", WGS84, "cannot_repair", ""),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_code(
    text: str, srid: int, refusal: str, detail: str
) -> None:
    shape = shape_of(text, srid=srid)

    assert (shape.geometry, shape.refusal, shape.detail) == (None, refusal, detail)


def test_a_height_is_dropped_with_a_note() -> None:
    shape = shape_of("POLYGON Z((13 51 90, 13.1 51 91, 13.1 51.1 92, 13 51 90))", srid=WGS84)

    assert shape.notes == ("height_dropped",)
    assert shape.geometry is not None
    assert not shape.geometry.has_z


def test_a_collection_of_areas_is_one_area() -> None:
    shape = shape_of(f"GEOMETRYCOLLECTION({SQUARE})", srid=WGS84)

    assert (shape.geometry.geom_type if shape.geometry else "", shape.notes) == (
        "MultiPolygon",
        ("collection_opened",),
    )


def test_a_spike_is_repaired_with_a_note() -> None:
    shape = shape_of("POLYGON((13 51, 13.1 51, 13.2 51, 13.1 51, 13.1 51.1, 13 51.1, 13 51))", srid=WGS84)

    assert shape.geometry is not None
    assert shape.geometry.is_valid
    assert shape.notes == ("ring_repaired",)


def test_axes_that_are_not_certain_are_turned_with_a_note() -> None:
    northing_first = (
        "SRID=31468;POLYGON((5630000 4560000, 5630100 4560000, 5630100 4560100, 5630000 4560000))"
    )

    assert shape_of(northing_first, srid=WGS84).refusal == "coordinates_swapped"
    shape = shape_of(northing_first, srid=WGS84, may_turn=True)
    assert shape.geometry is not None
    assert shape.notes == ("axes_turned",)


def ring(points: int, radius: float) -> str:
    turns = (2 * math.pi * at / points for at in range(points))
    return Polygon([(13 + radius * math.cos(turn), 51 + radius * math.sin(turn)) for turn in turns]).wkt


def test_an_outline_of_very_many_points_is_thinned_out_and_stays_where_it_was() -> None:
    shape = shape_of(ring(200_000, 0.05), srid=WGS84, kinds=AREAS)

    assert shape.notes == ("thinned_out",)
    assert shape.geometry is not None
    assert shapely.get_num_coordinates(shape.geometry) <= MOST_POINTS
    assert shape.geometry.area == pytest.approx(math.pi * 0.05**2, rel=1e-3)


def test_an_outline_that_cannot_be_thinned_out_is_refused_with_its_size() -> None:
    turns = range(120_000)
    star = ", ".join(
        f"{13 + (0.01 if at % 2 else 1) * math.cos(at)} {51 + (0.01 if at % 2 else 1) * math.sin(at)}"
        for at in turns
    )

    shape = shape_of(f"POLYGON(({star}, 14 51))", srid=WGS84)

    assert (shape.refusal, shape.detail) == ("too_many_points", "120001")
