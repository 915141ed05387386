"""What drafts under check claim: what people confirmed, and nothing for outsiders."""

from datetime import date
from typing import Any

import pytest

from dreiklang.core.claims import Claim
from dreiklang.core.values import Period, Unknown
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.tests.factories import account, measure, viewer
from dreiklang.papers.models import Check
from dreiklang.papers.queries import check_claims
from dreiklang.papers.rules.checklist import Given
from dreiklang.papers.rules.kinds import CheckState, TargetKind, Verdict
from dreiklang.papers.services import checks as services
from dreiklang.papers.services import proposals
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.people.rules import PUBLIC, SYSTEM, Role
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def claim_of(check: Check) -> Claim:
    (found,) = check_claims(SYSTEM, ids=[check.pk])
    return found


def test_a_draft_claims_what_people_confirmed(town: Town) -> None:
    check = town.started(committee_on=date(2027, 2, 1))
    touched, district = measure(), area()
    by = town.as_viewer(town.editor)
    for kind, target in (
        (TargetKind.MEASURE, touched.pk),
        (TargetKind.AREA, district.pk),
        (TargetKind.DEPARTMENT, town.green.pk),
        (TargetKind.GOAL, town.trees.pk),
    ):
        proposals.name_target(by=by, now=NOW, number=check.number, kind=kind, target=target)
    goal = check.proposals.get(kind=TargetKind.GOAL)
    proposals.decide(
        by=by,
        now=NOW,
        number=check.number,
        proposal_id=goal.pk,
        verdict=Verdict.CONFIRMED,
        sign=LinkSign.HINDERS,
        reason="Fällt zwei",
    )

    found = claim_of(check)

    assert (found.key, found.number, found.person) == (f"check:{check.pk}", check.number, town.editor.pk)
    assert found.kin == {f"measure:{touched.pk}"}
    assert found.areas == {district.pk}
    assert found.offices == (town.office.pk, town.green.pk)
    assert found.period == Period(date(2027, 2, 1), None)
    assert [(one.on, one.supports, one.weight) for one in found.effects] == [
        (f"goal:{town.trees.pk}", False, 2)
    ]


def test_an_answer_says_more_than_a_confirmed_proposal(town: Town) -> None:
    check = town.complete()

    assert [(one.on, one.supports, one.weight) for one in claim_of(check).effects] == [
        (f"goal:{town.growth.pk}", True, 3)
    ]


def test_what_nobody_confirmed_is_no_effect(town: Town) -> None:
    check = town.complete()
    check.proposals.update(verdict=Verdict.REJECTED)

    assert claim_of(check).effects == ()


def test_of_equal_answers_the_harm_counts(town: Town) -> None:
    check = town.complete()
    services.answer(
        by=town.as_viewer(town.editor),
        number=check.number,
        version=check.version,
        given=[Given("ziele", town.growth.pk, value="strong_harm", reason="Lärm")],
    )

    assert [one.supports for one in claim_of(check).effects] == [False]


def test_what_is_checked_of_a_concept_is_its_kin(town: Town) -> None:
    check = town.started()

    assert claim_of(check).kin == frozenset()
    assert isinstance(claim_of(check).period, Unknown)


@pytest.mark.parametrize("state", [CheckState.RELEASED, CheckState.GIVEN_UP])
def test_what_is_released_or_given_up_claims_nothing(town: Town, state: CheckState) -> None:
    check = town.started()
    Check.objects.filter(pk=check.pk).update(state=state, released_at=NOW)

    assert list(check_claims(SYSTEM)) == []


def test_outsiders_get_no_claims(town: Town) -> None:
    town.started()

    for who in (PUBLIC, viewer(Role.PARTNER, of=account()), viewer(Role.COUNCIL_MEMBER, of=account())):
        assert list(check_claims(who)) == []


def test_more_drafts_take_no_more_statements(town: Town, django_assert_num_queries: Any) -> None:
    for _n in range(4):
        town.complete()

    with django_assert_num_queries(3):
        assert len(list(check_claims(SYSTEM))) == 4
