"""The network and the small map of a candidate, as pure pictures."""

import re

from shapely import Point, box

from dreiklang.conflicts.templatetags.conflicts import unbroken
from dreiklang.conflicts.views.network_picture import ROW, WIDTH, Link, network_picture
from dreiklang.conflicts.views.place_picture import Ground, place_picture
from dreiklang.places.queries import AreaShape


def link(one: str, other: str, *, is_conflict: bool = True, strength: float = 0.5, pk: int = 1) -> Link:
    return Link(pk, one, other, is_conflict, strength)


def test_a_network_lists_everybody_once_with_groups_together():
    drawn = network_picture([link("a", "b"), link("x", "y"), link("b", "c", is_conflict=False)])

    assert sorted(drawn.keys) == ["a", "b", "c", "x", "y"]
    assert set(drawn.keys[:3]) == {"a", "b", "c"}
    assert drawn.height == 5 * ROW


def test_conflicts_bow_to_the_left_and_synergies_to_the_right():
    drawn = network_picture([link("a", "b"), link("a", "c", is_conflict=False)])

    assert len(drawn.conflicts) == len(drawn.synergies) == 1
    assert drawn.conflicts[0].path.startswith(f"M{WIDTH} ")
    assert drawn.synergies[0].path.startswith("M0 ")


def test_a_network_is_drawn_the_same_every_time():
    links = [link("d", "a"), link("c", "b"), link("a", "b")]

    assert network_picture(links) == network_picture(list(links))


def test_nothing_linked_is_an_empty_picture():
    assert network_picture([]).keys == ()


def test_the_map_shows_the_shared_area_and_cuts_off_what_is_far():
    whole = Ground("A", "I-01", box(13.0, 51.0, 13.1, 51.1))
    small = Ground("B", "V-08", box(13.05, 51.05, 13.052, 51.052))

    drawn = place_picture([whole, small], shared=small.geometry, districts=())

    assert drawn is not None
    assert drawn.has_shared
    assert {one.shape.key for one in drawn.map.shapes} == {"party-a", "party-b", "shared"}
    assert drawn.map.scale_metres <= 500


def test_borders_fill_the_picture_where_parties_lie_far_apart():
    north, south = (
        Ground("A", "K-02", box(13.36, 51.33, 13.362, 51.332)),
        Ground("B", "K-10", Point(13.36, 51.24)),
    )
    crossing = AreaShape(1, "Stadt", box(13.0, 51.2, 13.7, 51.28), is_ours=True, url="")

    drawn = place_picture([north, south], shared=None, districts=[crossing])

    assert drawn is not None
    border = next(one.line for one in drawn.map.shapes if one.shape.key == "district")
    across = [float(x) for x in re.findall(r"[ML](-?[0-9.]+)", border)]
    assert min(across) <= 10
    assert max(across) >= drawn.map.width - 10


def test_no_geometry_is_no_map():
    assert place_picture([], shared=None, districts=()) is None


def test_numbers_stay_on_one_line_and_names_stay_text():
    said = unbroken("E-02 hilft <b>, BV-028/2026 nicht.")

    assert said == (
        '<span class="u-nowrap">E-02</span> hilft &lt;b&gt;, <span class="u-nowrap">BV-028</span>/2026 nicht.'
    )
    assert unbroken("") == ""
