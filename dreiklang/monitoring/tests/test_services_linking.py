"""What an indicator has to do with goals, tasks and measures: who may say so, and what a stated effect needs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.models import Change
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import Indicator, IndicatorGoal, IndicatorTask, MeasureIndicator
from dreiklang.monitoring.services.linking import (
    CannotLink,
    change_measure_link,
    link_goal,
    link_measure,
    link_task,
    unlink_goal,
    unlink_measure,
    unlink_task,
)
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import HeldRole, Role, Viewer

pytestmark = pytest.mark.django_db

COORDINATOR = Viewer(account_id=7, name="Klara Korn", held=frozenset({HeldRole(Role.COORDINATOR, None)}))
EDITOR = Viewer(account_id=8, name="Tim Tal", held=frozenset({HeldRole(Role.DEPARTMENT_EDITOR, None)}))
EFFECT = {
    "expected_value": Decimal("-1.5"),
    "expected_year": 2030,
    "expected_basis": "Erfahrung aus dem Nordring",
}


def linked(indicator: Indicator, **facts: Any) -> IndicatorGoal:
    facts.setdefault("goal_id", goals.goal().pk)
    return link_goal(by=COORDINATOR, key=indicator.key, **facts)


def test_an_indicator_tells_of_a_goal_with_its_reason() -> None:
    link = linked(make.indicator(), reason=" Der Anteil ist das Ziel selbst. ")

    assert (link.is_main, link.reason) == (False, "Der Anteil ist das Ziel selbst.")


def test_linking_again_replaces_what_was_said() -> None:
    indicator, goal = make.indicator(), goals.goal()
    linked(indicator, goal_id=goal.pk)

    linked(indicator, goal_id=goal.pk, is_main=True, reason="Besser begründet")

    (link,) = IndicatorGoal.objects.all()
    assert (link.is_main, link.reason) == (True, "Besser begründet")


def test_a_goal_has_the_main_indicator_named_last() -> None:
    goal, first, second = goals.goal(), make.indicator(), make.indicator()

    linked(first, goal_id=goal.pk, is_main=True)
    linked(second, goal_id=goal.pk, is_main=True)

    assert list(IndicatorGoal.objects.filter(is_main=True)) == [second.goal_links.get()]
    assert first.goal_links.exists()


def test_only_the_coordinator_says_what_belongs_to_a_goal() -> None:
    indicator, goal, task = make.indicator(), goals.goal(), goals.task()

    for deed in (
        lambda: link_goal(by=EDITOR, key=indicator.key, goal_id=goal.pk),
        lambda: unlink_goal(by=EDITOR, key=indicator.key, goal_id=goal.pk),
        lambda: link_task(by=EDITOR, key=indicator.key, task_id=task.pk),
        lambda: unlink_task(by=EDITOR, key=indicator.key, task_id=task.pk),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_links_to_goals_and_tasks_can_be_taken_back() -> None:
    indicator, goal, task = make.indicator(), goals.goal(), goals.task()
    linked(indicator, goal_id=goal.pk)
    link_task(by=COORDINATOR, key=indicator.key, task_id=task.pk)
    link_task(by=COORDINATOR, key=indicator.key, task_id=task.pk)
    assert IndicatorTask.objects.count() == 1

    unlink_goal(by=COORDINATOR, key=indicator.key, goal_id=goal.pk)
    unlink_task(by=COORDINATOR, key=indicator.key, task_id=task.pk)

    assert not IndicatorGoal.objects.exists()
    assert not IndicatorTask.objects.exists()
    with pytest.raises(NotFound):
        unlink_goal(by=COORDINATOR, key=indicator.key, goal_id=goal.pk)
    with pytest.raises(NotFound):
        unlink_task(by=COORDINATOR, key=indicator.key, task_id=task.pk)


def test_goals_of_an_older_version_are_not_written() -> None:
    old = goals.framework(status="superseded", label="2015")
    goal, task, indicator = goals.goal(of=old), goals.task(of=old), make.indicator()

    with pytest.raises(CannotLink, match="superseded"):
        linked(indicator, goal_id=goal.pk)
    with pytest.raises(CannotLink, match="superseded"):
        link_task(by=COORDINATOR, key=indicator.key, task_id=task.pk)


def test_what_is_not_there_cannot_be_linked() -> None:
    indicator = make.indicator()

    with pytest.raises(NotFound):
        linked(indicator, goal_id=0)
    with pytest.raises(NotFound):
        link_task(by=COORDINATOR, key=indicator.key, task_id=0)
    with pytest.raises(NotFound):
        link_goal(by=COORDINATOR, key="nichts", goal_id=goals.goal().pk)
    with pytest.raises(NotFound):
        link_measure(by=COORDINATOR, key=indicator.key, number="X-9")


def effect(**values: Any) -> MeasureIndicator:
    return link_measure(
        by=COORDINATOR, key=make.indicator().key, number=measures.measure().number, values=values
    )


def test_a_measure_says_what_it_expects_to_do_to_an_indicator() -> None:
    link = effect(**EFFECT, weight=3)

    link.refresh_from_db()
    assert (link.expected_value, link.expected_year, link.weight) == (Decimal("-1.5"), 2030, 3)
    (change,) = Change.objects.filter(name="effect_changed")
    assert change.facts["claims"] == [f"measure:{link.measure_id}"]


def test_a_measure_acts_on_an_indicator_once() -> None:
    link = effect()

    with pytest.raises(CannotLink, match="linked_already"):
        link_measure(by=COORDINATOR, key=link.indicator.key, number=link.measure.number)


@pytest.mark.parametrize("missing", ["expected_year", "expected_basis"])
def test_an_expected_effect_has_its_year_and_its_basis(missing: str) -> None:
    with pytest.raises(CannotLink, match="expected_incomplete"):
        effect(**{name: value for name, value in EFFECT.items() if name != missing})
    assert not MeasureIndicator.objects.exists()


@pytest.mark.parametrize("missing", ["observed_on", "observed_basis"])
def test_an_observed_effect_has_its_day_and_its_basis(missing: str) -> None:
    seen = {"observed_value": Decimal(2), "observed_on": date(2026, 5, 1), "observed_basis": "Zählung"}

    with pytest.raises(CannotLink, match="observed_incomplete"):
        effect(**{name: value for name, value in seen.items() if name != missing})


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(CannotLink, match="not_a_number"):
        effect(**EFFECT | {"expected_value": Decimal("NaN")})


def test_who_saw_an_older_version_of_an_effect_overwrites_nothing() -> None:
    link = effect()
    change_measure_link(by=COORDINATOR, pk=link.pk, version=1, values=EFFECT)

    with pytest.raises(ChangedMeanwhile):
        change_measure_link(by=COORDINATOR, pk=link.pk, version=1, values={"weight": 2})
    with pytest.raises(ChangedMeanwhile):
        unlink_measure(by=COORDINATOR, pk=link.pk, version=1)
    unlink_measure(by=COORDINATOR, pk=link.pk, version=2)

    assert not MeasureIndicator.objects.exists()


def test_who_answers_for_the_measure_says_what_it_does() -> None:
    ours, theirs = measures.department(), measures.department()
    measure, indicator = measures.measure(lead_department=ours), make.indicator()
    stranger = Viewer(
        account_id=8, held=frozenset({HeldRole(Role.DEPARTMENT_EDITOR, frozenset({theirs.pk}))})
    )
    editor = Viewer(account_id=9, held=frozenset({HeldRole(Role.DEPARTMENT_EDITOR, frozenset({ours.pk}))}))

    with pytest.raises(NotAllowed):
        link_measure(by=stranger, key=indicator.key, number=measure.number)
    link = link_measure(by=editor, key=indicator.key, number=measure.number)
    with pytest.raises(NotAllowed):
        unlink_measure(by=stranger, pk=link.pk, version=1)
    with pytest.raises(NotFound):
        unlink_measure(by=editor, pk=0, version=1)
