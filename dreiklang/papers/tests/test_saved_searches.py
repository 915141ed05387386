"""Searches that members keep: they hear once of what is new and theirs to see."""

import pytest
from django.core import mail
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import SavedSearch
from dreiklang.papers.services.papers import save_search, tell_of_new_hits
from dreiklang.papers.tests import factories as make
from dreiklang.people.models import Seat
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


def member(council, name="Rita Rat"):
    account = city.account(name, role=Role.COUNCIL_MEMBER)
    Seat.objects.create(committee=council, account=account)
    return account


def test_a_new_hit_is_told_once_and_only_what_its_owner_may_see():
    account = member(make.committee())
    viewer = viewer_of(account=account)
    make.paper(title="Alte Schule")
    save_search(by=viewer, name="Schulen", query={"q": "Schule"})

    assert tell_of_new_hits(now=timezone.now()) == 0
    make.paper("2026/0500", title="Neue Schule")
    make.paper(title="Geheime Schule", visibility=Visibility.INTERNAL)

    assert tell_of_new_hits(now=timezone.now()) == 1
    assert tell_of_new_hits(now=timezone.now()) == 0
    (sent,) = mail.outbox
    assert sent.to == [account.email]
    assert "2026/0500 Neue Schule" in sent.body
    assert "Geheime" not in sent.body
    assert "Alte Schule" not in sent.body
    assert SavedSearch.objects.get().told_at is not None


def test_a_search_of_resolutions_tells_of_those_that_newly_fit(client):
    council = make.committee("GR", name="Gemeinderat")
    account = member(council)
    client.force_login(account)
    make.resolution("B-1", title="Alte Schule", committee=council, state="done")
    waiting = make.resolution("B-2", title="Neue Schule", committee=council, state="open")
    make.resolution("B-3", title="Geheime Schule", state="done", visibility=Visibility.INTERNAL)

    form = text_of(client.get("/beschluesse/?q=Schule&stand=done"))
    kept = {"name": "Fertige Schulen", "liste": "resolutions", "q": "Schule", "stand": "done"}
    client.post("/arbeit/suchen/", kept)

    assert 'name="liste" value="resolutions"' in form
    page = text_of(client.get("/arbeit/suchen/"))
    assert "/beschluesse/?q=Schule&amp;stand=done" in page
    assert tell_of_new_hits(now=timezone.now()) == 0
    waiting.state = "done"
    waiting.save()
    assert tell_of_new_hits(now=timezone.now()) == 1
    assert tell_of_new_hits(now=timezone.now()) == 0
    (sent,) = mail.outbox
    assert "B-2 Neue Schule" in sent.body
    assert "/beschluesse/B-2/" in sent.body
    assert "Geheime" not in sent.body
    assert "Alte" not in sent.body


def test_a_search_may_not_ask_what_its_list_cannot_answer(client):
    client.force_login(member(make.committee("GR")))

    client.post("/arbeit/suchen/", {"name": "X", "liste": "resolutions", "strategisch": "on"})

    assert not SavedSearch.objects.exists()


def test_somebody_who_left_gets_no_mail():
    account = member(make.committee())
    save_search(by=viewer_of(account=account), name="Schulen", query={"q": "Schule"})
    account.is_active = False
    account.save()
    make.paper(title="Neue Schule")

    assert tell_of_new_hits(now=timezone.now()) == 0
