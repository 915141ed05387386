"""Same place and time: when it is a conflict, when a synergy, and what is noise."""

from datetime import date, timedelta
from typing import Any

import pytest
from shapely.geometry import Point

from dreiklang.conflicts.rules import (
    Kind,
    Limits,
    Sense,
    shared_place,
)
from dreiklang.conflicts.tests.claims import (
    TODAY,
    claim,
    found,
    on,
    only,
    pair,
    square,
    strip,
)
from dreiklang.core.values import Period, Unknown


class TestPlaceAndTime:
    def test_two_works_in_one_street_are_one_excavation(self) -> None:
        finding = only(*pair())

        assert (finding.kind, finding.sense) == (Kind.PLACE_AND_TIME, Sense.SYNERGY)
        assert finding.facts == {
            "area_m2": 7200,
            "share": 1.0,
            "from": "2027-01-01",
            "to": "2027-12-31",
            "days": 365,
            "on": [],
        }

    def test_two_that_burden_the_same_goal_are_too_much_at_once(self) -> None:
        finding = only(*pair(effects=on(("goal:1", -1), ("goal:2", 3))))

        assert finding.sense is Sense.CONFLICT
        assert finding.facts["on"] == [
            {"key": "goal:1", "weights": [-1, -1]},
            {"key": "goal:2", "weights": [3, 3]},
        ]

    def test_a_slight_burden_beside_a_strong_gain_stays_one_excavation(self) -> None:
        one = claim("measure:1", place=strip(), effects=on(("goal:1", 3)))
        other = claim("measure:2", place=strip(), effects=on(("goal:1", -1)))

        assert only(one, other).sense is Sense.SYNERGY

    def test_two_sites_that_serve_one_goal_help_each_other(self) -> None:
        one, other = pair(place=square(), effects=on(("goal:1", 2)))

        assert only(one, other).sense is Sense.SYNERGY

    def test_what_cannot_be_told_is_a_weaker_conflict_to_look_at(self) -> None:
        street, site = only(*pair()), only(*pair(place=square()))

        assert site.sense is Sense.CONFLICT
        assert site.strength < street.strength

    def test_works_one_after_the_other_in_one_street_could_be_one(self) -> None:
        one = claim("measure:1", place=strip())
        later = Period(date(2028, 4, 1), date(2028, 10, 31))

        finding = only(one, claim("measure:2", place=strip(), period=later))

        assert finding.sense is Sense.SYNERGY
        assert (finding.facts["gap_days"], finding.facts["from"], finding.facts["to"]) == (
            91,
            "2027-12-31",
            "2028-04-01",
        )

    def test_years_apart_is_no_concern(self) -> None:
        later = Period(date(2031, 1, 1), date(2031, 12, 31))

        assert not found(claim("measure:1", place=strip()), claim("measure:2", place=strip(), period=later))

    def test_a_sliver_of_imprecise_borders_is_noise(self) -> None:
        # 400 m of common border, 2 m off.
        one, other = (
            claim("measure:1", place=square(0, side=400)),
            claim("measure:2", place=square(398, side=400)),
        )

        assert not found(one, other)
        assert found(one, other, limits=Limits(least_area_m2=0, least_area_share=0, least_strength=0))

    def test_a_small_place_inside_another_is_no_sliver(self) -> None:
        kiosk = claim("measure:1", place=square(10, 10, side=10))
        yard = claim("measure:2", place=square(side=20))

        assert found(kiosk, yard, limits=Limits(least_strength=0))

    def test_a_shared_corner_of_two_large_fields_counts_although_its_share_is_small(self) -> None:
        one = claim("measure:1", place=square(0, side=1000))
        other = claim("measure:2", place=square(900, 900, side=1000))

        finding = only(one, other, limits=Limits(least_strength=0))

        assert (finding.facts["area_m2"], finding.facts["share"]) == (10_000, 0.01)

    @pytest.mark.parametrize(
        "noise",
        [
            {"is_lasting": True},
            {"is_fixed": True},
            {"period": Unknown("not_stated")},
            {"period": Period(date(2020, 1, 1), TODAY - timedelta(days=1))},
            {"place": None},
        ],
        ids=str,
    )
    def test_nobody_could_act_on(self, noise: dict[str, Any]) -> None:
        assert not found(*pair(**noise))

    def test_one_that_runs_meets_one_that_can_still_move(self) -> None:
        one, other = pair()

        assert found(claim("measure:1", place=strip(), is_fixed=True), other)
        assert found(one, claim("measure:2", place=strip(), is_fixed=True))

    def test_two_in_one_quarter_are_far_weaker_than_two_at_one_site(self) -> None:
        goals = on(("goal:1", 2))
        site = only(*pair(place=square(side=200), effects=goals), limits=Limits(least_strength=0))
        quarter = only(*pair(place=square(side=1000), effects=goals), limits=Limits(least_strength=0))

        assert quarter.strength < site.strength / 5

    def test_too_short_a_shared_time_is_noise(self) -> None:
        until = Period(date(2026, 1, 1), TODAY + timedelta(days=12))
        since = Period(date(2026, 6, 1), date(2028, 1, 1))

        assert not found(
            claim("measure:1", place=strip(), period=until),
            claim("measure:2", place=strip(), period=since),
            limits=Limits(least_strength=0),
        )

    def test_the_shared_ground_is_at_hand_for_the_map(self) -> None:
        one = claim("measure:1", place=square())
        other = claim("measure:2", place=square(50))
        near = claim("measure:3", place=Point(500, 500).buffer(20))

        ground = shared_place(one, other)

        assert ground is not None
        assert ground.area == 5000
        assert shared_place(one, near) is None
        assert shared_place(one, claim("measure:4")) is None
