from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box

from dreiklang.places.rules.placed import Placed, PlacedCount, Placing, touches
from dreiklang.portal.rules import MapFrame, coarsest_for, compact, frame_around, sums, year_bars
from dreiklang.portal.rules.map_data import RESOLUTIONS

CITY = box(13.3, 51.2, 13.5, 51.4)


def placed(key: str, geometry: Any, **fields: Any) -> Placed:
    return Placed(key=key, title=key, url="", placing=Placing.ON_MAP, geometry=geometry, **fields)


def points_of(line: list[int], *, frame: MapFrame, step: int) -> list[tuple[float, float]]:
    """What the script makes of a line."""
    x = y = 0
    found = []
    for across, along in zip(line[::2], line[1::2], strict=True):
        x, y = x + across, y + along
        found.append((frame.origin[0] + x * step, frame.origin[1] + y * step))
    return found


def test_the_frame_lies_in_the_zone_that_surveyors_use_there() -> None:
    assert frame_around([CITY]).srid == 25833
    assert frame_around([box(7.0, 51.0, 7.1, 51.1)]).srid == 25832


def test_a_city_without_any_place_still_has_a_frame() -> None:
    west, south, east, north = frame_around([]).bounds

    assert (east - west, north - south) == (2000.0, 2000.0)


@given(st.floats(min_value=0.01, max_value=10_000))
def test_what_is_kept_ready_is_never_coarser_than_what_was_asked(asked: float) -> None:
    found = coarsest_for(asked)

    assert found in RESOLUTIONS
    assert found <= asked or found == RESOLUTIONS[0]


@given(st.floats(13.31, 13.49), st.floats(51.21, 51.39), st.sampled_from(RESOLUTIONS))
def test_a_mark_lies_where_the_record_lies_to_a_step(x: float, y: float, resolution: float) -> None:
    frame = frame_around([CITY])

    found = compact([placed("M-1", Point(x, y))], frame=frame, resolution=resolution)

    drawn = points_of(found.rows[0][7:], frame=frame, step=found.step)[0]
    there = frame_around([Point(x, y)]).bounds
    middle = (there[0] + there[2]) / 2, (there[1] + there[3]) / 2
    # Rounding to a step and the corner's whole metres.
    assert abs(drawn[0] - middle[0]) <= found.step / 2 + 1e-6
    assert abs(drawn[1] - middle[1]) <= found.step / 2 + 1e-6


def test_a_small_area_is_a_mark_from_afar_and_a_shape_from_near() -> None:
    block = placed("M-1", box(13.4, 51.3, 13.402, 51.301))
    frame = frame_around([CITY])

    afar = compact([block], frame=frame, resolution=16.0)
    near = compact([block], frame=frame, resolution=1.0)

    assert (len(afar.rows), afar.shapes) == (1, {})
    assert near.shapes["M-1"][0] == "a"
    ring = points_of(near.shapes["M-1"][1][0][0], frame=frame, step=near.step)
    assert ring[0] == ring[-1]
    assert abs(Polygon(ring).area / (139.4 * 111.3) - 1) < 0.02


def test_holes_lines_and_several_points_keep_their_kind() -> None:
    frame = frame_around([CITY])
    holed = Polygon(box(13.4, 51.3, 13.41, 51.31).exterior, [box(13.403, 51.303, 13.406, 51.306).exterior])
    line = LineString([(13.4, 51.3), (13.41, 51.31), (13.43, 51.3)])
    stops = MultiPoint([(13.4, 51.3), (13.41, 51.31)])

    shapes = compact(
        [placed("a", holed), placed("l", line), placed("p", stops)], frame=frame, resolution=1.0
    ).shapes

    assert [len(rings) for rings in shapes["a"][1]] == [2]
    assert (shapes["l"][0], len(shapes["l"][1][0])) == ("l", 6)
    assert (shapes["p"][0], len(shapes["p"][1])) == ("p", 2)


def test_what_is_not_on_the_map_has_no_row() -> None:
    nowhere = Placed(key="M-1", title="", url="", placing=Placing.NONE)

    found = compact([nowhere], frame=frame_around([CITY]), resolution=8.0)

    assert (found.rows, found.shapes) == ([], {})


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        (2024, 2027, True),
        (2026, 2026, True),
        (None, 2026, True),
        (2026, None, True),
        (2027, None, False),
        (None, 2025, False),
        (None, None, False),
    ],
)
def test_a_period_touches_a_year_as_far_as_it_is_known(
    first: int | None, last: int | None, answer: bool
) -> None:
    assert touches(first, last, year=2026) is answer


def counted(placing: Placing, first: int | None, last: int | None, number: int = 1) -> PlacedCount:
    return PlacedCount(placing, "on_track", first, last, number)


def test_records_without_a_period_are_counted_beside_a_year_and_within_all_years() -> None:
    counts = [counted(Placing.ON_MAP, 2024, 2027, 3), counted(Placing.AREAS, None, None, 2)]

    assert (sums(counts).total, sums(counts).unplaced) == (5, 2)
    assert (sums(counts, year=2026).total, sums(counts, year=2026).without_period) == (3, 2)
    assert sums(counts, year=2030).total == 0


def test_the_years_reach_from_the_first_to_the_last_and_hold_this_year() -> None:
    bars = year_bars(
        [counted(Placing.ON_MAP, 2028, 2030, 4), counted(Placing.NONE, 2030, 2030, 4)], this_year=2026
    )

    assert [bar.year for bar in bars] == [2026, 2027, 2028, 2029, 2030]
    assert [bar.number for bar in bars] == [0, 0, 4, 4, 8]
    assert bars[-1].share == 1.0


def test_a_year_typed_wrongly_does_not_stretch_the_slider() -> None:
    bars = year_bars([counted(Placing.ON_MAP, 206, 20261)], this_year=2026)

    assert (bars[0].year, bars[-1].year) == (2011, 2051)


def test_without_any_period_there_are_no_years() -> None:
    assert year_bars([counted(Placing.ON_MAP, None, None)], this_year=2026) == ()
