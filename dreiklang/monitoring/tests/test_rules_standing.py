"""How an indicator stands: targets of two origins, and what is kept beside a rating."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.standing import frozen, standing, with_delivered
from dreiklang.monitoring.rules.values import Comparison, Direction, Goalpost, Point, TargetState, ValueKind

TODAY = date(2026, 11, 23)
BASELINE = Goalpost(date(2020, 12, 31), Decimal("47.2"))
TARGET = Goalpost(date(2030, 12, 31), Decimal(40), Comparison.AT_MOST)


def point(year: int, value: str, kind: ValueKind = ValueKind.ACTUAL) -> Point:
    day = date(year, 12, 31)
    return Point(day, Decimal(value), day, kind)


# The numbers of docs/rules/trend.md and target-reached.md.
SERIES = tuple(point(2020 + at, value) for at, value in enumerate(["47.2", "46.8", "45.9", "45.1", "44.0"]))


def of(points=SERIES, targets=(TARGET,), baseline=BASELINE):
    return standing(
        points, baseline=baseline, targets=targets, breaks=(), direction=Direction.LESS, today=TODAY
    )


def test_target_and_trend_follow_from_the_same_points():
    found = of()

    assert found.target.state is TargetState.ON_WAY
    assert found.evidence.speaks_for == ("target_on_way", "trend_better")


def test_a_delivered_target_is_meant_as_the_direction_says():
    delivered = point(2030, "41", ValueKind.TARGET)

    (found,) = with_delivered((), points=[delivered], direction=Direction.LESS)

    assert (found.value, found.comparison) == (Decimal(41), Comparison.AT_MOST)


def test_the_target_the_city_set_wins_over_a_delivered_one_of_the_day():
    delivered = [point(2030, "41", ValueKind.TARGET), point(2035, "35", ValueKind.TARGET)]

    found = with_delivered((TARGET,), points=delivered, direction=Direction.LESS)

    assert [(one.on.year, one.value) for one in found] == [(2030, Decimal(40)), (2035, Decimal(35))]


def test_a_hidden_target_is_none():
    hidden = Point(date(2030, 12, 31), Unknown("suppressed"), date(2030, 12, 31), ValueKind.TARGET)

    assert with_delivered((), points=[hidden], direction=Direction.MORE) == ()


def test_what_is_kept_beside_a_rating_says_it_all_and_is_json():
    kept = frozen(of(), key="miv-anteil", name="Anteil der Wege mit dem Auto", unit="%", decimals=1)

    target, trend = json.loads(json.dumps(kept))
    assert target == {
        "code": "target_on_way",
        "side": "for",
        "key": "miv-anteil",
        "name": "Anteil der Wege mit dem Auto",
        "unit": "%",
        "decimals": 1,
        "value": "44",
        "on": "2024-12-31",
        "target": "40",
        "comparison": "at_most",
        "target_on": "2030-12-31",
        "expected": target["expected"],
    }
    assert round(Decimal(target["expected"]), 2) == Decimal("44.32")
    assert (trend["code"], trend["side"], trend["since"]) == ("trend_better", "for", "2020-12-31")
    assert Decimal(trend["per_year"]) == Decimal("-0.825")


def test_what_is_unknown_is_kept_with_its_reason():
    kept = frozen(of(points=(), targets=()), key="k", name="K", unit="", decimals=0)

    assert [(one["code"], one["side"], one["reason"]) for one in kept] == [
        ("target_unknown", "neither", "no_target"),
        ("trend_unknown", "neither", "too_few_values"),
    ]


def test_values_of_days_ahead_are_no_trend():
    ahead = point(2027, "10")

    assert of(points=(*SERIES, ahead)).trend == of().trend


def test_scenarios_of_a_day_always_stand_in_the_same_order():
    ahead = [
        replace(point(2035, "7", ValueKind.FORECAST), scenario=scenario) for scenario in ("Zuzug", "Basis")
    ]

    assert [one.scenario for one in of(points=(*SERIES, *ahead)).points[-2:]] == ["Basis", "Zuzug"]
