"""The page of proposals: what it says, what its buttons do, and who may press them."""

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.papers.models import Check, Proposal
from dreiklang.papers.rules.kinds import CheckState, ProposalOrigin, TargetKind, Verdict
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def check(town: Town) -> Check:
    check = town.started()
    Check.objects.filter(pk=check.pk).update(proposed_at=NOW)
    return check


@pytest.fixture
def proposal(town: Town, check: Check) -> Proposal:
    return check.proposals.create(
        kind=TargetKind.GOAL,
        target=town.growth.pk,
        rank=1,
        passage="Wir bauen einen Radweg.",
        grounds=[{"code": "words", "words": ["Radverkehr"]}, {"code": "near"}],
    )


def _as(who: Account) -> Client:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _page(check: Check) -> str:
    return reverse("papers:check_proposals", args=[check.number])


def _verdict(check: Check, proposal: Proposal) -> str:
    return reverse("papers:check_verdict", args=[check.number, proposal.pk])


def test_the_page_shows_the_goal_its_passage_and_why(town: Town, check: Check, proposal: Proposal) -> None:
    shown = _as(town.editor).get(_page(check)).content.decode()

    assert "Mehr Radverkehr" in shown
    assert "Wir bauen einen Radweg." in shown
    assert "Gemeinsame Wörter: Radverkehr" in shown
    assert "1 ist noch offen" in shown


def test_a_button_confirms_and_leads_back_to_the_proposal(
    town: Town, check: Check, proposal: Proposal
) -> None:
    answer = _as(town.editor).post(_verdict(check, proposal), {"say": "hinders", "reason": "Kostet Bäume"})

    proposal.refresh_from_db()
    assert answer["Location"] == f"{_page(check)}#vorschlag-{proposal.pk}"
    assert (proposal.verdict, proposal.sign, proposal.reason) == ("confirmed", "hinders", "Kostet Bäume")


def test_a_verdict_can_be_taken_back_on_the_page(town: Town, check: Check, proposal: Proposal) -> None:
    client = _as(town.editor)
    client.post(_verdict(check, proposal), {"say": "rejected"})
    assert "Zurücknehmen" in client.get(_page(check)).content.decode()

    client.post(_verdict(check, proposal), {"say": "open"})

    proposal.refresh_from_db()
    assert proposal.verdict == Verdict.OPEN


def test_an_unknown_button_is_not_found(town: Town, check: Check, proposal: Proposal) -> None:
    assert _as(town.editor).post(_verdict(check, proposal), {"say": "maybe"}).status_code == 404


def test_others_read_without_buttons_and_cannot_decide(town: Town, check: Check, proposal: Proposal) -> None:
    stranger = _as(town.signer)

    assert 'name="say"' not in stranger.get(_page(check)).content.decode()
    assert stranger.post(_verdict(check, proposal), {"say": "confirmed"}).status_code == 403


def test_nobody_without_an_account_sees_the_page(check: Check, proposal: Proposal) -> None:
    answer = Client().get(_page(check))

    assert answer.status_code == 302
    assert "Mehr Radverkehr" not in answer.content.decode()


def test_a_check_out_of_hand_says_why_nothing_changes(town: Town, check: Check, proposal: Proposal) -> None:
    Check.objects.filter(pk=check.pk).update(state=CheckState.REVIEW)

    answer = _as(town.editor).post(_verdict(check, proposal), {"say": "confirmed"}, follow=True)

    assert "ändern sich die Bezüge nicht mehr" in answer.content.decode()


def test_what_was_missed_can_be_named_by_hand(town: Town, check: Check) -> None:
    _as(town.editor).post(_page(check), {"target": f"goal-{town.trees.pk}", "reason": "Böschung"})

    named = check.proposals.get(target=town.trees.pk)
    assert (named.origin, named.verdict) == (ProposalOrigin.BY_HAND, Verdict.CONFIRMED)


@pytest.mark.parametrize("given", [{}, {"measure": "X-0"}, {"target": "goal-0"}])
def test_naming_nothing_or_what_is_not_there_says_so(town: Town, check: Check, given: dict[str, str]) -> None:
    answer = _as(town.editor).post(_page(check), given)

    assert answer.status_code == 200
    assert not check.proposals.exists()


def test_a_draft_being_read_says_so(town: Town, check: Check) -> None:
    Check.objects.filter(pk=check.pk).update(proposed_at=None)

    shown = _as(town.editor).get(_page(check)).content.decode()

    assert "wird gerade gelesen" in shown
    assert "data-waiting" in shown


def test_an_unreadable_draft_says_what_to_do(town: Town, check: Check) -> None:
    Check.objects.filter(pk=check.pk).update(proposal_problem="no_text")

    assert "Fügen Sie den Text ein" in _as(town.editor).get(_page(check)).content.decode()


def test_an_unknown_check_is_not_found(town: Town) -> None:
    assert _as(town.editor).get(reverse("papers:check_proposals", args=["PR-1"])).status_code == 404
