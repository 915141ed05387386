"""What happened below reaches the subjects above."""

from datetime import datetime

import pytest
from django.core import mail
from django.utils import timezone

from dreiklang.config.reactions import REACTIONS
from dreiklang.core.models import Change
from dreiklang.measures.models import Measure, PartnerAccess
from dreiklang.people import services as people
from dreiklang.people.rules import SYSTEM, Role

NOW = timezone.make_aware(datetime(2026, 11, 23, 9))


@pytest.mark.django_db
def test_a_partner_who_accepts_sees_the_agreed_measures_and_no_other(
    django_capture_on_commit_callbacks,
) -> None:
    agreed = Measure.objects.create(number="V-1", title="Agreed")
    Measure.objects.create(number="V-2", title="Other")
    with django_capture_on_commit_callbacks(execute=True):
        people.invite(
            by=SYSTEM,
            now=NOW,
            email="verein@partner.example",
            name="Verein",
            department_id=None,
            roles=[Role.PARTNER],
            measure_keys=["V-1"],
        )
    token = mail.outbox[0].body.split("/einladung/")[1].split("/")[0]

    partner = people.accept(now=NOW, token=token, name="Verein", password="drei-zufaellige-woerter")
    change = Change.objects.get(subject="people", name="invited_partner")
    for react in REACTIONS[change.subject, change.name]:
        react(change.object_key, change.facts)

    assert list(PartnerAccess.objects.values_list("account", "measure")) == [(partner.pk, agreed.pk)]
