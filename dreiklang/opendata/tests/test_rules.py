"""Boxes, times and stretches by themselves: without a database, and with any numbers."""

from datetime import date
from zoneinfo import ZoneInfo

import numpy
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.opendata.rules import CRS84, SYSTEMS, BadParameter, neighbours, only, system_of, wanted
from dreiklang.opendata.rules.boxes import area_of
from dreiklang.opendata.rules.instants import days_of

BERLIN = ZoneInfo("Europe/Berlin")
longitudes, latitudes = st.floats(5.5, 15.5), st.floats(47, 55)
METRES = [one for one in SYSTEMS if not one.is_degrees]


def test_a_box_across_the_antimeridian_is_two():
    area, boxes = area_of("177,65,-177,70", system=CRS84, may_have_height=True)

    assert boxes == ((177, 65, 180, 70), (-180, 65, -177, 70))
    assert area.intersects(shapely.Point(179, 66))
    assert area.intersects(shapely.Point(-179, 66))
    assert not area.intersects(shapely.Point(0, 66))


@pytest.mark.parametrize(("said", "kind"), [("12,51,12,51", "Point"), ("12,51,13,51", "LineString")])
def test_a_box_without_width_is_a_line_or_a_point(said, kind):
    area, _ = area_of(said, system=CRS84, may_have_height=True)

    assert area.geom_type == kind
    assert area.intersects(shapely.Point(12, 51))


def test_a_map_drawn_small_may_ask_for_more_than_the_system_holds():
    area, _ = area_of("-1e9,-1e9,1e9,1e9", system=SYSTEMS[-1], may_have_height=False)

    assert area.intersects(shapely.Point(13, 51))


@given(longitudes, latitudes, st.sampled_from(METRES), st.floats(10, 20_000))
def test_what_lies_in_a_box_of_metres_lies_in_its_area(longitude, latitude, system, width):
    ((x, y),) = system.from_store(numpy.array([[longitude, latitude]])).tolist()
    said = f"{x - width},{y - width},{x + width},{y + width}"

    area, boxes = area_of(said, system=system, may_have_height=False)

    assert area.contains(shapely.Point(longitude, latitude))
    assert any(shapely.box(*box).covers(area) for box in boxes)
    for east, north in ((x - 1.1 * width, y), (x, y + 1.1 * width)):
        ((beside),) = system.to_store(numpy.array([[east, north]])).tolist()
        assert not area.intersects(shapely.Point(beside))


@given(longitudes, latitudes, st.sampled_from(METRES))
def test_the_way_to_a_system_and_back_changes_nothing(longitude, latitude, system):
    there = system.from_store(numpy.array([[longitude, latitude]]))

    assert system.to_store(there)[0] == pytest.approx([longitude, latitude], abs=1e-9)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2027-01-01", (date(2027, 1, 1), date(2027, 1, 1))),
        ("2026-12-31T23:30:00Z", (date(2027, 1, 1), date(2027, 1, 1))),
        ("2026-06-30T22:00:00Z", (date(2026, 7, 1), date(2026, 7, 1))),
        ("2027-01-01T00:30:00+09:00", (date(2026, 12, 31), date(2026, 12, 31))),
        ("../2027-01-01", (None, date(2027, 1, 1))),
        ("2027-01-01/", (date(2027, 1, 1), None)),
        ("2027-01-01T00:00:00Z/2027-12-31T12:00:00Z", (date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_instants_are_days_of_the_city(said, days):
    assert days_of(said, zone=BERLIN) == days


@given(st.text(max_size=40))
def test_no_text_is_worse_than_refused(text):
    for name in ("limit", "offset", "bbox", "bbox-crs", "datetime", "crs"):
        assert refused(name, text) in ("", name)


def refused(name: str, text: str) -> str:
    """The parameter that was refused; empty where it was understood."""
    try:
        wanted(only({name: [text]}, known=[name]), filters={}, zone=BERLIN)
    except BadParameter as refusal:
        return refusal.name
    return ""


@pytest.mark.parametrize("said", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "0000-01-01"])
def test_instants_beyond_the_calendar_are_refused(said):
    with pytest.raises(BadParameter):
        days_of(said, zone=BERLIN)


@given(st.integers(0, 500), st.integers(1, 50), st.integers(0, 300))
def test_whoever_follows_the_stretches_meets_everything_once(offset, limit, matched):
    before, after = neighbours(offset=offset, limit=limit, matched=matched)

    assert after is None or after == offset + limit < matched
    assert (after is None) is (offset + limit >= matched)
    assert (before is None) is (offset == 0)
    assert before is None or 0 <= before < offset


def test_a_system_has_one_spelling():
    assert system_of("http://www.opengis.net/def/crs/EPSG/0/25833", name="crs").srid == 25833
    with pytest.raises(BadParameter):
        system_of("https://www.opengis.net/def/crs/EPSG/0/25833", name="crs")
