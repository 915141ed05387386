"""Values by thousands: what is new, what changed, what stays."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from dreiklang.core.history import acting
from dreiklang.monitoring.models import Observation
from dreiklang.monitoring.services import Incoming, Written, write_values
from dreiklang.monitoring.tests import factories as make

pytestmark = pytest.mark.django_db


class Town:
    """A quantity with two regions, and years brought by deliveries."""

    def __init__(self) -> None:
        self.quantity = make.quantity()
        self.regions = [make.region(), make.region()]
        self.total = make.total()

    def value(self, region: int, year: int, number: str | None, mark: str = "") -> Incoming:
        day = date(year, 12, 31)
        return Incoming(
            self.quantity.pk,
            self.regions[region].pk,
            self.total.pk,
            day,
            day,
            None if number is None else Decimal(number),
            mark=mark,
        )

    def bring(self, *values: Incoming, by: str = "Klara Korn") -> Written:
        with acting(by_id=None, by_name=by, reason="Lieferung"):
            delivery = make.delivery(by_name=by)
            return write_values(values, delivery=delivery, quantity_ids=[self.quantity.pk])


def _kept() -> list[tuple[int, Decimal | None, str, str]]:
    rows = Observation.objects.order_by("ends_on", "region_id")
    return [(one.ends_on.year, one.value, one.mark, one.delivery.by_name) for one in rows]


def test_first_values_are_all_new() -> None:
    town = Town()

    assert town.bring(town.value(0, 2023, "5"), town.value(1, 2023, None, ".")) == Written(2, 0, 0)
    assert _kept() == [(2023, Decimal(5), "", "Klara Korn"), (2023, None, ".", "Klara Korn")]


def test_the_same_values_again_change_nothing() -> None:
    town = Town()
    values = [town.value(0, 2023, "5.50"), town.value(1, 2023, None, ".")]
    town.bring(*values)

    assert town.bring(*values, by="Somebody") == Written(0, 0, 2)
    assert {by for *_facts, by in _kept()} == {"Klara Korn"}


def test_a_changed_value_is_replaced_and_its_former_one_kept() -> None:
    town = Town()
    town.bring(town.value(0, 2023, "5"), town.value(1, 2023, "7"))

    assert town.bring(town.value(0, 2023, "6"), town.value(1, 2023, "7"), by="Tim") == Written(0, 1, 1)
    assert _kept()[0] == (2023, Decimal(6), "", "Tim")
    events = apps.get_model("monitoring", "ObservationHistoryevent").objects.all()
    assert [(one.pgh_label, one.value) for one in events] == [("update", Decimal(5))]


def test_a_number_may_become_a_sign_and_back() -> None:
    town = Town()
    town.bring(town.value(0, 2023, "5"))

    assert town.bring(town.value(0, 2023, None, "/")) == Written(0, 1, 0)
    assert town.bring(town.value(0, 2023, "5")) == Written(0, 1, 0)


def test_what_a_source_no_longer_names_stays() -> None:
    town = Town()
    town.bring(town.value(0, 2022, "4"), town.value(0, 2023, "5"))

    assert town.bring(town.value(0, 2024, "6")) == Written(1, 0, 0)
    assert [year for year, *_facts in _kept()] == [2022, 2023, 2024]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_key_that_stands_twice_is_refused_and_nothing_is_written(is_first: bool) -> None:
    town = Town()
    if not is_first:
        town.bring(town.value(0, 2022, "4"))
    before = Observation.objects.count()

    with pytest.raises(IntegrityError), transaction.atomic():
        town.bring(town.value(0, 2023, "5"), town.value(0, 2023, "6"))

    assert Observation.objects.count() == before
