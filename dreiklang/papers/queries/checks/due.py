"""What waits for one person among the checks: a second reading, a co-signature, a check that came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.permissions.checks import CO_SIGN
from dreiklang.papers.queries.terms import release_wanted_on
from dreiklang.papers.rules.kinds import CheckState, CoSignState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class DueCheck:
    """One thing to do. `reason`: check_read, check_sign, check_returned; `on` None where no day is named."""

    number: str
    title: str
    url: str
    reason: str
    on: date | None


def checks_due_for(viewer: Viewer) -> list[DueCheck]:
    """Checks that wait for the viewer or whom she deputises for, by day; nothing for outsiders.

    A reading is due on the day by which the committee wants the release; a co-signature on its deadline.
    """
    if not viewer.is_internal or viewer.account_id is None:
        return []
    found = [*_own(viewer), *_signatures(viewer)]
    return sorted(found, key=lambda one: (one.on or date.max, one.number))


def _own(viewer: Viewer) -> Iterator[DueCheck]:
    people = [viewer.account_id, *viewer.deputises_for]
    to_read = Check.objects.filter(state=CheckState.REVIEW, reader__in=people)
    returned = Check.objects.filter(state=CheckState.RETURNED, editor__in=people)
    rows = (to_read | returned).values_list("number", "title", "state", "committee_on")
    for number, title, state, committee_on in rows.order_by("number", "pk"):
        reason = "check_read" if state == CheckState.REVIEW else "check_returned"
        url = reverse("papers:check", args=[number])
        yield DueCheck(number, title, url, reason, release_wanted_on(committee_on))


def _signatures(viewer: Viewer) -> Iterator[DueCheck]:
    asked = CoSignature.objects.filter(state=CoSignState.ASKED, of__state=CheckState.CO_SIGNING)
    for one in asked.select_related("department", "of").defer("of__text").order_by("due_on", "pk"):
        if may(viewer, CO_SIGN, one):
            url = reverse("papers:check_signing", args=[one.of.number])
            yield DueCheck(one.of.number, one.of.title, url, "check_sign", one.due_on)
