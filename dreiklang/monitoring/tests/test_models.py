"""What the tables themselves refuse, and what they remember."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from dreiklang.core.copying import copy_rows
from dreiklang.core.enums import Visibility
from dreiklang.core.history import acting
from dreiklang.monitoring.models import Break, Observation, Region, Target
from dreiklang.monitoring.rules.values import BreakKind, Comparison, RegionLevel, ReleaseState, ValueKind
from dreiklang.monitoring.tests import factories as make
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"value": None}, "observation_says_something"),
        (
            {"state": ReleaseState.SUPPRESSED, "value": Decimal(3)},
            "hidden_observation_has_no_value",
        ),
        ({"starts_on": date(2025, 1, 1)}, "observation_period_in_order"),
        ({"kind": ValueKind.FORECAST}, "forecast_has_scenario_and_day"),
    ],
)
def test_an_observation_that_makes_no_sense_is_refused(facts: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make.observation(**facts)


def test_a_value_of_one_region_and_period_stands_once() -> None:
    there = make.observation()

    with pytest.raises(IntegrityError, match="observation_once"), transaction.atomic():
        make.observation(quantity=there.quantity, region=there.region)


def test_a_sign_alone_says_something() -> None:
    make.observation(value=None, mark="/")


def test_what_is_public_has_a_department() -> None:
    with pytest.raises(IntegrityError, match="public_indicator_has_department"), transaction.atomic():
        make.indicator(visibility=Visibility.PUBLIC)


def test_an_indicator_has_values_or_a_formula() -> None:
    with pytest.raises(IntegrityError, match="indicator_has_values_or_formula"), transaction.atomic():
        make.indicator(quantity=make.quantity(), formula="[einwohner] * 2")


def test_two_breaks_on_a_day_are_one() -> None:
    watched = make.indicator()
    Break.objects.create(indicator=watched, on=date(2022, 5, 15), kind=BreakKind.METHOD, reason="Zensus")

    with pytest.raises(IntegrityError, match="break_once_a_day"), transaction.atomic():
        Break.objects.create(indicator=watched, on=date(2022, 5, 15), kind=BreakKind.SOURCE, reason="x")


def test_a_target_between_two_ends_has_both() -> None:
    with pytest.raises(IntegrityError, match="target_range_has_both_ends"), transaction.atomic():
        Target.objects.create(
            indicator=make.indicator(), comparison=Comparison.BETWEEN, value=3, on=date(2030, 12, 31)
        )


def test_only_areas_of_the_city_hang_on_areas() -> None:
    with pytest.raises(IntegrityError, match="region_of_an_area_is_an_area"), transaction.atomic():
        make.region(area=area())
    make.region(level=RegionLevel.AREA, area=area())


def _events(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pgh_label, event.id, context.metadata->>'name'"  # noqa: S608  # our own table
            f" FROM {table} AS event LEFT JOIN pghistory_context AS context ON context.id = pgh_context_id"
            " ORDER BY pgh_id"
        )
        return cursor.fetchall()


def test_values_that_come_cost_no_history_and_every_later_change_is_kept() -> None:
    one = make.observation()
    with acting(by_id=None, by_name="Klara Korn", reason="Lieferung"):
        _copy(one, delivery_id=one.delivery_id)
    assert _events("monitoring_observationhistoryevent") == []

    with acting(by_id=None, by_name="Klara Korn", reason="Berichtigt"):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE monitoring_observation SET value = value + 1 WHERE ends_on >= '2024-01-01'"
            )
        Observation.objects.filter(pk=one.pk).delete()

    found = _events("monitoring_observationhistoryevent")
    assert sorted(label for label, *_rest in found) == ["delete", "update", "update"]
    assert {name for *_facts, name in found} == {"Klara Korn"}
    assert Observation.objects.count() == 2


def test_a_value_without_a_delivery_is_refused() -> None:
    with pytest.raises(IntegrityError, match="delivery_id"), transaction.atomic():
        _copy(make.observation(), delivery_id=None)


def _copy(one: Observation, *, delivery_id: int | None) -> None:
    """The same value of another region, at the end of two years."""
    texts = ("scenario", "time_code", "mark", "meaning", "words")
    same = {"quantity_id": one.quantity_id, "breakdown_id": one.breakdown_id, "region_id": make.region().pk}
    rows = [
        {**same, "starts_on": day, "ends_on": day, "value": 7, "delivery_id": delivery_id}
        | {"kind": ValueKind.ACTUAL, "state": ReleaseState.RELEASED, **dict.fromkeys(texts, "")}
        for day in (date(2023, 12, 31), date(2024, 12, 31))
    ]
    copy_rows("monitoring_observation", list(rows[0]), [list(row.values()) for row in rows])


def test_a_region_renamed_in_bulk_keeps_its_former_name() -> None:
    one = make.region(name="Alt")

    Region.objects.filter(pk=one.pk).update(name="Neu")

    assert [label for label, *_rest in _events("monitoring_regionhistoryevent")] == ["update"]
