"""Who was asked while something was only being typed: the talk is not lost once it is saved."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dreiklang.conflicts.models import Talk
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import ask_about, send_talk_mail
from dreiklang.conflicts.tests.factories import (
    NOW,
    candidate,
    changed,
    compared,
    ground,
    key,
    measure,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures
from dreiklang.people.models import Account
from dreiklang.people.rules import Role, Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def climate() -> Goal:
    return goal(title="Klima")


@pytest.fixture
def asker() -> Account:
    return measures.account("Plant Neues", role=Role.LEAD, in_department=measures.department())


@pytest.fixture
def lead() -> Account:
    return measures.account("Baum Gärtner", role=Role.LEAD, in_department=measures.department())


@pytest.fixture
def trees(climate: Goal, lead: Account) -> Measure:
    made = measure("Bäume", geometry=ground(40), helps=(climate,), lead=lead)
    compared()
    return made


def viewer(of: Account) -> Viewer:
    return measures.viewer(Role.LEAD, departments=[], of=of)


def asked(asker: Account, trees: Measure) -> Talk:
    return ask_about(by=viewer(asker), key=key(trees), title="Neues Parkhaus", message="")


def saved(climate: Goal, title: str = "Neues  parkhaus") -> Measure:
    made = measure(title, geometry=ground(), hinders=(climate,))
    changed(made)
    return made


def test_the_candidate_that_arises_takes_the_talk(asker: Account, trees: Measure, climate: Goal) -> None:
    talk = asked(asker, trees)

    found = candidate(saved(climate), trees)

    talk.refresh_from_db()
    assert talk.candidate_id == found.pk
    assert (found.state, found.said_state) == (State.IN_TALKS, State.IN_TALKS)
    assert (found.said_by_name, found.said_at) == (asker.name, talk.asked_at)
    assert {one["kind"] for one in found.said_facts} == set(found.kinds)


def test_a_candidate_of_something_else_takes_no_talk(asker: Account, trees: Measure, climate: Goal) -> None:
    asked(asker, trees)

    assert candidate(saved(climate, "Tiefgarage"), trees).state == State.NEW
    assert Talk.objects.get().candidate is None


def test_a_talk_of_long_ago_was_about_something_else(asker: Account, trees: Measure, climate: Goal) -> None:
    asked(asker, trees)
    Talk.objects.update(asked_at=NOW - timedelta(days=61))

    assert candidate(saved(climate), trees).state == State.NEW


def test_the_letter_leads_to_the_page_of_the_other_record(asker: Account, trees: Measure) -> None:
    send_talk_mail(talk_id=asked(asker, trees).pk)

    assert reverse("measures:measure", args=[trees.number]) in mail.outbox[0].body


def test_until_then_its_result_is_noted_on_the_page_of_that_record(
    client: Client, asker: Account, lead: Account, trees: Measure
) -> None:
    talk = asked(asker, trees)
    client.force_login(lead)
    page = reverse("measures:measure", args=[trees.number])
    address = reverse("conflicts:talk_note", args=[talk.pk])

    assert address in client.get(page).content.decode()
    said = {"held_on": "2026-11-20", "note": "Geht zusammen", "zurueck": page}
    answer = client.post(address, said)

    assert (answer.status_code, answer["Location"]) == (302, page)
    shown = client.get(page).content.decode()
    assert "Geht zusammen" in shown
    assert address not in shown


def test_a_stranger_neither_notes_nor_is_led_elsewhere(
    client: Client, asker: Account, lead: Account, trees: Measure
) -> None:
    address = reverse("conflicts:talk_note", args=[asked(asker, trees).pk])
    client.force_login(measures.account("Fremd", role=Role.LEAD))

    assert client.post(address, {"held_on": "2026-11-20", "note": "x"}).status_code == 403
    assert Talk.objects.get().note == ""
    client.force_login(lead)
    answer = client.post(address, {"held_on": "2026-11-20", "note": "x", "zurueck": "https://example.org/"})
    assert answer["Location"] == reverse("conflicts:radar")
