"""What people said survives every comparison, and opens again where a fact changed."""

import pytest

from dreiklang.conflicts.models import Candidate, StoredClaim
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import (
    look_at,
    no_conflict,
)
from dreiklang.conflicts.tests.factories import (
    NOW,
    candidate,
    changed,
    compared,
    ground,
    measure,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure, MeasureGoal
from dreiklang.measures.tests import factories as measures

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


def test_what_nobody_spoke_of_goes_when_it_is_no_longer_found(pair: tuple[Measure, Measure]) -> None:
    compared()
    pair[0].delete()

    result = changed(pair[1])
    compared()

    assert not Candidate.objects.exists(), result
    assert StoredClaim.objects.get(is_gone=True).title == "Parkhaus am Markt"


def test_what_people_said_stays_when_it_is_no_longer_found_and_counts_when_it_comes_back(
    pair: tuple[Measure, Measure],
) -> None:
    who = measures.coordinator()
    compared()
    found = no_conflict(
        by=who, now=NOW, pk=candidate(*pair).pk, reason="Das Parkhaus kommt auf die andere Seite."
    )

    MeasureGoal.objects.filter(measure=pair[0]).delete()
    Measure.objects.filter(pk=pair[0].pk).update(geometry=None)
    changed(pair[0])

    found.refresh_from_db()
    assert (found.state, found.said_state) == (State.OUTDATED, State.NO_CONFLICT)
    assert not found.findings.exists()

    pair[0].save()
    MeasureGoal.objects.create(measure=pair[0], goal=pair[1].goal_links.get().goal, sign="hinders", weight=3)
    changed(pair[0])

    found.refresh_from_db()
    assert found.state == State.NO_CONFLICT


def test_a_changed_fact_opens_what_was_settled_and_says_what_changed(pair: tuple[Measure, Measure]) -> None:
    who = measures.coordinator()
    compared()
    found = no_conflict(by=who, now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    pair[0].geometry = ground(30, 0, 200, 200)
    pair[0].save()

    result = changed(pair[0])

    found.refresh_from_db()
    assert result.reopened == [found.pk]
    assert (found.state, found.said_state, found.said_reason) == (
        State.NEW,
        State.NO_CONFLICT,
        "Nur der Rand.",
    )
    assert found.reopened_at == NOW
    assert "area_m2" in {one["fact"] for one in found.reopened_by}


def test_noise_reopens_nothing(pair: tuple[Measure, Measure]) -> None:
    who = measures.coordinator()
    compared()
    found = no_conflict(by=who, now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    pair[0].geometry = ground(0.5, 0)
    pair[0].description = "Neu beschrieben"
    pair[0].save()

    assert changed(pair[0]).reopened == []
    found.refresh_from_db()
    assert found.state == State.NO_CONFLICT


def test_facts_that_come_back_settle_it_again(pair: tuple[Measure, Measure]) -> None:
    who = measures.coordinator()
    compared()
    found = no_conflict(by=who, now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    before = pair[0].geometry
    for place in (ground(30, 0, 200, 200), before):
        pair[0].geometry = place
        pair[0].save()
        changed(pair[0])

    found.refresh_from_db()
    assert (found.state, found.reopened_at, found.reopened_by) == (State.NO_CONFLICT, None, [])


def test_who_reads_history_sees_that_the_comparison_reopened_it(pair: tuple[Measure, Measure]) -> None:
    who = measures.coordinator()
    compared()
    found = look_at(by=who, now=NOW, pk=candidate(*pair).pk)
    pair[0].geometry = ground(30, 0, 200, 200)
    pair[0].save()

    changed(pair[0])

    last = found.pgh_event_model.objects.order_by("-pgh_id").select_related("pgh_context").first()
    assert last.state == State.NEW
    assert last.pgh_context.metadata["name"] == "Dreiklang"
    assert last.pgh_context.metadata["reason"] == "Neu verglichen"
