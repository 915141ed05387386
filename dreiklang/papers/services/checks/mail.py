"""Letters about checks, in German, written by the worker after the commit: whose turn it is now."""

from collections.abc import Collection

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.queries.checks.signed import changed_since_signed
from dreiklang.papers.rules.checks import RUNNING, Step
from dreiklang.papers.rules.kinds import CheckState, CoSignState
from dreiklang.people.queries import accounts_by_id, accounts_holding, accounts_in, away_on
from dreiklang.people.rules import Role


def send_step_mail(*, check_id: int, step: str, by_id: int | None) -> int:
    """To whoever acts next; the number of recipients. Nobody hears of what she did herself."""
    check = Check.objects.select_related("department", "concept", "paper").get(pk=check_id)
    last = check.steps.order_by("-entered_at", "-pk").first()
    facts: dict[str, object] = {"check": check, "step": last, "url": _address(check)}
    if step == Step.HAND_IN and check.state == CheckState.REVIEW:
        return _send("check_to_read", [check.reader_id], by_id, facts)
    if step == Step.FORWARD and check.state == CheckState.CO_SIGNING:
        asked = check.co_signatures.filter(state=CoSignState.ASKED).select_related("department")
        return sum(_ask(one, by_id) for one in asked)
    if step in {Step.RETURN, Step.RELEASE, Step.TAKE_BACK}:
        return _send(f"check_{check.state}", [check.editor_id], by_id, facts)
    return 0


def send_signature_mail(*, signature_id: int) -> int:
    """Once more to an office that has not answered; 0 if it did meanwhile or nobody waits any more."""
    signature = CoSignature.objects.select_related("of", "department").filter(pk=signature_id).first()
    if signature is None or signature.state != CoSignState.ASKED or signature.of.state not in RUNNING:
        return 0
    return _ask(signature, None)


def send_overdue_mail(*, signature_ids: Collection[int]) -> int:
    """To the coordinators: which offices let their deadline pass; those that answered meanwhile left out."""
    found = CoSignature.objects.filter(
        pk__in=signature_ids, state=CoSignState.ASKED, of__state=CheckState.CO_SIGNING
    )
    late = list(found.select_related("of", "department").defer("of__text").order_by("of__number", "pk"))
    if not late:
        return 0
    facts: dict[str, object] = {
        "signatures": late,
        "url": f"{settings.SITE_URL}{reverse('papers:pipeline')}",
    }
    return _send("check_overdue", [one.pk for one in accounts_holding(Role.COORDINATOR)], None, facts)


def _ask(signature: CoSignature, by_id: int | None) -> int:
    with translation.override("de"):
        changed = changed_since_signed(signature.of, [signature]).get(signature.pk)
    facts: dict[str, object] = {
        "signature": signature,
        "check": signature.of,
        "url": f"{_address(signature.of)}mitzeichnung/",
        "is_late": signature.due_on < localdate(),
        "changed": changed,
    }
    return _send("check_to_sign", _signers(signature), by_id, facts)


def _signers(signature: CoSignature) -> list[int]:
    """The reviewers of the office; without any its editors, then its head."""
    office = signature.department
    found = accounts_in(office.pk, Role.REVIEWER) or accounts_in(office.pk, Role.DEPARTMENT_EDITOR)
    if not found and signature.is_treasury:
        found = accounts_holding(Role.TREASURY)
    ids = [one.pk for one in found]
    return ids or ([office.head_id] if office.head_id else [])


def _address(check: Check) -> str:
    return f"{settings.SITE_URL}{reverse('papers:check', args=[check.number])}"


def _send(name: str, to: Collection[int | None], by_id: int | None, facts: dict[str, object]) -> int:
    away = away_on(localdate())
    ids = dict.fromkeys(pk for one in to if one is not None for pk in (one, away.get(one)) if pk is not None)
    people = accounts_by_id([pk for pk in ids if pk != by_id])
    if not people:
        return 0
    with translation.override("de"):
        said = render_to_string(f"papers/mail/{name}.txt", facts)
    subject, _, body = said.strip().partition("\n")
    EmailMessage(
        subject=" ".join(subject.split()), body=body.strip() + "\n", to=[one.email for one in people.values()]
    ).send()
    return len(people)
