"""The coordinator sets thresholds that make sense."""

import pytest

from dreiklang.conflicts.services import (
    CannotSet,
    save_thresholds,
)
from dreiklang.conflicts.tests.factories import (
    NOW,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.measures.tests import factories as measures
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


def test_thresholds_are_the_coordinators_and_make_sense() -> None:
    who = measures.coordinator()
    kept = save_thresholds(by=who, now=NOW, version=0, values={"least_days": 30, "basis": "Ausschuss"})

    assert kept.least_days == 30
    with pytest.raises(ChangedMeanwhile):
        save_thresholds(by=who, now=NOW, version=0, values={"least_days": 31})
    for values in (
        {"least_nearness": 1.5},
        {"least_effect_weight": 0},
        {"near_months": -1},
        {"least_days": 10**12},
    ):
        with pytest.raises(CannotSet, match="out_of_range"):
            save_thresholds(by=who, now=NOW, version=kept.version, values=values)
    with pytest.raises(NotAllowed):
        save_thresholds(by=measures.viewer(Role.LEAD), now=NOW, version=kept.version, values={})
