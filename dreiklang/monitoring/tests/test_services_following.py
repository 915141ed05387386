"""Links follow a merger of measures and a new version of the framework; nothing is lost, nothing doubled."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.goals import services as goal_services
from dreiklang.goals.models import Goal, GoalMapping
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.models import Measure
from dreiklang.measures.rules import Phase
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import (
    Criterion,
    IndicatorGoal,
    IndicatorTask,
    MeasureIndicator,
    Rating,
)
from dreiklang.monitoring.queries.due import effects_due_for
from dreiklang.monitoring.queries.effects import effects_of_measures
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.monitoring.services.following import carry_over_links, follow_merger
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import PUBLIC, SYSTEM, Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def effect(of: Measure, **facts: object) -> MeasureIndicator:
    return MeasureIndicator.objects.create(**{"measure": of, "indicator": make.indicator()} | facts)


def test_a_merged_measure_takes_over_effects_it_said_nothing_of() -> None:
    keep, gone = measures.measure("V-1"), measures.measure("V-2")
    own = effect(keep, weight=1)
    effect(gone, indicator=own.indicator, weight=3)
    new = effect(gone, expected_value=Decimal("2.5"), expected_year=2028, expected_basis="Gutachten")

    assert follow_merger(kept=keep.pk, gone=gone.pk) == 1
    assert follow_merger(kept=keep.pk, gone=gone.pk) == 0

    taken = MeasureIndicator.objects.get(measure=keep, indicator=new.indicator)
    assert (taken.expected_value, taken.expected_year, taken.expected_basis) == (
        Decimal("2.5"),
        2028,
        "Gutachten",
    )
    own.refresh_from_db()
    assert (own.weight, MeasureIndicator.objects.filter(measure=gone).count()) == (1, 2)


def test_before_merging_it_is_shown_what_comes_along(client: Client) -> None:
    measures.measure("V-1")
    effect(measures.measure("V-2"))
    client.force_login(measures.account("Kora", role=Role.COORDINATOR))

    page = client.get(reverse("measures:merge", args=["V-2"]) + "?keep=V-1").content.decode()

    assert "1 Wirkung auf einen Indikator" in page


def test_a_measure_that_was_given_up_keeps_its_links_and_is_asked_for_nothing() -> None:
    lead = measures.account("Leitung", role=Role.LEAD)
    dropped = measures.measure("V-1", lead=lead)
    effect(dropped, expected_year=2020)
    assert len(effects_due_for(viewer_of(account=lead), today=TODAY)) == 1

    measures.report(dropped, phase=Phase.DROPPED)

    assert effects_due_for(viewer_of(account=lead), today=TODAY) == []
    assert len(effects_of_measures(SYSTEM)[dropped.pk]) == 1


def test_indicators_of_goals_and_tasks_follow_into_the_next_version() -> None:
    old, one, other, task, new_task = goals.goal(), goals.goal(), goals.goal(), goals.task(), goals.task()
    main, second = make.indicator(), make.indicator()
    IndicatorGoal.objects.create(indicator=main, goal=old, is_main=True, reason="Sagt am meisten.")
    IndicatorGoal.objects.create(indicator=second, goal=old)
    IndicatorTask.objects.create(indicator=main, task=task)
    mapping = {"goals": {old.pk: [one.pk, other.pk]}, "tasks": {task.pk: [new_task.pk]}}

    assert carry_over_links(by=SYSTEM, **mapping) == 5
    assert carry_over_links(by=SYSTEM, **mapping) == 0

    assert IndicatorGoal.objects.get(indicator=main, goal=one).is_main
    assert not IndicatorGoal.objects.get(indicator=main, goal=other).is_main
    assert IndicatorGoal.objects.get(indicator=main, goal=one).reason == "Sagt am meisten."
    assert IndicatorGoal.objects.get(indicator=main, goal=old).is_main


def test_where_several_goals_become_one_it_keeps_one_main_indicator() -> None:
    first, second, new = goals.goal(), goals.goal(), goals.goal()
    for old in (first, second):
        IndicatorGoal.objects.create(indicator=make.indicator(), goal=old, is_main=True)

    carry_over_links(by=SYSTEM, goals={first.pk: [new.pk], second.pk: [new.pk]}, tasks={})

    assert IndicatorGoal.objects.filter(goal=new).count() == 2
    assert IndicatorGoal.objects.filter(goal=new, is_main=True).count() == 1


def criterion(goal: Goal, **facts: object) -> Criterion:
    return Criterion.objects.create(**{"goal": goal, "number": "K1", "text": "Mehr davon"} | facts)


def rated(of: Criterion, year: int, **facts: object) -> Rating:
    more = {"rated_on": date(year, 6, 1), "state": RatingState.ON_WAY, "reason": "Die Zahlen sagen es."}
    return Rating.objects.create(**{"criterion": of} | more | facts)


def test_criteria_follow_with_their_ratings_so_that_the_course_goes_on() -> None:
    old, new = goals.goal(), goals.goal()
    said = criterion(old)
    rated(said, 2024, released_at=datetime(2024, 7, 1, tzinfo=UTC))
    rated(said, 2025, withdrawn_at=datetime(2025, 7, 1, tzinfo=UTC), withdrawn_reason="Verwechselt")
    criterion(old, number="K2", text="Alt", retired_on=TODAY, retired_reason="Passt nicht mehr.")

    carry_over_links(by=SYSTEM, goals={old.pk: [new.pk]}, tasks={})
    carry_over_links(by=SYSTEM, goals={old.pk: [new.pk]}, tasks={})

    again = Criterion.objects.get(goal=new)
    (kept,) = again.ratings.all()
    assert (again.number, again.text) == ("K1", "Mehr davon")
    assert (kept.rated_on.year, kept.origin, kept.released_at) == (
        2024,
        f"Fassung {old.framework.label}",
        datetime(2024, 7, 1, tzinfo=UTC),
    )
    assert said.ratings.count() == 2


def test_a_number_that_is_taken_gives_way_to_the_next_free_one() -> None:
    first, second, new = goals.goal(), goals.goal(), goals.goal()
    criterion(first, text="Mehr Bäume")
    criterion(second, text="Weniger Lärm")

    carry_over_links(by=SYSTEM, goals={first.pk: [new.pk], second.pk: [new.pk]}, tasks={})

    assert set(Criterion.objects.filter(goal=new).values_list("number", "text")) == {
        ("K1", "Mehr Bäume"),
        ("K1-2", "Weniger Lärm"),
    }


def test_outsiders_carry_nothing_over() -> None:
    with pytest.raises(NotAllowed):
        carry_over_links(by=PUBLIC, goals={}, tasks={})


def test_what_is_taken_out_of_a_draft_takes_its_links_there_along_and_nothing_else() -> None:
    goals.goal(number="1")
    coordinator = measures.coordinator()
    draft = goal_services.start_draft(by=coordinator, title="INSEK 2040", label="2027")
    copied = Goal.objects.get(framework=draft)
    old = GoalMapping.objects.get(new_goal=copied).old_goal
    seen = make.indicator()
    for one in (copied, old):
        IndicatorGoal.objects.create(indicator=seen, goal=one)

    goal_services.remove_goal(by=coordinator, pk=copied.pk)

    assert list(IndicatorGoal.objects.values_list("goal", flat=True)) == [old.pk]
    seen.refresh_from_db()
