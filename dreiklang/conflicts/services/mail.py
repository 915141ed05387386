"""Letters about candidates, in German, written by the worker after the commit."""

from collections.abc import Collection

from django.conf import settings
from django.core.mail import EmailMessage
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
    asker = accounts_by_id([talk.asked_by_id] if talk.asked_by_id else []).get(talk.asked_by_id or 0)
    facts: dict[str, object] = {
        "talk": talk,
        "parties": parties,
        "asker": asker,
        "url": _address(talk.candidate) if talk.candidate else f"{settings.SITE_URL}{parties[0].url}",
    }
    return _send("talk", [*talk.to_ids, *_heads(talk.to_offices)], talk.asked_by_id, facts, answer_to=asker)


def send_reopened_mail(*, candidate_ids: Collection[int]) -> int:
    """To those who settled a candidate that opened again, each of them once; the number of letters."""
    sent = 0
    for candidate in Candidate.objects.filter(pk__in=candidate_ids, state=State.NEW).order_by("pk"):
        if candidate.reopened_at is None:
            continue
        facts: dict[str, object] = {
            "candidate": candidate,
            "parties": with_unknown(candidate.parties, parties_of(SYSTEM, candidate.parties)),
            "url": _address(candidate),
        }
        to = dict.fromkeys([candidate.said_by_id, *candidate.person_ids])
        sent += _send("reopened", [pk for pk in to if pk is not None], None, facts)
    return sent


def send_overtaken_mail(*, candidate_ids: Collection[int]) -> int:
    """To those who settled a candidate of which nothing is found any more; the number of letters."""
    sent = 0
    for candidate in Candidate.objects.filter(pk__in=candidate_ids, state=State.OUTDATED).order_by("pk"):
        facts: dict[str, object] = {
            "candidate": candidate,
            "parties": with_unknown(candidate.parties, parties_of(SYSTEM, candidate.parties)),
            "url": _address(candidate),
        }
        sent += _send("overtaken", [pk for pk in [candidate.said_by_id] if pk is not None], None, facts)
    return sent


def _heads(offices: Collection[int]) -> list[int]:
    """Who writes for an office where no lead is named: its editors, else its head."""
    found: list[int] = []
    for pk, office in departments_by_id(offices).items():
        editors = [one.pk for one in accounts_in(pk, Role.DEPARTMENT_EDITOR)]
        found += editors or ([office.head_id] if office.head_id else [])
    return found


def _address(candidate: Candidate) -> str:
    return f"{settings.SITE_URL}{reverse('conflicts:candidate', args=[candidate.pk])}"


def _send(
    name: str, to: Collection[int], by_id: int | None, facts: dict[str, object], answer_to: object = None
) -> int:
    away = away_on(localdate())
    ids = dict.fromkeys(pk for one in to for pk in (one, away.get(one)) if pk is not None)
    people = accounts_by_id([pk for pk in ids if pk != by_id])
    if not people:
        return 0
    with translation.override("de"):
        said = render_to_string(f"conflicts/mail/{name}.txt", facts)
    subject, _, body = said.strip().partition("\n")
    address = getattr(answer_to, "email", "")
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[one.email for one in people.values()],
        reply_to=[address] if address else None,
    ).send()
    return len(people)
