"""Criteria come, change, change places and go; only the coordinator does that."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.goals.tests import factories as goals
from dreiklang.monitoring.models import CriteriaSettings, Criterion
from dreiklang.monitoring.queries.criteria_due import rating_rhythm
from dreiklang.monitoring.rules.values import IndicatorKind
from dreiklang.monitoring.services import criteria as services
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests import rated
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return people.viewer(Role.COORDINATOR, name="Karla Koordination")


def refused(coordinator, **values):
    with pytest.raises(services.CannotSaveCriterion) as refusal, transaction.atomic():
        services.create_criterion(by=coordinator, goal_id=goals.goal().pk, values=values)
    return refusal.value.code


def test_criteria_are_numbered_and_stand_last(coordinator):
    goal = goals.goal()

    made = [
        services.create_criterion(by=coordinator, goal_id=goal.pk, values={"text": words})
        for words in ("Eins", "Zwei")
    ]

    assert [(one.number, one.position) for one in made] == [("K1", 1), ("K2", 2)]
    assert made[0].visibility == Visibility.INTERNAL


def test_a_criterion_in_numbers_needs_its_indicator(coordinator):
    assert refused(coordinator, text="Mehr", kind=IndicatorKind.QUANTITATIVE) == "needs_indicator"


def test_a_criterion_says_something(coordinator):
    assert refused(coordinator, text="  ") == "needs_text"


def test_a_public_criterion_has_a_department(coordinator):
    assert refused(coordinator, text="Mehr", visibility=Visibility.PUBLIC) == "needs_department"


def test_a_number_stands_once_in_a_goal(coordinator):
    there = rated.criterion(number="K1")

    with pytest.raises(services.CannotSaveCriterion, match="number_taken"):
        services.create_criterion(by=coordinator, goal_id=there.goal_id, values={"text": "x", "number": "K1"})
    services.create_criterion(by=coordinator, goal_id=goals.goal().pk, values={"text": "x", "number": "K1"})


def test_goals_of_an_older_version_get_none(coordinator):
    old = goals.goal(of=goals.framework(status="superseded", label="2015"))

    with pytest.raises(services.CannotSaveCriterion, match="superseded"):
        services.create_criterion(by=coordinator, goal_id=old.pk, values={"text": "x"})


@pytest.mark.parametrize("role", [Role.DEPARTMENT_EDITOR, Role.LEAD, Role.STATISTICS, Role.ADMINISTRATOR])
def test_only_the_coordinator_writes_criteria(role):
    with pytest.raises(NotAllowed):
        services.create_criterion(by=people.viewer(role), goal_id=goals.goal().pk, values={"text": "x"})


def test_two_people_notice_each_other(coordinator):
    there = rated.criterion()
    services.change_criterion(by=coordinator, pk=there.pk, version=1, values={"text": "Neu"})

    with pytest.raises(ChangedMeanwhile):
        services.change_criterion(by=coordinator, pk=there.pk, version=1, values={"text": "Anders"})
    there.refresh_from_db()
    assert there.text == "Neu"


def test_a_criterion_is_given_up_for_a_reason_and_taken_up_again(coordinator):
    there = rated.criterion()
    on = date(2026, 11, 1)

    with pytest.raises(services.CannotSaveCriterion, match="needs_reason"), transaction.atomic():
        services.retire_criterion(by=coordinator, pk=there.pk, version=1, on=on, reason=" ")
    gone = services.retire_criterion(
        by=coordinator, pk=there.pk, version=1, on=on, reason="Zählt nicht mehr."
    )
    assert (gone.retired_on, gone.retired_reason) == (on, "Zählt nicht mehr.")

    back = services.take_up_criterion(by=coordinator, pk=there.pk, version=gone.version)
    assert (back.retired_on, back.retired_reason) == (None, "")


def test_criteria_change_places(coordinator):
    goal = goals.goal()
    first, second, third = (rated.criterion(goal=goal, position=at) for at in (1, 2, 3))

    services.order_criteria(by=coordinator, goal_id=goal.pk, ids=[third.pk, first.pk])
    assert in_order(goal) == [third.pk, first.pk, second.pk]

    services.move_criterion(by=coordinator, pk=second.pk, steps=-1)
    assert in_order(goal) == [third.pk, second.pk, first.pk]
    services.move_criterion(by=coordinator, pk=third.pk, steps=-1)
    assert in_order(goal) == [third.pk, second.pk, first.pk]


def in_order(goal):
    return list(Criterion.objects.filter(goal=goal).order_by("position", "pk").values_list("pk", flat=True))


def test_criteria_of_another_goal_are_not_ordered_here(coordinator):
    with pytest.raises(NotFound):
        services.order_criteria(by=coordinator, goal_id=goals.goal().pk, ids=[rated.criterion().pk])


def test_the_rhythm_is_set_by_the_coordinator(coordinator):
    assert rating_rhythm() == 12
    services.set_rhythm(by=coordinator, months=24)
    assert rating_rhythm() == 24

    with pytest.raises(services.CannotSaveCriterion, match="rhythm"):
        services.set_rhythm(by=coordinator, months=0)
    with pytest.raises(NotAllowed):
        services.set_rhythm(by=people.viewer(Role.DEPARTMENT_EDITOR), months=6)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"text": ""}, "criterion_says_something"),
        ({"kind": IndicatorKind.QUANTITATIVE}, "criterion_in_numbers_has_indicator"),
        ({"retired_on": date(2026, 1, 1)}, "retired_criterion_has_a_reason"),
        ({"retired_reason": "x"}, "retired_criterion_has_a_reason"),
        ({"department_id": None}, "public_criterion_has_department"),
    ],
)
def test_the_database_refuses_a_criterion_that_makes_no_sense(facts, constraint):
    there = rated.criterion()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Criterion.objects.filter(pk=there.pk).update(**facts)


def test_the_database_keeps_a_number_once_per_goal():
    there = rated.criterion()

    with pytest.raises(IntegrityError, match="criterion_number_once_per_goal"), transaction.atomic():
        rated.criterion(goal=there.goal, number=there.number)


@pytest.mark.parametrize("months", [0, 121])
def test_the_database_keeps_the_rhythm_within_ten_years(months):
    with pytest.raises(IntegrityError, match="criteria_are_rated_within_ten_years"), transaction.atomic():
        CriteriaSettings.objects.create(rate_every_months=months)


def test_there_is_one_set_of_settings():
    CriteriaSettings.objects.create()

    with pytest.raises(IntegrityError, match="one_set_of_criteria_settings"), transaction.atomic():
        CriteriaSettings.objects.create()


def test_an_indicator_behind_a_criterion_is_not_thrown_away():
    there = rated.criterion(indicator=make.indicator())

    with pytest.raises(IntegrityError), transaction.atomic():
        there.indicator.delete()
