"""The evaluation cycle: everybody reads the plan, the coordinator keeps it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import both_sides
from dreiklang.core.text import day
from dreiklang.goals import forms, permissions, queries, services
from dreiklang.goals.rules import StepState
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell


def cycle(request: ViewerRequest) -> HttpResponse:
    """The work plan with due dates."""
    today = timezone.localdate()
    steps = queries.evaluation_steps(request.viewer, today=today)
    return render(
        request,
        "goals/cycle.html",
        {
            "version": queries.valid_framework(),
            "steps": steps,
            "today": today,
            "stand": today,
            "upcoming": next((s for s in steps if s.state in {StepState.NEXT, StepState.LATER}), None),
            "overdue": sum(step.state is StepState.OVERDUE for step in steps),
            "may_edit": may(request.viewer, permissions.EDIT),
        },
    )


def step_edit(request: ViewerRequest, pk: int | None = None) -> HttpResponse:
    """Add a step or change it."""
    require(request.viewer, permissions.EDIT)
    version = queries.valid_framework()
    step = queries.evaluation_step(request.viewer, pk=pk) if pk else None
    if version is None or (pk and step is None):
        raise Http404
    form = forms.StepForm(request.POST or None, initial=services.values_of(step) if step else None)
    clash = None
    if request.method == "POST" and form.is_valid():
        try:
            services.save_step(
                by=request.viewer,
                framework_id=version.pk,
                pk=pk,
                version=form.seen_version,
                values=form.values(),
            )
        except ChangedMeanwhile as refusal:
            clash = both_sides(form, services.values_of(refusal.theirs))
            form.take_version(refusal.version)
        else:
            tell(request, text=_("Arbeitsplan gespeichert."))
            return redirect("goals:cycle")
    context = {
        "form": form,
        "clash": clash,
        "title": _("Schritt im Arbeitsplan"),
        "back_url": reverse("goals:cycle"),
    }
    return render(request, "goals/form.html", context)


@require_POST
def step_done(request: ViewerRequest, pk: int) -> HttpResponse:
    """A step is done today; a repeated one comes again."""
    try:
        again = services.finish_step(by=request.viewer, pk=pk, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    words = (
        _("Erledigt.")
        if again is None
        else _("Erledigt. Nächster Termin: %(on)s.") % {"on": day(again.due_on)}
    )
    tell(request, text=words)
    return redirect("goals:cycle")
