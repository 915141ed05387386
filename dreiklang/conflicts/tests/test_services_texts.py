"""Texts that say the same are found; a broken encoder and a new text disturb nothing."""

from typing import Any

import pytest

from dreiklang.conflicts.models import Comparison, StoredClaim
from dreiklang.conflicts.rules import Kind
from dreiklang.conflicts.tests.factories import (
    candidate,
    changed,
    compared,
    ground,
    measure,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def pair() -> tuple[Measure, Measure]:
    """Two on the same ground in the same year, against each other on one goal."""
    climate = goal(title="Klima")
    parking = measure("Parkhaus am Markt", geometry=ground(), hinders=(climate,))
    trees = measure("Baumreihe Marktstraße", geometry=ground(40), helps=(climate,))
    return parking, trees


def test_a_broken_encoder_is_told_and_hinders_nothing(
    pair: tuple[Measure, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_asked: Any) -> list[nearness.Profile]:
        raise nearness.CannotCompare("broken")

    monkeypatch.setattr(nearness, "describe", broken)

    compared()

    assert Comparison.objects.get().problem == "broken"
    assert candidate(*pair)


def test_texts_that_say_the_same_are_found() -> None:
    about = "Baumreihe Marktstraße Klimaanpassung Schatten Kronendach Pflanzung"
    one, other = measure(about), measure(about)
    for _other in range(8):
        measure(description="Etwas ganz anderes")

    compared()

    assert Kind.CONTENT in candidate(one, other).kinds


def test_one_new_text_does_not_move_the_others() -> None:
    for number in range(10):
        measure(f"Straße Nummer {number} erneuern")
    compared()
    before = dict(StoredClaim.objects.values_list("key", "text_mark"))

    changed(measure("Kita am Park"))
    compared()

    after = dict(StoredClaim.objects.filter(key__in=before).values_list("key", "text_mark"))
    assert after == before
