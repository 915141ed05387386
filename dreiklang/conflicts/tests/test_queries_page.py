"""The page of a candidate, and what waits for one person."""

from datetime import date

import pytest

from dreiklang.conflicts.queries import (
    candidate_page,
    candidates_for,
    panel_of,
    protocol,
    reviews_due,
    weighing_page,
)
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import close_weighing, invite_to_talk, look_at
from dreiklang.conflicts.tests.factories import (
    NOW,
    candidate,
    changed,
    clash,
    compared,
    ground,
    key,
    plain_encoder,
    settlement,
)
from dreiklang.core import nearness
from dreiklang.core.errors import NotFound
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Role, Viewer

pytestmark = pytest.mark.django_db

CLOSED = settlement(decided_on=date(2026, 1, 10), review_on=date(2026, 11, 1))


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def climate() -> Goal:
    return goal(title="Klima")


def inside() -> Viewer:
    return measures.coordinator()


def test_the_page_holds_everything_said(climate: Goal) -> None:
    pair = clash(climate, lead=measures.account("Leitende"))
    compared()
    who, pk = inside(), candidate(*pair).pk
    invite_to_talk(by=who, now=NOW, pk=pk, message="Bitte")
    close_weighing(by=who, now=NOW, pk=pk, version=0, said=CLOSED)

    page = candidate_page(who, pk=pk)

    assert page.line.state == State.WEIGHED
    assert [one.to for one in page.talks] == [("Leitende",)]
    assert page.weighings[0].decision == CLOSED.decision
    assert page.draft is None
    assert page.may_weigh
    assert protocol(who, pk=pk).weighing.decision == CLOSED.decision
    with pytest.raises(NotFound):
        protocol(who, pk=pk, weighing=10**9)


def test_a_new_weighing_begins_with_its_parties(climate: Goal) -> None:
    pair = clash(climate)
    compared()

    found = weighing_page(inside(), pk=candidate(*pair).pk).weighing

    assert [one.claim_key for one in found.positions] == sorted(key(one) for one in pair)
    assert (found.pk, found.version) == (0, 0)


def test_the_page_says_what_changed_since(climate: Goal) -> None:
    pair = clash(climate)
    compared()
    who = inside()
    look_at(by=who, now=NOW, pk=candidate(*pair).pk)
    pair[0].geometry = ground(30, 0, 300, 300)
    pair[0].save()
    changed(pair[0])

    page = candidate_page(who, pk=candidate(*pair).pk)

    assert page.line.is_reopened
    assert any(one["fact"] == "area_m2" for one in page.changes)
    assert page.said_facts


def test_a_measure_shows_its_candidates_and_its_lead_is_told_of_new_ones(climate: Goal) -> None:
    person = measures.account("Leitende")
    pair = clash(climate, lead=person)
    compared()
    hers = measures.viewer(Role.LEAD, departments=[], of=person)

    assert [one.pk for one in panel_of(hers, key=key(pair[0]))] == [candidate(*pair).pk]
    assert [one.reason for one in candidates_for(hers)] == ["conflict_new"]
    assert candidates_for(measures.viewer(Role.LEAD, departments=[], of=measures.account())) == ()

    look_at(by=hers, now=NOW, pk=candidate(*pair).pk)
    assert candidates_for(hers) == ()


def test_a_weighing_waits_for_its_review_from_that_day_on(climate: Goal) -> None:
    pair = clash(climate)
    compared()
    who = inside()
    close_weighing(by=who, now=NOW, pk=candidate(*pair).pk, version=0, said=CLOSED)

    assert reviews_due(who, on=date(2026, 10, 31)) == ()
    assert [one.pk for one in reviews_due(who, on=date(2026, 11, 1))] == [candidate(*pair).pk]
