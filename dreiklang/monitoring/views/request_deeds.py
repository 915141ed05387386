"""Asking for data, answering, going on with the answer."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import KeptForm
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.requests import (
    NEW_SERIES,
    AnswerForm,
    DropForm,
    RequestForm,
    SeriesForm,
    request_values,
)
from dreiklang.monitoring.models import DataRequest, Indicator
from dreiklang.monitoring.queries import requests as queries
from dreiklang.monitoring.queries.deliveries import recent_of
from dreiklang.monitoring.services import requests as services
from dreiklang.monitoring.views.kept_forms import try_to_save
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

WORDS = {
    "before_asked": (
        "due_on",
        gettext_lazy("Die Frist liegt vor dem Tag der Frage. Bitte prüfen Sie den Tag."),
    ),
    "in_the_future": (
        "on",
        gettext_lazy("Dieser Tag liegt in der Zukunft. Bitte wählen Sie heute oder früher."),
    ),
    "no_answer": ("answer", gettext_lazy("Bitte antworten Sie in einem Satz.")),
    "no_reason": ("reason", gettext_lazy("Bitte sagen Sie in einem Satz, warum.")),
    "no_name": ("name", gettext_lazy("Bitte geben Sie dem neuen Indikator einen Namen.")),
    "no_series": ("indicator_id", gettext_lazy("Diesen Indikator gibt es nicht.")),
    "wrong_state": (
        "",
        gettext_lazy("Inzwischen steht die Anforderung anders. Bitte sehen Sie sie noch einmal an."),
    ),
}


def request_new(request: ViewerRequest) -> HttpResponse:
    """Ask a department for values."""
    require(request.viewer, permissions.ASK)
    form = RequestForm(request.POST or None, viewer=request.viewer)
    return _handled(
        request,
        form,
        lambda: services.ask(by=request.viewer, on=timezone.localdate(), values=form.values()),
        title=_("Daten anfordern"),
        said=_("Gefragt. Das Amt bekommt eine Nachricht."),
        sentence=_("Fragen Sie nach dem, was fehlt. Das Amt sieht die Frist auf seiner Fokusseite."),
        submit_label=_("Fragen"),
        draft_key="datenanforderung-neu",
    )


def request_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change what was asked."""
    one = _found(request, pk, permissions.EDIT_REQUEST)
    form = RequestForm(request.POST or None, viewer=request.viewer, initial=request_values(one))
    return _handled(
        request,
        form,
        lambda: services.change_request(
            by=request.viewer, pk=pk, version=form.seen_version, values=form.values()
        ),
        title=_("Anforderung ändern"),
        said=_("Gespeichert."),
        one=one,
    )


def request_answer(request: ViewerRequest, pk: int) -> HttpResponse:
    """Answer in words."""
    one, today = _found(request, pk, permissions.ANSWER_REQUEST), timezone.localdate()
    form = AnswerForm(
        request.POST or None,
        deliveries=recent_of(request.viewer, asked=one),
        initial={"on": today, "version": one.version},
    )
    return _handled(
        request,
        form,
        lambda: services.answer_request(
            by=request.viewer,
            pk=pk,
            version=form.seen_version,
            answer=form.cleaned_data["answer"],
            on=form.cleaned_data["on"],
            today=today,
            delivery_id=form.cleaned_data["delivery_id"],
        ),
        title=_("Antworten"),
        said=_("Beantwortet. Wer gefragt hat, bekommt eine Nachricht."),
        one=one,
        submit_label=_("Antwort abgeben"),
        draft_key=f"datenanforderung-{pk}",
    )


def request_series(request: ViewerRequest, pk: int) -> HttpResponse:
    """The answer goes on as an indicator."""
    one = _found(request, pk, permissions.EDIT_REQUEST)
    may_start = may(request.viewer, permissions.CREATE, Indicator(department_id=one.department_id))
    first = one.indicator_id or (NEW_SERIES if may_start else None)
    form = SeriesForm(
        request.POST or None,
        may_start=may_start,
        initial={"indicator_id": first, "name": one.question[:200], "version": one.version},
    )

    def save() -> DataRequest:
        seen, said = form.seen_version, form.cleaned_data
        if form.is_new:
            return services.start_series(
                by=request.viewer, pk=pk, version=seen, name=said["name"], on=timezone.localdate()
            )
        return services.make_series(by=request.viewer, pk=pk, version=seen, indicator_id=said["indicator_id"])

    return _handled(
        request,
        form,
        save,
        title=_("Als Zeitreihe weiterführen"),
        said=_("Die Werte kommen künftig über den Indikator."),
        one=one,
        sentence=_(
            "Wählen Sie den Indikator, der die Werte weiterführt. Ein neuer ist ein interner Entwurf aus dieser Anforderung: Prüfen Sie danach Einheit, Rhythmus und Namen auf seiner Seite."
        ),
        submit_label=_("Weiterführen"),
    )


def request_drop(request: ViewerRequest, pk: int) -> HttpResponse:
    """Nobody needs it any more."""
    one = _found(request, pk, permissions.EDIT_REQUEST)
    form = DropForm(request.POST or None, initial={"version": one.version})
    return _handled(
        request,
        form,
        lambda: services.drop_request(
            by=request.viewer, pk=pk, version=form.seen_version, reason=form.cleaned_data["reason"]
        ),
        title=_("Nicht mehr gebraucht"),
        said=_("Die Anforderung ist beendet."),
        one=one,
        submit_label=_("Anforderung beenden"),
    )


@require_POST
def request_reopen(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask once more."""
    given = request.POST.get("version", "")
    try:
        services.reopen_request(by=request.viewer, pk=pk, version=int(given) if given.isdecimal() else 0)
    except NotFound as missing:
        raise Http404 from missing
    except (ChangedMeanwhile, services.CannotAsk):
        tell(request, text=str(WORDS["wrong_state"][1]), tone=Tone.WARN)
    else:
        tell(request, text=_("Wieder offen. Das Amt bekommt eine Nachricht."))
    return redirect(queries.address(pk))


def _handled(
    request: ViewerRequest,
    form: KeptForm,
    save: Callable[[], DataRequest],
    *,
    title: str,
    said: str,
    one: DataRequest | None = None,
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(form, save, words=WORDS, values_of=request_values)
        if saved.record is not None:
            tell(request, text=said)
            return redirect(queries.address(saved.record.pk))
        context["clash"] = saved.clash
    back = queries.address(one.pk) if one else reverse("monitoring:requests")
    return render(
        request,
        "monitoring/requests/form.html",
        {"form": form, "title": title, "one": one, "back_url": back, **context},
    )


def _found(request: ViewerRequest, pk: int, permission: str) -> DataRequest:
    """The request, if the viewer may do this with it; before anything of it is shown."""
    require(request.viewer, permissions.SEE_INSIDE)
    try:
        one = queries.request_page(request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing
    require(request.viewer, permission, one)
    return one
