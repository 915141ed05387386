from datetime import date

import pytest

from dreiklang.goals import queries
from dreiklang.goals.tests import factories as make
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


def test_a_draft_is_hidden_from_the_public_wherever_it_could_appear() -> None:
    draft = make.framework(status="draft", label="2028")
    hidden = make.goal(of=draft, number="9.9", title="Geheimes Ziel")
    later = make.task(of=draft, number="99", title="Geheime Aufgabe")

    assert queries.frameworks(PUBLIC) == ()
    assert queries.framework(PUBLIC, label="2028") is None
    assert queries.goal_page(PUBLIC, number="9.9", label="2028") is None
    assert queries.task_page(PUBLIC, number="99", label="2028") is None
    assert queries.goal_labels(PUBLIC, ids=[hidden.pk]) == {}
    assert queries.task_labels(PUBLIC, ids=[later.pk]) == {}
    assert queries.search(PUBLIC, text="Geheim") == []


def test_the_administration_sees_the_draft() -> None:
    make.framework(status="draft", label="2028")
    colleague = people.viewer(Role.LEAD)

    assert [f.label for f in queries.frameworks(colleague)] == ["2028"]


def test_a_superseded_version_stays_readable() -> None:
    old = make.framework(status="superseded", label="2015", valid_from=date(2015, 1, 1))
    make.goal(of=old, number="1", title="Früheres Ziel")

    page = queries.goal_page(PUBLIC, number="1", label="2015")

    assert page is not None
    assert page.framework.is_superseded
    assert page.goal.url.endswith("?fassung=2015")


def test_the_tree_keeps_the_citys_order_and_takes_three_statements(django_assert_max_num_queries) -> None:
    top = make.goal(number="1")
    for number in ("1.10", "1.2", "1.1"):
        make.goal(parent=top, number=number)

    with django_assert_max_num_queries(3):
        trees = queries.goals_tree(PUBLIC)

    assert [child.number for child in trees[0].children] == ["1.1", "1.2", "1.10"]


def test_an_unpublished_change_of_priority_is_internal() -> None:
    task = make.task(rank=1)
    make.priority_change(task=task, is_published=False, trigger="Noch geheim")

    assert queries.priority_changes(PUBLIC) == ()
    assert queries.latest_changes(PUBLIC, since=date(2020, 1, 1), limit=5) == []
    assert len(queries.priority_changes(people.viewer(Role.COORDINATOR))) == 1


def test_the_order_of_an_earlier_day_is_found_again() -> None:
    homes = make.task(number="1", title="Wohnen", rank=2)
    water = make.task(number="2", title="Wasser", rank=1)
    make.priority_change(task=water, effective_on=date(2026, 8, 1), old_rank=2, new_rank=1)

    now = queries.priority_order(PUBLIC, on=date(2026, 8, 1))
    before = queries.priority_order(PUBLIC, on=date(2026, 7, 31))

    assert [one.task.pk for one in now] == [water.pk, homes.pk]
    assert [one.task.pk for one in before] == [homes.pk, water.pk]


def test_members_of_a_thematic_group_are_internal() -> None:
    group = make.group(members=(people.account(name="Frieda Vertraulich"),))

    assert queries.group(PUBLIC, pk=group.pk).members is None
    assert queries.group(people.viewer(Role.LEAD), pk=group.pk).members[0].name == "Frieda Vertraulich"


def test_remarks_on_the_work_plan_are_internal() -> None:
    make.evaluation_step(note="Nur für uns")
    today = date(2026, 11, 22)

    assert queries.evaluation_steps(PUBLIC, today=today)[0].internal is None
    assert queries.evaluation_steps(people.viewer(Role.LEAD), today=today)[0].internal.note == "Nur für uns"


def test_search_finds_a_part_of_a_compound() -> None:
    make.goal(number="5.1", title="Radverkehrsnetz ausbauen")

    hits = queries.search(PUBLIC, text="Verkehr")

    assert [(hit.kind, hit.key) for hit in hits] == [("goal", "5.1")]


def test_only_the_coordinator_and_the_own_department_are_told_of_due_steps() -> None:
    office = people.department()
    make.evaluation_step(due_on=date(2026, 12, 1), department=office)
    today = date(2026, 11, 22)

    assert len(queries.evaluation_due(people.viewer(Role.COORDINATOR), today=today)) == 1
    assert (
        len(queries.evaluation_due(people.viewer(Role.LEAD, where=office, department=office), today=today))
        == 1
    )
    assert queries.evaluation_due(people.viewer(Role.LEAD), today=today) == ()
    assert queries.evaluation_due(PUBLIC, today=today) == ()
