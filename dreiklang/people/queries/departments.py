"""Departments: the tree, one department's page, the line of command, leadership.

Everybody sees which departments there are. Who leads and works in them, the administration sees.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.core.records import Held, Hit, Ref
from dreiklang.core.search import found_by
from dreiklang.people.models import DEPARTMENT_KIND_LABELS, Account, Department, Succession
from dreiklang.people.queries.viewing import parents
from dreiklang.people.rules import DepartmentKind, Role, Viewer, below, line_up


@dataclass(frozen=True)
class Person:
    """An account as colleagues see it."""

    id: int
    name: str
    email: str
    phone: str
    deputy: str = ""


@dataclass(frozen=True)
class DepartmentLine:
    """A department with what stands below it, in the order of keys. `head` is None for the public."""

    id: int
    key: str
    name: str
    kind: str
    ended_on: date | None
    head: str | None
    children: tuple["DepartmentLine", ...] = ()


@dataclass(frozen=True)
class DepartmentInside:
    """What only the administration sees of a department."""

    head: Person | None
    people: tuple[Person, ...]
    version: int


@dataclass(frozen=True)
class Handed:
    """A succession in words: what became of the department, when."""

    kind: str
    on: date
    from_key: str
    from_name: str
    to_key: str
    to_name: str


@dataclass(frozen=True)
class DepartmentPage:
    """One department with the line above and the departments right below."""

    id: int
    key: str
    name: str
    kind: str
    ended_on: date | None
    above: tuple[DepartmentLine, ...]
    below: tuple[DepartmentLine, ...]
    successions: tuple[Handed, ...] = ()
    internal: DepartmentInside | None = field(default=None)


def tree(viewer: Viewer, *, with_ended: bool = False) -> list[DepartmentLine]:
    """The departments as a tree, roots first, each level in the order of keys."""
    found = Department.objects.select_related("head").order_by("key", "pk")
    rows = list(found if with_ended else found.filter(ended_on=None))
    known = {row.pk for row in rows}
    children: dict[int | None, list[Department]] = {}
    for row in rows:
        children.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)

    def line(row: Department) -> DepartmentLine:
        return _line(viewer, row, tuple(line(child) for child in children.get(row.pk, ())))

    return [line(row) for row in children.get(None, ())]


def department_page(viewer: Viewer, key: str) -> DepartmentPage | None:
    """The department with that key, or None."""
    row = Department.objects.select_related("head", "head__deputy").filter(key=key).first()
    if row is None:
        return None
    line = line_up(parents(), row.pk)[1:]
    near = Department.objects.select_related("head").filter(Q(pk__in=line) | Q(parent=row)).order_by("key")
    others = {one.pk: one for one in near}
    return DepartmentPage(
        id=row.pk,
        key=row.key,
        name=row.name,
        kind=str(DEPARTMENT_KIND_LABELS[DepartmentKind(row.kind)]),
        ended_on=row.ended_on,
        above=tuple(_line(viewer, others[pk]) for pk in reversed(line) if pk in others),
        below=tuple(_line(viewer, o) for o in others.values() if o.parent_id == row.pk and not o.ended_on),
        successions=_successions(row),
        internal=_inside(row) if viewer.is_internal else None,
    )


def _line(viewer: Viewer, row: Department, children: tuple[DepartmentLine, ...] = ()) -> DepartmentLine:
    head = (row.head.name if row.head else "") if viewer.is_internal else None
    kind = str(DEPARTMENT_KIND_LABELS[DepartmentKind(row.kind)])
    return DepartmentLine(row.pk, row.key, row.name, kind, row.ended_on, head, children)


def _inside(row: Department) -> DepartmentInside:
    people = row.accounts.filter(is_active=True).select_related("deputy").order_by("name", "pk")
    head = person(row.head) if row.head else None
    return DepartmentInside(head=head, people=tuple(person(one) for one in people), version=row.version)


def person(account: Account) -> Person:
    """The account as colleagues see it."""
    deputy = account.deputy.name if account.deputy else ""
    return Person(account.pk, account.name, account.email, account.phone, deputy)


def _successions(row: Department) -> tuple[Handed, ...]:
    found = (
        Succession.objects.filter(Q(from_department=row) | Q(to_department=row))
        .exclude(from_department=None)
        .select_related("from_department", "to_department")
        .order_by("-happened_on", "-pk")
    )
    return tuple(_handed(one) for one in found)


def _handed(one: Succession) -> Handed:
    before, after = one.from_department, one.to_department
    return Handed(
        kind=one.kind,
        on=one.happened_on,
        from_key=before.key if before else "",
        from_name=one.facts.get("old_name") or (before.name if before else ""),
        to_key=after.key if after else "",
        to_name=one.facts.get("new_name") or (after.name if after else ""),
    )


def department_by_key(key: str) -> Department | None:
    """The department with that key; upper and lower case are the same."""
    return Department.objects.filter(key__iexact=key.strip()).first()


def kept_department(viewer: Viewer, key: str) -> tuple[Department, str]:
    """The department and the address of its page.

    Raises: NotFound if there is none.
    """
    found = department_by_key(key)
    if found is None:
        raise NotFound("department", key=key)
    return found, address(found.key)


def department_hits(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Living departments whose name holds the text."""
    found = found_by(Department.objects.filter(ended_on=None), text=text, title="name", has_words=False)
    rows = found.values_list("key", "name", "kind", "hit_rank")[:limit]
    return [
        Hit("department", key, name, str(DEPARTMENT_KIND_LABELS[DepartmentKind(kind)]), address(key), rank)
        for key, name, kind, rank in rows
    ]


