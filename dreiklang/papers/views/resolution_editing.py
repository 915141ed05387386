"""Changing resolutions: by hand, from what the council decided, by reports, by release."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import both_sides
from dreiklang.papers.forms.resolutions import BecameForm, ResolutionForm, promised_in, resolution_values
from dreiklang.papers.models import Meeting, Resolution
from dreiklang.papers.models.labels import RESULT_LABELS, TRACKED_KIND_LABELS
from dreiklang.papers.permissions.resolutions import CREATE, EDIT, FOLLOW, RELEASE, REPORT
from dreiklang.papers.queries.decisions import OpenDecision, open_decision_count, open_decisions
from dreiklang.papers.queries.meetings import address as address_of_meeting
from dreiklang.papers.queries.meetings import meeting_of
from dreiklang.papers.queries.resolutions import resolution_of
from dreiklang.papers.queries.resolutions.lines import address
from dreiklang.papers.rules.kinds import Result
from dreiklang.papers.rules.resolutions import tracked_kind
from dreiklang.papers.services import resolutions as services
from dreiklang.papers.views.resolutions import MOST_OFFERED
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

WORDS = {
    "number_taken": gettext_lazy("Diese Nummer gibt es schon. Bitte wählen Sie eine andere."),
    "number_reserved": gettext_lazy(
        "Diese Nummer kann nicht in einer Adresse stehen. Bitte wählen Sie eine andere."
    ),
    "in_the_future": gettext_lazy(
        "Dieser Tag liegt in der Zukunft. Bitte wählen Sie heute oder einen früheren Tag."
    ),
    "before_decision": gettext_lazy("An diesem Tag war noch nichts beschlossen. Bitte prüfen Sie den Tag."),
    "needs_reason": gettext_lazy("Bitte sagen Sie, warum er aufgegeben wird. Ein Satz genügt."),
    "no_note": gettext_lazy("Zu diesem Bericht gibt es keine Notiz, die wartet."),
    "already": gettext_lazy("Das ist schon geschehen."),
    "withdrawn": gettext_lazy("Der Bericht wurde zurückgenommen."),
    "too_late": gettext_lazy(
        "Die Minute ist um. Der Bericht bleibt stehen; berichten Sie einfach noch einmal."
    ),
    "not_yours": gettext_lazy("Zurücknehmen kann nur, wer berichtet hat."),
    "replaced": gettext_lazy("Eine neuere Notiz hat diese ersetzt. Bitte geben Sie die neuere frei."),
}


def resolution_new(request: ViewerRequest) -> HttpResponse:
    """A resolution, motion, inquiry or promise by hand; with `?sitzung=` a promise made in that meeting."""
    require(request.viewer, CREATE)
    start = {
        "department_id": request.viewer.department_id,
        "lead_id": request.viewer.account_id,
        "result": Result.ADOPTED,
    }
    meeting = _meeting_asked_for(request)
    if meeting is not None:
        start |= promised_in(meeting, item=request.GET.get("punkt", ""))
    form = ResolutionForm(request.POST or None, viewer=request.viewer, is_new=True, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_resolution(
                by=request.viewer, number=form.cleaned_data["number"], values=form.record_values()
            )
        except services.CannotSaveResolution as refusal:
            form.add_error("number", WORDS[refusal.code])
        else:
            if meeting is not None:
                request.session["draft_saved"] = f"zusage-{meeting.key}"
                tell(request, text=_("Festgehalten. Öffentlich wird es erst, wenn Sie es veröffentlichen."))
                return redirect(f"{address_of_meeting(meeting.key)}#zusagen")
            request.session["draft_saved"] = "beschluss-neu"
            tell(request, text=_("Angelegt. Öffentlich wird er erst, wenn Sie ihn veröffentlichen."))
            return redirect(address(made.number))
    back_url = address_of_meeting(meeting.key) if meeting else reverse("papers:resolutions")
    context = {
        "form": form,
        "back_url": back_url,
        "meeting": meeting,
        "draft_key": "beschluss-neu" if meeting is None else f"zusage-{meeting.key}",
    }
    return render(request, "papers/resolutions/edit.html", context)


def resolution_edit(request: ViewerRequest, number: str) -> HttpResponse:
    """Everything about a resolution but its state and its visibility."""
    record = _found(request, number, EDIT)
    form = ResolutionForm(request.POST or None, viewer=request.viewer, initial=resolution_values(record))
    context: dict[str, Any] = {"form": form, "record": record, "back_url": address(record.number)}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_resolution(
                by=request.viewer, number=number, version=form.seen_version, values=form.record_values()
            )
        except ChangedMeanwhile as refusal:
            context["clash"] = both_sides(form, resolution_values(refusal.theirs))
            form.take_version(refusal.version)
        else:
            tell(request, text=_("Gespeichert."))
            return redirect(address(record.number))
    return render(request, "papers/resolutions/edit.html", context)


def resolution_report(request: ViewerRequest, number: str) -> HttpResponse:
    """What became of it: the short form."""
    record, today = _found(request, number, REPORT), timezone.localdate()
    form = BecameForm(request.POST or None, initial={"state": record.state, "reported_on": today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["reported_on"]
        try:
            made = services.report_resolution(
                by=request.viewer, on=day, number=number, said=form.said(), today=today
            )
        except services.CannotReportResolution as refusal:
            form.add_error(
                "public_note" if refusal.code == "needs_reason" else "reported_on", WORDS[refusal.code]
            )
        else:
            request.session["draft_saved"] = f"beschluss-{record.number}"
            undo = {"number": record.number, "pk": made.pk}
            tell(
                request,
                text=_("Bericht gespeichert."),
                undo_url=reverse("papers:resolution_report_withdraw", kwargs=undo),
            )
            return redirect(address(record.number))
    context = {
        "form": form,
        "record": record,
        "back_url": address(record.number),
        "draft_key": f"beschluss-{record.number}",
        "submit_label": _("Bericht abgeben"),
    }
    return render(request, "papers/resolutions/report.html", context)


def resolution_visibility(request: ViewerRequest, number: str) -> HttpResponse:
    """Make a resolution known or take it back, after a look at what becomes public."""
    record = _found(request, number, RELEASE)
    is_public = record.visibility == Visibility.PUBLIC
    if request.method == "POST":
        wanted = Visibility.INTERNAL if is_public else Visibility.PUBLIC
        version = request.POST.get("version", "")
        try:
            services.set_resolution_visibility(
                by=request.viewer,
                number=number,
                version=int(version) if version.isdecimal() else 0,
                visibility=wanted,
            )
        except ChangedMeanwhile:
            said = _("Inzwischen wurde der Beschluss geändert. Bitte sehen Sie ihn noch einmal an.")
            tell(request, text=said, tone=Tone.WARN)
        else:
            tell(request, text=_("Jetzt intern.") if is_public else _("Jetzt für alle sichtbar."))
        return redirect(address(record.number))
    context = {"record": record, "will_be_public": not is_public, "back_url": address(record.number)}
    return render(request, "papers/resolutions/visibility.html", context)


@require_POST
def report_withdraw(request: ViewerRequest, number: str, pk: int) -> HttpResponse:
    """Taken back within the minute."""
    try:
        services.withdraw_resolution_report(
            by=request.viewer, now=timezone.now(), number=number, report_id=pk
        )
    except NotFound:
        raise Http404 from None
    except services.CannotWithdrawReport as refusal:
        tell(request, text=str(WORDS[refusal.code]), tone=Tone.WARN)
    else:
        tell(request, text=_("Bericht zurückgenommen. Er bleibt sichtbar vermerkt."))
    return redirect(f"{address(number)}#verlauf")


@require_POST
def note_release(request: ViewerRequest, number: str, pk: int) -> HttpResponse:
    """Release a note, or take its release back."""
    is_back = request.POST.get("deed") == "back"
    try:
        if is_back:
            services.take_back_resolution_note(by=request.viewer, number=number, report_id=pk)
        else:
            services.release_resolution_note(
                by=request.viewer, now=timezone.now(), number=number, report_id=pk
            )
    except NotFound:
        raise Http404 from None
    except services.CannotReleaseNote as refusal:
        tell(request, text=str(WORDS[refusal.code]), tone=Tone.WARN)
    else:
        tell(request, text=_("Die Notiz ist wieder intern.") if is_back else _("Notiz freigegeben."))
    return redirect(f"{address(number)}#verlauf")


def decisions(request: ViewerRequest) -> HttpResponse:
    """What the council decided or was asked and nobody follows yet, to take over."""
    require(request.viewer, FOLLOW)
    if request.method == "POST":
        keys = None if "alle" in request.POST else request.POST.getlist("auswahl")
        made = services.follow_decisions(by=request.viewer, keys=keys)
        said = ngettext("Ein Beschluss übernommen.", "%(n)s Beschlüsse übernommen.", made) % {"n": made}
        tell(
            request,
            text=said if made else _("Nichts übernommen. Bitte wählen Sie mindestens eine Zeile."),
            tone=Tone.GOOD if made else Tone.WARN,
        )
        return redirect("papers:decisions")
    found = [_offered(one) for one in open_decisions(request.viewer, limit=MOST_OFFERED)]
    count = open_decision_count(request.viewer, most=MOST_OFFERED)
    context = {"found": found, "count": count, "most": MOST_OFFERED}
    return render(request, "papers/resolutions/decisions.html", context)


def _offered(one: OpenDecision) -> dict[str, Any]:
    return {
        "decision": one,
        "kind": TRACKED_KIND_LABELS[tracked_kind(one.topic)],
        "result": RESULT_LABELS[one.result],
        "committee": one.step.committee.name if one.step and one.step.committee else "",
    }


def _meeting_asked_for(request: ViewerRequest) -> Meeting | None:
    """The meeting of `?sitzung=`; none where the address names none that there is."""
    try:
        return meeting_of(request.viewer, key=request.GET.get("sitzung", ""))
    except NotFound:
        return None


def _found(request: ViewerRequest, number: str, permission: str) -> Resolution:
    """The record, or 404 also where the viewer may not know of it. Raises: NotAllowed."""
    try:
        record = resolution_of(request.viewer, number=number)
    except NotFound:
        raise Http404 from None
    require(request.viewer, permission, record)
    return record
