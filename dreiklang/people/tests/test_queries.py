from datetime import date, timedelta

import pytest

from dreiklang.people.models import Absence
from dreiklang.people.queries import (
    account_by_email,
    accounts,
    department_page,
    departments_below,
    leadership_of,
    line_of_command,
    ownerless_departments,
    search,
    tree,
    viewer_of,
)
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.tests.factories import account, department, viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAYS = (TODAY, TODAY + timedelta(days=5))


def test_a_viewer_without_scope_costs_one_statement(django_assert_num_queries) -> None:
    coordinator = account(Role.COORDINATOR)

    with django_assert_num_queries(1):
        found = viewer_of(account=coordinator, today=TODAY)

    assert found.has_in(None, Role.COORDINATOR)


def test_a_viewer_with_a_scoped_role_costs_two_and_reaches_what_is_below(django_assert_num_queries) -> None:
    office = department()
    section = department(parent=office)
    other = department()
    lead = account(Role.LEAD, where=office)

    with django_assert_num_queries(2):
        found = viewer_of(account=lead, today=TODAY)

    assert found.has_in(section.pk, Role.LEAD)
    assert not found.has_in(other.pk, Role.LEAD)


def test_an_inactive_account_sees_what_the_public_sees() -> None:
    assert viewer_of(account=account(Role.COORDINATOR, is_active=False)) == PUBLIC


def test_the_usual_deputy_stands_in_only_while_somebody_is_away() -> None:
    deputy = account(Role.LEAD)
    away = account(Role.LEAD, deputy=deputy)
    Absence.objects.create(account=away, days=DAYS)

    assert viewer_of(account=deputy, today=TODAY).stands_for(away.pk)
    assert not viewer_of(account=deputy, today=DAYS[1]).stands_for(away.pk)


def test_a_deputy_named_for_the_absence_replaces_the_usual_one() -> None:
    usual, named = account(Role.LEAD), account(Role.LEAD)
    away = account(Role.LEAD, deputy=usual)
    Absence.objects.create(account=away, days=DAYS, deputy=named)

    assert viewer_of(account=named, today=TODAY).stands_for(away.pk)
    assert not viewer_of(account=usual, today=TODAY).stands_for(away.pk)


def test_the_public_reads_names_of_departments_but_not_who_works_there() -> None:
    office = department(head=account(name="Frau Leitung"))
    account(department=office)

    page = department_page(PUBLIC, office.key)

    assert page.internal is None
    assert "Leitung" not in repr(page)
    assert "Leitung" not in repr(tree(PUBLIC))


def test_the_administration_reads_head_people_and_deputies() -> None:
    head = account(name="Frau Leitung")
    office = department(head=head)
    account(department=office, name="Herr Mitarbeit", deputy=head)

    page = department_page(viewer(Role.LEAD), office.key)

    assert page.internal.head.name == "Frau Leitung"
    assert [(one.name, one.deputy) for one in page.internal.people] == [("Herr Mitarbeit", "Frau Leitung")]


def test_partners_see_a_department_as_the_public_does() -> None:
    office = department(head=account())

    assert department_page(viewer(Role.PARTNER), office.key).internal is None


def test_the_tree_of_any_size_costs_one_statement(django_assert_num_queries) -> None:
    root = department()
    for _n in range(5):
        department(parent=department(parent=root))

    with django_assert_num_queries(1):
        (found,) = tree(PUBLIC)

    assert len(found.children) == 5


def test_an_ended_department_leaves_the_tree_and_its_children_stay_visible() -> None:
    gone = department(ended_on=TODAY)
    child = department(parent=gone)

    assert [line.key for line in tree(PUBLIC)] == [child.key]


def test_escalation_follows_the_heads_upwards_each_once() -> None:
    mayor, left = account(), account(is_active=False)
    top = department(head=mayor)
    middle = department(parent=top, head=mayor)
    office = department(parent=middle, head=left)

    assert line_of_command(office) == [mayor]


def test_leadership_leads_its_departments_and_below() -> None:
    division = department()
    office = department(parent=division)
    head = account(Role.LEAD)
    section = department(head=head)

    assert leadership_of(viewer(Role.LEADERSHIP, where=division)) == {division.pk, office.pk}
    assert leadership_of(viewer_of(account=head)) == {section.pk}
    assert leadership_of(viewer(Role.LEADERSHIP)) is None
    assert leadership_of(PUBLIC) == frozenset()


def test_departments_below_include_the_department() -> None:
    office = department()

    assert departments_below(office.pk) == {office.pk}
    assert departments_below(0) == frozenset()


def test_an_account_is_found_whatever_the_case_of_its_address() -> None:
    found = account(email="erika@stadt.example")

    assert account_by_email(" Erika@Stadt.example ") == found


def test_the_list_of_accounts_is_filtered_by_role_and_state(django_assert_num_queries) -> None:
    lead = account(Role.LEAD, Role.REVIEWER)
    account(Role.LEAD, is_active=False)
    account(Role.TREASURY)

    with django_assert_num_queries(2):
        found = accounts(role=Role.LEAD)

    assert [one.id for one in found] == [lead.pk]
    assert {role.role for role in found[0].roles} == {Role.LEAD, Role.REVIEWER}


def test_a_department_without_an_active_head_is_ownerless() -> None:
    office = department(head=account(is_active=False))
    department(head=account())

    assert [ref.key for ref in ownerless_departments(viewer(Role.COORDINATOR))] == [office.key]
    assert ownerless_departments(PUBLIC) == ()


def test_departments_are_found_by_part_of_a_word() -> None:
    office = department(name="Stadtplanungsamt")

    assert [hit.key for hit in search(PUBLIC, text="planung")] == [office.key]
