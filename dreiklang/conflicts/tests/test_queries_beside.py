"""What lies beside a draft that somebody types."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import Polygon

from dreiklang.conflicts.queries import (
    DraftClaim,
    beside,
)
from dreiklang.conflicts.rules import Kind
from dreiklang.conflicts.tests.factories import (
    TODAY,
    candidate,
    clash,
    compared,
    ground,
    key,
    measure,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Viewer
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def climate() -> Goal:
    return goal(title="Klima")


def inside() -> Viewer:
    return measures.coordinator()


def statements(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_beside_a_draft_stands_what_shares_its_place_and_what_would_arise(climate: Goal) -> None:
    trees = measure(
        "Baumreihe Marktstraße", geometry=ground(40), helps=(climate,), lead=measures.account("Gärtner")
    )
    measure("Weit weg", geometry=ground(9000), helps=(climate,))
    compared()
    draft = DraftClaim(
        title="Parkhaus",
        place=ground(),
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        goals=((climate.pk, False, 3),),
        area_ids=frozenset([area().pk]),
    )

    found = beside(inside(), draft=draft, today=TODAY)

    assert [one.party.title for one in found.neighbours] == ["Baumreihe Marktstraße"]
    neighbour = found.neighbours[0]
    assert (neighbour.shares_place, neighbour.same_time, neighbour.party.lead) == (True, True, "Gärtner")
    assert [one.party.key for one in found.arising] == [key(trees)]
    assert found.arising[0].candidate is None
    assert Kind.PLACE_AND_TIME in {one.kind for one in found.arising[0].findings}


def test_whoever_edits_does_not_meet_herself_and_finds_the_candidate_there_is(climate: Goal) -> None:
    pair = clash(climate)
    compared()
    draft = DraftClaim(
        title=pair[0].title,
        own_key=key(pair[0]),
        place=pair[0].geometry,
        starts_on=pair[0].starts_on,
        ends_on=pair[0].ends_on,
        goals=((climate.pk, False, 3),),
    )

    found = beside(inside(), draft=draft, today=TODAY)

    assert [one.candidate for one in found.arising] == [candidate(*pair).pk]
    assert key(pair[0]) not in {one.party.key for one in found.neighbours}


@pytest.mark.parametrize(
    "draft",
    [
        DraftClaim(),
        DraftClaim(title=" "),
        DraftClaim(title="%_\\'\";--", text="\x01"),
        DraftClaim(title="Straße", place=Polygon()),
        DraftClaim(title="Straße", place=Polygon([(13, 51), (13.01, 51.01), (13.01, 51), (13, 51.01)])),
        DraftClaim(
            title="Straße", starts_on=date(2027, 1, 1), ends_on=date(2020, 1, 1), area_ids=frozenset([1])
        ),
        DraftClaim(title="Straße", starts_on=date.min, ends_on=date.max, area_ids=frozenset([10**12])),
        DraftClaim(title="Straße", goals=((10**12, True, 3),), needs_first=frozenset(["measure:x"])),
        DraftClaim(own_key="nonsense", kin=frozenset(["x"]), area_ids=frozenset([1])),
    ],
)
def test_half_typed_and_odd_drafts_are_answered(draft: DraftClaim, climate: Goal) -> None:
    clash(climate)
    compared()

    beside(inside(), draft=draft, today=TODAY)


def test_what_lies_beside_takes_no_more_statements_with_more_claims(climate: Goal) -> None:
    draft = DraftClaim(
        title="Straße erneuern", place=ground(), goals=((climate.pk, False, 3),), starts_on=TODAY
    )
    who = inside()
    clash(climate)
    compared()
    before = statements(lambda: beside(who, draft=draft, today=TODAY))

    for at in range(4):
        clash(climate, at=20 * at, lead=measures.account(), lead_department=measures.department())
    compared()

    assert statements(lambda: beside(who, draft=draft, today=TODAY)) <= before + 2
    assert before <= 12
