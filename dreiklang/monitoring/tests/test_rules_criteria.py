"""Ratings of criteria: which counts, their course, their counts, and what figures speak for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.criteria import RatingFact, counts, course, evidence_sides, latest
from dreiklang.monitoring.rules.targets import TargetResult
from dreiklang.monitoring.rules.trend import Trend
from dreiklang.monitoring.rules.values import Goalpost, Meaning, Point, RatingState, TargetState, TrendCode
from dreiklang.monitoring.tests.documents import rows

DAY = date(2024, 12, 31)
POINT = Point(ends_on=DAY, value=Decimal(1), starts_on=DAY)
facts = st.builds(
    RatingFact,
    id=st.integers(1, 99),
    rated_on=st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    state=st.sampled_from(list(RatingState)),
    is_withdrawn=st.booleans(),
)
several = st.lists(facts, max_size=8, unique_by=lambda fact: fact.id)


def written(words: str) -> list[RatingFact]:
    """ "2024-05-06 reached, 2025-05-06 off_way withdrawn" as the page writes ratings."""
    found = []
    for number, part in enumerate(words.split(","), 1):
        if part.strip() != "-":
            on, state, *withdrawn = part.split()
            found.append(RatingFact(number, date.fromisoformat(on), RatingState(state), bool(withdrawn)))
    return found


def told(fact: RatingFact | Unknown) -> str:
    return fact.reason if isinstance(fact, Unknown) else fact.state.value


def result(state: str) -> TargetResult | Unknown:
    if state == "unknown":
        return Unknown("no_target")
    return TargetResult(TargetState(state), Goalpost(DAY, Decimal(1)), Decimal(1), Decimal(0), POINT)


def movement(meaning: str) -> Trend | Unknown:
    if meaning == "unknown":
        return Unknown("too_few_values")
    return Trend(TrendCode.RISING, Meaning(meaning), Decimal(1), POINT, POINT, 3, False, 3, 3)


@pytest.mark.parametrize("row", rows("criteria-ratings", "Worked example: course"), ids=lambda r: r["course"])
def test_course_is_as_on_the_page(row):
    ratings = written(row["ratings"])
    years = [int(year) for year in row["years"].split(",")]

    steps = course(ratings, years=years)

    assert [step.year for step in steps] == years
    assert ", ".join(told(step.rating) for step in steps) == row["course"]
    assert told(latest(ratings)) == row["latest"]


@pytest.mark.parametrize(
    "row", rows("criteria-ratings", "What figures speak for"), ids=lambda row: row["figure"]
)
def test_figures_speak_as_on_the_page(row):
    figure, state = row["figure"].split()
    found = evidence_sides(
        target=result(state) if figure == "target" else Unknown("no_target"),
        trend=movement(state) if figure == "trend" else Unknown("too_few_values"),
    )
    sides = {"for": found.speaks_for, "against": found.speaks_against, "neither": found.neither}

    assert [side for side, codes in sides.items() if f"{figure}_{state}" in codes] == [row["side"]]


def test_every_figure_is_told_once():
    found = evidence_sides(target=result("reached"), trend=movement("worse"))

    assert (found.speaks_for, found.speaks_against, found.neither) == (
        ("target_reached",),
        ("trend_worse",),
        (),
    )


def test_counts_tell_unknown_and_not_rated_apart():
    reached = RatingFact(1, DAY, RatingState.REACHED)
    unknown = RatingFact(2, DAY, RatingState.UNKNOWN)

    found = counts([reached, unknown, reached, Unknown("not_rated")])

    assert found.by_state == {
        RatingState.REACHED: 2,
        RatingState.ON_WAY: 0,
        RatingState.OFF_WAY: 0,
        RatingState.UNKNOWN: 1,
    }
    assert (found.not_rated, found.total) == (1, 4)


def test_counts_of_nothing_are_all_there():
    assert list(counts([]).by_state.values()) == [0, 0, 0, 0]


@given(several)
def test_latest_is_never_withdrawn_nor_older_than_another(ratings):
    found = latest(ratings)
    valid = [fact for fact in ratings if not fact.is_withdrawn]

    if isinstance(found, Unknown):
        assert not valid
        return
    assert found in valid
    assert all(fact.rated_on <= found.rated_on for fact in valid)


@given(several, st.randoms())
def test_order_of_ratings_plays_no_part(ratings, random):
    mixed = list(ratings)
    random.shuffle(mixed)

    assert latest(mixed) == latest(ratings)
    assert course(mixed, years=range(2020, 2027)) == course(ratings, years=range(2020, 2027))


@given(several)
def test_last_step_with_a_rating_is_the_latest_rating(ratings):
    steps = [step.rating for step in course(ratings, years=range(2020, 2027))]
    rated = [step for step in steps if not isinstance(step, Unknown)]

    assert (rated[-1] if rated else Unknown("not_rated")) == latest(ratings)


@given(several)
def test_counts_add_up(ratings):
    found = counts([*ratings, Unknown("not_rated")])

    assert sum(found.by_state.values()) + found.not_rated == found.total == len(ratings) + 1


def test_rating_of_new_years_eve_belongs_to_its_year():
    ratings = [
        RatingFact(1, DAY, RatingState.REACHED),
        RatingFact(2, DAY + timedelta(1), RatingState.OFF_WAY),
    ]

    assert [told(step.rating) for step in course(ratings, years=[2024, 2025])] == ["reached", "off_way"]
