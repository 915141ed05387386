"""The picture of an indicator, read from its specification: every kind of mark is in it, and nothing that may not be shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Break, ConfidentialValue
from dreiklang.monitoring.queries.indicator_page import city_points, stands
from dreiklang.monitoring.queries.indicator_record import indicator_record
from dreiklang.monitoring.rules.standing import standing
from dreiklang.monitoring.rules.values import (
    BreakKind,
    Comparison,
    Direction,
    Goalpost,
    Point,
    ReleaseState,
    ValueKind,
)
from dreiklang.monitoring.tests.indicators import value, with_course
from dreiklang.monitoring.views.indicator_picture import indicator_chart
from dreiklang.monitoring.views.value_words import measure_of
from dreiklang.people.rules import PUBLIC, SYSTEM, Viewer
from dreiklang.ui.charts import PALETTE, Chart

TODAY = date(2026, 11, 23)
MEASURE = measure_of("prozent", 1)
BASELINE = Goalpost(date(2020, 12, 31), Decimal("47.2"))
TARGET = Goalpost(date(2030, 12, 31), Decimal(40), Comparison.AT_MOST)


def point(year: int, number: str | None, kind: ValueKind = ValueKind.ACTUAL, scenario: str = "") -> Point:
    day = date(year, 12, 31)
    known = Unknown("suppressed") if number is None else Decimal(number)
    return Point(day, known, day, kind, scenario=scenario)


# The course of docs/rules/trend.md.
COURSE = tuple(point(2020 + at, said) for at, said in enumerate(("47.2", "46.8", "45.9", "45.1", "44.0")))


def drawn(*points: Point, targets: tuple[Goalpost, ...] = (), breaks: tuple[date, ...] = ()) -> Chart:
    now = standing(
        points,
        baseline=BASELINE,
        targets=targets,
        breaks=breaks,
        direction=Direction.LESS,
        today=TODAY,
    )
    chart = indicator_chart(now, name="Leerstand", measure=MEASURE)
    assert chart is not None
    return chart


def layers(chart: Chart, **mark: Any) -> list[dict[str, Any]]:
    """The layers whose mark has all of this."""
    return [one for one in chart.spec["layer"] if mark.items() <= one["mark"].items()]


def rows(layer: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(row["on"], row["value"]) for row in layer["data"]["values"]]


def pieces(chart: Chart) -> list[list[int]]:
    """The years of each unbroken piece of the measured line."""
    (line,) = layers(chart, type="line", stroke=PALETTE["accent"])
    assert line["encoding"]["detail"] == {"field": "part", "type": "nominal"}
    found: dict[int, list[int]] = {}
    for row in line["data"]["values"]:
        found.setdefault(row["part"], []).append(row["on"])
    return list(found.values())


def test_what_was_measured_is_one_line() -> None:
    assert pieces(drawn(*COURSE)) == [[2020, 2021, 2022, 2023, 2024]]


def test_the_line_has_a_gap_where_a_value_is_unknown() -> None:
    chart = drawn(point(2020, "47.2"), point(2021, "46.8"), point(2022, None), point(2023, "45.1"))

    assert pieces(chart) == [[2020, 2021], [2023]]
    assert all(
        row.get("value", 0) is not None for one in chart.spec["layer"] for row in one["data"]["values"]
    )


def test_a_break_is_a_line_between_the_years_and_ends_the_measured_one() -> None:
    chart = drawn(*COURSE, breaks=(date(2023, 1, 1),))

    (rule,) = layers(chart, type="rule")
    assert rule["data"]["values"] == [{"on": 2022.5}]
    assert "y" not in rule["encoding"]
    assert [one["data"]["values"] for one in layers(chart, type="text", text="Bruch")] == [[{"on": 2022.5}]]
    assert pieces(chart) == [[2020, 2021, 2022], [2023, 2024]]


def test_each_scenario_is_dashed_from_the_last_value_on_with_its_name_at_the_end() -> None:
    chart = drawn(
        *COURSE,
        point(2030, "42", ValueKind.FORECAST, "Basis"),
        point(2035, "41", ValueKind.FORECAST, "Basis"),
        point(2030, "39", ValueKind.FORECAST, "Ausbau"),
    )

    lines = layers(chart, type="line", stroke=PALETTE["accent-soft"])
    assert all(one["mark"]["strokeDash"] for one in lines)
    assert [rows(one) for one in lines] == [
        [(2024, 44.0), (2030, 39.0)],
        [(2024, 44.0), (2030, 42.0), (2035, 41.0)],
    ]
    assert [rows(one) for one in layers(chart, type="text", text="Basis")] == [[(2035, 41.0)]]
    assert [rows(one) for one in layers(chart, type="text", text="Ausbau")] == [[(2030, 39.0)]]
    assert pieces(chart) == [[2020, 2021, 2022, 2023, 2024]]


def test_estimates_are_hollow_and_measured_values_are_filled() -> None:
    chart = drawn(*COURSE, point(2025, "43.5", ValueKind.ESTIMATE))

    (hollow,) = layers(chart, type="point", fill=PALETTE["paper"])
    (filled,) = layers(chart, type="point", fill=PALETTE["accent"])
    assert rows(hollow) == [(2025, 43.5)]
    assert [on for on, _value in rows(filled)] == [2020, 2021, 2022, 2023, 2024]
    assert hollow["mark"]["stroke"] == PALETTE["accent"]


def test_the_way_to_the_target_is_dotted_from_the_baseline_and_ends_in_a_sign() -> None:
    chart = drawn(*COURSE, targets=(TARGET,))

    (way,) = layers(chart, type="line", stroke=PALETTE["ink-soft"])
    (aim,) = layers(chart, type="point", shape="diamond")
    assert way["mark"]["strokeDash"]
    assert rows(way) == [(2020, 47.2), (2030, 40.0)]
    assert rows(aim) == [(2030, 40.0)]
    assert [rows(one) for one in layers(chart, type="text", text="Ziel")] == [[(2030, 40.0)]]


def test_a_target_between_two_ends_has_a_way_to_each() -> None:
    between = Goalpost(date(2030, 12, 31), Decimal(38), Comparison.BETWEEN, Decimal(42))

    ways = layers(drawn(*COURSE, targets=(between,)), type="line", stroke=PALETTE["ink-soft"])

    assert [rows(one)[-1] for one in ways] == [(2030, 38.0), (2030, 42.0)]


def test_forecast_estimate_break_and_way_are_told_apart_without_colour() -> None:
    chart = drawn(
        *COURSE, point(2030, "42", ValueKind.FORECAST, "Basis"), targets=(TARGET,), breaks=(date(2023, 1, 1),)
    )

    dashes = [tuple(one["mark"].get("strokeDash", ())) for one in layers(chart, type="line")]
    assert len(dashes) == len(set(dashes)) == 3
    for words in ("gestrichelt", "gepunktet", "Bruch in der Zeitreihe: 1. Januar 2023"):
        assert words in chart.description.replace("\xa0", " ")


def test_the_table_of_the_picture_tells_forecasts_and_estimates_from_measured_values() -> None:
    made = replace(point(2030, "42", ValueKind.FORECAST, "Basis"), made_on=date(2026, 1, 1))
    chart = drawn(point(2024, "44.0"), point(2025, "43.5", ValueKind.ESTIMATE), made)

    assert [row[-1] for row in chart.table.rows] == [
        "Istwert",
        "Schätzung",
        "Prognose „Basis“ vom 01.01.2026",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("viewer", [PUBLIC, SYSTEM])
def test_hidden_waiting_and_withdrawn_values_are_never_in_the_picture(viewer: Viewer) -> None:
    indicator = with_course()
    small = value(indicator, 2019, None, state=ReleaseState.SUPPRESSED)
    ConfidentialValue.objects.create(observation=small, value=Decimal("3.5"), words="3,5")
    value(indicator, 2018, None, state=ReleaseState.SUPPRESSED_SECONDARY)
    value(indicator, 2025, "99.25", state=ReleaseState.WAITING)
    value(indicator, 2017, "88.75", state=ReleaseState.WITHDRAWN)
    Break.objects.create(
        indicator=indicator, on=date(2023, 1, 1), kind=BreakKind.METHOD, reason="Neue Zählung"
    )
    record = indicator_record(viewer, key="leerstand")
    assert record is not None

    now = stands(record, city_points(viewer, indicator=record.indicator, today=TODAY), today=TODAY)
    chart = indicator_chart(now, name="Leerstand", measure=MEASURE)

    assert chart is not None
    told = {row["value"] for one in chart.spec["layer"] for row in one["data"]["values"] if "value" in row}
    assert told == {47.2, 46.8, 45.9, 45.1, 44.0, 40.0}
    for number in ("99", "88", "3,5"):
        assert all(number not in said for row in chart.table.rows for said in map(str, row))
        assert number not in chart.description
