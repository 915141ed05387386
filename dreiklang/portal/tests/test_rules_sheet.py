import re
from dataclasses import replace

import pytest
from shapely.geometry import Point, box

from dreiklang.core.metres import in_metres
from dreiklang.places.rules.placed import Placed, Placing
from dreiklang.portal.rules import frame_around
from dreiklang.portal.rules.sheet import (
    SCALES,
    SheetFrame,
    SheetLayer,
    drawing,
    has_outlines,
    nearest_scale,
    scale_for,
    sheet_frame,
    shown,
)

CITY = box(13.3, 51.2, 13.5, 51.4)
WIDE, SMALL = box(13.35, 51.25, 13.45, 51.35), box(13.4, 51.3, 13.4001, 51.3001)
TONES = {"on_track": "good", "stopped": "bad"}


def placed(key: str, longitude: float, latitude: float, state: str = "on_track") -> Placed:
    return Placed(
        key=key, title=key, url="", placing=Placing.ON_MAP, state=state, geometry=Point(longitude, latitude)
    )


def test_the_largest_usual_scale_is_taken_at_which_the_city_fits() -> None:
    assert scale_for((0, 0, 2_900, 2_000), width=290, height=240) == 10_000
    assert scale_for((0, 0, 2_901, 2_000), width=290, height=240) == 12_500
    assert scale_for((0, 0, 290, 12_001), width=290, height=240) == 60_000
    assert scale_for((0, 0, 40_000, 40_000), width=290, height=240) == 200_000


@pytest.mark.parametrize(("asked", "found"), [(1, 500), (9_999, 10_000), (10_000, 10_000), (1e9, SCALES[-1])])
def test_a_scale_from_the_screen_becomes_the_next_usual_one(asked: float, found: int) -> None:
    assert nearest_scale(asked) == found


def test_a_kilometre_is_ten_centimetres_at_one_to_ten_thousand() -> None:
    frame = SheetFrame(25833, (400_000.0, 5_700_000.0), 10_000, 296, 232)
    here, there = frame.place(400_000, 5_700_000), frame.place(401_000, 5_700_500)

    assert here == (148.0, 116.0)
    assert (there[0] - here[0], here[1] - there[1]) == (100.0, 50.0)


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    frame = SheetFrame(25833, (0.0, 0.0), 25_000, 296, 232)

    assert frame.bar_metres == 1_000
    assert frame.bar_mm == 40.0


def test_the_whole_city_lies_on_the_paper() -> None:
    city = frame_around([CITY])
    frame = sheet_frame(city, width=296, height=232)
    west, south, east, north = frame.bounds

    assert (west, south) <= city.bounds[:2]
    assert south <= city.bounds[1]
    assert (east, north) >= city.bounds[2:]
    assert north >= city.bounds[3]


def test_only_what_lies_on_the_paper_is_listed() -> None:
    near, far = placed("nah", 13.4, 51.3), placed("fern", 13.3, 51.2)
    middle = in_metres([near.geometry], srid=25833)[0]
    frame = sheet_frame(frame_around([CITY]), width=296, height=232, middle=(middle.x, middle.y), scale=5_000)

    assert shown([near, far], frame) == [near]


def test_each_state_has_a_shape_of_its_own_and_names_are_escaped() -> None:
    frame = sheet_frame(frame_around([CITY]), width=296, height=232)
    ground = Placed(
        key="01", title="Mühl & <Graben>", url="", placing=Placing.ON_MAP, state="ours", geometry=CITY
    )

    svg = drawing(
        [
            SheetLayer("marks", [placed("A-1", 13.4, 51.3), placed("B-2", 13.42, 51.31, "stopped")], TONES),
            SheetLayer("ground", [ground], {}),
        ],
        frame,
    )

    assert "<circle" in svg
    assert '<rect x="1.6"' in svg
    assert "Mühl &amp; &lt;Graben&gt;" in svg
    assert {"A-1", "B-2"} <= set(re.findall(r">([AB]-\d)</text>", svg))
    # The ground is drawn first whatever the order of the layers.
    assert svg.index("Mühl") < svg.index("A-1")


def test_numbers_that_find_no_room_are_left_out() -> None:
    frame = sheet_frame(frame_around([CITY]), width=296, height=232)
    crowd = [placed(f"LANG-{n}", 13.4, 51.3) for n in range(9)]

    svg = drawing([SheetLayer("marks", crowd, TONES)], frame)

    assert 0 < len(re.findall("LANG-", svg)) < 9


def test_only_what_is_wide_enough_on_the_paper_has_an_outline_for_the_legend() -> None:
    frame = sheet_frame(frame_around([CITY]), width=296, height=232)
    point, small = placed("A-1", 13.4, 51.3), replace(placed("A-2", 13.4, 51.3), geometry=SMALL)
    wide = replace(placed("A-3", 13.4, 51.3), geometry=WIDE)

    assert not has_outlines([], frame)
    assert not has_outlines([point, small], frame)
    assert has_outlines([point, wide], frame)
    # What lies beside the paper needs no sign.
    elsewhere = sheet_frame(frame_around([CITY]), width=296, height=232, middle=(0.0, 0.0), scale=5_000)
    assert not has_outlines([wide], elsewhere)
