"""Reporting rounds and the rules of reporting."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.forms import both_sides
from dreiklang.measures import forms, queries, services
from dreiklang.measures.permissions import ROUNDS, SEE_INSIDE, SETTINGS
from dreiklang.measures.views.answers import worded
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

LETTERS = {
    "first": gettext_lazy("Erinnerung vor der Frist"),
    "overdue": gettext_lazy("Erinnerung nach der Frist"),
    "escalation_head": gettext_lazy("An die Amtsleitung"),
    "escalation_command": gettext_lazy("Auf dem Dienstweg weiter"),
}


def rounds(request: ViewerRequest) -> HttpResponse:
    """All rounds."""
    require(request.viewer, SEE_INSIDE)
    today = timezone.localdate()
    context = {
        "rounds": queries.rounds(request.viewer),
        "running": queries.running_round(today=today),
        "may_open": may(request.viewer, ROUNDS),
        "today": today,
        "stand": today,
    }
    return render(request, "measures/rounds.html", context)


def round_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """How far the offices are in one round. Figures stand per office, never per person."""
    require(request.viewer, SEE_INSIDE)
    today = timezone.localdate()
    page = queries.round_page(request.viewer, pk=pk, today=today)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "letters": [(LETTERS[kind], number) for kind, number in page.letters.items()],
        "may_close": may(request.viewer, ROUNDS) and page.round.closed_on is None,
        "today": today,
        "stand": today,
    }
    return render(request, "measures/round.html", context)


def open_round(request: ViewerRequest) -> HttpResponse:
    """A new round."""
    require(request.viewer, ROUNDS)
    form = forms.RoundForm(request.POST or None, initial={"opens_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_round(by=request.viewer, **form.cleaned_data)
        except services.CannotOpenRound as refusal:
            form.add_error(refusal.facts.get("field"), worded(refusal))
        else:
            tell(request, text=_("Runde angelegt. Erinnerungen gehen zu ihren Tagen von selbst hinaus."))
            return redirect("measures:round", pk=made.pk)
    context: dict[str, Any] = {"form": form, "back_url": reverse("measures:rounds")}
    return render(request, "measures/open_round.html", context | {"submit_label": _("Runde anlegen")})


@require_POST
def close_round(request: ViewerRequest, pk: int) -> HttpResponse:
    """The round is over."""
    try:
        services.close_round(by=request.viewer, on=timezone.localdate(), round_id=pk)
    except Refused as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
    else:
        tell(request, text=_("Runde abgeschlossen."))
    return redirect("measures:round", pk=pk)


def settings(request: ViewerRequest) -> HttpResponse:
    """How long a report holds, when letters go out, when nothing is released."""
    require(request.viewer, SETTINGS)
    current = queries.reporting_settings()
    is_restraint = "reason" in request.POST
    form = forms.SettingsForm(
        request.POST if request.POST and not is_restraint else None, initial=_values(current)
    )
    restraint = forms.RestraintForm(request.POST if is_restraint else None)
    clash = None
    try:
        if is_restraint and restraint.is_valid():
            services.set_restraint(by=request.viewer, **restraint.cleaned_data)
            tell(request, text=_("Zurückhaltung eingetragen."))
            return redirect("measures:settings")
        if form.is_bound and form.is_valid():
            services.save_settings(by=request.viewer, version=form.seen_version, fields=form.values())
            tell(request, text=_("Regeln gespeichert."))
            return redirect("measures:settings")
    except ChangedMeanwhile as refusal:
        clash = both_sides(form, _values(refusal.theirs))
        form.take_version(refusal.version)
    except services.CannotOpenRound as refusal:
        restraint.add_error(refusal.facts.get("field"), worded(refusal))
    context = {
        "form": form,
        "restraint": restraint,
        "clash": clash,
        "periods": queries.restraints(),
        "back_url": reverse("measures:rounds"),
    }
    return render(request, "measures/settings.html", context)


def _values(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in forms.SettingsForm.base_fields}


@require_POST
def lift_restraint(request: ViewerRequest, pk: int) -> HttpResponse:
    """The period is taken away."""
    services.lift_restraint(by=request.viewer, period_id=pk)
    tell(request, text=_("Zurückhaltung aufgehoben."))
    return redirect("measures:settings")
