"""What must hold of every comparison, whatever the claims."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from dreiklang.conflicts.rules import (
    Budget,
    Capacity,
    Exclusion,
    Finding,
    Kind,
    Limits,
    Supplies,
    asked_again,
    compare,
    compare_with,
    comparing,
    step_names,
    steps,
)
from dreiklang.conflicts.tests.claims import TODAY, claim, on, square, strip
from dreiklang.core.claims import Claim, MoneyNeed, PeopleNeed
from dreiklang.core.values import Money, Period, Unknown

LOOSE = Limits(
    least_area_m2=0,
    least_area_share=0,
    least_days=1,
    least_effect_weight=1,
    least_nearness=0.2,
    least_strength=0,
)
SUPPLIES = Supplies(
    budgets=(Budget("line:1", 2027, Money(100)), Budget("programme:a", 2027, Money(10_000))),
    exclusions=(Exclusion("programme:a", "programme:b"),),
    capacities=(Capacity(1, Period.year(2027), 6.0),),
)

days = st.integers(-400, 1500).map(lambda number: TODAY + timedelta(days=number))
periods = st.one_of(
    st.just(Unknown("not_stated")),
    st.tuples(st.none() | days, st.none() | days).map(
        lambda ends: Period(*sorted(ends)) if None not in ends else Period(*ends)
    ),
)
places = st.one_of(
    st.none(),
    st.builds(square, st.integers(0, 5).map(lambda n: n * 40), st.integers(0, 5).map(lambda n: n * 40)),
    st.builds(strip, st.integers(0, 5).map(lambda n: n * 40), st.integers(0, 5).map(lambda n: n * 40)),
)
effects = st.dictionaries(
    st.sampled_from(["goal:1", "goal:2", "indicator:1"]), st.sampled_from([-3, -2, -1, 1, 2, 3]), max_size=3
).map(lambda said: on(*said.items()))
vectors = st.one_of(
    st.none(),
    st.lists(st.sampled_from([-1.0, 0.5, 1.0, 2.0]), min_size=4, max_size=4).map(
        lambda parts: (np.array(parts, dtype=np.float32) / np.linalg.norm(parts)).astype(np.float32)
    ),
)
money = st.lists(
    st.builds(
        MoneyNeed,
        source=st.sampled_from(["line:1", "programme:a", "programme:b"]),
        year=st.just(2027),
        amount=st.sampled_from([Money(80), Money(5_000), Unknown("not_stated")]),
    ),
    max_size=2,
).map(tuple)
people = st.lists(
    st.builds(
        PeopleNeed,
        office=st.sampled_from([1, 2]),
        period=st.sampled_from([Period.year(2027), Period(date(2027, 6, 1), None)]),
        person_months=st.sampled_from([2.0, 5.0]),
    ),
    max_size=1,
).map(tuple)


@st.composite
def cities(draw: Any) -> list[Claim]:
    """Up to eight claims that meet in every way there is."""
    count = draw(st.integers(2, 6))
    keys = [f"{draw(st.sampled_from(['measure', 'concept', 'check']))}:{n}" for n in range(count)]
    others = st.frozensets(st.sampled_from(keys), max_size=2)
    return [
        claim(
            key,
            place=draw(places),
            areas=draw(st.frozensets(st.integers(1, 3), max_size=2)),
            period=draw(periods),
            effects=draw(effects),
            money=draw(money),
            people=draw(people),
            vector=draw(vectors),
            needs_first=draw(others) - {key},
            kin=draw(st.frozensets(st.sampled_from(keys), max_size=1)) - {key},
            offices=draw(st.sampled_from([(), (1,), (2, 1)])),
            is_fixed=draw(st.booleans()),
            is_lasting=draw(st.booleans()),
        )
        for key in keys
    ]


def found(claims: list[Claim], limits: Limits = LOOSE) -> list[Finding]:
    return compare(claims, limits=limits, today=TODAY, supplies=SUPPLIES)


@settings(max_examples=30, deadline=None)
@given(cities(), st.randoms())
def test_the_order_of_claims_does_not_matter(claims: list[Claim], chance: Any) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)

    assert found(shuffled) == found(claims)


@settings(max_examples=30, deadline=None)
@given(cities(), st.integers(1, 4))
def test_changed_ones_give_the_full_comparison_restricted_to_them(claims: list[Claim], count: int) -> None:
    changed = claims[:count]
    keys = {one.key for one in changed}

    some = compare_with(changed, claims, limits=LOOSE, today=TODAY, supplies=SUPPLIES)

    assert some == [finding for finding in found(claims) if keys & set(finding.parties)]


@settings(max_examples=25, deadline=None)
@given(cities(), st.integers(1, 3))
def test_blocks_together_give_every_finding_once(claims: list[Claim], rows: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "BLOCK_ROWS", rows)

        told = list(steps(claims, limits=LOOSE, today=TODAY, supplies=SUPPLIES))

    everything = [finding for step in told for finding in step.findings]
    assert sorted(everything, key=repr) == sorted(found(claims), key=repr)


@settings(max_examples=25, deadline=None)
@given(cities())
def test_an_unrelated_claim_changes_nothing(claims: list[Claim]) -> None:
    stranger = claim("measure:99", place=square(90_000), areas=frozenset({77}), effects=on(("goal:88", 3)))

    assert found([*claims, stranger]) == found(claims)


@settings(max_examples=25, deadline=None)
@given(cities())
def test_kin_are_never_found_as_a_pair(claims: list[Claim]) -> None:
    kin = {(one.key, other) for one in claims for other in one.kin}
    pairs = [set(finding.parties) for finding in found(claims) if len(finding.parties) == 2]

    assert not [pair for pair in pairs for one, other in kin if pair == {one, other}]


@settings(max_examples=25, deadline=None)
@given(cities())
def test_places_apart_are_never_found_by_place(claims: list[Claim]) -> None:
    apart = [
        replace(one, place=one.place and affinity.translate(one.place, xoff=5_000 * n))
        for n, one in enumerate(claims)
    ]

    assert not [finding for finding in found(apart) if finding.kind is Kind.PLACE_AND_TIME]


@settings(max_examples=25, deadline=None)
@given(cities())
def test_what_ended_claims_nothing(claims: list[Claim]) -> None:
    past = Period(date(2020, 1, 1), date(2024, 12, 31))
    ended = [replace(one, period=past, needs_first=frozenset()) for one in claims]

    assert found(ended) == []


@settings(max_examples=25, deadline=None)
@given(cities(), cities())
def test_asking_again_is_enough_to_keep_up(before: list[Claim], after: list[Claim]) -> None:
    """The store keeps what it has of all others, and asks anew for what `asked_again` names."""
    claims = [*after[:1], *(one for one in before if one.key != after[0].key)]
    touched = asked_again([one for one in (*before, *claims) if one.key == after[0].key], [*before, *claims])
    kept = [finding for finding in found(before) if not touched & set(finding.parties)]

    anew = compare_with(
        [one for one in claims if one.key in touched], claims, limits=LOOSE, today=TODAY, supplies=SUPPLIES
    )

    assert sorted([*kept, *anew], key=repr) == sorted(found(claims), key=repr)


def test_steps_done_are_left_out() -> None:
    claims = [claim("measure:1", place=strip()), claim("measure:2", place=strip())]
    done = frozenset(step_names(2)[1:])

    told = list(steps(claims, limits=Limits(), today=TODAY, done=done))

    assert [step.name for step in told] == ["place_time:0"]
    assert len(told[0].findings) == 1


def test_no_claims_give_nothing() -> None:
    assert found([]) == []
    assert compare_with([], [], limits=LOOSE, today=TODAY) == []
