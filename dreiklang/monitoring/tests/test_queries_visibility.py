"""Who sees which indicator and which value."""

from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import Breakdown, ConfidentialValue, Observation
from dreiklang.monitoring.queries import confidential_values, visible_indicators, visible_observations
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, SYSTEM, HeldRole, Role, Viewer
from dreiklang.people.tests.factories import department

pytestmark = pytest.mark.django_db


def holder(role: Role) -> Viewer:
    return Viewer(account_id=5, held=frozenset({HeldRole(role, None)}))


def shown(visibility: Visibility = Visibility.PUBLIC, **facts: Any) -> Observation:
    """A value of an indicator that has a department."""
    quantity = make.quantity()
    make.indicator(quantity=quantity, department=department(), visibility=visibility)
    return make.observation(quantity=quantity, **facts)


def test_the_public_sees_published_indicators_only() -> None:
    make.indicator()
    published = make.indicator(department=department(), visibility=Visibility.PUBLIC)

    assert list(visible_indicators(PUBLIC)) == [published]
    assert visible_indicators(holder(Role.LEAD)).count() == 2


def test_the_public_sees_released_values_of_published_indicators_only() -> None:
    released = shown()
    shown(Visibility.INTERNAL)
    shown(state=ReleaseState.WAITING)
    shown(state=ReleaseState.WITHDRAWN)
    make.observation()

    assert list(visible_observations(PUBLIC)) == [released]


def test_the_administration_sees_what_waits_and_nobody_what_was_withdrawn() -> None:
    waiting = shown(state=ReleaseState.WAITING)
    shown(state=ReleaseState.WITHDRAWN)

    assert list(visible_observations(holder(Role.LEAD))) == [waiting]


def test_a_split_that_no_public_indicator_shows_stays_inside() -> None:
    by_sex = Breakdown.objects.create(key="GES=GESW")
    whole = shown()
    make.observation(quantity=whole.quantity, breakdown=by_sex)

    assert list(visible_observations(PUBLIC)) == [whole]
    make.indicator(
        quantity=whole.quantity, breakdown=by_sex, department=department(), visibility=Visibility.PUBLIC
    )
    assert visible_observations(PUBLIC).count() == 2


@pytest.mark.parametrize("key", ["GES=", "GES=;NAT="])
def test_a_total_may_name_its_axes_without_a_value(key: str) -> None:
    whole = shown(breakdown=Breakdown.objects.create(key=key))

    assert whole.breakdown.is_total
    assert list(visible_observations(PUBLIC)) == [whole]


@pytest.mark.parametrize("key", ["GES=GESW", "GES=GESW;NAT=", "GES=;NAT=NATA"])
def test_a_split_is_no_total_because_another_axis_is(key: str) -> None:
    split = shown(breakdown=Breakdown.objects.create(key=key))

    assert not split.breakdown.is_total
    assert not visible_observations(PUBLIC).exists()


def hidden() -> Observation:
    found = shown(value=None, mark="•", state=ReleaseState.SUPPRESSED)
    ConfidentialValue.objects.create(observation=found, value=Decimal(3))
    return found


def test_a_hidden_value_is_there_without_its_count() -> None:
    found = hidden()

    assert [one.value for one in visible_observations(PUBLIC)] == [None]
    assert confidential_values(holder(Role.STATISTICS), observation_ids=[found.pk]) == {found.pk: Decimal(3)}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STATISTICS])
def test_a_small_count_is_for_the_statistics_office_alone(role: Role) -> None:
    found = hidden()

    for viewer in (holder(role), PUBLIC, SYSTEM):
        with pytest.raises(NotAllowed):
            confidential_values(viewer, observation_ids=[found.pk])
