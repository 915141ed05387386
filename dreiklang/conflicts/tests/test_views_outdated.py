"""What was settled or begun and is found no more: its pages say so, and a draft need not lie there for ever."""

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.conflicts.models import Candidate, Weighing
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import WeighingDraft, close_weighing, save_weighing
from dreiklang.conflicts.tests.factories import (
    NOW,
    candidate,
    changed,
    compared,
    ground,
    measure,
    plain_encoder,
    settlement,
)
from dreiklang.core import nearness
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure, MeasureGoal
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
Pair = tuple[Measure, Measure]


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(measures.account("Karla", role=Role.COORDINATOR))
    return client


@pytest.fixture
def pair() -> Pair:
    climate: Goal = goal(title="Klima")
    pair = (
        measure("Parkhaus", geometry=ground(), hinders=(climate,)),
        measure("Bäume", geometry=ground(40), helps=(climate,)),
    )
    compared()
    return pair


def parted(pair: Pair) -> None:
    """They meet no more."""
    MeasureGoal.objects.filter(measure=pair[0]).delete()
    pair[0].geometry = None
    pair[0].save()
    changed(pair[0])


@pytest.mark.parametrize("page", ["candidate", "weighing"])
def test_pages_say_what_no_longer_holds(coordinator: Client, pair: Pair, page: str) -> None:
    pk = candidate(*pair).pk
    close_weighing(by=measures.coordinator(), now=NOW, pk=pk, version=0, said=settlement())
    parted(pair)

    shown = coordinator.get(reverse(f"conflicts:{page}", args=[pk])).content.decode()

    assert "Überholt: Was geklärt wurde, trifft nicht mehr zu" in shown
    # The facts that no longer hold stand there with their names.
    assert "Klima" in shown
    assert "Wieder offen seit" not in shown


def test_the_draft_of_what_is_found_no_more_can_be_read_and_thrown_away(
    coordinator: Client, pair: Pair
) -> None:
    pk = candidate(*pair).pk
    save_weighing(
        by=measures.coordinator(), now=NOW, pk=pk, version=0, said=WeighingDraft(question="Wie breit?")
    )
    parted(pair)
    assert Candidate.objects.get(pk=pk).state == State.OUTDATED

    shown = coordinator.get(reverse("conflicts:candidate", args=[pk])).content.decode()
    form = coordinator.get(reverse("conflicts:weighing", args=[pk])).content.decode()
    discard = reverse("conflicts:step", args=[pk, "entwurf-verwerfen"])
    told = coordinator.post(discard, {"version": 1}, follow=True).content.decode()
    again = coordinator.post(discard, {"version": 1}, follow=True).content.decode()

    assert discard in shown
    assert "Wie breit?" in form
    assert "Entwurf verworfen" in told
    assert discard not in told
    assert "inzwischen abgeschlossen oder verworfen" in again
    assert not Weighing.objects.exists()


def test_a_draft_that_somebody_wrote_on_meanwhile_is_not_thrown_away(coordinator: Client, pair: Pair) -> None:
    pk = candidate(*pair).pk
    for version, question in enumerate(("Wie breit?", "Wie breit und wie lang?")):
        said = WeighingDraft(question=question)
        save_weighing(by=measures.coordinator(), now=NOW, pk=pk, version=version, said=said)

    discard = reverse("conflicts:step", args=[pk, "entwurf-verwerfen"])
    told = coordinator.post(discard, {"version": 1}, follow=True).content.decode()

    assert "Inzwischen hat jemand diesen Entwurf geändert" in told
    assert 'name="version" value="2"' in told
    assert Weighing.objects.get().question == "Wie breit und wie lang?"


def test_nobody_throws_a_draft_away_by_opening_its_address(coordinator: Client, pair: Pair) -> None:
    pk = candidate(*pair).pk
    save_weighing(
        by=measures.coordinator(), now=NOW, pk=pk, version=0, said=WeighingDraft(question="Wie breit?")
    )

    assert coordinator.get(reverse("conflicts:step", args=[pk, "entwurf-verwerfen"])).status_code == 405
    assert Weighing.objects.exists()
