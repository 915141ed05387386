"""All values of an indicator as CSV, XLSX and JSON: with the meaning of signs, source and licence inside."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.core.tables.write import Column as Written
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.models.labels import MARK_MEANING_LABELS, REGION_LEVEL_LABELS, VALUE_KIND_LABELS
from dreiklang.monitoring.queries.indicator_data import (
    indicator_facts,
    indicator_for_data,
    source_words,
)
from dreiklang.monitoring.queries.indicator_values import ValueRow, value_data, value_rows
from dreiklang.monitoring.queries.value_columns import HEADS, INSIDE
from dreiklang.monitoring.queries.value_history import former_values
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import MarkMeaning, RegionLevel
from dreiklang.monitoring.views.indicator_list import JSON
from dreiklang.monitoring.views.value_words import reason_words
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.downloads import MOST_EXPORTED, as_file, csv_file, xlsx_file


@require_safe
def data(request: ViewerRequest, key: str, form: str) -> HttpResponse:
    """Every value in force, of every region and period."""
    indicator = indicator_for_data(request.viewer, key=key)
    if indicator is None:
        raise Http404
    rows = value_rows(request.viewer, indicator=indicator)
    if form == "json":
        return as_file(orjson.dumps(_document(indicator, rows)), f"{key}.json", JSON)
    is_inside = may(request.viewer, permissions.SEE_INSIDE)
    columns = [Written(name) for name in _columns(is_inside=is_inside)]
    lines = (_line(indicator, row, is_inside=is_inside) for row in rows)
    if form == "csv":
        return csv_file(columns, lines, name=key)
    return xlsx_file(columns, lines, name=key, title=indicator.name[:31])


@require_safe
def history(request: ViewerRequest, key: str) -> HttpResponse:
    """What values were before somebody changed them, newest change first. For the administration."""
    require(request.viewer, permissions.SEE_INSIDE)
    indicator = indicator_for_data(request.viewer, key=key)
    if indicator is None:
        raise Http404
    heads = (
        _("Geändert am"),
        _("Von"),
        _("Warum"),
        _("Gebiet"),
        _("Beginn"),
        _("Ende"),
        _("Früherer Wert"),
        _("Zeichen"),
    )
    found = former_values(request.viewer, indicator=indicator, limit=MOST_EXPORTED)
    rows = (
        (
            localdate(one.changed_at),
            one.by_name,
            _(one.reason) if one.reason else "",
            one.region,
            one.starts_on,
            one.ends_on,
            one.value,
            one.mark,
        )
        for one in found
    )
    return csv_file([Written(head) for head in heads], rows, name=f"{key}-frueher")


def _columns(*, is_inside: bool) -> list[str]:
    return [_(head) for head in (*HEADS.values(), *(INSIDE.values() if is_inside else ()))]


def _line(indicator: Indicator, row: ValueRow, *, is_inside: bool) -> tuple[Any, ...]:
    """In the order of `HEADS`; by it the file is known when it comes back."""
    facts = (
        indicator.name,
        str(REGION_LEVEL_LABELS[RegionLevel(row.level)]),
        row.region,
        row.ars,
        row.region_name,
        row.starts_on,
        row.ends_on,
        str(VALUE_KIND_LABELS[row.kind]),
        row.scenario,
        row.made_on,
        row.breakdown,
        None if isinstance(row.value, Unknown) else row.value.normalize(),
        _unit(indicator),
        row.mark,
        meaning_words(row),
        source_words(indicator),
        indicator.licence,
    )
    return (*facts, row.time_code, row.words) if is_inside else facts


def _unit(indicator: Indicator) -> str:
    """In any language as lists write it: the file may come back."""
    unit = shipped_units().by_code.get(indicator.unit)
    return unit.sign or unit.name if unit else ""


def meaning_words(row: ValueRow) -> str:
    """What a sign means by the legend of its source, or why there is no number."""
    if row.meaning:
        return str(MARK_MEANING_LABELS[MarkMeaning(row.meaning)])
    return reason_words(row.value) if isinstance(row.value, Unknown) and not row.mark else ""


def _document(indicator: Indicator, rows: Iterator[ValueRow]) -> dict[str, Any]:
    values = [value_data(row) for row in rows]
    marks = {row["mark"]: row["meaning"] for row in values if row["mark"]}
    return indicator_facts(indicator) | {"marks": marks, "values": values}
