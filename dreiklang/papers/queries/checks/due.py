"""What waits for one person among the checks: a second reading, a co-signature, a check that came back, a release."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.permissions.checks import CO_SIGN, RELEASE
from dreiklang.papers.queries.terms import release_wanted_on
from dreiklang.papers.rules.kinds import CheckState, CoSignState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class DueCheck:
    """One thing to do. `on` is None where no day is named.

    `reason`: check_read, check_sign, check_returned, check_release (all offices answered), check_offices_late (the
    deadline of `offices` passed without an answer).
    """

    number: str
    title: str
    url: str
    reason: str
    on: date | None
    offices: tuple[str, ...] = ()


def checks_due_for(viewer: Viewer, *, today: date) -> list[DueCheck]:
    """Checks that wait for the viewer or whom she deputises for, by day; nothing for outsiders.

    A reading and a release are due on the day by which the committee wants the release; a co-signature on its
    deadline. Offices that are late are told to whoever may release.
    """
    if not viewer.is_internal or viewer.account_id is None:
        return []
    open_answers = CoSignature.objects.filter(state=CoSignState.ASKED, of__state=CheckState.CO_SIGNING)
    asked = list(open_answers.select_related("department", "of").defer("of__text").order_by("due_on", "pk"))
    found = [*_checks(viewer, asked, today), *_signatures(viewer, asked)]
    return sorted(found, key=lambda one: (one.on or date.max, one.number))


def _checks(viewer: Viewer, asked: Sequence[CoSignature], today: date) -> Iterator[DueCheck]:
    people = [viewer.account_id, *viewer.deputises_for]
    to_read = Q(state=CheckState.REVIEW, reader__in=people)
    returned = Q(state=CheckState.RETURNED, editor__in=people)
    found = Check.objects.filter(to_read | returned | Q(state=CheckState.CO_SIGNING))
    for check in found.select_related("department").defer("text").order_by("number", "pk"):
        if check.state == CheckState.CO_SIGNING:
            yield from _release(viewer, check, [one for one in asked if one.of_id == check.pk], today)
        else:
            reason = "check_read" if check.state == CheckState.REVIEW else "check_returned"
            yield _due(check, reason)


def _release(viewer: Viewer, check: Check, asked: Sequence[CoSignature], today: date) -> Iterator[DueCheck]:
    """For whoever may release; nothing while the offices still have time."""
    if not may(viewer, RELEASE, check):
        return
    late = [one for one in asked if one.due_on < today]
    if late:
        url = reverse("papers:check_signing", args=[check.number])
        offices = tuple(one.department.name for one in late)
        yield DueCheck(check.number, check.title, url, "check_offices_late", late[0].due_on, offices)
    elif not asked:
        yield _due(check, "check_release")


def _due(check: Check, reason: str) -> DueCheck:
    url = reverse("papers:check", args=[check.number])
    return DueCheck(check.number, check.title, url, reason, release_wanted_on(check.committee_on))


def _signatures(viewer: Viewer, asked: Sequence[CoSignature]) -> Iterator[DueCheck]:
    for one in asked:
        if may(viewer, CO_SIGN, one):
            url = reverse("papers:check_signing", args=[one.of.number])
            yield DueCheck(one.of.number, one.of.title, url, "check_sign", one.due_on)
