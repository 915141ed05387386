"""The picture of an indicator: what was measured as a line with its breaks and gaps, the way to the target, forecasts dashed.

What is unknown or hidden is not drawn: the line has a gap there. The table of the page says the same in numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.standing import Standing
from dreiklang.monitoring.rules.targets import Band, target_band
from dreiklang.monitoring.rules.trend import MEASURED
from dreiklang.monitoring.rules.values import Point, ValueKind
from dreiklang.monitoring.views.value_words import Measure, kind_words, period_words, unit_words, value_words
from dreiklang.ui.charts import PALETTE, Chart, ChartTable, chart

_DASHED, _DOTTED = [7, 4], [2, 4]


def indicator_chart(now: Standing, *, name: str, measure: Measure) -> Chart | None:
    """The picture; None where nothing can be drawn."""
    known = [point for point in now.points if not isinstance(point.value, Unknown)]
    if not known:
        return None
    axis = _Axis(now)
    layers = [*_way(now, axis), *_breaks(now, axis), *_forecasts(now, axis), *_measured(now, axis)]
    height = {
        "field": "value",
        "type": "quantitative",
        "title": unit_words(measure) or None,
        "scale": {"zero": begins_at_zero(now), "nice": True},
    }
    shared = {"x": axis.encoding(), "y": height}
    spec = {"height": 300, "layer": [_encoded(layer, shared) for layer in layers]}
    return chart(spec, title=name, description=description(now, measure), table=_table(now, measure))


def _encoded(layer: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """The layer with what all have in common; it may say that something does not concern it (None)."""
    encoding = {**shared, **layer.get("encoding", {})}
    return {**layer, "encoding": {name: one for name, one in encoding.items() if one is not None}}


def description(now: Standing, measure: Measure) -> str:
    """The picture in words, for who does not see it."""
    known = [one for one in now.points if one.kind in MEASURED and not isinstance(one.value, Unknown)]
    said = []
    if known:
        first, last = known[0], known[-1]
        said.append(
            _("Linie von %(first)s (%(before)s) bis %(last)s (%(after)s).")
            % {
                "first": period_words(first),
                "before": value_words(first.value, measure),
                "last": period_words(last),
                "after": value_words(last.value, measure),
            }
        )
    if now.targets:
        said.append(_("Der Weg zum Zielwert ist gepunktet."))
    if any(point.kind is ValueKind.FORECAST for point in now.points):
        said.append(_("Prognosen sind gestrichelt."))
    if now.breaks:
        days = text.listing([text.day(on) for on in now.breaks])
        said.append(_("Bruch in der Zeitreihe: %(days)s.") % {"days": days})
    said.append(_("Alle Zahlen stehen in der Tabelle darunter."))
    return " ".join(said)


def begins_at_zero(now: Standing) -> bool:
    """Whether the vertical axis begins at nothing; where it does not, the page says so.

    Cut off only where all values lie so close together that from nothing on no course could be seen.
    """
    values = [point.value for point in now.points if not isinstance(point.value, Unknown)]
    values += [target.value for target in now.targets]
    return not values or min(values) <= 0 or min(values) < max(values) / 2


class _Axis:
    """Where a value stands from left to right: at its year where every year has one value, else at its day."""

    def __init__(self, now: Standing) -> None:
        measured = [point for point in now.points if point.kind in MEASURED]
        years = [point.ends_on.year for point in measured]
        self._by_year = len(set(years)) == len(years)

    def encoding(self) -> dict[str, Any]:
        if not self._by_year:
            return {"field": "on", "type": "temporal", "title": None}
        return {
            "field": "on",
            "type": "quantitative",
            "title": None,
            "scale": {"zero": False, "nice": False, "padding": 12},
            "axis": {"format": "d", "tickMinStep": 1},
        }

    def at(self, on: date) -> Any:
        return on.year if self._by_year else on.isoformat()

    def before(self, on: date) -> Any:
        """Where a break stands: between the value before and the one after."""
        return on.year - 0.5 if self._by_year else on.isoformat()


def _measured(now: Standing, axis: _Axis) -> Iterator[dict[str, Any]]:
    rows = list(_parts(now, axis))
    if not rows:
        return
    yield {
        "data": {"values": rows},
        "mark": {"type": "line", "stroke": PALETTE["accent"], "strokeWidth": 2.5},
        "encoding": {"detail": {"field": "part", "type": "nominal"}},
    }
    for is_estimate, fill in ((False, PALETTE["accent"]), (True, PALETTE["paper"])):
        kept = [row for row in rows if row["is_estimate"] is is_estimate]
        if kept:
            mark = {"type": "point", "fill": fill, "stroke": PALETTE["accent"], "strokeWidth": 2, "size": 48}
            yield {"data": {"values": kept}, "mark": mark}


def _parts(now: Standing, axis: _Axis) -> Iterator[dict[str, Any]]:
    """Measured values with the piece of the line they belong to: a new one after a gap and after a break."""
    part, last = 0, None
    for point in _one_a_day(now.points):
        if isinstance(point.value, Unknown):
            part += 1
            continue
        if last is not None and any(last < on <= point.ends_on for on in now.breaks):
            part += 1
        last = point.ends_on
        yield {
            "on": axis.at(point.ends_on),
            "value": _number(point.value),
            "part": part,
            "is_estimate": point.kind is ValueKind.ESTIMATE,
        }


def _one_a_day(points: Sequence[Point]) -> list[Point]:
    """What was measured, and an estimate only where nothing was."""
    best: dict[date, Point] = {}
    for point in points:
        if point.kind in MEASURED:
            there = best.get(point.ends_on)
            if there is None or isinstance(there.value, Unknown) or there.kind is ValueKind.ESTIMATE:
                best[point.ends_on] = point
    return [best[on] for on in sorted(best)]


def _forecasts(now: Standing, axis: _Axis) -> Iterator[dict[str, Any]]:
    """Each scenario dashed, from the last measured value on, with its name at the end."""
    by_scenario: dict[str, list[Point]] = {}
    for point in now.points:
        if point.kind is ValueKind.FORECAST and not isinstance(point.value, Unknown):
            by_scenario.setdefault(point.scenario, []).append(point)
    for scenario, points in by_scenario.items():
        start = (
            [now.last] if not isinstance(now.last, Unknown) and now.last.ends_on < points[0].ends_on else []
        )
        rows = [_row(point, axis) for point in (*start, *points)]
        line = {"type": "line", "stroke": PALETTE["accent-soft"], "strokeWidth": 2, "strokeDash": _DASHED}
        yield {"data": {"values": rows}, "mark": line}
        yield _label(rows[-1], scenario or _("Prognose"), PALETTE["ink-soft"])


def _way(now: Standing, axis: _Axis) -> Iterator[dict[str, Any]]:
    """The straight way from the baseline to the targets: our own reckoning, dotted."""
    bands = target_band(baseline=now.baseline, targets=now.targets)
    if not bands:
        return
    rows = [{"on": axis.at(band.on), "value": _number(band.low)} for band in bands]
    yield {"data": {"values": rows}, "mark": _dotted()}
    if any(band.low != band.high for band in bands):
        tops = [{"on": axis.at(band.on), "value": _number(band.high)} for band in bands]
        yield {"data": {"values": tops}, "mark": _dotted()}
    aims = [one for one in bands if any(target.on == one.on for target in now.targets)]
    yield {
        "data": {"values": [_aim(one, axis) for one in aims]},
        "mark": {
            "type": "point",
            "shape": "diamond",
            "fill": PALETTE["ink"],
            "stroke": PALETTE["ink"],
            "size": 60,
        },
    }
    yield _label(_aim(aims[-1], axis), _("Ziel"), PALETTE["ink"])


def _dotted() -> dict[str, Any]:
    return {"type": "line", "stroke": PALETTE["ink-soft"], "strokeWidth": 1.5, "strokeDash": _DOTTED}


def _aim(band: Band, axis: _Axis) -> dict[str, Any]:
    return {"on": axis.at(band.on), "value": _number(band.low)}


def _breaks(now: Standing, axis: _Axis) -> Iterator[dict[str, Any]]:
    if now.breaks:
        rows = [{"on": axis.before(on)} for on in now.breaks]
        yield {
            "data": {"values": rows},
            "mark": {"type": "rule", "stroke": PALETTE["ink"], "strokeWidth": 1},
            "encoding": {"y": None},
        }
        for row in rows:
            mark = {
                "type": "text",
                "text": _("Bruch"),
                "fill": PALETTE["ink-soft"],
                "dy": -6,
                "dx": 4,
                "align": "left",
            }
            yield {"data": {"values": [row]}, "mark": mark, "encoding": {"y": {"value": 12}}}


def _label(row: Mapping[str, Any], words: str, colour: str) -> dict[str, Any]:
    mark = {"type": "text", "text": words, "fill": colour, "align": "right", "dy": -12}
    return {"data": {"values": [row]}, "mark": mark}


def _row(point: Point, axis: _Axis) -> dict[str, Any]:
    return {"on": axis.at(point.ends_on), "value": _number(point.value)}


def _number(value: Decimal | Unknown) -> float:
    """For drawing alone; numbers that people read stay exact."""
    if isinstance(value, Unknown):
        raise TypeError("what is unknown is not drawn")
    return float(value)


def _table(now: Standing, measure: Measure) -> ChartTable:
    rows = [
        (period_words(point), value_words(point.value, measure), kind_words(point)) for point in now.points
    ]
    return ChartTable((_("Zeitpunkt"), _("Wert"), _("Art")), rows)
