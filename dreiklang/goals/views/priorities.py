"""When a priority changed and why; and changing one."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound
from dreiklang.goals import forms, permissions, queries, services
from dreiklang.goals.rules import ChangeCause
from dreiklang.monitoring.queries.frame import occasion_of
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell

_WORDS = {
    "rank_unchanged": ("new_rank", gettext_lazy("Diesen Rang hat die Aufgabe schon.")),
    "rank_too_low": ("new_rank", gettext_lazy("So viele Ränge gibt es nicht.")),
    "before_latest": (
        "effective_on",
        gettext_lazy("Eine spätere Änderung steht schon fest. Bitte wählen Sie einen Tag danach."),
    ),
    "reason_missing": ("reason", gettext_lazy("Ohne Anlass und Begründung keine Änderung.")),
    "not_valid": (
        "task_id",
        gettext_lazy("Nur die gültige Fassung hat eine Rangfolge, die sich ändern kann."),
    ),
}


def priorities(request: ViewerRequest) -> HttpResponse:
    """The order on a day, and every change with its reason."""
    today = timezone.localdate()
    form = forms.DayForm(request.GET or None)
    on = form.cleaned_data["stichtag"] if form.is_valid() and form.cleaned_data["stichtag"] else today
    order = queries.priority_order(request.viewer, on=on)
    changes = queries.priority_changes(request.viewer)
    effective = [change for change in changes if change.effective_on <= on]
    return render(
        request,
        "goals/priorities.html",
        {
            "on": on,
            "is_past": on != today,
            "form": form,
            "order": order,
            "first": next((one for one in order if one.rank), None),
            "changes": changes,
            "latest": next(iter(effective), None),
            "may_change": may(request.viewer, permissions.CHANGE_PRIORITY),
            "stand": on,
        },
    )


def priority_new(request: ViewerRequest) -> HttpResponse:
    """Change the rank of a future task."""
    require(request.viewer, permissions.CHANGE_PRIORITY)
    initial = {"task_id": request.GET.get("aufgabe"), "effective_on": timezone.localdate()}
    # What was observed around the city stands in the reason already.
    occasion = occasion_of(request.viewer, said=request.GET.get("anlass", ""))
    if occasion is not None:
        cause = ChangeCause.LOCAL if occasion.is_inner else ChangeCause.GLOBAL
        initial |= {"trigger": occasion.title, "reason": occasion.text, "cause": cause}
    form = forms.PriorityForm(request.POST or None, viewer=request.viewer, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change = services.change_priority(
                by=request.viewer,
                occasion=occasion.key if occasion else "",
                **given | {"cause": ChangeCause(given["cause"])},
            )
        except services.CannotChange as refusal:
            form.add_error(*_WORDS[refusal.code])
        else:
            said = _("Änderung festgehalten.")
            tell(request, text=_("Änderung festgehalten und veröffentlicht.") if given["publish"] else said)
            return redirect(f"{reverse('goals:priorities')}#aenderung-{change.pk}")
    return render(
        request,
        "goals/priority_form.html",
        {
            "form": form,
            "order": queries.priority_order(request.viewer, on=date.max),
            "submit_label": _("Rang ändern"),
            "back_url": occasion.url if occasion else reverse("goals:priorities"),
            "draft_key": "rang",
        },
    )


@require_POST
def priority_publish(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show a recorded change to everybody."""
    try:
        services.publish_priority_change(by=request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing
    tell(request, text=_("Die Änderung ist jetzt öffentlich."))
    return redirect(f"{reverse('goals:priorities')}#aenderung-{pk}")
