"""An indicator is created, changed, published, withdrawn, retired and taken up again."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.core.forms import both_sides
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.indicator_editing import IndicatorForm, RetireForm, indicator_form_values
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.indicator_data import indicator_for_data
from dreiklang.monitoring.queries.wording_of_formulas import formula_sentence
from dreiklang.monitoring.services.definitions import (
    CannotSave,
    change_indicator,
    create_indicator,
    retire,
    set_visibility,
    take_up_again,
)
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

WORDS = {
    "key_taken": ("key", gettext_lazy("Diesen Kurznamen gibt es schon. Bitte wählen Sie einen anderen.")),
    "key_not_plain": (
        "key",
        gettext_lazy("Nur kleine Buchstaben ohne Umlaute, Ziffern und einzelne Bindestriche dazwischen."),
    ),
    "values_and_formula": (
        "formula",
        gettext_lazy("Entweder Werte einer Größe oder eine Formel, nicht beides."),
    ),
    "needs_reason": ("change_reason", gettext_lazy("Die Festlegung ändert sich. Bitte sagen Sie, warum.")),
    "needs_department": (
        "department_id",
        gettext_lazy("Öffentlich ist ein Indikator nur, wenn ein Amt für ihn steht."),
    ),
}


def edit(request: ViewerRequest, key: str | None = None) -> HttpResponse:
    """A new indicator, or the definition of one."""
    found = None if key is None else editable(request, key)
    if found is None:
        require(request.viewer, permissions.CREATE)
    form = IndicatorForm(
        request.POST or None, viewer=request.viewer, is_new=found is None, initial=_start(request, found)
    )
    clash = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = _saved(request, form, found)
        except ChangedMeanwhile as refusal:
            clash = both_sides(form, indicator_form_values(refusal.theirs))
            form.take_version(refusal.version)
        except CannotSave as refusal:
            field, said = refusal_words(refusal)
            form.add_error(field if field in form.fields else None, said)
        else:
            tell(request, text=_("Indikator gespeichert."))
            request.session["draft_saved"] = f"indikator-{key or 'neu'}"
            return redirect("monitoring:indicator", key=saved.key)
    context = {
        "form": form,
        "clash": clash,
        "indicator": found,
        "is_public": found is not None and found.visibility == Visibility.PUBLIC,
        "draft_key": f"indikator-{key or 'neu'}",
        "back_url": reverse("monitoring:indicator", args=[key]) if key else reverse("monitoring:set"),
    }
    return render(request, "monitoring/indicators/edit.html", context)


def _start(request: ViewerRequest, found: Indicator | None) -> dict[str, Any]:
    today = {"valid_from": timezone.localdate()}
    if found is None:
        return today | {
            "decimals": 0,
            "department_id": request.viewer.department_id,
            "quantity": request.GET.get("groesse", ""),
        }
    return today | indicator_form_values(found)


def _saved(request: ViewerRequest, form: IndicatorForm, found: Indicator | None) -> Indicator:
    said = form.cleaned_data
    if found is None:
        return create_indicator(
            by=request.viewer, key=said["key"], values=form.definition(), on=said["valid_from"]
        )
    return change_indicator(
        by=request.viewer,
        key=found.key,
        version=form.seen_version,
        values=form.definition(),
        on=said["valid_from"],
        reason=said["change_reason"],
        is_comparable=not said["is_broken"],
    )


def refusal_words(refusal: CannotSave) -> tuple[str, str]:
    """The field a refusal belongs to and what to tell; what is wrong with a formula comes with its place."""
    if refusal.code in WORDS:
        field, said = WORDS[refusal.code]
        return field, str(said)
    facts = refusal.facts
    return "formula", formula_sentence(refusal.code, words=facts.get("words", ""), at=facts.get("at", 0))


def editable(request: ViewerRequest, key: str) -> Indicator:
    """The indicator, if the viewer may change it; 404 where there is none or she may not know of it."""
    found = indicator_for_data(request.viewer, key=key)
    if found is None:
        raise Http404
    require(request.viewer, permissions.EDIT, found)
    return found


@require_POST
def publish(request: ViewerRequest, key: str) -> HttpResponse:
    """Everybody sees it from now on; for a minute it can be taken back."""
    return _visible(request, key, Visibility.PUBLIC)


@require_POST
def withdraw(request: ViewerRequest, key: str) -> HttpResponse:
    """Only the administration sees it from now on; for a minute it can be taken back."""
    return _visible(request, key, Visibility.INTERNAL)


def _visible(request: ViewerRequest, key: str, visibility: Visibility) -> HttpResponse:
    found = editable(request, key)
    try:
        set_visibility(by=request.viewer, key=key, version=found.version, visibility=visibility)
    except CannotSave as refusal:
        tell(request, text=refusal_words(refusal)[1], tone=Tone.WARN)
    else:
        is_public = visibility is Visibility.PUBLIC
        back = "monitoring:indicator-withdraw" if is_public else "monitoring:indicator-publish"
        said = _("Der Indikator ist jetzt öffentlich.") if is_public else _("Der Indikator ist jetzt intern.")
        tell(request, text=said, undo_url=reverse(back, args=[key]))
    return redirect("monitoring:indicator", key=key)


def end(request: ViewerRequest, key: str) -> HttpResponse:
    """It is kept up no longer, for a reason; it is never deleted."""
    found = editable(request, key)
    form = RetireForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        retire(by=request.viewer, key=key, version=found.version, on=said["on"], reason=said["reason"])
        tell(
            request,
            text=_("Der Indikator wird nicht mehr fortgeführt. Seine Werte bleiben lesbar."),
            undo_url=reverse("monitoring:indicator-resume", args=[key]),
        )
        return redirect("monitoring:indicator", key=key)
    back = reverse("monitoring:indicator", args=[key])
    context = {"form": form, "indicator": found, "back_url": back, "submit_label": _("Nicht mehr fortführen")}
    return render(request, "monitoring/indicators/retire.html", context)


@require_POST
def resume(request: ViewerRequest, key: str) -> HttpResponse:
    """It is kept up again."""
    found = editable(request, key)
    take_up_again(by=request.viewer, key=key, version=found.version)
    tell(request, text=_("Der Indikator wird wieder fortgeführt."))
    return redirect("monitoring:indicator", key=key)
