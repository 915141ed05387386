"""The watch list and its topics, and looking at one again."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import KeptForm
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.frame import ObservationForm, ReviewForm, WatchForm, watch_values
from dreiklang.monitoring.models import WatchItem
from dreiklang.monitoring.models.frame import FRAME_FIELD_LABELS, FRAME_SIDE_LABELS, REVIEW_OUTCOME_LABELS
from dreiklang.monitoring.queries import watching as queries
from dreiklang.monitoring.queries.frame import address
from dreiklang.monitoring.rules.frame import FrameField, FrameSide, ReviewOutcome
from dreiklang.monitoring.services import watching as services
from dreiklang.monitoring.views.frame_deeds import WORDS as OBSERVATION_WORDS
from dreiklang.monitoring.views.kept_forms import try_to_save
from dreiklang.people.queries import departments_choices, may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

WORDS = {
    "topic_taken": ("topic", gettext_lazy("Dieses Thema beobachtet das Amt schon.")),
    "in_the_future": (
        "seen_on",
        gettext_lazy("Dieser Tag liegt in der Zukunft. Bitte wählen Sie heute oder früher."),
    ),
    "ended": ("", gettext_lazy("Dieses Thema wird nicht mehr beobachtet.")),
}


@require_safe
def watch_list(request: ViewerRequest) -> HttpResponse:
    """What is looked at again and again, by the day of the next review."""
    require(request.viewer, permissions.SEE_INSIDE)
    given = request.GET.get("amt", "")
    department = int(given) if given.isdecimal() else None
    items = queries.watch_list(request.viewer, department_id=department)
    today = timezone.localdate()
    context = {
        "items": [(one, FRAME_FIELD_LABELS[FrameField(one.field)], one.review_on < today) for one in items],
        "late": sum(one.review_on < today for one in items),
        "today": today,
        "offices": departments_choices(),
        "department": department,
        "may_watch": may(request.viewer, permissions.EDIT_FRAME),
    }
    return render(request, "monitoring/frame/watch_list.html", context)


@require_safe
def watch_item(request: ViewerRequest, pk: int) -> HttpResponse:
    """One topic: where to look, when somebody looked, what came of it."""
    one = _seen(request, pk)
    may_edit = may(request.viewer, permissions.EDIT_FRAME, one)
    context = {
        "one": one,
        "field": FRAME_FIELD_LABELS[FrameField(one.field)],
        "side": FRAME_SIDE_LABELS[FrameSide(one.side)],
        "reviews": [
            (review, REVIEW_OUTCOME_LABELS[ReviewOutcome(review.outcome)]) for review in one.reviews.all()
        ],
        "today": timezone.localdate(),
        "may_edit": may_edit,
        "may_review": may_edit and one.ended_on is None,
    }
    return render(request, "monitoring/frame/watch_item.html", context)


def watch_new(request: ViewerRequest) -> HttpResponse:
    """A new topic."""
    require(request.viewer, permissions.EDIT_FRAME)
    start = {
        "department_id": request.viewer.department_id,
        "every_months": 6,
        "side": FrameSide.OUTER,
        "review_on": timezone.localdate(),
    }
    form = WatchForm(request.POST or None, initial=start)
    return _handled(
        request,
        form,
        lambda: services.watch(by=request.viewer, values=form.values()),
        title=_("Thema beobachten"),
        said=_("Das Thema steht auf der Liste."),
    )


def watch_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change a topic."""
    one = _found(request, pk)
    form = WatchForm(request.POST or None, initial=watch_values(one))
    return _handled(
        request,
        form,
        lambda: services.change_watch(
            by=request.viewer, pk=pk, version=form.seen_version, values=form.values()
        ),
        title=_("Thema ändern"),
        said=_("Gespeichert."),
        one=one,
    )


def watch_seen(request: ViewerRequest, pk: int) -> HttpResponse:
    """Looked at, nothing new."""
    one, today = _found(request, pk), timezone.localdate()
    form = ReviewForm(request.POST or None, initial={"seen_on": today, "version": one.version})
    return _handled(
        request,
        form,
        lambda: (
            services.review_topic(
                by=request.viewer,
                pk=pk,
                version=form.seen_version,
                seen_on=form.cleaned_data["seen_on"],
                today=today,
                note=form.cleaned_data["note"],
            ).item
        ),
        title=_("Angesehen, nichts Neues"),
        said=_("Festgehalten. Die nächste Durchsicht steht fest."),
        one=one,
        submit_label=_("Durchsicht festhalten"),
    )


def watch_observed(request: ViewerRequest, pk: int) -> HttpResponse:
    """Looked at, and something happened."""
    one, today = _found(request, pk), timezone.localdate()
    start = {
        "noticed_on": today,
        "field": one.field,
        "side": one.side,
        "department_id": one.department_id,
    }
    form = ObservationForm(request.POST or None, viewer=request.viewer, initial=start)
    context: dict[str, Any] = {"form": form, "title": _("Neue Beobachtung"), "one": one}
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(
            form,
            lambda: services.review_topic(
                by=request.viewer,
                pk=pk,
                # What somebody saw is true however the topic was changed meanwhile.
                version=None,
                seen_on=today,
                today=today,
                observed=form.values(),
            ),
            words=WORDS | OBSERVATION_WORDS,
            values_of=watch_values,
        )
        if saved.record is not None and saved.record.change is not None:
            tell(request, text=_("Festgehalten. Was bedeutet es für die Ziele?"))
            return redirect(address(saved.record.change.key))
    context["back_url"] = queries.item_address(pk)
    return render(request, "monitoring/frame/watch_form.html", context)


@require_POST
def watch_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """Nobody looks at it any more."""
    _found(request, pk)
    given = request.POST.get("version", "")
    try:
        services.end_watch(
            by=request.viewer,
            pk=pk,
            version=int(given) if given.isdecimal() else 0,
            on=timezone.localdate(),
        )
    except (ChangedMeanwhile, services.CannotWatch):
        said = _("Inzwischen wurde das Thema geändert. Bitte sehen Sie es noch einmal an.")
        tell(request, text=said, tone=Tone.WARN)
    else:
        tell(request, text=_("Das Thema wird nicht mehr beobachtet."))
    return redirect(queries.item_address(pk))


def _handled(
    request: ViewerRequest,
    form: KeptForm,
    save: Callable[[], WatchItem],
    *,
    title: str,
    said: str,
    one: WatchItem | None = None,
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(form, save, words=WORDS, values_of=watch_values)
        if saved.record is not None:
            tell(request, text=said)
            return redirect(queries.item_address(saved.record.pk))
        context["clash"] = saved.clash
    back = queries.item_address(one.pk) if one else reverse("monitoring:watch-list")
    return render(
        request,
        "monitoring/frame/watch_form.html",
        {"form": form, "title": title, "one": one, "back_url": back, **context},
    )


def _seen(request: ViewerRequest, pk: int) -> WatchItem:
    require(request.viewer, permissions.SEE_INSIDE)
    try:
        return queries.item_page(request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing


def _found(request: ViewerRequest, pk: int) -> WatchItem:
    """The topic, if the viewer may change it."""
    one = _seen(request, pk)
    require(request.viewer, permissions.EDIT_FRAME, one)
    return one
