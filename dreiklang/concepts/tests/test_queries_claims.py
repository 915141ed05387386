"""What concepts claim: time, effects, kin; nothing for outsiders."""

from datetime import date

import pytest
from shapely.geometry import box

from dreiklang.concepts.models import Concept, ConceptArea
from dreiklang.concepts.queries import concept_claims
from dreiklang.concepts.rules import ConceptKind, ConceptStatus
from dreiklang.concepts.tests.factories import concept
from dreiklang.core.claims import Claim
from dreiklang.core.values import Period, Unknown
from dreiklang.goals.tests.factories import goal
from dreiklang.people.rules import PUBLIC, SYSTEM
from dreiklang.people.tests.factories import account, department
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db


def claim_of(one: Concept) -> Claim:
    (found,) = concept_claims(SYSTEM, ids=[one.pk])
    return found


def test_a_claim_says_who_where_when_and_what_for() -> None:
    traffic, district, lead, office = goal(), area(), account(), department()
    one = concept(
        goals=(traffic,),
        areas=(district,),
        valid_from=date(2024, 1, 1),
        geometry=box(13, 51, 13.1, 51.1),
        lead=lead,
        lead_department=office,
    )

    found = claim_of(one)

    assert (found.key, found.number, found.title) == (f"concept:{one.pk}", one.number, one.title)
    assert (found.areas, found.offices, found.person) == ({district.pk}, (office.pk,), lead.pk)
    assert found.period == Period(date(2024, 1, 1), None)
    assert [one.on for one in found.effects] == [f"goal:{traffic.pk}"]
    assert found.place is not None


def test_predecessors_and_successors_are_kin() -> None:
    new = concept(status=ConceptStatus.DRAFTING)
    old = concept(successor=new)

    assert claim_of(old).kin == {f"concept:{new.pk}"}
    assert claim_of(new).kin == {f"concept:{old.pk}"}


def test_what_is_superseded_claims_nothing() -> None:
    concept(status=ConceptStatus.SUPERSEDED)

    assert list(concept_claims(SYSTEM)) == []


@pytest.mark.parametrize(
    ("kind", "status", "is_fixed", "is_lasting"),
    [
        (ConceptKind.FORMAL_PLAN, ConceptStatus.ADOPTED, True, True),
        (ConceptKind.FORMAL_PLAN, ConceptStatus.DRAFTING, False, True),
        (ConceptKind.SECTOR_PLAN, ConceptStatus.ADOPTED, False, True),
        (ConceptKind.SECTOR_PLAN, ConceptStatus.DRAFTING, False, False),
    ],
)
def test_formal_plans_and_what_is_in_force_last(
    kind: str, status: str, is_fixed: bool, is_lasting: bool
) -> None:
    found = claim_of(concept(kind=kind, status=status))

    assert (found.is_fixed, found.is_lasting) == (is_fixed, is_lasting)


def test_time_is_unknown_where_nobody_named_a_day() -> None:
    assert isinstance(claim_of(concept()).period, Unknown)


def test_outsiders_get_no_claims() -> None:
    concept()

    assert list(concept_claims(PUBLIC)) == []


def test_more_concepts_take_no_more_statements(django_assert_num_queries) -> None:
    for _n in range(4):
        ConceptArea.objects.create(concept=concept(goals=(goal(),)), area=area())

    with django_assert_num_queries(4):
        assert len(list(concept_claims(SYSTEM))) == 4
