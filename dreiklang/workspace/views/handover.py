"""Handing over: what happened, what will move, done, and that nothing is left ownerless."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.core.errors import NotFound, Refused
from dreiklang.monitoring.queries.hands import KINDS
from dreiklang.people import queries as people
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.workspace.forms import LeaveForm, MergeForm, OccasionForm, RenameForm, SplitForm
from dreiklang.workspace.permissions import HAND_OVER
from dreiklang.workspace.queries.handover import Belongings, belongings, ownerless
from dreiklang.workspace.services import handover as services

if TYPE_CHECKING:
    from dreiklang.people.models import Account, Department


# What the kinds of the monitoring begin with among the parts of a split.
MONITORING = "monitoring-"


@dataclass(frozen=True)
class Case:
    """What happened, whom it concerns (a department, or a person who left), and what is in their hands."""

    occasion: str
    department: Department | None
    account: Account | None
    held: Belongings

    def of_department(self) -> Department:
        """The department that is renamed, merged or split. Raises: NotFound where a person left."""
        if self.department is None:
            raise NotFound("department", key=self.occasion)
        return self.department

    def of_person(self) -> Account:
        """The person who left. Raises: NotFound where it is about a department."""
        if self.account is None:
            raise NotFound("account", key=self.occasion)
        return self.account


def hand_over(request: ViewerRequest) -> HttpResponse:
    """Step by step: the occasion, then to whom with all that moves in view, then once more to confirm."""
    require(request.viewer, HAND_OVER)
    first = OccasionForm(request.GET or None)
    case = _case(request, first)
    if case is None:
        context = {"form": first, "ownerless": ownerless(request.viewer)}
        return render(request, "workspace/handover.html", context)
    form = _form(case, request.POST or None)
    is_checked = form.is_valid()
    if is_checked and "do" in request.POST:
        try:
            moved = DEEDS[case.occasion](request, case, form.cleaned_data, form)
        except Refused as refused:
            form.add_error(None, people.words_of(refused))
            is_checked = False
        else:
            tell(request, text=_said(moved))
            return redirect("workspace:handover")
    context = {"case": case, "form": form, "is_checked": is_checked, "held": case.held}
    return render(request, "workspace/handover_case.html", context)


def _case(request: ViewerRequest, first: OccasionForm) -> Case | None:
    if not first.is_valid():
        return None
    said = first.cleaned_data
    if said["anlass"] == "left":
        account = _account(said["person"])
        return Case("left", None, account, belongings(request.viewer, account=account))
    department = people.departments_by_id([int(said["amt"])])[int(said["amt"])]
    return Case(said["anlass"], department, None, belongings(request.viewer, department=department))


def _account(chosen: str) -> Account:
    return people.accounts_by_id([int(chosen)])[int(chosen)]


def _form(case: Case, data: Any) -> forms.Form:
    start = {"on": timezone.localdate()}
    if case.account is not None:
        return LeaveForm(data, initial=start, account_id=case.account.pk)
    if case.department is None or case.occasion == "renamed":
        named = {"key": case.department.key, "name": case.department.name} if case.department else {}
        return RenameForm(data, initial=start | named)
    if case.occasion == "merged":
        return MergeForm(data, initial=start, department_id=case.department.pk)
    parts = {
        "measures": case.held.measures,
        "concepts": case.held.concepts,
        "steps": case.held.plan,
        "people": case.held.people,
        "resolutions": case.held.resolutions,
        "checks": case.held.checks,
        **{f"{MONITORING}{kind}": held for kind, held in case.held.monitoring.items()},
    }
    labels = {f"{MONITORING}{kind}": str(KINDS[kind].label) for kind in case.held.monitoring}
    return SplitForm(data, initial=start, department_id=case.department.pk, parts=parts, labels=labels)


def _rename(request: ViewerRequest, case: Case, said: dict[str, Any], form: Any) -> services.Moved:
    return services.rename(
        by=request.viewer, on=said["on"], department=case.of_department(), key=said["key"], name=said["name"]
    )


def _merge(request: ViewerRequest, case: Case, said: dict[str, Any], form: Any) -> services.Moved:
    into = int(said["into"])
    return services.merge(
        by=request.viewer,
        on=said["on"],
        department=case.of_department(),
        into=people.departments_by_id([into])[into],
        reason=said["reason"],
    )


def _leave(request: ViewerRequest, case: Case, said: dict[str, Any], form: Any) -> services.Moved:
    return services.leave(
        by=request.viewer,
        on=said["on"],
        account=case.of_person(),
        successor=_account(said["successor"]),
        reason=said["reason"],
    )


def _split(request: ViewerRequest, case: Case, said: dict[str, Any], form: SplitForm) -> services.Moved:
    chosen = {kind: form.chosen(kind) for kind in form.parts}
    rest = int(said["rest"]) if said["rest"] else None
    ids = {where for one in chosen.values() for where in one.values()} | ({rest} if rest else set())
    found = people.departments_by_id(ids)
    numbers = {one.id: one.key for one in case.held.concepts}
    decided = {one.id: one.key for one in case.held.resolutions}
    checked = {one.id: one.key for one in case.held.checks}
    parts = services.Split(
        measures={key: found[where] for key, where in chosen["measures"].items()},
        concepts={numbers[key]: found[where] for key, where in chosen["concepts"].items()},
        steps={key: found[where] for key, where in chosen["steps"].items()},
        people={key: found[where] for key, where in chosen["people"].items()},
        resolutions={decided[key]: found[where] for key, where in chosen["resolutions"].items()},
        checks={checked[key]: found[where] for key, where in chosen["checks"].items()},
        monitoring={
            kind: {key: found[where] for key, where in chosen[f"{MONITORING}{kind}"].items()}
            for kind in case.held.monitoring
        },
        rest=found[rest] if rest else None,
    )
    return services.split(
        by=request.viewer, on=said["on"], department=case.of_department(), parts=parts, reason=said["reason"]
    )


DEEDS: dict[str, Callable[..., services.Moved]] = {
    "renamed": _rename,
    "merged": _merge,
    "left": _leave,
    "split": _split,
}


def _said(moved: services.Moved) -> str:
    said = _(
        "Übergeben: %(measures)s Maßnahmen, %(concepts)s Konzepte, %(resolutions)s Beschlüsse, "
        "%(checks)s Prüfungen, %(plan)s Schritte und Sitze, %(monitoring)s Einträge des Monitorings."
    )
    return said % {
        "measures": moved.measures,
        "concepts": moved.concepts,
        "resolutions": moved.resolutions,
        "checks": moved.checks,
        "plan": moved.plan,
        "monitoring": moved.monitoring,
    }
