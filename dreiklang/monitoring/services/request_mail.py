"""Letters about data requests, in German, written by the worker after the commit."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from dreiklang.monitoring.models import DataRequest
from dreiklang.people.queries import accounts_by_id, accounts_in, away_on
from dreiklang.people.rules import Role


def send_request_mail(*, request_id: int, step: str, by_id: int | None) -> int:
    """To whoever brings the values (`asked`), or to whoever asked (`answered`); the number of recipients.

    Who is away gets it with her deputy; who did it herself gets none.
    """
    found = DataRequest.objects.select_related("department", "asker").get(pk=request_id)
    to = _bringers(found) if step == "asked" else [*filter(None, [found.asker_id])]
    away = away_on(localdate())
    ids = dict.fromkeys(pk for one in to for pk in (one, away.get(one)) if pk is not None)
    people = accounts_by_id([pk for pk in ids if pk != by_id])
    if not people:
        return 0
    url = f"{settings.SITE_URL}{reverse('monitoring:request', args=[found.pk])}"
    with translation.override("de"):
        said = render_to_string(f"monitoring/mail/request_{step}.txt", {"one": found, "url": url})
    subject, _, body = said.strip().partition("\n")
    answer_to = found.asker.email if found.asker and step == "asked" else ""
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[one.email for one in people.values()],
        reply_to=[answer_to] if answer_to else None,
    ).send()
    return len(people)


def _bringers(found: DataRequest) -> list[int]:
    """The person named; where nobody is, the editors of the department, else its head."""
    if found.responsible_id is not None:
        return [found.responsible_id]
    editors = [one.pk for one in accounts_in(found.department_id, Role.DEPARTMENT_EDITOR)]
    return editors or [*filter(None, [found.department.head_id])]
