"""Co-signing (Mitzeichnung): affected offices agree, object with a reason, or say they are not affected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later
from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.permissions.checks import ANSWER, CO_SIGN, COMMENT
from dreiklang.papers.queries.checks.signed import parts_of
from dreiklang.papers.queries.terms import co_sign_due_on
from dreiklang.papers.rules.checks import RUNNING
from dreiklang.papers.rules.kinds import CheckState, CoSignState
from dreiklang.papers.services.checks.locking import locked_check, saved_check, tell_of
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

REMINDER_MAIL = "papers_signature_mail"
OVERDUE_MAIL = "papers_overdue_mail"


class CannotSign(Refused):
    """Not possible: `is_over`, `not_open` yet, `needs_reason`, `own_office`, `has_answered`, `in_the_past`."""


@dataclass(frozen=True)
class WantedSignature:
    """An office that is to co-sign. Without a day it has the working days the city gives."""

    department_id: int
    due_on: date | None = None
    is_treasury: bool = False


def ask_co_signatures(
    *, by: Viewer, now: datetime, number: str, version: int, wanted: Sequence[WantedSignature]
) -> Check:
    """Set which offices co-sign, until when. Offices that answered stay as they are.

    May be set from the draft on; the deadline begins once the second reader agreed.
    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSign (is_over, own_office, in_the_past, has_answered
    where an office that answered would be taken away).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Mitzeichnung gefragt")):
        check = locked_check(by=by, number=number, permission=ANSWER, version=version)
        if check.state not in RUNNING:
            raise CannotSign("is_over")
        today = localdate(now)
        named = {one.department_id: one for one in wanted}
        if check.department_id in named:
            raise CannotSign("own_office")
        if any(one.due_on is not None and one.due_on < today for one in wanted):
            raise CannotSign("in_the_past")
        gone = check.co_signatures.exclude(department_id__in=named)
        if gone.exclude(state=CoSignState.ASKED).exists():
            raise CannotSign("has_answered")
        gone.delete()
        _write(check, named, now)
        return saved_check(check)


def _write(check: Check, named: dict[int, WantedSignature], now: datetime) -> None:
    usual = co_sign_due_on(localdate(now))
    there = {one.department_id: one for one in check.co_signatures.all()}
    for department_id, one in named.items():
        known = there.get(department_id)
        if known is None:
            CoSignature.objects.create(
                of=check,
                department_id=department_id,
                is_treasury=one.is_treasury,
                asked_at=now,
                due_on=one.due_on or usual,
            )
            continue
        due_on = one.due_on or known.due_on
        if (known.is_treasury, known.due_on) != (one.is_treasury, due_on):
            known.is_treasury, known.due_on = one.is_treasury, due_on
            known.save(update_fields=["is_treasury", "due_on"])


def co_sign(
    *, by: Viewer, now: datetime, number: str, department_id: int, state: CoSignState, reason: str = ""
) -> CoSignature:
    """The office's answer; it may be changed until the release. An objection needs its reason.

    Raises: NotFound; NotAllowed; CannotSign (not_open, needs_reason).
    """
    if state is CoSignState.ASKED:
        raise CannotSign("not_open")
    # Whoever is not affected says why not: else nobody knows whether it was looked at.
    if state in {CoSignState.OBJECTED, CoSignState.WAIVED} and not reason.strip():
        raise CannotSign("needs_reason")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Mitzeichnung beantwortet")):
        check = locked_check(by=by, number=number, permission=COMMENT)
        found = check.co_signatures.select_for_update(of=("self",)).select_related("department")
        signature = found.filter(department_id=department_id).first()
        if signature is None:
            raise NotFound("co_signature")
        require(by, CO_SIGN, signature)
        if check.state != CheckState.CO_SIGNING:
            raise CannotSign("not_open")
        signature.state, signature.reason = state, reason.strip()
        signature.answered_at = now
        signature.answered_by_id, signature.answered_by_name = by.account_id, by.name
        signature.signed_parts = parts_of(check)
        signature.save()
        tell_of(check, by=by, name="check_co_signed", department_id=department_id, state=str(state))
        return signature


def remind_of_signatures(*, on: date) -> int:
    """Every morning: offices whose answer is due the next day, or overdue since a day, a week, two …; how many.

    The coordinators hear once, on the day after, which offices let their deadline pass.
    """
    waiting = CoSignature.objects.filter(state=CoSignState.ASKED, of__state=CheckState.CO_SIGNING)
    reminded = [
        pk
        for pk, due_on in waiting.order_by("pk").values_list("pk", "due_on")
        if due_on == on + timedelta(days=1) or (due_on < on and (on - due_on).days % 7 == 1)
    ]
    for pk in reminded:
        later(REMINDER_MAIL, signature_id=pk)
    newly_late = waiting.filter(due_on=on - timedelta(days=1)).order_by("pk").values_list("pk", flat=True)
    if newly_late:
        later(OVERDUE_MAIL, signature_ids=list(newly_late))
    return len(reminded)
