"""The uniform set for everybody: what is watched, how it stands, where it goes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import orjson
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.core.enums import Visibility
from dreiklang.core.tables.write import Column as Written
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.indicator_list import IndicatorFilterForm
from dreiklang.monitoring.queries.indicator_data import source_words
from dreiklang.monitoring.queries.indicator_list import (
    ListedIndicator,
    Wanted,
    indicator_count,
    list_offers,
    listed_indicators,
)
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.views.standing_words import point_words, post_words, target_sign
from dreiklang.monitoring.views.value_words import measure_of, trend_sign, unit_words, value_words
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import MOST_EXPORTED, as_file, csv_file, xlsx_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, Row, Table, table_query

PER_PAGE = 50
JSON = "application/json"


class _Counted(Paginator):  # type: ignore[type-arg]  # generic for the checker only
    """Pages of a list whose length is known already."""

    def __init__(self, total: int) -> None:
        super().__init__(range(total), PER_PAGE)


@require_safe
def indicators(request: ViewerRequest) -> HttpResponse:
    """One page of what the filters leave; with `format` all of it as CSV, XLSX or JSON."""
    today = timezone.localdate()
    form = IndicatorFilterForm(request.GET, offers=list_offers(request.viewer))
    wanted = form.wanted()
    if request.GET.get("format") in {"csv", "xlsx", "json"}:
        found = listed_indicators(request.viewer, wanted=wanted, today=today, start=0, limit=MOST_EXPORTED)
        return _download(found, form=request.GET["format"])
    total = indicator_count(request.viewer, wanted=wanted)
    page: Page[Any] = _Counted(total).get_page(request.GET.get(PAGE_KEY))
    start = (page.number - 1) * PER_PAGE
    found = listed_indicators(request.viewer, wanted=wanted, today=today, start=start, limit=PER_PAGE)
    return render(
        request, "monitoring/indicators/list.html", _listed(request, form, wanted, total, page, found, today)
    )


def _listed(
    request: ViewerRequest,
    form: IndicatorFilterForm,
    wanted: Wanted,
    total: int,
    page: Page[Any],
    found: Sequence[ListedIndicator],
    today: date,
) -> dict[str, Any]:
    columns = _columns()
    return {
        "form": form,
        "total": total,
        "page": page,
        "is_filtered": wanted != Wanted(),
        "table": Table(
            caption=_("Indikatoren"),
            columns=columns,
            rows=[_row(one) for one in found],
            query=table_query(dict(request.GET.lists()), columns=columns),
            csv_href=_as(request, "csv"),
            empty_text=_("Kein Indikator passt zu diesen Filtern. Heben Sie einen auf."),
        ),
        "xlsx_address": _as(request, "xlsx"),
        "json_address": _as(request, "json"),
        "may_create": may(request.viewer, permissions.CREATE),
        "stand": today,
    }


def _as(request: ViewerRequest, form: str) -> str:
    params = request.GET.copy()
    params.pop(PAGE_KEY, None)
    params["format"] = form
    return f"?{params.urlencode()}"


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Indikator"), is_optional=False),
        Column("last", _("Letzter Wert"), is_optional=False, is_numeric=True),
        Column("target", _("Nächster Zielwert"), is_optional=False),
        Column("trend", _("Trend")),
        Column("goals", _("Ziele")),
        Column("department", _("Amt"), is_hidden=True),
    )


def _row(one: ListedIndicator) -> Row:
    indicator, now = one.indicator, one.standing
    measure = measure_of(indicator.unit, indicator.decimals)
    is_public = indicator.visibility == Visibility.PUBLIC
    last = now.last
    shown = (
        Cell(_("noch kein Wert"))
        if isinstance(last, Unknown)
        else Cell(value_words(last.value, measure), note=point_words(last))
    )
    return Row(
        cells={
            "name": Cell(indicator.name, href=address(indicator.key), note="" if is_public else _("intern")),
            "last": shown,
            "target": target_sign(now.target),
            "trend": trend_sign(now.trend),
            "goals": ", ".join(goal.key for goal in one.goals) or "–",
            "department": indicator.department.name if indicator.department else "–",
        },
        href=address(indicator.key),
    )


def _download(found: Sequence[ListedIndicator], *, form: str) -> HttpResponse:
    if form == "json":
        return as_file(orjson.dumps([_data(one) for one in found]), "indikatoren.json", JSON)
    columns = [Written(str(name)) for name in _file_columns()]
    rows = (_line(one) for one in found)
    if form == "csv":
        return csv_file(columns, rows, name="indikatoren")
    return xlsx_file(columns, rows, name="indikatoren", title=_("Indikatoren"))


def _file_columns() -> Iterable[str]:
    return (
        _("Kurzname"),
        _("Indikator"),
        _("Einheit"),
        _("Letzter Wert"),
        _("Zeitpunkt"),
        _("Nächster Zielwert"),
        _("Zum"),
        _("Stand"),
        _("Trend"),
        _("Ziele"),
        _("Amt"),
        _("Quelle"),
        _("Lizenz"),
    )


def _line(one: ListedIndicator) -> tuple[Any, ...]:
    indicator, now = one.indicator, one.standing
    measure = measure_of(indicator.unit, indicator.decimals)
    last, target = now.last, now.target
    return (
        indicator.key,
        indicator.name,
        unit_words(measure),
        last.value if not isinstance(last, Unknown) else None,
        point_words(last) if not isinstance(last, Unknown) else "",
        "" if isinstance(target, Unknown) else post_words(target.next_target, measure),
        None if isinstance(target, Unknown) else target.next_target.on,
        str(target_sign(target).label),
        str(trend_sign(now.trend).label),
        ", ".join(goal.key for goal in one.goals),
        indicator.department.name if indicator.department else "",
        source_words(indicator),
        indicator.licence,
    )


def _data(one: ListedIndicator) -> dict[str, Any]:
    indicator, now = one.indicator, one.standing
    last, target, trend = now.last, now.target, now.trend
    return {
        "key": indicator.key,
        "name": indicator.name,
        "unit": indicator.unit,
        "value": None if isinstance(last, Unknown) else str(last.value),
        "value_on": None if isinstance(last, Unknown) else last.ends_on,
        "target_state": target.reason if isinstance(target, Unknown) else target.state,
        "target_on": None if isinstance(target, Unknown) else target.next_target.on,
        "trend": trend.reason if isinstance(trend, Unknown) else trend.code,
        "goals": [goal.key for goal in one.goals],
        "department": indicator.department.key if indicator.department else None,
        "source": source_words(indicator),
        "licence": indicator.licence,
    }
