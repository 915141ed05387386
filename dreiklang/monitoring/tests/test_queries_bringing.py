"""What whoever types the next value sees of the last ones."""

from decimal import Decimal

import pytest

from dreiklang.monitoring.models import Breakdown
from dreiklang.monitoring.queries.bringing import latest_values
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.rules import SYSTEM

pytestmark = pytest.mark.django_db


def test_beside_a_total_stand_totals_and_not_the_women_and_men_in_it() -> None:
    indicator = make.indicator(quantity=make.quantity(), unit="personen")
    region, delivery = make.region(), make.delivery()
    for key, value in (("GES=", 100), ("GES=GESW", 51), ("GES=GESM", 49)):
        make.observation(
            quantity=indicator.quantity,
            region=region,
            delivery=delivery,
            breakdown=Breakdown.objects.create(key=key),
            value=Decimal(value),
        )

    assert [one.value for one in latest_values(SYSTEM, indicator)] == [100]

    indicator.breakdown = Breakdown.objects.get(key="GES=GESW")
    assert [one.value for one in latest_values(SYSTEM, indicator)] == [51]
