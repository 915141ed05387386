from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from dreiklang.concepts import queries
from dreiklang.concepts.queries import ConceptFilter
from dreiklang.concepts.tests import factories as make
from dreiklang.core.values import Unknown
from dreiklang.goals.tests import factories as goals
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.tests import factories as people
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db


def numbers(asked: ConceptFilter, viewer=PUBLIC) -> list[str]:
    return [line.number for line in queries.concept_lines(viewer, asked=asked)]


def test_internal_concepts_are_hidden_wherever_they_could_appear() -> None:
    task, goal, area = goals.task(), goals.goal(), places.area()
    made = make.concept(
        title="Streng vertraulich", visibility="internal", goals=(goal,), tasks=(task,), areas=(area,),
        resolution_on=date(2026, 1, 1),
    )  # fmt: skip

    assert queries.concept(PUBLIC, number=made.number) is None
    assert numbers(ConceptFilter()) == []
    assert queries.concept_total(PUBLIC) == 0
    assert queries.concepts_of(PUBLIC, task=task.pk) == queries.concepts_of(PUBLIC, goal=goal.pk) == ()
    assert queries.concepts_of(PUBLIC, area=area.pk) == ()
    assert queries.search(PUBLIC, text="vertraulich") == []
    assert queries.latest_changes(PUBLIC, since=date(2020, 1, 1), limit=5) == []
    assert queries.concept_labels(PUBLIC, ids=[made.pk]) == {}
    assert queries.ownerless(PUBLIC) == ()


def test_an_internal_successor_is_not_named_in_public() -> None:
    after = make.concept(visibility="internal")
    before = make.concept(successor=after)

    assert queries.concept(PUBLIC, number=before.number).successor is None
    assert queries.concept(people.viewer(Role.LEAD), number=before.number).successor.key == after.number


def test_persons_and_remarks_are_absent_in_public() -> None:
    lead = people.account(name="Lena Leitung")
    made = make.concept(lead=lead, deputy=lead, note="Nur intern")

    page = queries.concept(PUBLIC, number=made.number)

    assert page.internal is None
    assert not hasattr(page, "lead_id")
    assert not hasattr(page, "deputy_id")
    assert "Lena" not in repr(page)
    assert "Nur intern" not in repr(page)


def test_a_concept_serves_a_task_directly_or_by_a_goal_it_supports_once() -> None:
    task = goals.task()
    goal = goals.goal(tasks=(task,))
    both = make.concept(number="A", goals=(goal,), tasks=(task,))
    hindering = make.concept(number="B", goals=(goal,))
    hindering.goal_links.update(sign="hinders")

    assert [line.pk for line in queries.concepts_of(PUBLIC, task=task.pk)] == [both.pk]
    assert [line.number for line in queries.concepts_of(PUBLIC, goal=goal.pk)] == ["A", "B"]


def test_filters_narrow_together() -> None:
    office, area = people.department(), places.area()
    make.concept(number="A", lead_department=office, areas=(area,), kind="formal_plan")
    make.concept(number="B", lead_department=office)
    make.concept(number="C", areas=(area,), status="drafting")

    assert numbers(ConceptFilter(department_id=office.pk)) == ["A", "B"]
    assert numbers(ConceptFilter(area_id=area.pk)) == ["A", "C"]
    assert numbers(ConceptFilter(kinds=("formal_plan",))) == ["A"]
    assert numbers(ConceptFilter(area_id=area.pk, statuses=("drafting",))) == ["C"]


def test_text_finds_parts_of_compounds_stems_and_numbers() -> None:
    make.concept(number="FK-77", title="Radverkehrskonzept", summary="Häuser am Weg")

    for text in ("Verkehr", "Haus", "fk-77", "radverkehr"):
        assert numbers(ConceptFilter(text=text)) == ["FK-77"], text
    assert numbers(ConceptFilter(text="Hochwasser")) == []


def test_costs_without_an_amount_sort_last_and_stay_unknown() -> None:
    make.concept(number="A", cost_words="offen")
    make.concept(number="B", cost_eur=Decimal(5))

    lines = queries.concept_lines(PUBLIC, asked=ConceptFilter(sort="cost"))

    assert [line.number for line in lines] == ["B", "A"]
    assert lines[1].cost == Unknown("not_stated", "offen")
    assert numbers(ConceptFilter(sort="cost", is_descending=True)) == ["B", "A"]


def test_the_list_takes_one_statement_whatever_its_size(django_assert_num_queries) -> None:
    for _n in range(12):
        make.concept(goals=(goals.goal(),))

    with django_assert_num_queries(1):
        assert len(queries.concept_lines(PUBLIC, asked=ConceptFilter(), limit=10)) == 10


def test_a_page_takes_few_statements(django_assert_max_num_queries) -> None:
    task = goals.task()
    made = make.concept(
        goals=(goals.goal(), goals.goal()), tasks=(task,), areas=(places.area(), places.area())
    )

    with django_assert_max_num_queries(8):
        page = queries.concept(PUBLIC, number=made.number)

    assert page.goals[0].is_main


def test_nobodys_concepts_are_listed_with_what_they_lack() -> None:
    gone = people.account(is_active=False)
    make.concept(number="A", lead_department=people.department(), lead=gone)
    make.concept(number="B", status="superseded")

    found = queries.ownerless(people.viewer(Role.COORDINATOR))

    assert [(one.number, one.lacks_department, one.lacks_lead) for one in found] == [("A", False, True)]


def test_two_main_goals_are_refused_by_the_database() -> None:
    made = make.concept(goals=(goals.goal(),))

    with pytest.raises(IntegrityError, match="concept_has_one_main_goal"):
        made.goal_links.create(goal=goals.goal(), is_main=True)


def test_numbers_stand_in_the_order_people_read_them() -> None:
    for number in ("FK-10", "FK-9", "FK-2.10", "FK-2.9"):
        make.concept(number=number)
    read = ["FK-2.9", "FK-2.10", "FK-9", "FK-10"]
    inside = people.viewer(Role.COORDINATOR)

    assert numbers(ConceptFilter()) == read
    assert numbers(ConceptFilter(sort="number", is_descending=True)) == read[::-1]
    assert [label.split()[0] for _pk, label in queries.concept_choices(inside)] == read
    assert [one.number for one in queries.ownerless(inside)] == read
