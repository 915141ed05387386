"""What waits for one person among indicators: values to bring, and effects of measures to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from dreiklang.core.values import Unknown
from dreiklang.measures.rules import ENDINGS
from dreiklang.monitoring.models import Delivery, Indicator, MeasureIndicator, Observation
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.queries.visibility import SHOWN
from dreiklang.monitoring.rules.due import values_due
from dreiklang.monitoring.rules.values import ValueKind
from dreiklang.people.rules import Role, Viewer

VALUES, EFFECT = "values_due", "effect_unobserved"
# Values are asked for so many days before they are due, as reports are.
AHEAD = timedelta(days=14)
_MEASURED = (ValueKind.ACTUAL, ValueKind.ESTIMATE)


@dataclass(frozen=True)
class IndicatorDue:
    """One thing to do.

    reason  values_due: `on` is the day by which they should be there; effect_unobserved: an effect was expected by
            `on`, and nobody said what was observed. `about` are the indicators it is about
    """

    reason: str
    key: str
    title: str
    url: str
    on: date
    about: tuple[str, ...] = ()


def indicators_waiting(viewer: Viewer, *, today: date) -> dict[str, QuerySet[Any]]:
    """What `values_due_for` and `effects_due_for` look through, by name: to ask first whether anything is there."""
    return {"values": _dated(viewer), "effects": _unobserved(viewer, today)}


def values_due_for(viewer: Viewer, *, today: date) -> list[IndicatorDue]:
    """Values that the viewer is to bring; nothing for outsiders. One statement.

    The person named brings them, or who stands in for her; without one the editors of the department.
    """
    if not viewer.is_internal:
        return []
    rows = _with_last(_dated(viewer).order_by("name", "pk")).values_list(
        "key", "name", "rhythm", "lag_days", "next_due_on", "last_on", "delivered_at"
    )
    items = []
    for key, name, rhythm, lag, by_hand, last, delivered in rows:
        due = values_due(
            rhythm=rhythm,
            last=last,
            lag_days=lag or 0,
            by_hand=by_hand,
            delivered_on=localdate(delivered) if delivered else None,
        )
        if not isinstance(due, Unknown) and due <= today + AHEAD:
            items.append(IndicatorDue(VALUES, key, name, address(key), due))
    return sorted(items, key=lambda item: (item.on, item.title))


def _dated(viewer: Viewer) -> QuerySet[Indicator]:
    """Derived and retired ones wait for nobody."""
    dated = ~Q(rhythm="") | Q(next_due_on__isnull=False)
    return Indicator.objects.filter(dated, _mine(viewer), retired_on=None, formula="")


def _mine(viewer: Viewer) -> Q:
    people = [pk for pk in (viewer.account_id, *viewer.deputises_for) if pk is not None]
    reach = [one.department_ids for one in viewer.held if one.role is Role.DEPARTMENT_EDITOR]
    offices = sorted({pk for ids in reach if ids is not None for pk in ids})
    return Q(responsible__in=people) | Q(responsible=None, department__in=offices)


def _with_last(found: QuerySet[Indicator]) -> Any:
    """With the last day of the newest value of any place, and when values of its dataset last came."""
    values = Observation.objects.filter(quantity=OuterRef("quantity"), kind__in=_MEASURED, state__in=SHOWN)
    newest = values.order_by().values("quantity").annotate(last=Max("ends_on")).values("last")
    deliveries = Delivery.objects.filter(dataset=OuterRef("quantity__dataset"), withdrawn_at=None)
    return found.annotate(
        last_on=Subquery(newest),
        delivered_at=Subquery(deliveries.order_by("-made_at").values("made_at")[:1]),
    )


def effects_due_for(viewer: Viewer, *, today: date) -> list[IndicatorDue]:
    """Measures the viewer leads whose expected effects nobody observed; nothing for outsiders. One statement.

    One for each measure, since the end of the first year that is over.
    """
    if not viewer.is_internal:
        return []
    rows = _unobserved(viewer, today).order_by("expected_year", "pk")
    found: dict[str, list[tuple[str, int, str]]] = {}
    for number, title, year, name in rows.values_list(
        "measure__number", "measure__title", "expected_year", "indicator__name"
    ):
        found.setdefault(number, []).append((title, year or 0, name))
    return [_effect(number, said) for number, said in found.items()]


def _unobserved(viewer: Viewer, today: date) -> QuerySet[MeasureIndicator]:
    """What was given up owes no effect."""
    people = [pk for pk in (viewer.account_id, *viewer.deputises_for) if pk is not None]
    links = MeasureIndicator.objects.filter(
        Q(measure__lead__in=people) | Q(measure__deputy__in=people),
        expected_year__lt=today.year,
        observed_value=None,
        measure__merged_into=None,
    )
    return links.exclude(measure__current_report__phase__in=list(ENDINGS))


def _effect(number: str, said: Sequence[tuple[str, int, str]]) -> IndicatorDue:
    title, year, _name = said[0]
    page = reverse("measures:measure", args=[number])
    names = tuple(name for _title, _year, name in said)
    return IndicatorDue(EFFECT, number, title, f"{page}#indikatoren", date(year, 12, 31), names)
