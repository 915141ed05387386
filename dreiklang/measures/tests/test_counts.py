"""Counts: each measure once, visible ones only, few statements."""

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.models import Measure, MeasureTask
from dreiklang.measures.queries import board, distribution, leadership, measures_of
from dreiklang.measures.rules import Duration, Phase, Standing, Timeliness
from dreiklang.measures.tests import factories as make
from dreiklang.people.rules import PUBLIC, Role

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


@pytest.fixture
def town():
    framework = make.framework()
    roads, water = make.task(framework, "1", rank=2), make.task(framework, "2", rank=1)
    cycling = make.goal(framework, "1.1", tasks=(roads,))
    office = make.department("66")
    both = make.measure("M-1", lead_department=office)
    make.supports(both, cycling, is_main=True)
    for task in (water, roads):
        MeasureTask.objects.create(measure=both, task=task)
    make.report(both, timeliness=Timeliness.DELAYED, decision_needed="Wer zahlt?")
    hindering = make.measure("M-2", lead_department=office)
    make.supports(hindering, cycling, sign=LinkSign.HINDERS)
    secret = make.measure("M-10", visibility=Visibility.INTERNAL, duration=Duration.CONTINUOUS)
    make.supports(secret, cycling)
    make.report(secret)
    return {"roads": roads, "water": water, "cycling": cycling, "office": office, "both": both}


def test_measure_that_serves_two_tasks_counts_once_in_the_city(town):
    rows = {row.number: row.distribution.total for row in board(PUBLIC, today=TODAY)}

    assert rows == {"2": 1, "1": 1}
    assert distribution(PUBLIC, today=TODAY).total == 2


def test_tasks_that_a_measure_names_count_and_goals_speak_only_where_it_names_none(town):
    MeasureTask.objects.filter(measure=town["both"], task=town["roads"]).delete()
    silent = make.measure("M-3")
    make.supports(silent, town["cycling"])

    rows = {row.number: row.distribution.total for row in board(PUBLIC, today=TODAY)}

    assert rows == {"2": 1, "1": 1}
    roads = measures_of(PUBLIC, today=TODAY, task=town["roads"].pk)
    assert [line.number for line in roads] == ["M-3"]


def test_board_stands_in_the_order_of_rank(town):
    assert [row.number for row in board(PUBLIC, today=TODAY)] == ["2", "1"]


def test_board_equals_the_distribution_of_each_task(town):
    internal = make.viewer(Role.LEAD)

    for row in board(internal, today=TODAY):
        assert row.distribution == distribution(internal, today=TODAY, task=row.task_id)


def test_measure_that_hinders_a_goal_does_not_serve_its_task(town):
    lines = measures_of(PUBLIC, today=TODAY, goal=town["cycling"].pk)

    assert {(line.number, line.sign) for line in lines} == {("M-1", "supports"), ("M-2", "hinders")}
    assert distribution(PUBLIC, today=TODAY, goal=town["cycling"].pk).total == 1


def test_goal_includes_the_goals_below_it(town):
    below = make.goal(town["roads"].framework, "1.1.1", parent=town["cycling"])
    deep = make.measure("M-3")
    make.supports(deep, below)

    assert "M-3" in {line.number for line in measures_of(PUBLIC, today=TODAY, goal=town["cycling"].pk)}


def test_public_sees_no_internal_measure_and_no_inside(town):
    lines = measures_of(PUBLIC, today=TODAY)

    assert [line.number for line in lines] == ["M-1", "M-2"]
    assert all(line.inside is None for line in lines)


def test_numbers_stand_in_natural_order(town):
    lines = measures_of(make.viewer(Role.LEAD), today=TODAY)

    assert [line.number for line in lines] == ["M-1", "M-2", "M-10"]


def test_merged_measure_is_not_counted(town):
    successor = make.measure("M-4")
    Measure.objects.filter(pk=town["both"].pk).update(merged_into=successor)

    assert distribution(PUBLIC, today=TODAY, task=town["water"].pk).total == 0


def test_continuous_tasks_are_told_apart(town):
    spread = distribution(make.viewer(Role.LEAD), today=TODAY)

    assert (spread.total, spread.continuous) == (3, 1)
    assert spread.by_phase[Phase.IMPLEMENTATION] == 2
    assert spread.of(Standing.UNREPORTED) == 1


def test_leadership_counts_per_office_and_names_no_person(town):
    rows = leadership(make.viewer(Role.LEADERSHIP), today=TODAY)

    office = rows[0]
    assert (office.key, office.total, office.reported, office.delayed, office.waiting) == ("66", 2, 1, 1, 1)
    assert rows[-1].department_id is None


def test_leadership_says_nothing_to_outsiders(town):
    assert leadership(PUBLIC, today=TODAY) == []
    assert leadership(make.viewer(Role.COUNCIL_MEMBER), today=TODAY) == []


def test_partner_sees_the_inside_of_agreed_measures_only(town):
    partner = make.account("Partnerin")
    town["both"].partner_access.create(account=partner, agreed_on=TODAY)

    lines = measures_of(make.viewer(Role.PARTNER, of=partner), today=TODAY)

    assert {line.number: line.inside is not None for line in lines} == {"M-1": True, "M-2": False}


@pytest.mark.parametrize(
    ("ask", "statements"),
    [
        (lambda: distribution(PUBLIC, today=TODAY), 3),
        (lambda: board(PUBLIC, today=TODAY), 4),
        (lambda: measures_of(PUBLIC, today=TODAY), 3),
    ],
)
def test_counts_need_few_statements(town, django_assert_max_num_queries, ask, statements):
    with django_assert_max_num_queries(statements):
        ask()
