"""From which size on something is worth a look: words, unit, value, why, and who changed it."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.conflicts import queries, services
from dreiklang.conflicts.forms.thresholds import (
    NAMES,
    ThresholdsForm,
    default_of,
    shown_number,
    threshold_values,
)
from dreiklang.conflicts.models import Thresholds
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.permissions import THRESHOLDS as CHANGE
from dreiklang.core import text
from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Entry
from dreiklang.workspace.queries.history import HistoryEntry, history_of


@login_required
def thresholds(request: ViewerRequest) -> HttpResponse:
    """The thresholds in force; coordination changes them here."""
    require(request.viewer, CHANGE if request.method == "POST" else SEE)
    kept = queries.thresholds()
    form = ThresholdsForm(request.POST or None, initial=threshold_values(kept))
    if request.method == "POST" and form.is_valid():
        try:
            services.save_thresholds(
                by=request.viewer, now=timezone.now(), version=form.seen_version, values=form.values()
            )
        except ChangedMeanwhile as refusal:
            form.take_version(refusal.version)
            form.add_error(
                None,
                _(
                    "Inzwischen hat jemand die Schwellen geändert. Ihre Werte stehen noch da; speichern Sie sie noch einmal, wenn sie gelten sollen."
                ),
            )
        except services.CannotSet as refusal:
            for name in refusal.facts["fields"]:
                form.add_error(name, _("Dieser Wert ergibt keinen Sinn."))
        else:
            tell(request, text=_("Schwellen geändert. Alles wird gerade neu verglichen."))
            return redirect("conflicts:thresholds")
    return render(request, "conflicts/thresholds.html", _context(request, form, kept))


def _context(request: ViewerRequest, form: ThresholdsForm, kept: Thresholds) -> dict[str, Any]:
    return {
        "form": form,
        "thresholds": [_one(form, name) for name in NAMES],
        "basis": kept.basis,
        "may_change": may(request.viewer, CHANGE),
        "changes": [
            Entry(on=timezone.localdate(one.at), title=one.by_name or _("Dreiklang"), text="; ".join(told))
            for one, told in _acts(kept)
        ],
        "sentence": _sentence(kept),
    }


def _acts(kept: Thresholds) -> Iterator[tuple[HistoryEntry, list[str]]]:
    """Who changed what. The first who wrote them down changed only what differs from the defaults."""
    defaults = {
        str(getattr(Thresholds._meta.get_field(name), "verbose_name", name)): str(default_of(name))
        for name in NAMES
    }
    for one in history_of(kept, subject="conflicts") if kept.pk is not None else ():
        told = []
        for change in one.changes:
            for field in change.fields:
                before = field.before or (defaults.get(field.field, "") if change.label == "insert" else "")
                if not _is_same(before, field.after):
                    told.append(f"{field.field}: {_shown(before)} → {_shown(field.after)}")
        yield one, told or [_("Die Vorgaben gelten weiter.")]


def _is_same(before: str, after: str) -> bool:
    try:
        return Decimal(before) == Decimal(after)
    except InvalidOperation:
        return before == after


def _shown(value: str) -> str:
    try:
        return text.number(Decimal(value).normalize())
    except InvalidOperation:
        return value or "–"


def _sentence(kept: Thresholds) -> str:
    return _("Auf gleichen Ort weisen wir ab %(area)s m² hin, auf gleiche Zeit ab %(days)s.") % {
        "area": text.number(kept.least_area_m2),
        "days": text.count(kept.least_days, _("Tag"), _("Tagen")),
    }


def _one(form: ThresholdsForm, name: str) -> dict[str, Any]:
    bound = form[name]
    described = f"{bound.id_for_label}-worte" + (f" {bound.id_for_label}-fehler" if bound.errors else "")
    attrs: dict[str, str | bool] = {
        "class": "kern-form-input__input",
        "aria-describedby": described,
        "inputmode": "decimal",
    }
    if bound.errors:
        attrs |= {"aria-invalid": "true", "class": "kern-form-input__input kern-form-input__input--error"}
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=attrs),
        "words": _words()[name],
        "value": text.number(form.initial[name]),
        "default": text.number(shown_number(name, default_of(name))),
    }


def _words() -> dict[str, str]:
    return {
        "least_area_m2": _(
            "In Quadratmetern. Kleinere Überlappungen gelten als ungenaue Grenzen, außer das eine liegt ganz im anderen."
        ),
        "least_area_share": _("In Prozent. Ein schmaler gemeinsamer Rand ist noch kein gemeinsamer Ort."),
        "least_days": _("In Tagen. So lange müssen beide zugleich laufen."),
        "near_months": _("In Monaten. Wer so kurz nacheinander am selben Ort baut, könnte es zusammen tun."),
        "least_effect_weight": _("1 gering, 2 mittel, 3 stark. Schwächere Wirkungen bleiben außen vor."),
        "least_nearness": _("Von 0 bis 1. Ab hier könnten zwei Texte dasselbe sagen."),
        "least_strength": _("Von 0 bis 1. Schwächere Hinweise entstehen nicht."),
    }
