"""A measure is created, edited, and put together with its duplicate."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import both_sides
from dreiklang.measures import queries, services
from dreiklang.measures.forms import GoalLinks, MeasureForm, MergeForm, measure_values
from dreiklang.measures.permissions import CREATE, EDIT, MERGE
from dreiklang.measures.views.answers import found_measure, worded
from dreiklang.monitoring.queries.of_measure import effects_to_move
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.places.queries import area_shapes
from dreiklang.ui.messages import tell


def create(request: ViewerRequest) -> HttpResponse:
    """A new measure."""
    require(request.viewer, CREATE)
    start = {"lead_department_id": request.viewer.department_id, "lead_id": request.viewer.account_id}
    form = MeasureForm(request.POST or None, request.FILES or None, viewer=request.viewer, initial=start)
    goals = GoalLinks(request.viewer, measure=None, data=request.POST or None)
    if request.method == "POST" and _are_valid(form, goals):
        try:
            made = services.create_measure(
                by=request.viewer, fields=form.columns(), links=form.links(goals.links())
            )
        except services.CannotSave as refusal:
            _refuse(form, refusal)
        else:
            tell(request, text=_("Maßnahme angelegt."))
            request.session["draft_saved"] = "massnahme-neu"
            return redirect("measures:measure", number=made.number)
    return _edit_page(request, form, goals, None)


def edit(request: ViewerRequest, number: str) -> HttpResponse:
    """Everything the measure itself says, and its links."""
    found = found_measure(request, number)
    require(request.viewer, EDIT, found)
    form = MeasureForm(
        request.POST or None, request.FILES or None, viewer=request.viewer, initial=measure_values(found)
    )
    goals = GoalLinks(request.viewer, measure=found, data=request.POST or None)
    clash = None
    if request.method == "POST" and _are_valid(form, goals):
        try:
            saved = services.edit_measure(
                by=request.viewer,
                measure=found,
                version=form.seen_version,
                fields=form.columns(),
                links=form.links(goals.links()),
            )
        except ChangedMeanwhile as refusal:
            clash = both_sides(form, measure_values(refusal.theirs))
            clash["theirs"][_("Ziele")], clash["mine"][_("Ziele")] = goals.sides(found)
            form.take_version(refusal.version)
        except services.CannotSave as refusal:
            _refuse(form, refusal)
        else:
            tell(request, text=_("Maßnahme gespeichert."))
            request.session["draft_saved"] = f"massnahme-{found.pk}"
            return redirect("measures:measure", number=saved.number)
    return _edit_page(request, form, goals, found, clash)


def _are_valid(form: MeasureForm, goals: GoalLinks) -> bool:
    return all([form.is_valid(), goals.is_valid()])


def _refuse(form: MeasureForm, refusal: services.CannotSave) -> None:
    field = refusal.facts.get("field", "")
    named = {"parent": "parent_number"}.get(field, field)
    form.add_error(named if named in form.fields else None, worded(refusal))


def _edit_page(
    request: ViewerRequest, form: MeasureForm, goals: GoalLinks, found: Any, clash: Any = None
) -> HttpResponse:
    back = reverse("measures:measure", args=[found.number]) if found else reverse("measures:list")
    return render(
        request,
        "measures/edit.html",
        {
            "form": form,
            "goals": goals,
            "measure": found,
            "clash": clash,
            "shapes": area_shapes(request.viewer) if found and found.geometry is not None else (),
            "beside": f"measure:{found.pk}" if found else "measure",
            "draft_key": f"massnahme-{found.pk}" if found else "massnahme-neu",
            "back_url": back,
            "submit_label": _("Maßnahme speichern"),
        },
    )


def merge(request: ViewerRequest, number: str) -> HttpResponse:
    """Which measure stays, a preview of what comes along, and then the deed."""
    other = found_measure(request, number)
    require(request.viewer, MERGE, other)
    form = MergeForm(request.POST or request.GET or None)
    keep, preview, effects = None, None, 0
    if form.is_bound and form.is_valid():
        try:
            keep = queries.measure_of(request.viewer, number=form.cleaned_data["keep"].strip())
            preview = services.merger(keep, other)
            effects = effects_to_move(request.viewer, kept=keep.pk, gone=other.pk)
            if request.method == "POST":
                kept = services.merge_duplicates(
                    by=request.viewer, on=timezone.localdate(), keep=keep, other=other
                )
                tell(request, text=_("Zusammengelegt. Beide Verläufe bleiben lesbar."))
                return redirect("measures:measure", number=kept.number)
        except NotFound:
            form.add_error("keep", _("Eine Maßnahme mit dieser Nummer gibt es nicht."))
        except services.CannotMerge as refusal:
            form.add_error("keep", worded(refusal))
            preview = None
    if other.merged_into_id is not None:
        raise Http404
    context = {
        "measure": other,
        "form": form,
        "keep": keep,
        "preview": preview,
        "effects": effects,
        "numbers": queries.number_choices(request.viewer, without=other.pk),
        "back_url": reverse("measures:measure", args=[other.number]),
    }
    return render(request, "measures/merge.html", context)
