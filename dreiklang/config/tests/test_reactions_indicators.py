"""What measures do to indicators follows what happens to the measures, and is compared."""

from datetime import date

import pytest

from dreiklang.config.reactions import REACTIONS
from dreiklang.conflicts.models import StaleClaim
from dreiklang.core.models import Change
from dreiklang.measures import services as measures
from dreiklang.measures.tests import factories as make
from dreiklang.monitoring.models import MeasureIndicator
from dreiklang.monitoring.services import linking
from dreiklang.monitoring.tests.factories import indicator

pytestmark = pytest.mark.django_db


def delivered(subject: str, name: str) -> None:
    """As the worker delivers such a change after the commit."""
    told = Change.objects.get(subject=subject, name=name)
    for react in REACTIONS[told.subject, told.name]:
        react(told.object_key, told.facts)


def test_a_changed_link_starts_the_comparison_of_its_measure_again() -> None:
    of, on = make.measure("V-1"), indicator()

    linking.link_measure(by=make.coordinator(), key=on.key, number=of.number)
    delivered("monitoring", "effect_changed")

    assert list(StaleClaim.objects.values_list("key", flat=True)) == [f"measure:{of.pk}"]


def test_a_merged_measure_takes_its_effects_to_the_one_that_stays() -> None:
    keep, gone = make.measure("V-1"), make.measure("V-2")
    link = MeasureIndicator.objects.create(measure=gone, indicator=indicator(), weight=3)

    measures.merge_duplicates(by=make.coordinator(), on=date(2026, 11, 23), keep=keep, other=gone)
    delivered("measures", "merged")

    taken = MeasureIndicator.objects.get(measure=keep)
    assert (taken.indicator_id, taken.weight) == (link.indicator_id, 3)
    assert set(StaleClaim.objects.values_list("key", flat=True)) == {
        f"measure:{keep.pk}",
        f"measure:{gone.pk}",
    }
