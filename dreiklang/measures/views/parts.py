"""The brief, the milestones, and who takes part."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.core.forms import both_sides
from dreiklang.measures import forms, services
from dreiklang.measures.models import Measure
from dreiklang.measures.permissions import EDIT
from dreiklang.measures.rules import InvolvedRole
from dreiklang.measures.services import MilestoneDraft, Taking
from dreiklang.measures.views.answers import found_measure, version_of, worded
from dreiklang.people.queries import accounts_holding
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import Role
from dreiklang.people.services import require
from dreiklang.ui.messages import tell


def brief(request: ViewerRequest, number: str) -> HttpResponse:
    """The one-page brief."""
    found = found_measure(request, number)
    require(request.viewer, EDIT, found)
    current = getattr(found, "brief", None)
    form = forms.BriefForm(request.POST or None, initial=_values(forms.BriefForm, current))
    clash = None
    if request.method == "POST" and form.is_valid():
        try:
            services.save_brief(
                by=request.viewer, measure=found, version=form.seen_version, fields=form.values()
            )
        except ChangedMeanwhile as refusal:
            clash = both_sides(form, _values(forms.BriefForm, refusal.theirs))
            form.take_version(refusal.version)
        else:
            tell(request, text=_("Auftragsklärung gespeichert."))
            request.session["draft_saved"] = f"auftrag-{found.pk}"
            return redirect("measures:measure", number=found.number)
    context = {"form": form, "brief": current, "clash": clash, "draft_key": f"auftrag-{found.pk}"}
    return render(request, "measures/brief.html", context | _around(found))


@require_POST
def brief_reviewed(request: ViewerRequest, number: str) -> HttpResponse:
    """Looked at again and found right, in one click."""
    found = found_measure(request, number)
    services.brief_reviewed(by=request.viewer, on=timezone.localdate(), measure=found)
    tell(request, text=_("Auftragsklärung angesehen. Die nächste Wiedervorlage richtet sich nach heute."))
    return redirect("measures:measure", number=found.number)


def milestones(request: ViewerRequest, number: str) -> HttpResponse:
    """All milestones as lines."""
    found = found_measure(request, number)
    require(request.viewer, EDIT, found)
    names = ("id", "version", "title", "due_on", "due_words", "done_on", "is_public")
    rows = [{name: getattr(one, name) for name in names} for one in found.milestones.order_by("due_on", "pk")]
    lines = forms.Milestones(request.POST or None, prefix="schritt", initial=rows)
    problem, clash = "", None
    if request.method == "POST" and lines.is_valid():
        try:
            services.save_milestones(by=request.viewer, measure=found, rows=_drafts(lines))
        except services.CannotSaveMilestones as refusal:
            problem = worded(refusal)
        except ChangedMeanwhile as refusal:
            clash = refusal.theirs
        else:
            tell(request, text=_("Meilensteine gespeichert."))
            return redirect("measures:measure", number=found.number)
    context = {"lines": lines, "problem": problem, "theirs": clash}
    return render(request, "measures/milestones.html", context | _around(found))


def _drafts(lines: Any) -> list[MilestoneDraft]:
    said = [
        line.cleaned_data for line in lines if line.cleaned_data.get("title") or line.cleaned_data.get("id")
    ]
    return [
        MilestoneDraft(
            title=one["title"],
            id=one["id"],
            version=one["version"] or 0,
            due_on=one["due_on"],
            due_words=one["due_words"],
            done_on=one["done_on"],
            is_public=one["is_public"],
            # A line whose name was cleared is meant to go.
            is_removed=one["is_removed"] or not one["title"].strip(),
        )
        for one in said
    ]


def taking(request: ViewerRequest, number: str) -> HttpResponse:
    """Who takes part: offices, partners, the team, partners with an account."""
    found = found_measure(request, number)
    require(request.viewer, EDIT, found)
    sets = _sets(request, found)
    theirs = None
    if request.method == "POST" and _are_valid(sets):
        try:
            services.save_taking(
                by=request.viewer, measure=found, taking=_taking(sets), version=version_of(request)
            )
        except ChangedMeanwhile as refusal:
            theirs = refusal.theirs
        else:
            tell(request, text=_("Beteiligte gespeichert."))
            return redirect("measures:measure", number=found.number)
    context = {"sets": sets, "theirs": theirs, "version": theirs.version if theirs else found.version}
    return render(request, "measures/taking.html", context | _around(found))


def _are_valid(sets: dict[str, Any]) -> bool:
    """Every set is asked, so that all mistakes show at once."""
    return sum(not one.is_valid() for one in sets.values()) == 0


def _sets(request: ViewerRequest, found: Measure) -> dict[str, Any]:
    data = request.POST or None
    offices = [
        {"department": one.department_id, "role": one.role, "words": one.words, "since": one.since}
        for one in found.involvements.order_by("pk")
    ]
    team = [{"account": one.account_id, "duty": one.duty} for one in found.team.order_by("pk")]
    access = [
        {"account": one.account_id, "agreed_on": one.agreed_on} for one in found.partner_access.order_by("pk")
    ]
    outside = [(one.pk, one.name) for one in accounts_holding(Role.PARTNER)]
    return {
        "offices": forms.Offices(data, prefix="amt", initial=offices),
        "partners": forms.Partners(
            data,
            prefix="partner",
            initial=list(found.partners.order_by("pk").values("name", "role", "is_public")),
        ),
        "team": forms.Team(data, prefix="team", initial=team),
        "access": forms.access_formset(data, prefix="zugang", initial=access, choices=outside),
    }


def _taking(sets: dict[str, Any]) -> Taking:
    said = {name: [line.cleaned_data for line in lines] for name, lines in sets.items()}
    return Taking(
        departments={
            one["department"]: (InvolvedRole(one["role"]), one["words"].strip(), one["since"])
            for one in said["offices"]
            if one.get("department")
        },
        partners={
            one["name"].strip(): (one["role"].strip(), one["is_public"])
            for one in said["partners"]
            if one.get("name", "").strip()
        },
        team={one["account"]: one["duty"].strip() for one in said["team"] if one.get("account")},
        partner_access={one["account"]: one["agreed_on"] for one in said["access"] if one.get("account")},
    )


def _around(found: Measure) -> dict[str, Any]:
    return {"measure": found, "back_url": reverse("measures:measure", args=[found.number])}


def _values(form: Any, record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in form.base_fields} if record is not None else {}
