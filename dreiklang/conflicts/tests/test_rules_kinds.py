"""The other kinds: when each is a conflict, when a synergy, and what is noise."""

from datetime import date
from typing import Any

import pytest

from dreiklang.conflicts.rules import (
    Finding,
    Kind,
    Limits,
    Sense,
)
from dreiklang.conflicts.tests.claims import (
    claim,
    found,
    on,
    only,
    square,
    strip,
    vector,
)
from dreiklang.core.claims import Claim
from dreiklang.core.values import Period, Unknown


class TestEffects:
    def opposed(self, **of_both: Any) -> tuple[Claim, Claim]:
        return (
            claim("measure:1", effects=on(("goal:1", 3)), **of_both),
            claim("measure:2", effects=on(("goal:1", -3)), **of_both),
        )

    def effects(self, *claims: Claim, **more: Any) -> list[Finding]:
        return [finding for finding in found(*claims, **more) if finding.kind is Kind.EFFECT]

    def test_opposed_effects_in_one_district_and_subject_are_a_conflict(self) -> None:
        (finding,) = self.effects(*self.opposed(areas=frozenset({5}), vector=vector(1, 2)))

        assert (finding.kind, finding.sense) == (Kind.EFFECT, Sense.CONFLICT)
        assert finding.facts["on"] == [{"key": "goal:1", "weights": [3, -3]}]

    def test_a_common_goal_alone_is_no_meeting(self) -> None:
        one = claim("measure:1", effects=on(("goal:1", 3)), areas=frozenset({5}), vector=vector(1))
        other = claim("measure:2", effects=on(("goal:1", -3)), areas=frozenset({6}), vector=vector(1))

        assert not found(one, other)
        assert not found(*self.opposed())

    def test_what_is_about_the_whole_city_meets_by_its_subject(self) -> None:
        assert found(*self.opposed(vector=vector(1, 2)))
        assert not found(
            claim("measure:1", effects=on(("goal:1", 3)), vector=vector(1)),
            claim("measure:2", effects=on(("goal:1", -3)), vector=vector(0, 1)),
        )

    def test_slight_effects_are_everyday(self) -> None:
        one = claim("measure:1", effects=on(("goal:1", 3)), areas=frozenset({5}), vector=vector(1))
        other = claim("measure:2", effects=on(("goal:1", -1)), areas=frozenset({5}), vector=vector(1))

        assert not self.effects(one, other)
        assert self.effects(one, other, limits=Limits(least_effect_weight=1))

    def test_many_districts_of_which_one_is_shared_say_little(self) -> None:
        one = claim("measure:1", effects=on(("goal:1", 3)), areas=frozenset({1}))
        wide = claim("measure:2", effects=on(("goal:1", -3)), areas=frozenset(range(1, 13)))
        same = claim("measure:3", effects=on(("goal:1", -3)), areas=frozenset({1}))
        limits = Limits(least_strength=0)

        strength = {finding.parties[1]: finding.strength for finding in found(one, wide, same, limits=limits)}

        assert strength["measure:2"] < strength["measure:3"] / 5

    def test_two_that_both_run_weigh_half(self) -> None:
        shared = {"areas": frozenset({5}), "vector": vector(1)}

        (free,) = self.effects(*self.opposed(**shared))
        (fixed,) = self.effects(*self.opposed(**shared, is_fixed=True))

        assert fixed.strength == pytest.approx(free.strength / 2)

    def test_places_that_meet_count_although_the_districts_named_differ(self) -> None:
        one = claim(
            "measure:1", effects=on(("goal:1", 3)), areas=frozenset({5}), place=square(), is_lasting=True
        )
        other = claim("measure:2", effects=on(("goal:1", -3)), areas=frozenset({6}), place=square())

        assert only(one, other).facts["share"] == 1.0


