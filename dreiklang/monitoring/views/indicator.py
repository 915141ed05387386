"""The page of an indicator: one glance for everybody, and its picture, which comes after the text."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.core import text
from dreiklang.core.enums import Visibility
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.queries.indicator_data import source_words
from dreiklang.monitoring.queries.indicator_page import IndicatorPage, city_points, indicator_page, stands
from dreiklang.monitoring.queries.indicator_record import indicator_record
from dreiklang.monitoring.rules.due import days_overdue
from dreiklang.monitoring.rules.values import ValueKind
from dreiklang.monitoring.views import indicator_words as words
from dreiklang.monitoring.views.indicator_picture import begins_at_zero, indicator_chart
from dreiklang.monitoring.views.standing_words import (
    breaks_words,
    kinds_in,
    last_words,
    target_sign,
    target_words,
    trend_words,
    why_open,
)
from dreiklang.monitoring.views.value_words import measure_of, trend_sign, unit_words
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.rules import RailItem

# The table on the page has so many rows; the files have all.
ROWS_SHOWN = 60


@require_safe
def indicator(request: ViewerRequest, key: str) -> HttpResponse:
    """The page. Its text waits for no picture."""
    today = timezone.localdate()
    page = indicator_page(request.viewer, key=key, today=today)
    if page is None:
        raise Http404
    return render(request, "monitoring/indicators/indicator.html", _context(request, page))


@require_safe
def picture(request: ViewerRequest, key: str) -> HttpResponse:
    """The picture alone: for the page that asks for it after its text, or as a page of its own."""
    today = timezone.localdate()
    record = indicator_record(request.viewer, key=key)
    if record is None:
        raise Http404
    shown = record.indicator
    points = city_points(request.viewer, indicator=shown, today=today)
    now = stands(record, points, today=today)
    chart = indicator_chart(now, name=shown.name, measure=measure_of(shown.unit, shown.decimals))
    if chart is None:
        raise Http404
    is_part = request.headers.get("HX-Request") == "true"
    template = "monitoring/indicators/picture_part.html" if is_part else "monitoring/indicators/picture.html"
    answer = render(request, template, {"chart": chart, "indicator": shown})
    # One address, two answers: a cache between must not mix them up.
    answer["Vary"] = "HX-Request, Cookie"
    return answer


def _context(request: ViewerRequest, page: IndicatorPage) -> dict[str, Any]:
    record, now = page.record, page.standing
    shown = record.indicator
    measure = measure_of(shown.unit, shown.decimals)
    today = timezone.localdate()
    return {
        "page": page,
        "record": record,
        "indicator": shown,
        "is_public": shown.visibility == Visibility.PUBLIC,
        "unit": unit_words(measure),
        "step_unit": words.step_unit(measure),
        "last": last_words(now, measure),
        "target_says": target_words(now.target, measure),
        "why_open": why_open(now.target),
        "target_sign": target_sign(now.target),
        "has_target": bool(now.targets),
        "has_forecast": ValueKind.FORECAST in kinds_in(now.points),
        "has_estimate": ValueKind.ESTIMATE in kinds_in(now.points),
        "has_value": not isinstance(now.last, Unknown),
        "contradicts": not isinstance(now.target, Unknown) and now.target.contradicts,
        "trend_sign": trend_sign(now.trend),
        "trend": trend_words(now.trend, measure) if now.points else "",
        "breaks": breaks_words(now),
        "chart": indicator_chart(now, name=_chart_name(shown.name, page), measure=measure),
        "picture_address": reverse("monitoring:indicator-picture", args=[shown.key]),
        "axis_is_cut": bool(now.points) and not begins_at_zero(now),
        "values": [words.value_line(one, measure) for one in page.values[:ROWS_SHOWN]],
        "former": [{"key": key, "day": day} for key, day in sorted(page.former.items())],
        "more_values": max(len(page.values) - ROWS_SHOWN, 0),
        "districts": [words.place_line(one, measure) for one in page.districts],
        "is_compared": any(not isinstance(one.difference, Unknown) for one in page.districts),
        "cities": [words.place_line(one, measure) for one in page.cities],
        "city_line": words.city_line(page, measure),
        "targets": [words.target_line(one, measure) for one in record.targets],
        "effects": [words.effect_line(one, measure) for one in record.effects],
        "facts": words.definition(record.indicator, page),
        "versions": words.version_lines(record.versions),
        "source": source_words(shown),
        "due": None if isinstance(page.due, Unknown) else page.due,
        "days_overdue": _days_late(page, today),
        "delivered": page.delivered,
        "rail_items": _rail(page),
        "may_edit": may(request.viewer, permissions.EDIT, shown),
        "may_bring": not shown.formula and may(request.viewer, permissions.BRING, shown),
        "may_link": may(request.viewer, permissions.LINK),
        "draft_saved": request.session.pop("draft_saved", "") if "draft_saved" in request.session else "",
        "stand": today,
    }


def _chart_name(name: str, page: IndicatorPage) -> str:
    place = page.city.name if page.city else ""
    return f"{name}, {place}" if place else name


def _days_late(page: IndicatorPage, today: Any) -> int:
    late = days_overdue(page.due, today=today)
    return 0 if isinstance(late, Unknown) else late


def _rail(page: IndicatorPage) -> list[RailItem]:
    record = page.record
    tasks = [RailItem(_("Zukunftsaufgabe"), f"{one.number} {one.title}", one.url) for one in record.tasks[:1]]
    goals = [RailItem(_("Ziel"), f"{one.number} {one.title}", one.url) for one in record.goals[:1]]
    return [
        *tasks,
        *goals,
        RailItem(_("Indikator"), record.indicator.name, is_current=True),
        RailItem(_("Maßnahmen"), "", "#wirkungen", text.number(len(record.effects))),
    ]
