"""What stands on whose focus page: ratings to give and release, criteria that are off the way."""

from datetime import date

import pytest

from dreiklang.concepts.tests import factories as concepts
from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.monitoring.queries.criteria_due import criteria_due_for
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.monitoring.tests import rated
from dreiklang.monitoring.tests.rated import NOW, TODAY
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


def reasons(viewer):
    return [one.reason for one in criteria_due_for(viewer, today=TODAY)]


@pytest.fixture
def coordinator():
    return people.viewer(Role.COORDINATOR)


def test_the_person_named_is_asked_and_nobody_else(coordinator):
    office = people.department()
    person = people.account(Role.LEAD, where=office)
    rated.criterion(department=office, responsible=person)

    assert reasons(viewer_of(account=person)) == ["rating_never_rated"]
    assert reasons(people.viewer(Role.DEPARTMENT_EDITOR, where=office)) == []
    assert reasons(coordinator) == []


def test_without_a_person_the_department_is_asked_and_without_both_the_coordinator(coordinator):
    office = people.department()
    rated.criterion(department=office)
    editor = people.viewer(Role.DEPARTMENT_EDITOR, where=office)

    assert reasons(editor) == ["rating_never_rated"]
    assert reasons(coordinator) == []


def test_a_criterion_of_nobody_falls_to_the_coordinator(coordinator):
    there = rated.criterion()
    there.visibility, there.department = Visibility.INTERNAL, None
    there.save()

    assert reasons(coordinator) == ["rating_never_rated"]


def test_new_values_that_contradict_are_told(coordinator):
    office = people.department()
    editor = people.viewer(Role.DEPARTMENT_EDITOR, where=office)
    criterion = rated.measured(department=office)
    kept = [{"code": "target_on_way", "on": "2024-12-31"}, {"code": "trend_better", "on": "2024-12-31"}]
    rated.rating(criterion=criterion, figures=kept)
    assert reasons(editor) == []

    rated.value_of(criterion.indicator, 2025, "43")
    assert reasons(editor) == ["rating_new_values"]

    criterion.indicator.targets.filter(is_baseline=False).update(value=30)
    (due,) = criteria_due_for(editor, today=TODAY)
    assert (due.reason, due.on) == ("rating_contradicted", date(2025, 12, 31))


def test_a_rating_gets_old():
    office = people.department()
    rated.rating(criterion=rated.criterion(department=office), rated_on=date(2025, 11, 1))
    (due,) = criteria_due_for(people.viewer(Role.DEPARTMENT_EDITOR, where=office), today=TODAY)

    assert (due.reason, due.on) == ("rating_too_old", date(2026, 11, 1))


def test_what_is_off_the_way_is_told_to_the_coordinator_the_office_and_the_lead_of_the_goal(coordinator):
    office, goal = people.department(), goals.goal()
    lead = people.account(Role.LEAD, where=people.department())
    concepts.concept(lead=lead, goals=(goal,))
    rated.rating(
        criterion=rated.criterion(goal=goal, department=office), state=RatingState.OFF_WAY, reason="Zu wenig."
    )
    elsewhere = people.viewer(Role.LEAD, where=people.department())

    (told,) = criteria_due_for(coordinator, today=TODAY)
    assert (told.reason, told.because) == ("criterion_off_way", "Zu wenig.")
    assert reasons(people.viewer(Role.DEPARTMENT_EDITOR, where=office)) == ["criterion_off_way"]
    assert reasons(elsewhere) == []
    assert reasons(viewer_of(account=lead)) == ["criterion_off_way"]


def test_what_was_off_the_way_and_is_no_longer_is_not_told(coordinator):
    criterion = rated.criterion()
    rated.rating(criterion=criterion, state=RatingState.OFF_WAY)
    rated.rating(criterion=criterion, state=RatingState.ON_WAY, rated_on=TODAY)

    assert reasons(coordinator) == []


def test_a_rating_that_got_old_tells_nobody_what_is_off_the_way(coordinator):
    rated.rating(state=RatingState.OFF_WAY, rated_on=date(2025, 11, 22))
    assert reasons(coordinator) == []

    rated.rating(state=RatingState.OFF_WAY, rated_on=date(2025, 11, 23))
    assert reasons(coordinator) == ["criterion_off_way"]


def test_a_preliminary_rating_waits_for_whoever_may_release_it(coordinator):
    office = people.department()
    rated.rating(criterion=rated.criterion(department=office), released_at=None)

    assert reasons(people.viewer(Role.DEPARTMENT_EDITOR, where=office)) == ["rating_release"]
    assert reasons(coordinator) == ["rating_release"]
    assert reasons(people.viewer(Role.LEAD, where=office)) == []


def test_what_was_given_up_and_what_is_withdrawn_asks_nobody(coordinator):
    gone = rated.criterion(retired_on=TODAY, retired_reason="Zählt nicht mehr.")
    rated.rating(criterion=gone, state=RatingState.OFF_WAY)
    rated.rating(state=RatingState.OFF_WAY, withdrawn_at=NOW, withdrawn_reason="Irrtum.")

    assert reasons(coordinator) == []


def test_outsiders_are_asked_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reasons(PUBLIC) == []


def test_more_criteria_take_no_more_statements(django_assert_max_num_queries):
    office = people.department()
    editor = people.viewer(Role.DEPARTMENT_EDITOR, where=office)
    for _at in range(8):
        rated.rating(criterion=rated.measured(department=office))

    # Goals she leads, criteria, rhythm, how the indicators stand.
    with django_assert_max_num_queries(4):
        assert criteria_due_for(editor, today=TODAY) == []
