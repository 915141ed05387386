"""Noting observations, saying what they mean, publishing them, leading to a change of priority."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.frame import MeaningForm, ObservationForm, observation_values
from dreiklang.monitoring.models import FrameChange
from dreiklang.monitoring.queries import frame as queries
from dreiklang.monitoring.rules.frame import FrameSide, FrameSign
from dreiklang.monitoring.services import frame as services
from dreiklang.monitoring.views.kept_forms import try_to_save
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

WORDS = {
    "in_the_future": (
        "noticed_on",
        gettext_lazy("Dieser Tag liegt in der Zukunft. Bitte wählen Sie heute oder früher."),
    ),
    "needs_source": ("source", gettext_lazy("Öffentlich ist nur, was eine Quelle nennt.")),
    "no_goal": ("goal_id", gettext_lazy("Dieses Ziel gibt es in der gültigen Fassung nicht.")),
}


def change_new(request: ViewerRequest) -> HttpResponse:
    """Note what happened."""
    require(request.viewer, permissions.EDIT_FRAME)
    start = {
        "noticed_on": timezone.localdate(),
        "department_id": request.viewer.department_id,
        "side": FrameSide.OUTER,
    }
    form = ObservationForm(request.POST or None, viewer=request.viewer, initial=start)
    return _handled(
        request,
        form,
        lambda: services.observe(by=request.viewer, today=timezone.localdate(), values=form.values()),
        title=_("Beobachtung festhalten"),
        said=_("Festgehalten. Öffentlich wird sie erst, wenn Sie sie veröffentlichen."),
        draft_key="rahmen-neu",
    )


def change_edit(request: ViewerRequest, key: str) -> HttpResponse:
    """Change what was noted."""
    one = _found(request, key)
    form = ObservationForm(request.POST or None, viewer=request.viewer, initial=observation_values(one))
    return _handled(
        request,
        form,
        lambda: services.change_observation(
            by=request.viewer,
            pk=one.pk,
            version=form.seen_version,
            today=timezone.localdate(),
            values=form.values(),
        ),
        title=_("Beobachtung ändern"),
        said=_("Gespeichert."),
        one=one,
    )


def meaning_edit(request: ViewerRequest, key: str) -> HttpResponse:
    """Say what it means for a goal; with `?ziel=` what was said is said anew."""
    one = _found(request, key)
    form = MeaningForm(request.POST or None, viewer=request.viewer, initial=_said_before(request, one))

    def save() -> FrameChange:
        given = form.cleaned_data
        services.weigh_for_goal(
            by=request.viewer,
            pk=one.pk,
            goal_id=given["goal_id"],
            sign=FrameSign(given["sign"]),
            text=given["text"],
        )
        return one

    return _handled(
        request,
        form,
        save,
        title=_("Was es für ein Ziel bedeutet"),
        said=_("Gespeichert."),
        one=one,
        sentence=one.title,
    )


@require_POST
def meaning_remove(request: ViewerRequest, key: str, goal_id: int) -> HttpResponse:
    """It means nothing for that goal."""
    one = _found(request, key)
    services.unweigh_for_goal(by=request.viewer, pk=one.pk, goal_id=goal_id)
    tell(request, text=_("Entfernt."))
    return redirect(queries.address(key))


@require_POST
def change_publish(request: ViewerRequest, key: str) -> HttpResponse:
    """Make it known, or take it back."""
    one = _found(request, key)
    wanted = Visibility.INTERNAL if one.visibility == Visibility.PUBLIC else Visibility.PUBLIC
    given = request.POST.get("version", "")
    try:
        services.publish_observation(
            by=request.viewer,
            pk=one.pk,
            version=int(given) if given.isdecimal() else 0,
            visibility=wanted,
        )
    except ChangedMeanwhile:
        said = _("Inzwischen wurde die Beobachtung geändert. Bitte sehen Sie sie noch einmal an.")
        tell(request, text=said, tone=Tone.WARN)
    except services.CannotObserve:
        tell(
            request,
            text=_("Öffentlich wird nur, was eine Quelle nennt. Bitte tragen Sie sie ein."),
            tone=Tone.WARN,
        )
    else:
        is_public = wanted == Visibility.PUBLIC
        tell(request, text=_("Die Beobachtung ist jetzt öffentlich.") if is_public else _("Wieder intern."))
    return redirect(queries.address(key))


def _handled(
    request: ViewerRequest,
    form: Form,
    save: Callable[[], FrameChange],
    *,
    title: str,
    said: str,
    one: FrameChange | None = None,
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(form, save, words=WORDS, values_of=observation_values)
        if saved.record is not None:
            tell(request, text=said)
            return redirect(queries.address(saved.record.key))
        context["clash"] = saved.clash
    back = queries.address(one.key) if one else reverse("monitoring:frame")
    return render(
        request,
        "monitoring/frame/form.html",
        {"form": form, "title": title, "one": one, "back_url": back, **context},
    )


def _said_before(request: ViewerRequest, one: FrameChange) -> dict[str, Any]:
    given = request.GET.get("ziel", "")
    said = one.meanings.filter(goal_id=int(given)).first() if given.isdecimal() else None
    return (
        {"goal_id": said.goal_id, "sign": said.sign, "text": said.text} if said else {"sign": FrameSign.OPEN}
    )


def _found(request: ViewerRequest, key: str) -> FrameChange:
    """The observation, if the viewer may change it."""
    try:
        one = queries.change_page(request.viewer, key=key).record
    except NotFound as missing:
        raise Http404 from missing
    require(request.viewer, permissions.EDIT_FRAME, one)
    return one
