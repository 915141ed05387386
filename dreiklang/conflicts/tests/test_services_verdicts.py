"""What people say of a candidate: looked at, no conflict, taken back; who may, and what is refused."""

from datetime import date

import pytest

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import (
    CannotSay,
    CannotTalk,
    CannotWeigh,
    ask_about,
    close_weighing,
    invite_to_talk,
    look_at,
    no_conflict,
    reopen,
    save_weighing,
    take_back,
)
from dreiklang.conflicts.tests.factories import (
    NOW,
    as_lead,
    candidate,
    car_park_and_trees,
    changed,
    plain_encoder,
    settlement,
)
from dreiklang.core import nearness
from dreiklang.core.errors import NotFound
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures
from dreiklang.people.models import Account
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, Role, Viewer

pytestmark = pytest.mark.django_db

SAID = settlement(review_on=date(2027, 11, 22))


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def lead() -> Account:
    return measures.account("Parkhaus Bauer", in_department=measures.department())


@pytest.fixture
def other_lead() -> Account:
    return measures.account("Baum Gärtner", in_department=measures.department())


@pytest.fixture
def pair(lead: Account, other_lead: Account) -> tuple[Measure, Measure]:
    return car_park_and_trees(lead, other_lead)


def test_who_looks_is_named(pair: tuple[Measure, Measure], lead: Account) -> None:
    found = look_at(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk)

    assert (found.state, found.said_by_name, found.said_at) == (State.SEEN, lead.name, NOW)
    assert {one["kind"] for one in found.said_facts} == set(found.kinds)


def test_looking_overrules_nobody(pair: tuple[Measure, Measure], lead: Account) -> None:
    pk = candidate(*pair).pk
    no_conflict(by=measures.coordinator(), now=NOW, pk=pk, reason="Andere Seite")

    assert look_at(by=as_lead(lead), now=NOW, pk=pk).state == State.NO_CONFLICT


def test_no_conflict_needs_its_reason(pair: tuple[Measure, Measure], lead: Account) -> None:
    with pytest.raises(CannotSay, match="needs_reason"):
        no_conflict(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk, reason="  ")


def test_a_reason_nobody_would_read_is_refused(pair: tuple[Measure, Measure], lead: Account) -> None:
    with pytest.raises(CannotSay, match="too_long"):
        no_conflict(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk, reason="x" * 5001)


def test_strangers_of_the_administration_may_look_and_ask_but_not_judge(
    pair: tuple[Measure, Measure],
) -> None:
    stranger = as_lead(measures.account("Fremd", in_department=measures.department()))
    pk = candidate(*pair).pk

    look_at(by=stranger, now=NOW, pk=pk)
    invite_to_talk(by=stranger, now=NOW, pk=pk)

    with pytest.raises(NotAllowed):
        no_conflict(by=stranger, now=NOW, pk=pk, reason="Weil ich es sage")
    with pytest.raises(NotAllowed):
        save_weighing(by=stranger, now=NOW, pk=pk, version=0, said=SAID)


@pytest.mark.parametrize("who", [PUBLIC, measures.viewer(Role.PARTNER), measures.viewer(Role.COUNCIL_MEMBER)])
def test_from_outside_there_is_no_candidate(pair: tuple[Measure, Measure], who: Viewer) -> None:
    pk = candidate(*pair).pk

    for act in (look_at, take_back, reopen):
        with pytest.raises(NotFound):
            act(by=who, now=NOW, pk=pk)
    with pytest.raises(NotFound):
        no_conflict(by=who, now=NOW, pk=pk, reason="x")
    with pytest.raises(NotFound):
        invite_to_talk(by=who, now=NOW, pk=pk)
    with pytest.raises(NotAllowed):
        ask_about(by=who, key=f"measure:{pair[0].pk}", title="Neu")


def test_what_was_said_can_be_taken_back(pair: tuple[Measure, Measure], lead: Account) -> None:
    pk = candidate(*pair).pk
    who = as_lead(lead)
    no_conflict(by=who, now=NOW, pk=pk, reason="Andere Seite")

    found = take_back(by=who, now=NOW, pk=pk)

    assert (found.state, found.said_state, found.said_reason, found.said_by_name) == (
        State.NEW,
        State.NEW,
        "",
        "",
    )
    with pytest.raises(CannotSay, match="nothing_to_take_back"):
        take_back(by=who, now=NOW, pk=pk)


def test_nothing_is_said_of_what_is_no_longer_found(pair: tuple[Measure, Measure]) -> None:
    who, pk = measures.coordinator(), candidate(*pair).pk
    look_at(by=who, now=NOW, pk=pk)
    for one in pair:
        one.goal_links.all().delete()
    pair[0].geometry = None
    pair[0].save()
    changed(*pair)

    assert Candidate.objects.get(pk=pk).state == State.OUTDATED
    with pytest.raises(CannotSay, match="outdated"):
        no_conflict(by=who, now=NOW, pk=pk, reason="x")
    with pytest.raises(CannotTalk, match="outdated"):
        invite_to_talk(by=who, now=NOW, pk=pk)
    with pytest.raises(CannotWeigh, match="outdated"):
        close_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)
