"""People for tests, with plain defaults."""

from itertools import count

from dreiklang.people.models import Account, Department, RoleAssignment
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role, Viewer

_numbers = count(1)
PASSWORD = "drei-zufaellige-woerter"


def department(**facts: object) -> Department:
    number = next(_numbers)
    return Department.objects.create(**{"key": f"T{number}", "name": f"Amt {number}"} | facts)


def account(*roles: Role, where: Department | None = None, **facts: object) -> Account:
    """An account with roles: in the department `where` and below, or in the whole city.

    Without a password, because hashing one takes longer than most tests; give `password=PASSWORD` to log in.
    """
    number = next(_numbers)
    named = {"email": f"person{number}@stadt.example", "name": f"Person {number}"} | facts
    made = Account.objects.create_user(**named)
    for role in roles:
        RoleAssignment.objects.create(account=made, role=role, department=where)
    return made


def viewer(*roles: Role, where: Department | None = None, **facts: object) -> Viewer:
    return viewer_of(account=account(*roles, where=where, **facts))
