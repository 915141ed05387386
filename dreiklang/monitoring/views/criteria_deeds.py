"""What people do with criteria: write, order, give up, rate, release, withdraw."""

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core import text
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.forms import both_sides
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.criteria import (
    CriterionForm,
    RatingForm,
    ReasonForm,
    RhythmForm,
    criterion_values,
)
from dreiklang.monitoring.models import Criterion
from dreiklang.monitoring.models.labels import RATING_LABELS
from dreiklang.monitoring.queries.criteria import (
    CriterionLine,
    criterion,
    criterion_of_rating,
    criterion_record,
)
from dreiklang.monitoring.queries.criteria_due import dues, rating_rhythm
from dreiklang.monitoring.rules.values import IndicatorKind, RatingState
from dreiklang.monitoring.services import criteria as services
from dreiklang.monitoring.services import ratings
from dreiklang.monitoring.views.rating_words import by_side, rating_sign
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

WORDS = {
    "needs_text": gettext_lazy("Bitte schreiben Sie das Kriterium in einem Satz."),
    "needs_indicator": gettext_lazy("Ein Kriterium in Zahlen braucht seinen Indikator."),
    "needs_department": gettext_lazy("Öffentlich wird ein Kriterium erst, wenn ein Amt dafür zuständig ist."),
    "number_taken": gettext_lazy("Diese Nummer hat an diesem Ziel schon ein anderes Kriterium."),
    "superseded": gettext_lazy("Diese Fassung der Ziele ist abgelöst. Sie bleibt, wie sie war."),
    "retired_already": gettext_lazy("Dieses Kriterium gilt schon nicht mehr."),
    "not_retired": gettext_lazy("Dieses Kriterium gilt."),
    "rhythm": gettext_lazy("Bitte geben Sie 1 bis 120 Monate an."),
    "needs_reason": gettext_lazy("Bitte sagen Sie, warum. Ohne Begründung gilt keine Bewertung."),
    "future": gettext_lazy("Dieser Tag liegt in der Zukunft."),
    "retired": gettext_lazy("An diesem Tag galt das Kriterium nicht mehr."),
    "corrects_other": gettext_lazy("Diese frühere Bewertung gehört zu einem anderen Kriterium."),
    "withdrawn": gettext_lazy("Diese Bewertung ist schon zurückgezogen."),
    "released_already": gettext_lazy("Diese Bewertung ist schon freigegeben."),
}
_FIELDS = {
    "needs_text": "text",
    "needs_indicator": "indicator_id",
    "needs_department": "department_id",
    "number_taken": "number",
    "superseded": "goal_id",
    "needs_reason": "reason",
    "future": "rated_on",
    "retired": "rated_on",
    "corrects_other": "corrects",
    "rhythm": "months",
}


def _refuse(form: django_forms.Form, refusal: Refused) -> None:
    field = _FIELDS.get(refusal.code)
    form.add_error(field if field in form.fields else None, WORDS[refusal.code])


def criterion_edit(request: ViewerRequest, pk: int | None = None) -> HttpResponse:
    """A new criterion, or everything about one but its place and its end."""
    require(request.viewer, permissions.EDIT_CRITERIA)
    record = None if pk is None else _record(request, pk)
    new = {"goal_id": request.GET.get("ziel"), "kind": IndicatorKind.QUALITATIVE}
    initial: dict[str, Any] = criterion_values(record) if record else new
    form = CriterionForm(request.POST or None, viewer=request.viewer, is_new=record is None, initial=initial)
    context: dict[str, Any] = {"form": form, "record": record, "draft_key": f"kriterium-{pk or 'neu'}"}
    if request.method == "POST" and form.is_valid():
        try:
            saved = _saved(request, form, record)
        except ChangedMeanwhile as refusal:
            context["clash"] = both_sides(form, criterion_values(refusal.theirs))
            form.take_version(refusal.version)
        except services.CannotSaveCriterion as refusal:
            _refuse(form, refusal)
        else:
            tell(request, text=_("Kriterium gespeichert."))
            return _back(request, saved.pk)
    context["back_url"] = _line(request, pk).url if pk else reverse("monitoring:criteria")
    return render(request, "monitoring/criteria/edit.html", context)


def _saved(request: ViewerRequest, form: CriterionForm, record: Criterion | None) -> Criterion:
    values = form.values()
    if record is not None:
        return services.change_criterion(
            by=request.viewer, pk=record.pk, version=form.seen_version, values=values
        )
    goal = values.pop("goal_id")
    given = {name: value for name, value in values.items() if name != "number" or value}
    return services.create_criterion(by=request.viewer, goal_id=goal, values=given)