def address(key: str) -> str:
    """The address of a department's page."""
    return reverse("people:department", args=[key])


def departments_below(department_id: int) -> frozenset[int]:
    """The department and all below it, by id; empty if there is no such department."""
    return below(parents()).get(department_id, frozenset())


def departments_choices(*, with_ended: bool = False) -> list[tuple[int, str]]:
    """(id, "61 Stadtplanungsamt") of the departments in the order of keys, for a select field."""
    found = Department.objects.order_by("key", "pk")
    rows = found if with_ended else found.filter(ended_on=None)
    return [(pk, f"{key} {name}") for pk, key, name in rows.values_list("pk", "key", "name")]


def line_of_command(department: Department) -> list[Account]:
    """The head of the department, then of those above it: the way an escalation takes. Each once."""
    line = line_up(parents(), department.pk)
    heads = {
        one.pk: one.head
        for one in Department.objects.select_related("head").filter(pk__in=line)
        if one.head is not None and one.head.is_active
    }
    return list(dict.fromkeys(heads[pk] for pk in line if pk in heads))


def leadership_of(viewer: Viewer) -> frozenset[int] | None:
    """The departments whose figures the viewer leads, by id; None means the whole city.

    Leadership comes from the role, or from heading a department. Coordination sees the whole city.
    """
    leading = [held for held in viewer.held if held.role in {Role.LEADERSHIP, Role.COORDINATOR}]
    if any(held.department_ids is None for held in leading):
        return None
    reach = below(parents())
    headed = Department.objects.filter(head_id=viewer.account_id) if viewer.account_id else ()
    reached = [reach[one.pk] for one in headed]
    return frozenset().union(*reached, *(held.department_ids or frozenset() for held in leading))


def ownerless_departments(viewer: Viewer) -> tuple[Ref, ...]:
    """Living departments without a head who can log in, by key. Administration only."""
    if not viewer.is_internal:
        return ()
    found = Department.objects.filter(ended_on=None).filter(Q(head=None) | Q(head__is_active=False))
    return tuple(
        Ref(key, name, address(key)) for key, name in found.order_by("key").values_list("key", "name")
    )


def departments_of(
    viewer: Viewer, *, department: Department | None = None, head: Account | None = None
) -> tuple[Held, ...]:
    """Living departments right below the department, or headed by the person, by key. Administration only."""
    if not viewer.is_internal:
        return ()
    found = Department.objects.filter(ended_on=None)
    found = found.filter(head=head) if head else found.filter(parent=department)
    rows = found.order_by("key").values_list("pk", "key", "name")
    return tuple(Held(pk, key, name, address(key)) for pk, key, name in rows)


def staff_of(viewer: Viewer, *, department: Department) -> tuple[Held, ...]:
    """People of the department who can log in, by name. Administration only."""
    if not viewer.is_internal:
        return ()
    found = department.accounts.filter(is_active=True).order_by("name", "pk")
    return tuple(Held(pk, "", name) for pk, name in found.values_list("pk", "name"))


def departments_by_id(ids: Collection[int] | Sequence[int]) -> dict[int, Department]:
    """Departments by id."""
    return Department.objects.in_bulk(list(ids))
