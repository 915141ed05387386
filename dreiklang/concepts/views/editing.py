"""Changing the register."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.concepts import forms, permissions, queries, services
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.core.forms import both_sides
from dreiklang.core.text.readability import Readability, readability
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.places.queries import area_shapes
from dreiklang.ui.messages import tell

# So much of a summary is looked at; it is far more than anybody should write.
LONGEST_READ = 60_000
_WORDS = {
    "number_taken": gettext_lazy("Diese Nummer gibt es schon. Bitte wählen Sie eine andere."),
    "successor_is_itself": gettext_lazy("Ein Konzept kann sich nicht selbst ablösen."),
    "step_twice": gettext_lazy(
        "Ein Schritt steht mit demselben Tag zweimal da. Bitte entfernen Sie eine Zeile."
    ),
    "step_ends_before_it_begins": gettext_lazy("Das Ende liegt vor dem Beginn."),
    "needs_summary": gettext_lazy(
        "Ohne Kurzfassung verstehen viele nicht, worüber der Rat entscheidet. Bitte schreiben Sie sie, "
        "oder sagen Sie hier, warum es keine gibt."
    ),
}

# Where a refusal is shown.
_FIELDS = {
    "number_taken": "number",
    "successor_is_itself": "successor_id",
    "needs_summary": "summary_waived_reason",
}


def concept_new(request: ViewerRequest) -> HttpResponse:
    """A new concept."""
    require(request.viewer, permissions.CREATE)
    initial = {"lead_department_id": request.viewer.department_id, "lead_id": request.viewer.account_id}
    form = forms.ConceptForm(
        request.POST or None, request.FILES or None, viewer=request.viewer, is_new=True, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        values = form.values()
        number = values.pop("number")
        try:
            made = services.create_concept(by=request.viewer, number=number, values=values)
        except services.CannotSave as refusal:
            form.add_error(_FIELDS.get(refusal.code), _WORDS[refusal.code])
        else:
            tell(request, text=_("Konzept angelegt. Öffentlich wird es erst, wenn Sie es freigeben."))
            return redirect("concepts:goals", number=made.number)
    context = {
        "form": form,
        "back_url": reverse("concepts:list"),
        "draft_key": "konzept-neu",
        "beside": "concept",
    }
    return render(request, "concepts/edit.html", context | {"reading": _reading(form)})


def concept_edit(request: ViewerRequest, number: str) -> HttpResponse:
    """Everything about a concept but its goal links and its visibility."""
    page, record = _editable(request, number)
    form = forms.ConceptForm(
        request.POST or None,
        request.FILES or None,
        viewer=request.viewer,
        initial=forms.concept_values(record),
    )
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "back_url": page.line.url,
        "beside": f"concept:{page.line.pk}",
        "shapes": area_shapes(request.viewer) if page.geometry is not None else (),
    }
    if request.method == "POST" and form.is_valid():
        try:
            services.change_concept(
                by=request.viewer, number=number, version=form.seen_version, values=form.values()
            )
        except ChangedMeanwhile as refusal:
            context["clash"] = both_sides(form, forms.concept_values(refusal.theirs))
            form.take_version(refusal.version)
        except services.CannotSave as refusal:
            form.add_error(_FIELDS[refusal.code], _WORDS[refusal.code])
        else:
            tell(request, text=_("Konzept gespeichert."))
            return redirect(page.line.url)
    return render(request, "concepts/edit.html", context | {"reading": _reading(form)})


def _reading(form: forms.ConceptForm) -> Readability:
    return readability((form["summary"].value() or "")[:LONGEST_READ])


@require_POST
def concept_readability(request: ViewerRequest) -> HttpResponse:
    """How a summary reads that somebody is just writing. Nothing is kept."""
    if not request.viewer.is_internal:
        raise Http404
    found = readability(request.POST.get("summary", "")[:LONGEST_READ])
    return render(request, "concepts/parts/readability.html", {"reading": found})


def concept_goals(request: ViewerRequest, number: str) -> HttpResponse:
    """On which goals the concept acts, how strongly, and why."""
    page, _record = _editable(request, number)
    lines = forms.goal_links_form(request.viewer, page.goals, request.POST or None)
    has_clash = False
    if request.method == "POST" and lines.is_valid():
        version = request.POST.get("version", "")
        try:
            services.link_goals(
                by=request.viewer,
                number=number,
                version=int(version) if version.isdecimal() else 0,
                links=forms.wanted_links(lines),
            )
        except ChangedMeanwhile:
            has_clash = True
        else:
            tell(request, text=_("Zielbezüge gespeichert."))
            return redirect(f"{page.line.url}#ziele")
    return render(request, "concepts/goals.html", {"page": page, "lines": lines, "has_clash": has_clash})


def concept_steps(request: ViewerRequest, number: str) -> HttpResponse:
    """The procedure of a formal plan: which step was on which day."""
    page, _record = _editable(request, number)
    lines = forms.steps_form(page.steps, request.POST or None)
    context: dict[str, Any] = {"page": page, "lines": lines}
    if request.method == "POST" and lines.is_valid():
        version = request.POST.get("version", "")
        try:
            services.set_steps(
                by=request.viewer,
                number=number,
                version=int(version) if version.isdecimal() else 0,
                steps=forms.wanted_steps(lines),
            )
        except ChangedMeanwhile:
            context["has_clash"] = True
        except services.CannotSave as refusal:
            context["problem"] = _WORDS[refusal.code]
        else:
            tell(request, text=_("Verfahren gespeichert."))
            return redirect(page.line.url)
    return render(request, "concepts/steps.html", context)


def concept_visibility(request: ViewerRequest, number: str) -> HttpResponse:
    """Publish a concept or take it back, after a look at what becomes public."""
    page, _record = _editable(request, number)
    wanted = Visibility.INTERNAL if page.line.is_public else Visibility.PUBLIC
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            services.set_visibility(
                by=request.viewer,
                number=number,
                version=int(version) if version.isdecimal() else 0,
                visibility=wanted,
            )
        except ChangedMeanwhile:
            tell(request, text=_("Inzwischen wurde das Konzept geändert. Bitte sehen Sie es noch einmal an."))
            return redirect(page.line.url)
        tell(
            request,
            text=_("Das Konzept ist jetzt öffentlich.")
            if wanted is Visibility.PUBLIC
            else _("Das Konzept ist jetzt intern."),
        )
        return redirect(page.line.url)
    return render(
        request, "concepts/visibility.html", {"page": page, "will_be_public": wanted is Visibility.PUBLIC}
    )


def _editable(request: ViewerRequest, number: str) -> tuple[queries.ConceptPage, Any]:
    """The page and the record to change. Raises: Http404; NotAllowed."""
    page = queries.concept(request.viewer, number=number)
    if page is None:
        raise Http404
    require(request.viewer, permissions.EDIT, page.internal)
    return page, queries.record(request.viewer, number=number)
