"""Two who write values at the same time wait for each other: neither fails, and the values of both are there."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from queue import SimpleQueue
from typing import TypeVar

import pytest
from django.db import connection, transaction

from dreiklang.monitoring.models import Breakdown, Observation, Quantity, Region
from dreiklang.monitoring.rules.value_plans import CITY
from dreiklang.monitoring.services import Incoming, Written, write_values
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import delivered
from dreiklang.places.models import Municipality

pytestmark = pytest.mark.django_db(transaction=True)
Result = TypeVar("Result")


def elsewhere(pool: ThreadPoolExecutor, do: Callable[[], Result]) -> "Future[Result]":
    """Somebody else does it, and waits for the transaction at hand."""
    begun: SimpleQueue[int] = SimpleQueue()

    def work() -> Result:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            begun.put(cursor.fetchone()[0])
        try:
            return do()
        finally:
            connection.close()

    future = pool.submit(work)
    assert _waits(begun.get())
    return future


def _waits(process: int) -> bool:
    """Once that process of the database waits for another one."""
    with connection.cursor() as cursor:
        for _ in range(20_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s", [process])
            if cursor.fetchone()[0]:
                return True
    return False


def write(quantity: Quantity, region: Region, total: Breakdown, number: int) -> Written:
    day = date(2024, 12, 31)
    value = Incoming(quantity.pk, region.pk, total.pk, day, day, Decimal(number))
    with transaction.atomic():
        return write_values([value], delivery=make.delivery(), quantity_ids=[quantity.pk])


def test_the_second_of_two_first_deliveries_finds_the_values_of_the_first() -> None:
    quantity, region, total = make.quantity(), make.region(), make.total()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        write(quantity, region, total, 5)
        second = elsewhere(pool, lambda: write(quantity, region, total, 6))

    assert second.result() == Written(new=0, changed=1, same=0)
    assert Observation.objects.get().value == 6


def test_two_lists_that_bring_values_for_each_other_s_indicators_are_both_kept() -> None:
    Municipality.objects.create(name="Klarenbrück", ags="99999999")
    green, trees = (make.indicator(unit="count", name=name) for name in ("Grün", "Bäume"))

    def bring(name: str, indicator: str, number: int) -> None:
        delivered(f"Jahr;Wert\n2024;{number}\n", name=name, use=indicator, areas=CITY, has_looked=True)

    bring("Grünflächen", green.key, 10)
    bring("Baumkataster", trees.key, 100)

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        bring("Grünflächen", green.key, 11)
        second = elsewhere(pool, lambda: bring("Baumkataster", green.key, 12))
        bring("Baumkataster", trees.key, 101)

    assert second.result() is None
    assert set(Observation.objects.values_list("value", flat=True)) == {12, 101}