def rate(request: ViewerRequest, pk: int) -> HttpResponse:
    """The form for a rating, with the figures of today beside it."""
    record, line = _record(request, pk), _line(request, pk)
    require(request.viewer, permissions.RATE, record)
    today = timezone.localdate()
    form = RatingForm(
        request.POST or None,
        initial={"rated_on": today},
        earlier=_correctable(line),
        may_release=may(request.viewer, permissions.RELEASE_RATING, record),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = ratings.rate(
                by=request.viewer, criterion_id=pk, now=timezone.now(), on=today, said=_draft(form)
            )
        except ratings.CannotRate as refusal:
            _refuse(form, refusal)
        else:
            told = _("Bewertung festgehalten und freigegeben.")
            waits = _("Bewertung festgehalten. Sie ist vorläufig, bis sie freigegeben wird.")
            tell(request, text=told if made.released_at else waits)
            return redirect(line.url)
    context = {
        "form": form,
        "line": line,
        "latest": line.latest,
        "latest_sign": rating_sign(line.latest),
        "sides": by_side(ratings.figures_of(record, on=today)),
        "due": dues(request.viewer, [line], today=today).get(pk),
        "draft_key": f"bewertung-{pk}",
        "back_url": line.url,
        "submit_label": _("Bewertung festhalten"),
    }
    return render(request, "monitoring/criteria/rate.html", context)


def _draft(form: RatingForm) -> ratings.RatingDraft:
    said = form.said()
    return ratings.RatingDraft(
        state=RatingState(said["state"]),
        reason=said["reason"],
        rated_on=said["rated_on"],
        words_for=said["words_for"],
        words_against=said["words_against"],
        corrects=said.get("corrects"),
        release=bool(said.get("release")),
    )


def _correctable(line: CriterionLine) -> list[tuple[int, str]]:
    return [
        (one.pk, f"{text.day_short(one.rated_on)} {RATING_LABELS[one.state]}")
        for one in line.ratings
        if one.withdrawn_on is None
    ]


def retire(request: ViewerRequest, pk: int) -> HttpResponse:
    """Give a criterion up for a reason, or take it up again."""
    require(request.viewer, permissions.EDIT_CRITERIA)
    record, line = _record(request, pk), _line(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and (line.is_retired or form.is_valid()):
        try:
            told = _ended(request, line, form)
        except ChangedMeanwhile:
            tell(request, text=_("Inzwischen wurde das Kriterium geändert."), tone=Tone.WARN)
            return redirect(line.url)
        except services.CannotSaveCriterion as refusal:
            _refuse(form, refusal)
        else:
            tell(request, text=told)
            return redirect(line.url)
    context = {
        "form": form,
        "line": line,
        "record": record,
        "back_url": line.url,
        "submit_label": _("Wieder aufnehmen") if line.is_retired else _("Aufgeben"),
    }
    return render(request, "monitoring/criteria/retire.html", context)


def _ended(request: ViewerRequest, line: CriterionLine, form: ReasonForm) -> str:
    """The other way round, and what to say of it."""
    by, version = request.viewer, _version(request)
    if line.is_retired:
        services.take_up_criterion(by=by, pk=line.pk, version=version)
        return _("Das Kriterium gilt wieder.")
    today, reason = timezone.localdate(), form.cleaned_data["reason"]
    services.retire_criterion(by=by, pk=line.pk, version=version, on=today, reason=reason)
    return _("Das Kriterium gilt nicht mehr.")


@require_POST
def move(request: ViewerRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    line = _line(request, pk)
    services.move_criterion(by=request.viewer, pk=pk, steps=-1 if "up" in request.POST else 1)
    return redirect(line.url)


@require_POST
def release(request: ViewerRequest, pk: int) -> HttpResponse:
    """Release a rating."""
    try:
        made = ratings.release_rating(by=request.viewer, pk=pk, now=timezone.now())
    except NotFound as missing:
        raise Http404 from missing
    except ratings.CannotRate as refusal:
        tell(request, text=str(WORDS[refusal.code]), tone=Tone.WARN)
        return redirect(request.POST.get("next") or "monitoring:criteria")
    tell(request, text=_("Bewertung freigegeben."))
    return _back(request, made.criterion_id)


def withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    """Withdraw a rating for a reason."""
    found = criterion_of_rating(request.viewer, pk=pk)
    if found is None:
        raise Http404
    line = _line(request, found)
    rating = next(one for one in line.ratings if one.pk == pk)
    require(request.viewer, permissions.RELEASE_RATING if rating.released_on else permissions.RATE, line)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ratings.withdraw_rating(
                by=request.viewer, pk=pk, now=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except ratings.CannotRate as refusal:
            _refuse(form, refusal)
        else:
            tell(request, text=_("Bewertung zurückgezogen. Intern bleibt sie mit Ihrer Begründung lesbar."))
            return redirect(line.url)
    context = {
        "form": form,
        "line": line,
        "rating": rating,
        "back_url": line.url,
        "submit_label": _("Bewertung zurückziehen"),
    }
    return render(request, "monitoring/criteria/withdraw.html", context)


def rhythm(request: ViewerRequest) -> HttpResponse:
    """After how many months a criterion is rated again."""
    require(request.viewer, permissions.EDIT_CRITERIA)
    form = RhythmForm(request.POST or None, initial={"months": rating_rhythm()})
    if request.method == "POST" and form.is_valid():
        services.set_rhythm(by=request.viewer, months=form.cleaned_data["months"])
        tell(request, text=_("Rhythmus gespeichert."))
        return redirect("monitoring:criteria")
    context = {"form": form, "back_url": reverse("monitoring:criteria")}
    return render(request, "monitoring/criteria/rhythm.html", context)


def _record(request: ViewerRequest, pk: int) -> Criterion:
    found = criterion_record(request.viewer, pk=pk)
    if found is None:
        raise Http404
    return found


def _line(request: ViewerRequest, pk: int) -> CriterionLine:
    found = criterion(request.viewer, pk=pk, today=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _back(request: ViewerRequest, pk: int) -> HttpResponse:
    return redirect(_line(request, pk).url)


def _version(request: ViewerRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else 0
