from collections.abc import Mapping
from decimal import Decimal

import pytest
from django.core import mail

from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.queries.checks.signed import ChangedSince, changed_since_signed
from dreiklang.papers.rules.checklist import Given
from dreiklang.papers.rules.kinds import CoSignState
from dreiklang.papers.services import checks
from dreiklang.papers.services.checks.mail import send_signature_mail
from dreiklang.papers.tests.check_factories import LATER, NOW, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def returned_after_signing(town: Town, state: CoSignState = CoSignState.SIGNED) -> Check:
    """Green has answered; whoever releases gave the check back."""
    check = town.co_signing()
    checks.co_sign(
        by=town.as_viewer(town.signer),
        now=NOW,
        number=check.number,
        department_id=town.green.pk,
        state=state,
        reason="Geht uns so nichts an." if state is CoSignState.WAIVED else "",
    )
    return checks.return_check(
        by=town.as_viewer(town.boss), now=NOW, number=check.number, version=check.version, reason="Bitte."
    )


def forwarded(town: Town, check: Check) -> CoSignature:
    """Handed in once more, and read once more."""
    check = checks.hand_in(
        by=town.as_viewer(town.editor), now=LATER, number=check.number, version=check.version
    )
    checks.forward(by=town.as_viewer(town.reader), now=LATER, number=check.number, version=check.version)
    return CoSignature.objects.get(of=check)


def changed_in(check: Check) -> Mapping[int, ChangedSince]:
    check.refresh_from_db()
    return changed_since_signed(check, check.co_signatures.all())


@pytest.mark.parametrize("state", [CoSignState.SIGNED, CoSignState.WAIVED])
def test_a_higher_cost_after_the_return_asks_the_office_again(town: Town, state: CoSignState) -> None:
    check = returned_after_signing(town, state)
    check = town.answered(
        check, Given("kosten", value="stated", amount_eur=Decimal(900000), reason="Schätzung")
    )

    asked = forwarded(town, check)

    assert (asked.state, asked.answered_at) == (CoSignState.ASKED, None)


def test_a_return_that_changed_nothing_leaves_the_signature(town: Town) -> None:
    check = returned_after_signing(town)

    assert forwarded(town, check).state == CoSignState.SIGNED


def test_the_same_answer_saved_once_more_leaves_the_signature(town: Town) -> None:
    check = town.answered(returned_after_signing(town))

    assert forwarded(town, check).state == CoSignState.SIGNED


def test_the_signing_page_names_what_changed_after_an_office_signed(town: Town) -> None:
    check = returned_after_signing(town)
    before = changed_in(check)
    check = town.answered(
        check, Given("kosten", value="stated", amount_eur=Decimal(900000), reason="Schätzung")
    )

    will_be = changed_in(check)
    asked = forwarded(town, check)
    is_asked = changed_in(check)

    assert before == {}
    assert will_be == {asked.pk: ChangedSince(("Was kostet es?",), is_asked_again=False)}
    assert is_asked == {asked.pk: ChangedSince(("Was kostet es?",), is_asked_again=True)}


def test_a_signature_from_a_list_says_it_does_not_know_what_it_was_given_to(town: Town) -> None:
    check = returned_after_signing(town)
    CoSignature.objects.filter(of=check).update(signed_parts={})

    found = changed_in(check)

    assert [one.parts for one in found.values()] == [()]
    assert forwarded(town, check).state == CoSignState.ASKED


def test_the_letter_to_an_office_asked_again_says_what_changed(town: Town) -> None:
    check = returned_after_signing(town)
    check = town.answered(
        check, Given("kosten", value="stated", amount_eur=Decimal(900000), reason="Schätzung")
    )
    asked = forwarded(town, check)

    send_signature_mail(signature_id=asked.pk)

    assert "Seither wurde geändert: Was kostet es?" in mail.outbox[-1].body
