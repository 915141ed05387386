"""How an indicator stands in one area: its targets, its trend, and what both say of a criterion.

Worked numbers: docs/rules/target-reached.md, trend.md, criteria-ratings.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.criteria import Evidence, evidence_sides
from dreiklang.monitoring.rules.targets import TargetResult, last_known, target_state
from dreiklang.monitoring.rules.trend import Trend, trend
from dreiklang.monitoring.rules.values import Comparison, Direction, Goalpost, Point, ValueKind


@dataclass(frozen=True, slots=True)
class Standing:
    """The points of one area, oldest first, with what follows from them on a day.

    last   the newest known measured or estimated value. unknown: as `targets.last_known`
    """

    points: tuple[Point, ...]
    baseline: Goalpost | None
    targets: tuple[Goalpost, ...]
    breaks: tuple[date, ...]
    last: Point | Unknown
    target: TargetResult | Unknown
    trend: Trend | Unknown

    @property
    def evidence(self) -> Evidence:
        """What target and trend say of a criterion."""
        return evidence_sides(target=self.target, trend=self.trend)


def standing(
    points: Sequence[Point],
    *,
    baseline: Goalpost | None,
    targets: Sequence[Goalpost],
    breaks: Collection[date],
    direction: Direction,
    today: date,
    steady_below: Decimal | None = None,
    is_share: bool = False,
) -> Standing:
    """How one indicator stands in one area today.

    shape   points in any order; `targets` those the city set itself: they win over delivered ones of the same day
    units   all values in the unit of the indicator
    """
    ordered = tuple(sorted(points, key=lambda point: (point.ends_on, point.starts_on, point.scenario)))
    said = tuple(breaks)
    aims = with_delivered(targets, points=ordered, direction=direction)
    return Standing(
        points=ordered,
        baseline=baseline,
        targets=aims,
        breaks=said,
        last=last_known(ordered, today=today),
        target=target_state(
            ordered, baseline=baseline, targets=aims, direction=direction, today=today, breaks=said
        ),
        trend=trend(
            [point for point in ordered if point.ends_on <= today],
            breaks=said,
            direction=direction,
            steady_below=steady_below,
            is_share=is_share,
        ),
    )


def with_delivered(
    targets: Sequence[Goalpost], *, points: Sequence[Point], direction: Direction
) -> tuple[Goalpost, ...]:
    """The targets of the city and, for other days, those that came as values; oldest first.

    A delivered one is meant as the direction of the indicator says: less is at most, none exactly, else at least.
    """
    comparison = {Direction.LESS: Comparison.AT_MOST, Direction.NONE: Comparison.EQUALS}.get(
        direction, Comparison.AT_LEAST
    )
    found = {
        point.ends_on: Goalpost(point.ends_on, point.value, comparison)
        for point in points
        if point.kind is ValueKind.TARGET and not isinstance(point.value, Unknown)
    }
    found |= {target.on: target for target in targets}
    return tuple(found[on] for on in sorted(found))


def frozen(now: Standing, *, key: str, name: str, unit: str, decimals: int) -> list[dict[str, Any]]:
    """What target and trend say on the day of a rating, as it is kept with it: one entry each, JSON-able.

    shape   {code, side (for, against, neither), key, name, unit, decimals} and, where known: value and on of the last
            value; target, upper, comparison, target_on, expected; per_year, since; reason of an unknown
    """
    sides = now.evidence
    by_code = dict.fromkeys(sides.speaks_for, "for") | dict.fromkeys(sides.speaks_against, "against")
    entries = []
    for code in (*sides.speaks_for, *sides.speaks_against, *sides.neither):
        facts = _target_facts(now) if code.startswith("target_") else _trend_facts(now)
        about = {"key": key, "name": name, "unit": unit, "decimals": decimals}
        entries.append({"code": code, "side": by_code.get(code, "neither")} | about | facts)
    return entries


def _target_facts(now: Standing) -> dict[str, str]:
    last = _value(now.last)
    if isinstance(now.target, Unknown):
        return last | {"reason": now.target.reason}
    aim = now.target.next_target
    facts = {"target": _plain(aim.value), "comparison": aim.comparison.value, "target_on": aim.on.isoformat()}
    if aim.upper is not None:
        facts["upper"] = _plain(aim.upper)
    if not isinstance(now.target.expected_now, Unknown):
        facts["expected"] = _plain(now.target.expected_now)
    if now.target.reason:
        facts["reason"] = now.target.reason
    return last | facts


def _trend_facts(now: Standing) -> dict[str, str]:
    if isinstance(now.trend, Unknown):
        return {"reason": now.trend.reason}
    return _value(now.trend.last) | {
        "trend": now.trend.code.value,
        "per_year": _plain(now.trend.per_year),
        "since": now.trend.first.ends_on.isoformat(),
    }


def _value(point: Point | Unknown) -> dict[str, str]:
    if isinstance(point, Unknown) or isinstance(point.value, Unknown):
        return {}
    return {"value": _plain(point.value), "on": point.ends_on.isoformat()}


def _plain(value: Decimal) -> str:
    """All digits without trailing zeros and without an exponent: 44 and not 44.00000000 or 4.4E+1."""
    return format(value.normalize(), "f")
