"""Former values may be small counts: no history shows them, also not of what they hang on."""

from decimal import Decimal

import pytest

from dreiklang.core.history import acting
from dreiklang.monitoring.models import ConfidentialValue, Observation
from dreiklang.monitoring.services.suppression import hide_small_counts
from dreiklang.monitoring.tests.test_services_suppression import EXAMPLE, STATISTICS, Town
from dreiklang.workspace.queries.history import history_of

pytestmark = pytest.mark.django_db


def test_no_history_tells_former_values_counts_or_why_they_are_hidden() -> None:
    town = Town(below=None)
    town.bring({**EXAMPLE, ("A", "GES=GESW"): Decimal("4713")})
    town.set(5)
    with acting(by_id=None, by_name="Klara Korn", reason="Korrektur"):
        Observation.objects.filter(value=4713).update(value=3)
        hide_small_counts(quantity_ids=[town.quantity.pk])
        ConfidentialValue.objects.filter(value=3).update(value=2)
    town.set(7, by=STATISTICS, reason="Nur für die Statistikstelle")
    observation = Observation.objects.select_related("delivery").filter(value=None).first()
    assert observation is not None
    records = [town.quantity, town.indicator, *town.regions.values(), *town.splits.values()]

    for record in (*records, observation, observation.delivery, observation.region.area):
        told = repr(history_of(record))
        assert "4713" not in told
        assert "3.0" not in told
        assert "Nur für die Statistikstelle" not in told
