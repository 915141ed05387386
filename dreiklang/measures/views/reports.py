"""Reporting: still true, a change, taking it back, releasing the note."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound, Refused
from dreiklang.measures import queries, services
from dreiklang.measures.forms import ReportForm
from dreiklang.measures.models import Measure, Report
from dreiklang.measures.permissions import REPORT
from dreiklang.measures.rules import Phase, in_restraint
from dreiklang.measures.views.answers import WORDS, found_measure, way_back, worded
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import NotAllowed, require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


def report(request: ViewerRequest, number: str) -> HttpResponse:
    """The short form: what has changed."""
    found = found_measure(request, number)
    require(request.viewer, REPORT, found)
    if found.merged_into_id and request.method != "POST":
        tell(request, text=str(WORDS["has_ended"]), tone=Tone.WARN)
        return redirect("measures:measure", number=found.number)
    today = timezone.localdate()
    form = ReportForm(request.POST or None, measure=found, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            _hand_in(request, found, form, today)
        except NotFound:
            form.add_error("successor", _("Eine Maßnahme mit dieser Nummer gibt es nicht."))
        except Refused as refusal:
            form.add_error("reported_on" if refusal.code == "in_the_future" else None, worded(refusal))
        else:
            request.session["draft_saved"] = f"bericht-{found.number}"
            return redirect("measures:measure", number=found.number)
    context = {
        "form": form,
        "measure": found,
        "last": found.current_report,
        "draft_key": f"bericht-{found.number}",
        "back_url": reverse("measures:measure", args=[found.number]),
        "submit_label": _("Bericht abgeben"),
        "is_restrained": in_restraint(today, periods=queries.restraint_periods()),
    }
    return render(request, "measures/report.html", context)


def _hand_in(request: ViewerRequest, found: Measure, form: ReportForm, today: date) -> None:
    by, said, on = request.viewer, form.draft(), form.cleaned_data["reported_on"]
    if said.phase is Phase.REPLACED:
        successor = queries.measure_of(by, number=form.cleaned_data["successor"].strip())
        services.replace(by=by, on=on, measure=found, successor=successor, why=said.note)
        tell(request, text=_("Als ersetzt vermerkt."))
        return
    made = services.report(by=by, on=on, measure=found, said=said, today=today)
    tell(request, text=_("Bericht gespeichert."), undo_url=_undo(found.number, made.pk))


def _undo(number: str, pk: int) -> str:
    return reverse("measures:withdraw", kwargs={"number": number, "pk": pk})


@require_POST
def confirm(request: ViewerRequest, number: str) -> HttpResponse:
    """Still true, in one click."""
    found = found_measure(request, number)
    page = reverse("measures:measure", args=[found.number])
    try:
        made = services.confirm(by=request.viewer, on=timezone.localdate(), measure=found)
    except services.CannotReport as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
        return redirect("measures:report", number=found.number)
    tell(
        request,
        text=_("%(number)s: Der Stand stimmt noch.") % {"number": found.number},
        undo_url=_undo(found.number, made.pk),
    )
    return redirect(way_back(request, page))


@require_POST
def withdraw(request: ViewerRequest, number: str, pk: int) -> HttpResponse:
    """Taken back within the minute."""
    return _deed(
        request,
        number,
        pk,
        lambda report: services.withdraw(by=request.viewer, now=timezone.now(), report=report),
        _("Bericht zurückgenommen. Er bleibt sichtbar vermerkt."),
    )


@require_POST
def release(request: ViewerRequest, number: str, pk: int) -> HttpResponse:
    """The note becomes public."""
    today = timezone.localdate()
    is_restrained = in_restraint(today, periods=queries.restraint_periods())
    said = (
        _("Notiz freigegeben. Sie erscheint, wenn die Zurückhaltung vor der Wahl endet.")
        if is_restrained
        else _("Notiz freigegeben. Sie ist jetzt öffentlich.")
    )
    return _deed(
        request,
        number,
        pk,
        lambda report: services.release(by=request.viewer, now=timezone.now(), report=report),
        said,
        undo_url=reverse("measures:take_back_release", kwargs={"number": number, "pk": pk}),
    )


@require_POST
def take_back_release(request: ViewerRequest, number: str, pk: int) -> HttpResponse:
    """The note is no longer public."""
    return _deed(
        request,
        number,
        pk,
        lambda report: services.take_back_release(by=request.viewer, report=report),
        _("Freigabe zurückgenommen."),
    )


def _deed(
    request: ViewerRequest, number: str, pk: int, deed: Callable[[Report], Any], said: str, undo_url: str = ""
) -> HttpResponse:
    found = found_measure(request, number)
    about = get_object_or_404(found.reports, pk=pk)
    try:
        deed(about)
    except Refused as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
    else:
        tell(request, text=said, undo_url=undo_url)
    return redirect(way_back(request, reverse("measures:measure", args=[found.number])))


def releases(request: ViewerRequest) -> HttpResponse:
    """Notes that wait for release by this person's office."""
    if not request.viewer.is_internal:
        raise NotAllowed("measures.release")
    today = timezone.localdate()
    periods = queries.restraint_periods()
    context = {
        "reports": list(queries.notes_to_release(request.viewer)[:200]),
        "replaced": list(queries.replaced_notes_of(request.viewer)[:50]),
        "restraint": next((one for one in periods if one.contains(today)), None),
        "stand": today,
    }
    return render(request, "measures/releases.html", context)
