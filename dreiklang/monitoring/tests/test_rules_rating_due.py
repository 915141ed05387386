"""When a criterion is to be rated anew, what contradicts a rating, and from when the public sees one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Period, Unknown
from dreiklang.measures.rules import note_visible_on
from dreiklang.monitoring.rules.criteria import RatingFact
from dreiklang.monitoring.rules.rating_due import (
    DueReason,
    RatingDue,
    Seen,
    hidden_since,
    rating_due,
    speaks_against,
)
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.monitoring.tests.documents import rows

WRITTEN_DOWN = date(2023, 1, 10)
FIRST = date(2026, 1, 1)
days = st.integers(0, 60).map(lambda days: FIRST + timedelta(days))
periods = st.lists(
    st.tuples(days, st.integers(0, 12)).map(lambda one: Period(one[0], one[0] + timedelta(one[1]))),
    max_size=6,
)


def seen(words: str) -> Seen:
    """ "on_way 2022-12-31": state of the target and day of the newest value."""
    if words == "-":
        return Seen()
    state, on = words.split()
    return Seen((f"target_{state}", "trend_unknown"), date.fromisoformat(on))


def rated(words: str) -> RatingFact | Unknown:
    if words == "-":
        return Unknown("not_rated")
    on, state = words.split()
    return RatingFact(1, date.fromisoformat(on), RatingState(state))


@pytest.mark.parametrize("row", rows("criteria-ratings", "Worked example: contradiction"), ids=str)
def test_figures_contradict_as_on_the_page(row):
    codes = (f"target_{row['target']}", f"trend_{row['trend']}")

    assert speaks_against(RatingState(row["rating"]), codes) is (row["contradicted"] == "yes")


@pytest.mark.parametrize("row", rows("criteria-ratings", "Worked example: due"), ids=str)
def test_a_rating_is_due_as_on_the_page(row):
    found = rating_due(
        rated(row["rating"]),
        created_on=WRITTEN_DOWN,
        today=date.fromisoformat(row["today"]),
        every_months=12,
        then=seen(row["kept"]),
        now=seen(row["now"]),
    )

    assert (f"{found.reason} {found.on}" if found else "-") == row["due"]


def test_a_target_that_passed_contradicts_without_a_new_value():
    """Nothing was delivered since, but the day of the target came."""
    rating = RatingFact(1, date(2025, 3, 1), RatingState.ON_WAY)

    found = rating_due(
        rating,
        created_on=WRITTEN_DOWN,
        today=date(2025, 6, 1),
        every_months=12,
        then=Seen(("target_on_way",), date(2024, 12, 31)),
        now=Seen(("target_missed",), date(2024, 12, 31)),
    )

    assert found == RatingDue(DueReason.CONTRADICTED, date(2024, 12, 31))


def test_a_rating_holds_for_a_month_or_longer():
    with pytest.raises(ValueError, match="month"):
        rating_due(Unknown("not_rated"), created_on=WRITTEN_DOWN, today=WRITTEN_DOWN, every_months=0)


@given(days, days, periods)
def test_hidden_are_exactly_the_releases_that_still_wait(released, today, quiet):
    released = min(released, today)
    since = hidden_since(quiet, today=today)

    waits = note_visible_on(released, periods=quiet) > today

    assert waits is (since is not None and released >= since)
