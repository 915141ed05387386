import re
from itertools import groupby

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, box

from dreiklang.places.rules import MapShape, small_map
from dreiklang.places.rules.svg_map import METRES_PER_DEGREE, scale_metres

CITY = box(13.0, 51.0, 13.2, 51.1)


def shape(geometry: object, key: str = "a", **facts: object) -> MapShape:
    return MapShape(key=key, label="Gebiet", geometry=geometry, **facts)


def coordinates(path: str) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split())) for pair in re.findall(r"[-\d.]+ [-\d.]+", path)]


def test_nothing_to_draw_gives_no_map() -> None:
    assert small_map([]) is None


def test_north_is_up_and_east_is_right() -> None:
    southwest, northeast = Point(13.0, 51.0), Point(13.1, 51.1)

    drawn = small_map([shape(southwest, "sw"), shape(northeast, "ne")])

    points = {d.shape.key: d.points[0] for d in drawn.shapes}
    assert points["ne"][0] > points["sw"][0]
    assert points["ne"][1] < points["sw"][1]


def test_a_square_on_the_ground_is_a_square_in_the_picture() -> None:
    half_a_degree_north, stretched = 0.05, 0.05 / 0.6293
    square = box(13.0, 51.0 - half_a_degree_north / 2, 13.0 + stretched, 51.0 + half_a_degree_north / 2)

    path = coordinates(small_map([shape(square)]).shapes[0].path)

    wide = max(x for x, _y in path) - min(x for x, _y in path)
    tall = max(y for _x, y in path) - min(y for _x, y in path)
    assert wide == pytest.approx(tall, rel=0.01)


def test_the_scale_bar_is_true() -> None:
    drawn = small_map([shape(CITY)], width=320, padding=0)

    units_per_metre = drawn.height / (0.1 * METRES_PER_DEGREE)
    assert drawn.scale_length == pytest.approx(drawn.scale_metres * units_per_metre, rel=0.01)


def test_marked_shapes_lie_on_top() -> None:
    drawn = small_map(
        [shape(CITY, "meant", is_marked=True), shape(CITY, "around"), shape(CITY, "outside", is_outside=True)]
    )

    assert [d.shape.key for d in drawn.shapes] == ["outside", "around", "meant"]


def test_holes_and_islands_are_drawn() -> None:
    hole = CITY.difference(box(13.05, 51.02, 13.1, 51.05))
    islands = MultiPolygon([box(13, 51, 13.01, 51.01), box(13.1, 51, 13.11, 51.01)])

    paths = [d.path for d in small_map([shape(hole), shape(islands)]).shapes]

    assert [path.count("M") for path in paths] == [2, 2]
    assert [path.count("Z") for path in paths] == [2, 2]


def test_a_route_is_a_line_and_never_an_area() -> None:
    route = LineString([(13.0, 51.0), (13.1, 51.1), (13.2, 51.0)])

    drawn = small_map([shape(route)]).shapes[0]

    assert drawn.path == ""
    assert drawn.line.count("M") == 1
    assert "Z" not in drawn.line
    assert len(coordinates(drawn.line)) == 3


def test_a_line_too_short_for_the_scale_stays_a_dot() -> None:
    tiny = LineString([(13.0, 51.0), (13.000001, 51.0)])

    drawn = small_map([shape(CITY, "city"), shape(tiny, "tiny", is_marked=True)]).shapes[1]

    assert drawn.line.endswith("h0")


def test_a_collection_keeps_areas_lines_and_points_apart() -> None:
    mixed = GeometryCollection([CITY, LineString([(13, 51), (13.1, 51.1)]), Point(13.05, 51.05)])

    drawn = small_map([shape(mixed)]).shapes[0]

    assert drawn.path.endswith("Z")
    assert drawn.line.startswith("M")
    assert len(drawn.points) == 1


@given(
    st.tuples(st.floats(5, 15), st.floats(47, 55), st.floats(0.0001, 1), st.floats(0.0001, 1)),
    st.integers(100, 900),
)
@example((5.0, 47.0, 0.001953125, 0.001953125), 100)
def test_everything_stays_inside_the_picture(area: tuple[float, float, float, float], width: int) -> None:
    west, south, wide, tall = area

    drawn = small_map([shape(box(west, south, west + wide, south + tall))], width=width)

    for x, y in coordinates(drawn.shapes[0].path):
        assert 0 <= x <= width
        assert 0 <= y <= drawn.height + 0.1
    assert 0 < drawn.scale_length <= width


@given(
    st.lists(st.tuples(st.floats(13, 13.2), st.floats(51, 51.1)), min_size=2, max_size=40), st.floats(0, 9)
)
def test_a_line_is_its_points_one_after_the_other_without_equal_neighbours(
    points: list[tuple[float, float]], height: float
) -> None:
    line = LineString([(x, y, height) for x, y in points])
    apart = [shape(Point(point), str(number)) for number, point in enumerate(points)]

    drawn = small_map([shape(CITY), shape(line, "line"), *apart]).shapes

    placed = [one.points[0] for one in drawn if one.points]
    kept = [point for point, _same in groupby(placed)]
    written = "M" + "L".join(f"{x:g} {y:g}" for x, y in kept)
    assert drawn[1].line == (written if len(kept) > 1 else written + "h0")


@given(st.floats(1, 1e6))
def test_the_scale_is_round_and_as_long_as_fits(longest: float) -> None:
    metres = scale_metres(longest)

    assert metres <= longest < 2.5 * metres + 1
    assert str(metres).rstrip("0") in {"1", "2", "5"}


def test_the_scale_bar_is_part_of_the_picture() -> None:
    drawn = small_map([shape(CITY)], width=320)

    assert drawn.full_height > drawn.height
    assert drawn.ruler.endswith(f"H{1 + drawn.scale_length:g}V{drawn.height + 5:g}")
