"""Findings become candidates; what people said of them holds until a fact really changes."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import Polygon

from dreiklang.conflicts.rules import (
    CandidateFacts,
    Change,
    Finding,
    Kind,
    Limits,
    Sense,
    candidate_key,
    candidates,
    compare,
    is_still_said,
    reopens,
    what_changed,
)
from dreiklang.conflicts.rules.rounding import is_same, rounded, two_digits
from dreiklang.conflicts.tests.claims import TODAY, claim, on, square, strip

LIMITS = Limits()
PAIR = ("measure:1", "measure:2")


def finding(
    strength: float = 0.4, kind: Kind = Kind.EFFECT, sense: Sense = Sense.CONFLICT, **facts: Any
) -> Finding:
    return Finding(kind, sense, PAIR, strength, facts)


def candidate(*findings: Finding) -> CandidateFacts:
    (one,) = candidates(findings, limits=LIMITS)
    return one


def test_findings_of_one_pair_add_up() -> None:
    one = candidate(finding(0.4), finding(0.4, Kind.CONTENT, Sense.SYNERGY, nearness=0.7))

    assert one.strength == 0.64
    assert one.sense is Sense.CONFLICT
    assert [each.kind for each in one.findings] == [Kind.CONTENT, Kind.EFFECT]
    assert one.key == "measure:1|measure:2"


def test_two_weak_findings_make_one_that_is_listed() -> None:
    assert candidates([finding(0.15)], limits=LIMITS) == ()
    assert candidate(finding(0.15), finding(0.12, Kind.PLACE_AND_TIME)).strength == 0.252


def test_the_strongest_stands_first_then_by_key() -> None:
    others = [
        replace(finding(each), parties=("concept:1", f"measure:{n}"))
        for n, each in enumerate((0.3, 0.4, 0.3))
    ]

    listed = candidates([*others, finding(0.4)], limits=LIMITS)

    assert [one.key for one in listed] == [
        "concept:1|measure:1",
        "measure:1|measure:2",
        "concept:1|measure:0",
        "concept:1|measure:2",
    ]


def test_many_parties_have_a_short_name() -> None:
    parties = tuple(f"measure:{n:04}" for n in range(60))

    assert candidate_key(parties).startswith("many:60:")
    assert candidate_key(parties) == candidate_key(parties[::-1])
    assert len(candidate_key(parties)) < 60


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"area_m2": 52_334}, {"area_m2": 48_900}),
        ({"share": 0.84}, {"share": 0.93}),
        ({"from": "2027-04-01"}, {"from": "2027-04-28"}),
        ({"nearness": 0.61}, {"nearness": 0.7}),
        ({"wanted": "800000.00"}, {"wanted": "860000.00"}),
        ({"days": 91}, {"days": 200}),
        ({"to": None}, {"to": None}),
    ],
    ids=str,
)
def test_small_shifts_leave_what_was_said(before: dict[str, Any], after: dict[str, Any]) -> None:
    said, now = candidate(finding(**before)).facts, candidate(finding(**after)).facts

    assert is_still_said(said, now, limits=LIMITS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"area_m2": 52_334}, {"area_m2": 30_000}),
        ({"share": 0.84}, {"share": 0.6}),
        ({"from": "2027-04-01"}, {"from": "2027-06-01"}),
        ({"to": "2027-04-01"}, {"to": None}),
        ({"nearness": 0.61}, {"nearness": 0.8}),
        ({"on": [{"key": "goal:1", "weights": [3, -3]}]}, {"on": [{"key": "goal:2", "weights": [3, -3]}]}),
    ],
    ids=str,
)
def test_a_really_changed_fact_opens_again_and_says_what_changed(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    said, now = candidate(finding(**before)).facts, candidate(finding(**after)).facts

    (name,) = before
    assert what_changed(said, now) == (Change("changed", "effect", name, before[name], after[name]),)
    assert not is_still_said(said, now, limits=LIMITS)


def test_a_conflict_that_was_a_synergy_opens_again() -> None:
    said, now = candidate(finding(sense=Sense.SYNERGY)).facts, candidate(finding()).facts

    assert what_changed(said, now) == (Change("sense", "effect", before="synergy", after="conflict"),)


def test_a_new_reason_opens_again_where_it_would_be_listed_alone() -> None:
    said = candidate(finding()).facts
    weak, strong = (
        candidate(finding(), finding(each, Kind.CONTENT, nearness=0.6)).facts for each in (0.15, 0.3)
    )

    assert is_still_said(said, weak, limits=LIMITS)
    assert not is_still_said(said, strong, limits=LIMITS)
    assert what_changed(said, strong) == (Change("new", "content", after=0.3),)


def test_a_reason_that_fell_away_leaves_what_was_said() -> None:
    said = candidate(finding(), finding(0.3, Kind.CONTENT)).facts
    now = candidate(finding()).facts

    (change,) = what_changed(said, now)
    assert (change.code, change.kind) == ("gone", "content")
    assert not reopens(change, limits=LIMITS)


def test_an_office_over_in_two_periods_is_told_twice() -> None:
    first, second = (
        finding(kind=Kind.PEOPLE, office=7, **{"from": day}, wanted=8.0)
        for day in ("2027-01-01", "2028-01-01")
    )

    both = candidate(first, second).facts

    assert what_changed(both, both) == ()
    assert [change.code for change in what_changed(both, candidate(first).facts)] == ["gone"]


def test_facts_are_rounded_as_people_speak_of_them() -> None:
    facts = {
        "area_m2": 52_334,
        "share": 0.841,
        "from": "2027-04-17",
        "days": 91,
        "gap_days": 62,
        "nearness": 0.68,
        "wanted": "812345.67",
        "to": None,
        "source": "line:1",
    }

    assert rounded(facts) == {
        "area_m2": 52_000,
        "share": 0.85,
        "from": "2027-04",
        "days": None,
        "gap_days": 2,
        "nearness": 0.7,
        "wanted": 810_000,
        "to": None,
        "source": "line:1",
    }


@given(st.integers(0, 10**9))
def test_two_digits_stay_within_a_twentieth(number: int) -> None:
    assert abs(two_digits(number) - number) <= max(number * 0.05, 0)


@given(st.integers(1, 10**7), st.floats(-0.2, 0.2))
def test_what_was_said_holds_within_a_quarter_whatever_the_rounding(area: int, part: float) -> None:
    assert is_same("area_m2", area, round(area * (1 + part)))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.floats(-0.3, 0.3), min_size=8, max_size=8),
    st.integers(50, 400),
    st.integers(0, 40),
)
def test_a_shaky_hand_changes_no_fingerprint_and_reopens_nothing(
    shifts: list[float], side: int, away: int
) -> None:
    """Corners drawn anew within 30 cm: the fingerprint differs at most where rounding has its border."""
    one = claim("measure:1", place=square(side=side), effects=on(("goal:1", 3)))
    place = square(away, away, side=side)
    other = claim("measure:2", place=place, effects=on(("goal:1", -3)))
    drawn = Polygon(
        [
            (x + shifts[2 * n], y + shifts[2 * n + 1])
            for n, (x, y) in enumerate(list(place.exterior.coords)[:4])
        ]
    )

    before = candidates(compare([one, other], limits=LIMITS, today=TODAY), limits=LIMITS)
    after = candidates(compare([one, replace(other, place=drawn)], limits=LIMITS, today=TODAY), limits=LIMITS)

    assume(before and after)
    assert is_still_said(before[0].facts, after[0].facts, limits=LIMITS)
    was, now = (each[0].findings[0].facts for each in (before, after))
    if rounded(was) == rounded(now):
        assert before[0].fingerprint == after[0].fingerprint
    else:
        assert abs(was["area_m2"] - now["area_m2"]) <= side * 2


def test_moving_away_step_by_step_is_seen_in_the_end() -> None:
    """Each step is small, but what was said stays measured from what it was said of."""
    street = claim("measure:1", place=strip(length=600))
    said = candidates(
        compare([street, claim("measure:2", place=strip(length=600))], limits=LIMITS, today=TODAY),
        limits=LIMITS,
    )[0].facts

    holds = [
        is_still_said(said, now[0].facts, limits=LIMITS)
        for metres in range(0, 301, 30)
        if (
            now := candidates(
                compare(
                    [street, claim("measure:2", place=affinity.translate(strip(length=600), xoff=metres))],
                    limits=LIMITS,
                    today=TODAY,
                ),
                limits=LIMITS,
            )
        )
    ]

    assert holds[:2] == [True, True]
    assert not holds[-1]
    assert holds == sorted(holds, reverse=True)
