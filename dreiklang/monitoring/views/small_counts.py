"""Small counts: the pages of the statistics office, where alone their numbers stand."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from dreiklang.core import text
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.values import Unknown
from dreiklang.monitoring.forms.small_counts import NEEDS_REASON, ShowAgainForm, ThresholdForm
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries import small_counts as queries
from dreiklang.monitoring.queries.small_counts import GuardedIndicator, HiddenDay, RawCount
from dreiklang.monitoring.rules.small_counts import Proof
from dreiklang.monitoring.rules.values import ReleaseState, ValueKind
from dreiklang.monitoring.services.suppression import CannotHide, hide_below, show_again
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Column, Entry, Row, Sign, Table, Tone
from dreiklang.ui.rules.tables import Cell

WORDS = {
    "needs_reason": NEEDS_REASON,
    "threshold_out_of_range": gettext_lazy("Die Grenze liegt zwischen 2 und 1.000."),
    "is_derived": gettext_lazy(
        "Dieser Indikator wird errechnet. Verborgen werden die Zahlen, aus denen er entsteht."
    ),
    "not_a_count": gettext_lazy("Das sind keine Anzahlen. Nur was einzeln gezählt wird, kann zu klein sein."),
    "same_threshold": gettext_lazy("Diese Grenze gilt schon."),
}
_FIELDS = {"needs_reason": "reason", "threshold_out_of_range": "below", "same_threshold": "below"}
_MEANWHILE = gettext_lazy(
    "Inzwischen hat jemand den Indikator geändert. Ihre Eingaben stehen noch da; speichern Sie sie noch einmal, wenn sie gelten sollen."
)
STATES = {
    ReleaseState.RELEASED: Sign("shown", gettext_lazy("wird gezeigt"), Tone.DONE),
    ReleaseState.SUPPRESSED: Sign("small", gettext_lazy("kleine Zahl"), Tone.WARN),
    ReleaseState.SUPPRESSED_SECONDARY: Sign("beside", gettext_lazy("schützt eine andere"), Tone.NEUTRAL),
}
_PROOFS = {
    Proof.SHOWN: gettext_lazy("nichts zu verbergen"),
    Proof.AUDITED: gettext_lazy("nachgerechnet: keine Summe verrät sie"),
}
_ALL_HIDDEN = {
    "leak": gettext_lazy("Summen verraten kleine Zahlen, deshalb alles verborgen"),
    "not_a_count": gettext_lazy("nicht nur Anzahlen, deshalb alles verborgen"),
}


@login_required
@never_cache
def overview(request: ViewerRequest) -> HttpResponse:
    """Which indicators hide small counts, how many, and which could."""
    with_threshold, without = queries.guarded(request.viewer)
    context = {
        "table": _indicators(with_threshold),
        "without": without,
        "hidden_count": sum(one.small + one.beside for one in with_threshold),
        "with_count": len(with_threshold),
    }
    return render(request, "monitoring/small_counts/overview.html", context)


@login_required
@never_cache
def indicator(request: ViewerRequest, key: str) -> HttpResponse:
    """The threshold of one indicator, tried before it is set; what is hidden by day, and the counts themselves."""
    record = _record(request, key)
    deed = request.POST.get("tun", "") if request.method == "POST" else ""
    showing = deed == "zeigen"
    form = ThresholdForm(
        None if showing else request.POST or None, initial=_initial(record), is_trial=deed == "proben"
    )
    again = ShowAgainForm(request.POST if showing else None, initial=_initial(record), prefix="wieder")
    context: dict[str, Any] = {"form": form, "again": again, "record": record}
    if deed == "setzen" and form.is_valid() and _done(request, form, record):
        tell(
            request, text=_("Zahlen unter %(below)s sind verborgen.") % {"below": form.cleaned_data["below"]}
        )
        return redirect("monitoring:small-count", key)
    if showing and again.is_valid() and _done(request, again, record):
        tell(
            request, text=_("Alle Zahlen werden wieder gezeigt, soweit kein anderer Indikator sie verbirgt.")
        )
        return redirect("monitoring:small-count", key)
    if deed == "proben" and form.is_valid():
        context["preview"] = _preview(request, record, form.cleaned_data["below"])
        context["tried"] = form.cleaned_data["below"]
    context |= _standing(request, record)
    return render(request, "monitoring/small_counts/indicator.html", context)


def _done(request: ViewerRequest, form: ThresholdForm | ShowAgainForm, record: Indicator) -> bool:
    """Whether it was done; else the form says why not."""
    facts: dict[str, Any] = {
        "by": request.viewer,
        "key": record.key,
        "version": form.seen_version,
        "reason": form.cleaned_data["reason"],
        "now": timezone.now(),
    }
    try:
        if isinstance(form, ThresholdForm):
            hide_below(**facts, below=form.cleaned_data["below"])
        else:
            show_again(**facts)
    except ChangedMeanwhile as refusal:
        form.take_version(refusal.version)
        form.add_error(None, str(_MEANWHILE))
    except CannotHide as refusal:
        _refuse(form, refusal)
    else:
        return True
    return False


def _refuse(form: django_forms.Form, refusal: Refused) -> None:
    field = _FIELDS.get(refusal.code)
    form.add_error(field if field in form.fields else None, str(WORDS[refusal.code]))


def _record(request: ViewerRequest, key: str) -> Indicator:
    try:
        return queries.guarded_indicator(request.viewer, key=key)
    except NotFound as missing:
        raise Http404 from missing


def _initial(record: Indicator) -> dict[str, Any]:
    return {"below": record.suppress_below or 5, "version": record.version}


def _standing(request: ViewerRequest, record: Indicator) -> dict[str, Any]:
    days = queries.hidden_days(request.viewer, indicator=record)
    chosen = _chosen(request, days)
    raw = queries.raw_counts(request.viewer, indicator=record, ends_on=chosen) if chosen else []
    changes = queries.threshold_changes(request.viewer, indicator=record)
    return {
        "days": _hidden_days(days, record),
        "chosen": chosen,
        "raw": _raw(raw),
        "changes": [
            Entry(
                on=timezone.localdate(one.at),
                title=_("Zahlen unter %(below)s verborgen") % {"below": one.below}
                if one.below
                else _("Wieder alle gezeigt"),
                text=one.reason,
                source=one.by_name,
            )
            for one in changes
        ],
        "small_count": sum(one.small for one in days),
        "beside_count": sum(one.beside for one in days),
    }


def _chosen(request: ViewerRequest, days: Iterable[HiddenDay]) -> date | None:
    asked = request.GET.get("tag", "")
    return next((one.day.ends_on for one in days if one.day.ends_on.isoformat() == asked), None)


def _indicators(found: Iterable[GuardedIndicator]) -> Table:
    return Table(
        caption=_("Indikatoren mit einer Grenze für kleine Zahlen"),
        columns=(
            Column("name", _("Indikator"), is_optional=False),
            Column("below", _("Grenze"), is_numeric=True, is_optional=False),
            Column("small", _("Kleine Zahlen"), is_numeric=True, is_optional=False),
            Column("beside", _("Zum Schutz verborgen"), is_numeric=True, is_optional=False),
        ),
        rows=[
            Row(
                {
                    "name": one.name,
                    "below": _("unter %(below)s") % {"below": one.below},
                    "small": text.number(one.small),
                    "beside": text.number(one.beside),
                },
                href=reverse("monitoring:small-count", args=[one.key]),
            )
            for one in found
        ],
        empty_text=_("Noch keiner."),
    )


def _hidden_days(days: Iterable[HiddenDay], record: Indicator) -> Table:
    return Table(
        caption=_("Verborgenes nach Tagen"),
        columns=_day_columns(),
        rows=[
            Row(_day_cells(one) | {"day": Cell(_day(one), f"?tag={one.day.ends_on.isoformat()}#zahlen")})
            for one in days
        ],
        empty_text=_("Für Gebiete dieser Stadt sind noch keine Werte da."),
        id="tage",
    )


def _preview(request: ViewerRequest, record: Indicator, below: int) -> Table:
    return Table(
        caption=_("Was unter dieser Grenze verborgen würde"),
        columns=(*_day_columns(), Column("proof", _("Geprüft"), is_optional=False)),
        rows=[
            Row(_day_cells(one) | {"proof": _proof(one)})
            for one in queries.preview(request.viewer, indicator=record, below=below)
        ],
        empty_text=_("Für Gebiete dieser Stadt sind noch keine Werte da."),
        id="probe",
    )


def _day_columns() -> tuple[Column, ...]:
    return (
        Column("day", _("Tag"), is_optional=False),
        Column("shown", _("Gezeigt"), is_numeric=True, is_optional=False),
        Column("small", _("Kleine Zahlen"), is_numeric=True, is_optional=False),
        Column("beside", _("Zum Schutz verborgen"), is_numeric=True, is_optional=False),
    )


def _day_cells(one: HiddenDay) -> dict[str, Any]:
    counts = {name: text.number(getattr(one, name)) for name in ("shown", "small", "beside")}
    return {"day": _day(one), **counts}


def _day(one: HiddenDay) -> str:
    words = text.day_short(one.day.ends_on)
    if one.day.starts_on != one.day.ends_on:
        words = f"{text.day_short(one.day.starts_on)} – {words}"
    return f"{words} ({_('Schätzung')})" if one.day.kind == ValueKind.ESTIMATE else words


def _proof(one: HiddenDay) -> str:
    if one.proof is Proof.ALL_HIDDEN:
        return str(_ALL_HIDDEN[one.why] if one.why in _ALL_HIDDEN else _ALL_HIDDEN["leak"])
    return str(_PROOFS[one.proof]) if one.proof else ""


def _raw(found: Iterable[RawCount]) -> Table:
    return Table(
        caption=_("Die Zahlen selbst"),
        columns=(
            Column("region", _("Gebiet"), is_optional=False),
            Column("split", _("Merkmale"), is_optional=False),
            Column("value", _("Zahl"), is_numeric=True, is_optional=False),
            Column("state", _("Für alle anderen"), is_optional=False),
        ),
        rows=[
            Row(
                {
                    "region": one.region,
                    "split": one.split or _("insgesamt"),
                    "value": one.value if isinstance(one.value, Unknown) else text.number(_plain(one.value)),
                    "state": STATES[one.state],
                }
            )
            for one in found
        ],
        id="zahlentabelle",
    )


def _plain(count: Decimal) -> Decimal:
    """Without zeros behind the comma: counts are whole."""
    return count.quantize(Decimal(1)) if count == count.to_integral_value() else count.normalize()
