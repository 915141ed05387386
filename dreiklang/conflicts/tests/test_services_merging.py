"""What was said of a measure that was merged goes on with the one that was kept."""

import pytest

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.rules.renaming import renamed_facts, renamed_parties
from dreiklang.conflicts.services import close_weighing, follow_merger, invite_to_talk, no_conflict
from dreiklang.conflicts.tests.factories import (
    NOW,
    candidate,
    changed,
    compared,
    ground,
    key,
    measure,
    plain_encoder,
    settlement,
)
from dreiklang.core import nearness
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures

Three = tuple[Measure, Measure, Measure]


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def three(db: None) -> Three:
    """Trees, a car park, and the same car park written down twice; the second one's ground is set by tests."""
    climate = goal(title="Klima")
    trees = measure("Bäume", geometry=ground(40), helps=(climate,), lead=measures.account("Baum Gärtner"))
    gone = measure("Parkhaus", geometry=ground(), hinders=(climate,), lead=measures.account("Park Haus"))
    kept = measure("Garage", hinders=(climate,), lead=measures.account("Ga Rage"))
    return trees, gone, kept


def merged(trees: Measure, gone: Measure, kept: Measure) -> None:
    Measure.objects.filter(pk=gone.pk).update(merged_into=kept)
    follow_merger(kept=key(kept), gone=key(gone))
    changed(gone, kept)


def test_what_was_settled_goes_on_with_the_measure_that_was_kept(three: Three) -> None:
    trees, gone, kept = three
    compared()
    before = candidate(trees, gone)
    close_weighing(by=measures.coordinator(), now=NOW, pk=before.pk, version=0, said=settlement())
    Measure.objects.filter(pk=kept.pk).update(geometry=gone.geometry)

    merged(*three)

    found = candidate(trees, kept)
    assert (found.pk, found.state, found.reopened_by) == (before.pk, State.WEIGHED, [])
    assert found.weighings.get().decision == settlement().decision
    assert not Candidate.objects.filter(parties__contains=[key(gone)]).exists()


def test_what_was_settled_opens_again_where_the_kept_measure_lies_elsewhere(three: Three) -> None:
    trees, gone, kept = three
    compared()
    before = no_conflict(
        by=measures.coordinator(), now=NOW, pk=candidate(trees, gone).pk, reason="Nur der Rand."
    )
    Measure.objects.filter(pk=kept.pk).update(geometry=ground(40, 0, 200, 200))

    merged(*three)

    found = candidate(trees, kept)
    assert (found.pk, found.state) == (before.pk, State.NEW)
    assert "area_m2" in {one["fact"] for one in found.reopened_by}


def test_a_talk_goes_on_in_place_of_what_nobody_spoke_of(three: Three) -> None:
    trees, gone, kept = three
    Measure.objects.filter(pk=kept.pk).update(geometry=gone.geometry)
    compared()
    talk = invite_to_talk(by=measures.coordinator(), now=NOW, pk=candidate(trees, gone).pk)

    merged(*three)

    assert candidate(trees, kept).state == State.IN_TALKS
    assert candidate(trees, kept).talks.get() == talk


def test_where_people_spoke_of_both_each_keeps_its_words(three: Three) -> None:
    trees, gone, kept = three
    Measure.objects.filter(pk=kept.pk).update(geometry=gone.geometry)
    compared()
    for one, reason in ((gone, "Alt."), (kept, "Neu.")):
        no_conflict(by=measures.coordinator(), now=NOW, pk=candidate(trees, one).pk, reason=reason)

    merged(*three)

    assert (candidate(trees, kept).said_reason, candidate(trees, kept).state) == ("Neu.", State.NO_CONFLICT)
    assert (candidate(trees, gone).said_reason, candidate(trees, gone).state) == ("Alt.", State.OUTDATED)


def test_weights_turn_with_the_order_of_the_parties() -> None:
    said = [
        {
            "kind": "effect",
            "sense": "conflict",
            "facts": {"first": "measure:2", "on": [{"key": "goal:1", "weights": [3, -2]}]},
        }
    ]

    found = renamed_facts(said, parties=("measure:2", "measure:5"), gone="measure:2", kept="measure:7")

    assert renamed_parties(("measure:2", "measure:5"), gone="measure:2", kept="measure:7") == (
        "measure:5",
        "measure:7",
    )
    assert found[0]["facts"] == {"first": "measure:7", "on": [{"key": "goal:1", "weights": [-2, 3]}]}
