"""One asks the other to talk: who is written to, and what came of it."""

from datetime import date

import pytest
from django.core import mail

from dreiklang.conflicts.models import Talk
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import (
    CannotTalk,
    ask_about,
    invite_to_talk,
    note_talk,
    send_talk_mail,
)
from dreiklang.conflicts.tests.factories import (
    NOW,
    TODAY,
    as_lead,
    candidate,
    car_park_and_trees,
    compared,
    ground,
    measure,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.core.errors import NotFound
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures
from dreiklang.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def lead() -> Account:
    return measures.account("Parkhaus Bauer", in_department=measures.department())


@pytest.fixture
def other_lead() -> Account:
    return measures.account("Baum Gärtner", in_department=measures.department())


@pytest.fixture
def pair(lead: Account, other_lead: Account) -> tuple[Measure, Measure]:
    return car_park_and_trees(lead, other_lead)


def test_the_other_lead_is_invited_by_letter(
    pair: tuple[Measure, Measure], lead: Account, other_lead: Account
) -> None:
    talk = invite_to_talk(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk, message="Passt Dienstag?")

    assert talk.to_ids == [other_lead.pk]
    assert candidate(*pair).state == State.IN_TALKS
    assert send_talk_mail(talk_id=talk.pk) == 1
    letter = mail.outbox[0]
    assert letter.to == [other_lead.email]
    assert letter.reply_to == [lead.email]
    assert "Passt Dienstag?" in letter.body
    assert "Parkhaus" in letter.subject
    assert f"/arbeit/zielkonflikte/{candidate(*pair).pk}/" in letter.body


def test_where_no_lead_is_named_the_office_is_asked(lead: Account) -> None:
    head = measures.account("Leitung")
    office = measures.department(head=head)
    climate = goal(title="Klima")
    pair = (
        measure("Parkhaus", geometry=ground(), hinders=(climate,), lead=lead),
        measure("Bäume", geometry=ground(40), helps=(climate,), lead_department=office),
    )
    compared()

    talk = invite_to_talk(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk)

    assert (talk.to_ids, talk.to_offices) == ([], [office.pk])
    send_talk_mail(talk_id=talk.pk)
    assert mail.outbox[0].to == [head.email]


def test_where_the_lead_has_left_the_office_is_asked(lead: Account) -> None:
    gone, editor = measures.account("Ist fort"), measures.account("Schreibt fürs Amt")
    office = measures.department(head=editor)
    climate = goal(title="Klima")
    pair = (
        measure("Parkhaus", geometry=ground(), hinders=(climate,), lead=lead),
        measure("Bäume", geometry=ground(40), helps=(climate,), lead=gone, lead_department=office),
    )
    compared()
    Account.objects.filter(pk=gone.pk).update(is_active=False)

    talk = invite_to_talk(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk)

    assert (talk.to_ids, talk.to_offices) == ([], [office.pk])
    assert send_talk_mail(talk_id=talk.pk) == 1
    assert mail.outbox[0].to == [editor.email]


def test_an_office_to_which_nobody_could_write_is_not_asked(lead: Account) -> None:
    """Otherwise the asker hears of a letter that reaches nobody."""
    climate = goal(title="Klima")
    pair = (
        measure("Parkhaus", geometry=ground(), hinders=(climate,), lead=lead),
        measure("Bäume", geometry=ground(40), helps=(climate,), lead_department=measures.department()),
    )
    compared()

    with pytest.raises(CannotTalk, match="nobody_there"):
        invite_to_talk(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk)
    assert not Talk.objects.exists()


def test_nobody_to_ask_is_refused(lead: Account) -> None:
    climate = goal(title="Klima")
    pair = (
        measure("Parkhaus", geometry=ground(), hinders=(climate,), lead=lead),
        measure("Bäume", geometry=ground(40), helps=(climate,)),
    )
    compared()

    with pytest.raises(CannotTalk, match="nobody_there"):
        invite_to_talk(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk)


def test_whoever_only_types_can_ask_too(pair: tuple[Measure, Measure], other_lead: Account) -> None:
    stranger = as_lead(measures.account("Fremd"))

    talk = ask_about(by=stranger, key=f"measure:{pair[1].pk}", title="Neuer Kanal", message="")

    assert (talk.candidate_id, talk.to_ids) == (None, [other_lead.pk])
    send_talk_mail(talk_id=talk.pk)
    assert "neu geplant: Neuer Kanal" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"title": " "}, "no_title"),
        ({"title": "x" * 601}, "too_long"),
        ({"title": "Neu", "message": "x" * 5001}, "too_long"),
    ],
)
def test_odd_questions_are_refused(pair: tuple[Measure, Measure], asked: dict[str, str], code: str) -> None:
    with pytest.raises(CannotTalk, match=code):
        ask_about(by=measures.coordinator(), key=f"measure:{pair[1].pk}", **asked)


@pytest.mark.parametrize("key", ["measure:0", "measure:x", "", "goal:1", "measure:999999999999999999999"])
def test_nobody_is_asked_about_what_there_is_not(pair: tuple[Measure, Measure], key: str) -> None:
    with pytest.raises(NotFound):
        ask_about(by=measures.coordinator(), key=key, title="Neu")


def test_a_talk_is_noted_but_not_before_it_was_held(pair: tuple[Measure, Measure], lead: Account) -> None:
    who = as_lead(lead)
    talk = invite_to_talk(by=who, now=NOW, pk=candidate(*pair).pk)

    with pytest.raises(CannotTalk, match="in_the_future"):
        note_talk(by=who, today=TODAY, talk_id=talk.pk, note="Geht", held_on=date(2026, 11, 23))
    note_talk(by=who, today=TODAY, talk_id=talk.pk, note="Geht", held_on=TODAY)

    assert Talk.objects.get().note == "Geht"
    assert send_talk_mail(talk_id=talk.pk) == 0
