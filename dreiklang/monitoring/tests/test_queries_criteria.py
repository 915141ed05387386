"""Who sees which criterion and which rating, and how many statements that takes."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.models import RestraintPeriod
from dreiklang.monitoring.queries.criteria import criteria, criterion, latest_counts, years_of
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.monitoring.tests import rated
from dreiklang.monitoring.tests.rated import NOW, TODAY
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside():
    return people.viewer(Role.REVIEWER)


def seen(viewer, **facts):
    return criteria(viewer, today=TODAY, **facts)


def test_the_public_sees_public_criteria_with_released_ratings_only(inside):
    shown = rated.criterion(number="K1")
    rated.rating(criterion=shown, reason="Freigegeben.")
    rated.rating(criterion=shown, reason="Vorläufig.", rated_on=TODAY, released_at=None)
    rated.rating(criterion=shown, reason="Weg.", withdrawn_at=NOW, withdrawn_reason="Irrtum.")
    rated.criterion(visibility=Visibility.INTERNAL)

    (outside,) = seen(PUBLIC)

    assert [one.reason for one in outside.ratings] == ["Freigegeben."]
    assert len(seen(inside)) == 2
    assert {one.reason for one in seen(inside)[0].ratings} == {"Freigegeben.", "Vorläufig.", "Weg."}


def test_no_name_of_a_person_reaches_the_public(inside):
    shown = rated.criterion(responsible=people.account(name="Petra Probst"))
    rated.rating(criterion=shown)

    assert "Petra Probst" not in repr(seen(PUBLIC))
    assert "Klara Korn" not in repr(seen(PUBLIC))
    assert "Klara Korn" in repr(seen(inside))


def test_criteria_of_a_draft_are_internal(inside):
    draft = goals.goal(of=goals.framework(status="draft", label="2030"))
    there = rated.criterion(goal=draft)

    assert seen(PUBLIC, goals=[draft.pk]) == ()
    assert criterion(PUBLIC, pk=there.pk, today=TODAY) is None
    assert [one.pk for one in seen(inside, goals=[draft.pk])] == [there.pk]


def test_figures_of_an_internal_indicator_stay_inside(inside):
    shown = rated.measured(indicator=rated.car_share(is_public=False))
    rated.rating(criterion=shown, figures=[{"code": "target_on_way", "value": "44"}])

    (outside,) = seen(PUBLIC)

    assert (outside.indicator, outside.ratings[0].figures) == (None, ())
    assert seen(inside)[0].ratings[0].figures == ({"code": "target_on_way", "value": "44"},)


def test_figures_of_a_former_internal_indicator_stay_inside_after_a_change(inside):
    shown = rated.measured(indicator=rated.car_share(key="autos", is_public=False))
    rated.rating(criterion=shown, figures=[{"code": "target_on_way", "key": "autos", "value": "44"}])
    public = rated.car_share(key="fahrten")
    shown.indicator = public
    shown.save()
    both = [
        {"code": "trend_better", "key": "autos", "value": "44"},
        {"code": "trend_better", "key": "fahrten"},
    ]
    rated.rating(criterion=shown, rated_on=TODAY, figures=both)

    (outside,) = seen(PUBLIC)

    assert outside.indicator is not None
    assert [one.figures for one in outside.ratings] == [(both[1],), ()]
    assert [len(one.figures) for one in seen(inside)[0].ratings] == [2, 1]


def test_figures_of_a_former_public_indicator_stay_to_be_read(inside):
    shown = rated.criterion(indicator=rated.car_share(key="autos"))
    rated.rating(criterion=shown, figures=[{"code": "target_on_way", "key": "autos", "value": "44"}])
    shown.indicator = None
    shown.save()

    (outside,) = seen(PUBLIC)

    assert [one["key"] for one in outside.ratings[0].figures] == ["autos"]


def test_what_is_released_in_a_restraint_period_waits_for_its_end(inside):
    RestraintPeriod.objects.create(
        reason="Wahl", starts_on=TODAY - timedelta(10), ends_on=TODAY + timedelta(10)
    )
    shown = rated.criterion()
    rated.rating(criterion=shown, reason="Davor.", released_at=midday(TODAY - timedelta(11)))
    rated.rating(criterion=shown, reason="Darin.", rated_on=TODAY, released_at=midday(TODAY))

    (outside,) = seen(PUBLIC)

    assert [one.reason for one in outside.ratings] == ["Davor."]
    assert seen(inside)[0].latest.reason == "Darin."
    (after,) = criteria(PUBLIC, today=TODAY + timedelta(11))
    assert after.latest.reason == "Darin."


def midday(on: date) -> datetime:
    return timezone.make_aware(datetime(on.year, on.month, on.day, 12))


def test_the_latest_rating_counts_and_withdrawn_ones_do_not(inside):
    shown = rated.criterion()
    old = rated.rating(criterion=shown, rated_on=date(2025, 5, 5))
    rated.rating(criterion=shown, rated_on=TODAY, withdrawn_at=NOW, withdrawn_reason="Irrtum.")

    (line,) = seen(inside)

    assert line.latest.pk == old.pk


def test_counts_tell_states_apart_and_leave_out_what_was_given_up(inside):
    rated.rating(state=RatingState.OFF_WAY)
    rated.rating(state=RatingState.UNKNOWN)
    rated.criterion()
    gone = rated.criterion(retired_on=TODAY, retired_reason="Zählt nicht mehr.")
    rated.rating(criterion=gone, state=RatingState.REACHED)

    found = latest_counts(seen(inside))

    assert (found.by_state[RatingState.OFF_WAY], found.by_state[RatingState.REACHED]) == (1, 0)
    assert (found.by_state[RatingState.UNKNOWN], found.not_rated, found.total) == (1, 1, 3)


def test_criteria_stand_by_goal_in_the_citys_order(inside):
    tenth, second = goals.goal(number="1.10"), goals.goal(number="1.2")
    last = rated.criterion(goal=tenth, number="K1")
    given_up = rated.criterion(
        goal=second, number="K1", position=1, retired_on=TODAY, retired_reason="Zählt nicht mehr."
    )
    later = rated.criterion(goal=second, number="K2", position=3)
    first = rated.criterion(goal=second, number="K3", position=2)

    assert [one.pk for one in seen(inside)] == [first.pk, later.pk, given_up.pk, last.pk]


def test_years_run_from_the_first_rating_to_this_year(inside):
    rated.rating(rated_on=date(2024, 5, 5))

    assert years_of(seen(inside), today=TODAY) == (2024, 2025, 2026)
    assert years_of((), today=TODAY) == (2026,)
    assert years_of(seen(inside), today=date(2050, 1, 1)) == tuple(range(2043, 2051))


@pytest.mark.parametrize(("viewer", "statements"), [("inside", 1), ("public", 1)])
def test_more_criteria_take_no_more_statements(viewer, statements, inside, django_assert_num_queries):
    for _at in range(12):
        rated.rating(criterion=rated.criterion(responsible=people.account()))
        rated.rating(criterion=rated.measured())

    with django_assert_num_queries(statements):
        found = seen(inside if viewer == "inside" else PUBLIC)
    assert len(found) == 24
