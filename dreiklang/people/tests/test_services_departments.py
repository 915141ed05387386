"""Departments and people who leave: nothing is deleted, nobody is left behind."""

from datetime import date

import pytest

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.people import services
from dreiklang.people.models import Account, Department, RoleAssignment, Succession
from dreiklang.people.rules import PUBLIC, SYSTEM, DepartmentKind, Role
from dreiklang.people.services import DepartmentDraft, Grant, NotAllowed
from dreiklang.people.tests.factories import account, department, viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def draft(**facts: object) -> DepartmentDraft:
    plain = {
        "key": "61",
        "name": "Stadtplanungsamt",
        "kind": DepartmentKind.OFFICE,
        "parent_id": None,
        "head_id": None,
    }
    return DepartmentDraft(**plain | facts)


# Departments


def test_a_department_key_is_taken_in_any_case() -> None:
    department(key="ob.1")

    with pytest.raises(services.CannotSaveDepartment, match="key_taken"):
        services.create_department(by=SYSTEM, draft=draft(key="OB.1"))


def test_a_department_cannot_be_moved_below_itself() -> None:
    office = department()
    section = department(parent=office)

    with pytest.raises(services.CannotSaveDepartment, match="own_parent"):
        services.change_department(
            by=SYSTEM, department=office, draft=draft(parent_id=section.pk), version=office.version
        )


def test_a_second_editor_sees_the_first_ones_version() -> None:
    office = department()
    services.change_department(by=SYSTEM, department=office, draft=draft(name="Erste"), version=1)

    with pytest.raises(ChangedMeanwhile) as refused:
        services.change_department(by=SYSTEM, department=office, draft=draft(name="Zweite"), version=1)

    assert refused.value.theirs.name == "Erste"


@pytest.mark.parametrize("role", [Role.LEAD, Role.LEADERSHIP, Role.PARTNER])
def test_others_do_not_change_departments(role: Role) -> None:
    with pytest.raises(NotAllowed):
        services.create_department(by=viewer(role), draft=draft())
    with pytest.raises(NotAllowed):
        services.create_department(by=PUBLIC, draft=draft())


# Hand-over, people's part


def test_a_renamed_department_remembers_its_old_name() -> None:
    office = department(name="Tiefbauamt", key="66")

    found = services.rename_department(
        by=SYSTEM, on=TODAY, department=office, key="67", name="Amt für Mobilität"
    )

    assert Department.objects.get(pk=office.pk).name == "Amt für Mobilität"
    assert found.facts["old_name"] == "Tiefbauamt"


def test_a_merged_department_leaves_nobody_behind() -> None:
    old, new = department(head=account()), department()
    section = department(parent=old)
    person = account(Role.LEAD, where=old, department=old)
    services.give_role(by=SYSTEM, account=person, grant=Grant(Role.LEAD, new.pk))

    found = services.merge_departments(by=SYSTEM, on=TODAY, from_department=old, into=new)

    person.refresh_from_db()
    section.refresh_from_db()
    old.refresh_from_db()
    assert (person.department, section.parent, old.ended_on, old.head) == (new, new, TODAY, None)
    assert list(person.role_assignments.values_list("department", flat=True)) == [new.pk]
    assert found.facts["departments"] == 1


def test_a_department_is_not_merged_into_its_own_section() -> None:
    old = department()
    section = department(parent=old)

    with pytest.raises(services.CannotHandOver, match="below"):
        services.merge_departments(by=SYSTEM, on=TODAY, from_department=old, into=section)

    section.refresh_from_db()
    assert section.parent == old


def test_an_ended_department_takes_nothing_over() -> None:
    with pytest.raises(services.CannotHandOver, match="ended"):
        services.merge_departments(
            by=SYSTEM, on=TODAY, from_department=department(), into=department(ended_on=TODAY)
        )


def test_a_split_moves_only_the_named_people() -> None:
    old, new = department(), department()
    goes = account(Role.LEAD, where=old, department=old)
    stays = account(Role.LEAD, where=old, department=old)
    Department.objects.filter(pk=old.pk).update(head=goes)
    old.refresh_from_db()

    services.split_department(by=SYSTEM, on=TODAY, from_department=old, into=new, account_ids=[goes.pk])

    assert list(old.accounts.all()) == [stays]
    assert RoleAssignment.objects.get(account=goes).department == new
    assert Department.objects.get(pk=old.pk).head is None


def test_a_person_who_leaves_is_replaced_everywhere_and_cannot_log_in() -> None:
    leaving, successor = account(Role.LEAD), account(Role.LEAD)
    office = department(head=leaving)
    colleague = account(deputy=leaving)
    Account.objects.filter(pk=successor.pk).update(deputy=leaving)
    Account.objects.filter(pk=leaving.pk).update(deputy=successor)
    leaving.refresh_from_db()

    services.person_leaves(by=SYSTEM, on=TODAY, account=leaving, successor=successor)

    for one in (office, colleague, leaving, successor):
        one.refresh_from_db()
    assert (office.head, colleague.deputy, successor.deputy) == (successor, successor, None)
    assert not leaving.is_active
    assert not leaving.has_usable_password()
    assert not leaving.role_assignments.exists()
    assert Succession.objects.get().by_name == SYSTEM.name


def test_the_last_administrator_does_not_leave() -> None:
    last = account(Role.ADMINISTRATOR)

    with pytest.raises(services.CannotHandOver, match="last_administrator"):
        services.person_leaves(by=SYSTEM, on=TODAY, account=last, successor=account())


def test_nobody_succeeds_herself_or_after_leaving() -> None:
    person = account()

    with pytest.raises(services.CannotHandOver, match="same"):
        services.person_leaves(by=SYSTEM, on=TODAY, account=person, successor=person)
    with pytest.raises(services.CannotHandOver, match="left"):
        services.person_leaves(by=SYSTEM, on=TODAY, account=person, successor=account(is_active=False))