class TestContent:
    def twins(self, one: dict[str, Any], other: dict[str, Any]) -> list[Finding]:
        return found(
            claim("measure:1", vector=vector(1, 1), **one), claim("measure:2", vector=vector(1, 1.1), **other)
        )

    def test_two_offices_with_one_plan_do_it_twice(self) -> None:
        (finding,) = self.twins({"offices": (1,)}, {"offices": (2,)})

        assert (finding.kind, finding.sense, finding.facts) == (
            Kind.CONTENT,
            Sense.CONFLICT,
            {"nearness": 1.0},
        )

    def test_one_office_could_do_both_at_once(self) -> None:
        (finding,) = self.twins({"offices": (1, 2)}, {"offices": (1,)})

        assert finding.sense is Sense.SYNERGY

    def test_the_like_in_another_place_is_another_thing(self) -> None:
        assert not self.twins({"place": strip()}, {"place": strip(5000)})
        assert not self.twins({"areas": frozenset({1})}, {"areas": frozenset({2})})

    def test_the_like_for_another_goal_is_another_thing(self) -> None:
        assert not self.twins({"effects": on(("goal:1", 1))}, {"effects": on(("goal:2", 1))})
        assert self.twins({"effects": on(("goal:1", 1))}, {})

    def test_less_near_texts_are_not_the_same(self) -> None:
        assert not found(claim("measure:1", vector=vector(1, 0)), claim("measure:2", vector=vector(1, 1.5)))

    def test_what_has_not_been_read_is_near_to_nothing(self) -> None:
        assert not found(claim("measure:1", vector=vector(1)), claim("measure:2"))

    def test_related_works_next_door_could_ask_together(self) -> None:
        one = claim("measure:1", place=square(), vector=vector(1, 0), offices=(1,), effects=on(("goal:1", 1)))
        other = claim(
            "measure:2", place=square(180), vector=vector(1, 1.6), offices=(2,), effects=on(("goal:1", 2))
        )

        finding = only(one, other)

        assert (finding.kind, finding.sense) == (Kind.CONTENT, Sense.SYNERGY)
        assert finding.facts == {"nearness": 0.53, "distance_m": 80}

    def test_related_works_of_one_office_need_no_hint(self) -> None:
        one = claim("measure:1", place=square(), vector=vector(1, 0), offices=(1,), effects=on(("goal:1", 1)))
        other = claim(
            "measure:2", place=square(180), vector=vector(1, 1.6), offices=(1,), effects=on(("goal:1", 2))
        )

        assert not found(one, other)


class TestOrder:
    def late(self, ends: date, **more: Any) -> list[Finding]:
        first = claim("measure:1", period=Period(date(2026, 1, 1), ends))
        return found(first, claim("measure:2", needs_first=frozenset({"measure:1"}), **more))

    def test_what_is_needed_first_ends_after_all_is_done(self) -> None:
        (finding,) = self.late(date(2028, 6, 30))

        assert (finding.kind, finding.sense, finding.strength) == (Kind.ORDER, Sense.CONFLICT, 0.85)
        assert finding.facts == {
            "first": "measure:1",
            "then": "measure:2",
            "first_ends": "2028-06-30",
            "then_starts": "2027-01-01",
            "then_ends": "2027-12-31",
            "days": 546,
            "days_left": -182,
        }

    def test_a_kept_order_is_nobodys_concern(self) -> None:
        assert not self.late(date(2026, 12, 31))

    def test_years_left_after_it_are_no_concern_either(self) -> None:
        assert not self.late(date(2028, 1, 1), period=Period(date(2027, 1, 1), date(2031, 1, 1)))

    def test_what_never_ends_is_there_from_its_first_day(self) -> None:
        duty = claim("measure:1", period=Period(date(2020, 1, 1), None), is_lasting=True)

        assert not found(duty, claim("measure:2", needs_first=frozenset({"measure:1"})))

    def test_unknown_ends_tell_nothing(self) -> None:
        unknown = claim("measure:1", period=Unknown("not_stated"))

        assert not found(unknown, claim("measure:2", needs_first=frozenset({"measure:1", "measure:9"})))


class TestKin:
    def test_of_kin_the_one_nearest_is_named(self) -> None:
        """Dyke and riverside path: the programme the dyke belongs to covers the path, too."""
        programme = claim(
            "measure:1", place=strip(0, -50, length=3000, width=100), kin=frozenset({"measure:2"})
        )
        dyke = claim("measure:2", place=strip(width=24), kin=frozenset({"measure:1"}))
        path = claim("measure:3", place=strip())

        told = {finding.parties for finding in found(programme, dyke, path, limits=Limits(least_strength=0))}

        assert told == {("measure:2", "measure:3")}

    def test_a_concept_gives_way_to_its_measure_before_measures_only(self) -> None:
        shared = {"areas": frozenset({4}), "vector": vector(1)}
        plan = claim("concept:1", effects=on(("goal:1", -3)), **shared)
        houses = claim("measure:1", effects=on(("goal:1", -3)), kin=frozenset({"concept:1"}), **shared)
        flood = claim("concept:2", effects=on(("goal:1", 3)), **shared)
        meadow = claim("measure:2", effects=on(("goal:1", 3)), kin=frozenset({"concept:2"}), **shared)

        told = {each.parties for each in found(plan, houses, flood, meadow) if each.kind is Kind.EFFECT}

        assert ("measure:1", "measure:2") in told
        assert ("concept:1", "concept:2") in told
