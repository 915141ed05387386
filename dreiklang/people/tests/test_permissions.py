from types import SimpleNamespace

import pytest
import rules

from dreiklang.people.permissions import NotAllowed, holds_in, is_coordinator, is_person
from dreiklang.people.queries import may
from dreiklang.people.rules import PUBLIC, SYSTEM, HeldRole, Role, Viewer
from dreiklang.people.services import Grant, require

rules.add_perm(
    "people.tried", is_person("lead_id") | holds_in(lambda t: t.department_id, Role.LEAD) | is_coordinator
)
THING = SimpleNamespace(lead_id=7, department_id=2)


def someone(role: Role, *departments: int, account_id: int = 1, **facts: object) -> Viewer:
    held = HeldRole(role, frozenset(departments) if departments else None)
    return Viewer(account_id=account_id, held=frozenset({held}), **facts)


@pytest.mark.parametrize(
    ("viewer", "allowed"),
    [
        (PUBLIC, False),
        (SYSTEM, True),
        (someone(Role.LEAD, 2), True),
        (someone(Role.LEAD, 3), False),
        (someone(Role.REVIEWER, account_id=7), True),
        (someone(Role.REVIEWER, deputises_for=frozenset({7})), True),
        (someone(Role.ADMINISTRATOR), False),
    ],
)
def test_predicates_compose(viewer: Viewer, allowed: bool) -> None:
    assert may(viewer, "people.tried", THING) is allowed


def test_without_an_object_only_roles_count() -> None:
    assert may(SYSTEM, "people.tried")
    assert not may(someone(Role.LEAD, 2), "people.tried")


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(PUBLIC, "people.tried", THING)

    assert refused.value.who_may == [
        "die zuständige Person oder ihre Vertretung",
        "Federführung im zuständigen Amt",
        "Koordination",
    ]


def test_a_mistyped_permission_is_a_bug_and_not_a_refusal() -> None:
    with pytest.raises(KeyError):
        may(SYSTEM, "people.treid")


@pytest.mark.parametrize(
    ("viewer", "grant", "allowed"),
    [
        (someone(Role.COORDINATOR), Grant(Role.LEAD, 2), True),
        (someone(Role.COORDINATOR), Grant(Role.ADMINISTRATOR, None), False),
        (someone(Role.ADMINISTRATOR), Grant(Role.ADMINISTRATOR, None), True),
        (someone(Role.COORDINATOR, 2), Grant(Role.LEAD, 2), True),
        (someone(Role.COORDINATOR, 2), Grant(Role.LEAD, 3), False),
        (someone(Role.COORDINATOR, 2), Grant(Role.LEAD, None), False),
        (someone(Role.LEAD), Grant(Role.LEAD, 2), False),
    ],
)
def test_nobody_gives_more_than_she_has(viewer: Viewer, grant: Grant, allowed: bool) -> None:
    assert may(viewer, "people.grant_role", grant) is allowed
