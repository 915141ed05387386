"""A real layer laid over a shifted copy of itself: the comparison gives what plain Shapely gives, pair by pair."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely import affinity
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.rules import Finding, Kind, Limits, compare
from dreiklang.core.claims import Claim
from dreiklang.core.metres import in_metres, zone_of
from dreiklang.core.values import Period

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "stadtteile"
EVERYTHING = Limits(least_area_m2=0, least_area_share=0, least_strength=0)
PERIOD = Period(date(2027, 1, 1), date(2027, 12, 31))

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.exists(), reason="../shared/data/stadtteile is not there"),
]


def districts(city: str) -> list[BaseGeometry]:
    """The districts in metres, made valid where the source crosses itself."""
    content = json.loads((DATA / f"{city}-stadtteile.geojson").read_text(encoding="utf-8"))
    drawn = [shape(feature["geometry"]) for feature in content["features"] if feature["geometry"]]
    zone = zone_of(drawn[0].centroid.x)
    return [only_areas(one) for one in shapely.make_valid(in_metres(drawn, srid=zone))]


def only_areas(one: BaseGeometry) -> BaseGeometry:
    return shapely.unary_union([part for part in shapely.get_parts(one) if part.area > 0])


def claims(places: list[BaseGeometry], layer: str) -> Iterator[Claim]:
    """Within a layer all are kin, so that only the two layers meet."""
    for number, place in enumerate(places):
        key = f"{layer}:{number}"
        others = frozenset(f"{layer}:{n}" for n in range(len(places)) if n != number)
        yield Claim(key=key, number=key, title=key, place=place, period=PERIOD, kin=others)


def areas(findings: list[Finding]) -> dict[tuple[str, ...], tuple[int, float]]:
    return {each.parties: (each.facts["area_m2"], each.facts["share"]) for each in findings}


@pytest.mark.parametrize("city", ["chemnitz", "dresden"])
@pytest.mark.parametrize("metres", [1.0, 350.0])
def test_a_shifted_copy_gives_the_pairs_and_areas_of_a_plain_double_loop(city: str, metres: float) -> None:
    here = districts(city)
    there = [affinity.translate(one, xoff=metres, yoff=-metres / 2) for one in here]

    found = compare(
        [*claims(here, "concept"), *claims(there, "measure")], limits=EVERYTHING, today=date(2026, 11, 22)
    )

    plain = {}
    for n, one in enumerate(here):
        for m, other in enumerate(there):
            common = one.intersection(other)
            if common.area > 0:
                smaller = min(one.area, other.area)
                plain[(f"concept:{n}", f"measure:{m}")] = (
                    round(common.area),
                    round(min(common.area / smaller, 1.0), 3),
                )
    assert {each.kind for each in found} == {Kind.PLACE_AND_TIME}
    assert len(plain) > len(here)
    assert areas(found) == plain


# Two districts of Chemnitz overlap by 1.8 ha in the source itself, on average ten metres wide.
@pytest.mark.parametrize(
    ("city", "overlap"), [("chemnitz", {("concept:27", "measure:28")}), ("dresden", set())]
)
def test_a_copy_drawn_a_metre_off_is_found_only_as_itself(city: str, overlap: set[tuple[str, str]]) -> None:
    """What its neighbours share with it is an imprecise border."""
    here = districts(city)
    there = [affinity.translate(one, xoff=1.0, yoff=-0.5) for one in here]

    found = compare(
        [*claims(here, "concept"), *claims(there, "measure")],
        limits=Limits(least_strength=0),
        today=date(2026, 11, 22),
    )

    assert {each.parties for each in found} == {
        (f"concept:{n}", f"measure:{n}") for n in range(len(here))
    } | overlap
