"""Letters about candidates, in German, written by the worker after the commit."""

from collections.abc import Collection

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from dreiklang.conflicts.models import Candidate, Talk
from dreiklang.conflicts.queries.names import parties_of, with_unknown
from dreiklang.conflicts.rules import State
from dreiklang.people.queries import accounts_by_id, accounts_in, away_on, departments_by_id
from dreiklang.people.rules import SYSTEM, Role


def send_talk_mail(*, talk_id: int) -> int:
    """To whoever is asked to talk; the number of recipients. 0 if the talk was noted meanwhile."""
    talk = Talk.objects.select_related("candidate").get(pk=talk_id)
    if talk.note or talk.held_on:
        return 0
    keys = talk.candidate.parties if talk.candidate else [talk.about_key]
    parties = with_unknown(keys, parties_of(SYSTEM, keys))
    asker = accounts_by_id([*filter(None, [talk.asked_by_id])]).get(talk.asked_by_id or 0)
    facts: dict[str, object] = {
        "talk": talk,
        "parties": parties,
        "asker": asker,
        "url": _address(talk.candidate) if talk.candidate else f"{settings.SITE_URL}{parties[0].url}",
    }
    return _send(
        "talk",
        [*talk.to_ids, *writers_of(talk.to_offices)],
        talk.asked_by_id,
        facts,
        answer_to=asker.email if asker else "",
    )


def send_reopened_mail(*, candidate_ids: Collection[int]) -> int:
    """To whoever settled a candidate that opened again and who leads its parties, each once; the number of letters."""
    found = Candidate.objects.filter(pk__in=candidate_ids, state=State.NEW, reopened_at__isnull=False)
    letters = _facts_of(found)
    return sum(
        _send("reopened", [*filter(None, [one.said_by_id]), *one.person_ids], None, facts)
        for one, facts in letters
    )


def send_overtaken_mail(*, candidate_ids: Collection[int]) -> int:
    """To whoever settled a candidate of which nothing is found any more; the number of letters."""
    letters = _facts_of(Candidate.objects.filter(pk__in=candidate_ids, state=State.OUTDATED))
    return sum(_send("overtaken", [*filter(None, [one.said_by_id])], None, facts) for one, facts in letters)


def _facts_of(found: QuerySet[Candidate]) -> list[tuple[Candidate, dict[str, object]]]:
    """Each candidate with what its letter says; the names of all parties at once."""
    rows = list(found.order_by("pk"))
    parties = parties_of(SYSTEM, {key for one in rows for key in one.parties})
    return [
        (one, {"candidate": one, "parties": with_unknown(one.parties, parties), "url": _address(one)})
        for one in rows
    ]


def writers_of(offices: Collection[int]) -> list[int]:
    """Who is written to for these offices where no lead is named: their editors, else their head; active ones only."""
    found: list[int] = []
    for pk, office in departments_by_id(offices).items():
        editors = [one.pk for one in accounts_in(pk, Role.DEPARTMENT_EDITOR)]
        found += editors or accounts_by_id([*filter(None, [office.head_id])])
    return found


def _address(candidate: Candidate) -> str:
    return f"{settings.SITE_URL}{reverse('conflicts:candidate', args=[candidate.pk])}"


def _send(
    name: str, to: Collection[int], by_id: int | None, facts: dict[str, object], *, answer_to: str = ""
) -> int:
    away = away_on(localdate())
    ids = dict.fromkeys(pk for one in to for pk in (one, away.get(one)) if pk is not None)
    people = accounts_by_id([pk for pk in ids if pk != by_id])
    if not people:
        return 0
    with translation.override("de"):
        said = render_to_string(f"conflicts/mail/{name}.txt", facts)
    subject, _, body = said.strip().partition("\n")
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[one.email for one in people.values()],
        reply_to=[answer_to] if answer_to else None,
    ).send()
    return len(people)
