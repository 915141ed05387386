"""Departments: the tree, one department, editing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.concepts import queries as concepts
from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.forms import offered
from dreiklang.measures import queries as measures
from dreiklang.people import queries, services
from dreiklang.people.forms import DepartmentForm, refuse
from dreiklang.people.models import DEPARTMENT_KIND_LABELS, Department
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import DepartmentKind
from dreiklang.ui.messages import tell


def departments(request: ViewerRequest) -> HttpResponse:
    """All departments as a tree."""
    tree = queries.tree(request.viewer)
    context = {
        "tree": tree,
        "count": sum(_size(line) for line in tree),
        "may_edit": queries.may(request.viewer, "people.edit_department"),
    }
    return render(request, "people/departments.html", context)


def _size(line: queries.DepartmentLine) -> int:
    return 1 + sum(_size(child) for child in line.children)


def department(request: ViewerRequest, key: str) -> HttpResponse:
    """One department with what it leads."""
    page = queries.department_page(request.viewer, key)
    if page is None:
        raise Http404
    today = timezone.localdate()
    terms = measures.terms_of(today=today)
    context = {
        "page": page,
        "today": today,
        "may_edit": queries.may(request.viewer, "people.edit_department"),
        "measures": measures.measures_of(request.viewer, today=today, department=page.id, terms=terms),
        "distribution": measures.distribution(request.viewer, today=today, department=page.id, terms=terms),
        "concepts": concepts.concepts_of(request.viewer, department=page.id),
    }
    return render(request, "people/department.html", context)


def edit_department(request: ViewerRequest, key: str = "") -> HttpResponse:
    """A department changed, or a new one."""
    services.require(request.viewer, "people.edit_department")
    found = queries.department_by_key(key) if key else None
    if key and found is None:
        raise Http404
    form = DepartmentForm(request.POST or None, initial=_start(found))
    theirs = None
    if form.is_valid():
        try:
            saved = _save(request, form, found)
        except ChangedMeanwhile as changed:
            theirs = _words(changed.theirs)
            refuse(form, changed)
            form.take_version(changed.version)
        except Refused as refused:
            refuse(form, refused)
        else:
            tell(request, text=_("%(name)s ist gespeichert.") % {"name": saved.name})
            return redirect("people:department", key=saved.key)
    context = {
        "form": form,
        "department": found,
        "theirs": theirs,
        "mine": _typed(form) if theirs else None,
        "back_url": reverse("people:department", args=[key]) if found else reverse("people:departments"),
    }
    return render(request, "people/department_form.html", context)


def _start(found: Department | None) -> dict[str, Any]:
    if found is None:
        return {"kind": DepartmentKind.OFFICE}
    return {
        "key": found.key,
        "name": found.name,
        "kind": found.kind,
        "parent": found.parent_id or "",
        "head": found.head_id or "",
        "version": found.version,
    }


def _save(request: ViewerRequest, form: DepartmentForm, found: Department | None) -> Department:
    if found is None:
        return services.create_department(by=request.viewer, draft=form.draft())
    version = form.cleaned_data["version"] or 0
    return services.change_department(
        by=request.viewer, department=found, draft=form.draft(), version=version
    )


def _words(found: Department) -> dict[str, str]:
    return {
        _("Kürzel"): found.key,
        _("Name"): found.name,
        _("Art"): str(DEPARTMENT_KIND_LABELS[DepartmentKind(found.kind)]),
        _("Übergeordnet"): str(found.parent or ""),
        _("Leitung"): str(found.head or ""),
    }


def _typed(form: DepartmentForm) -> dict[str, str]:
    parent = offered(form, "parent").get(form.cleaned_data.get("parent"), "")
    head = offered(form, "head").get(form.cleaned_data.get("head"), "")
    draft = form.draft()
    return {
        _("Kürzel"): draft.key,
        _("Name"): draft.name,
        _("Art"): str(DEPARTMENT_KIND_LABELS[draft.kind]),
        _("Übergeordnet"): str(parent) if draft.parent_id else "",
        _("Leitung"): str(head) if draft.head_id else "",
    }
