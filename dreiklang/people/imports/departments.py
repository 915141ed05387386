"""Departments from a list: key, name, kind, what they belong to, who leads them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    FoundProblem,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup, refused
from dreiklang.core.text import german
from dreiklang.people.models import DEPARTMENT_KIND_LABELS, Account, Department
from dreiklang.people.rules import DepartmentKind

KIND_WORDS: dict[str, str] = {
    **{german(label): kind.value for kind, label in DEPARTMENT_KIND_LABELS.items()},
    **{kind.value: kind.value for kind in DepartmentKind},
    "Fachbereich": DepartmentKind.DIVISION.value,
    "Geschäftsbereich": DepartmentKind.DIVISION.value,
    "Fachamt": DepartmentKind.OFFICE.value,
    "Sachgebiet": DepartmentKind.SECTION.value,
    "Stabstelle": DepartmentKind.STAFF_UNIT.value,
    "Eigengesellschaft": DepartmentKind.MUNICIPAL_ENTERPRISE.value,
}
KEY_LENGTH = 40
NAME_LENGTH = 200


class Departments(Importer):
    """Kürzel and name; a department may stand above or below the one it belongs to."""

    kind = "departments"
    title = _("Ämter")
    intro = _("Dezernate, Ämter und Abteilungen mit dem, was ihnen übergeordnet ist.")
    sort = 10
    fields = (
        ListField(
            "key",
            _("Kürzel"),
            True,
            _("Wie das Amt in Ihren Listen heißt"),
            "61",
            ("Amtsnummer", "Nummer", "OE", "Organisationseinheit", "Amt-Nr."),
            is_key=True,
        ),
        ListField("name", _("Name"), True, "", "Stadtplanungsamt", ("Amt", "Bezeichnung", "Benennung")),
        ListField(
            "parent",
            _("Übergeordnet"),
            False,
            _("Kürzel oder Name; leer für die oberste Ebene"),
            "D3",
            ("Gehört zu", "Dezernat", "Übergeordnete Einheit"),
        ),
        ListField(
            "kind",
            _("Art"),
            False,
            _("Dezernat, Amt, Abteilung, Stabsstelle, Eigenbetrieb oder Sonstige"),
            "Amt",
            ("Typ",),
        ),
        ListField(
            "head",
            _("Leitung"),
            False,
            _("E-Mail einer Person, die schon angelegt ist"),
            "",
            ("Amtsleitung", "Leiter", "Leiterin"),
        ),
    )

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Parents may come before or after their children; who stands above herself in a circle is refused."""
        stored = dict(Department.objects.order_by("pk").values_list("key", "name"))
        parents = dict(Department.objects.order_by("pk").values_list("key", "parent__key"))
        people = Lookup.of(Account.objects.order_by("pk").values_list("email", "name"))
        drafts = [Draft(row) for row in rows]
        listed = {draft.cell("key"): draft.cell("name") or draft.cell("key") for draft in drafts}
        known = Lookup.of({**stored, **{key: name for key, name in listed.items() if key}}.items())
        candidates = [_candidate(draft, known, people) for draft in drafts]
        return _without_circles(candidates, parents)

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Departments by key."""
        rows = Department.objects.filter(key__in=keys).values(
            "key", "name", "kind", parent_key=F("parent__key"), head_email=F("head__email")
        )
        return {
            row["key"]: {
                "key": row["key"],
                "name": row["name"],
                "kind": row["kind"],
                "parent": row["parent_key"],
                "head": row["head_email"],
            }
            for row in rows
        }

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New departments from the top of the tree downwards, then what changed."""
        given = [one.values for one in new] + [_after(row) for row in changed]
        named = {str(one["parent"]) for one in given if one.get("parent")}
        heads = {one["head"] for one in given if one.get("head")}
        accounts = dict(Account.objects.filter(email__in=heads).values_list("email", "pk"))
        keys = named | {row.candidate.key for row in changed}
        stored = {one.key: one for one in Department.objects.filter(key__in=keys)}
        for level in _levels(new, stored):
            made = Department.objects.bulk_create(_made(one, stored, accounts) for one in level)
            stored.update({one.key: one for one in made})
        for row in changed:
            _apply(stored[row.candidate.key], _after(row), stored, accounts)
        Department.objects.bulk_update(
            [stored[row.candidate.key] for row in changed],
            ["name", "kind", "parent", "head", "version", "changed_at"],
        )


DEPARTMENTS = Departments()


def _candidate(draft: Draft, known: Lookup, people: Lookup) -> Candidate:
    key = draft.text("key", longest=KEY_LENGTH)
    name = draft.text("name", longest=NAME_LENGTH)
    draft.choice("kind", KIND_WORDS, empty=DepartmentKind.OFFICE.value)
    parent = draft.reference("parent", known, code="unknown_department")
    # People come after departments: a head that is not there yet must not keep the department out.
    draft.reference("head", people, code="unknown_person", weight=Weight.WARNING)
    return draft.candidate(key=key, label=f"{key} {name}".strip(), needs=[parent])


def _without_circles(candidates: Sequence[Candidate], stored: Mapping[str, str | None]) -> list[Candidate]:
    """Refuses departments that would stand above themselves; the others stay."""
    parents = dict(stored)
    parents.update({one.key: one.values["parent"] for one in candidates if "parent" in one.values})
    return [_refused(one) if _is_in_circle(one.key, parents) else one for one in candidates]


def _refused(candidate: Candidate) -> Candidate:
    problem = FoundProblem("department_circle", candidate.row, "parent", str(candidate.values.get("parent")))
    return refused(candidate, problem)


def _is_in_circle(key: str, parents: Mapping[str, str | None]) -> bool:
    above = parents.get(key)
    seen: set[str] = set()
    while above is not None and above not in seen:
        if above == key:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _levels(new: Sequence[Candidate], stored: Mapping[str, Department]) -> Iterator[list[Candidate]]:
    """The new departments, each after the one above it; `stored` grows while this goes on."""
    left = list(new)
    while left:
        ready = [one for one in left if not one.values.get("parent") or one.values["parent"] in stored]
        left = [one for one in left if one not in ready]
        yield ready


def _made(candidate: Candidate, stored: Mapping[str, Department], accounts: Mapping[str, int]) -> Department:
    values = candidate.values
    return Department(
        key=candidate.key,
        name=values["name"],
        kind=values.get("kind") or DepartmentKind.OFFICE,
        parent=stored.get(values.get("parent") or ""),
        head_id=accounts.get(values.get("head") or ""),
    )


def _after(row: ChangedRow) -> dict[str, Any]:
    return {one.field: one.after for one in row.differences}


def _apply(
    department: Department,
    given: Mapping[str, Any],
    stored: Mapping[str, Department],
    accounts: Mapping[str, int],
) -> None:
    for name in ("name", "kind"):
        if name in given:
            setattr(department, name, given[name])
    if "parent" in given:
        department.parent = stored[given["parent"]] if given["parent"] else None
    if "head" in given:
        department.head_id = accounts.get(given["head"] or "")
    department.version += 1
    department.changed_at = timezone.now()
