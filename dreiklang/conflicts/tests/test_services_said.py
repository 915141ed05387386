"""What people say of a candidate: looked at, talked, weighed, no conflict; who may, and what is refused."""

from datetime import date
from typing import Any

import pytest
from django.core import mail

from dreiklang.conflicts.models import Candidate, Talk, Weighing
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import (
    CannotSay,
    CannotSet,
    CannotTalk,
    CannotWeigh,
    OptionDraft,
    PositionDraft,
    WeighingDraft,
    ask_about,
    close_weighing,
    discard_weighing,
    invite_to_talk,
    look_at,
    no_conflict,
    note_talk,
    reopen,
    save_thresholds,
    save_weighing,
    send_reopened_mail,
    send_talk_mail,
    set_review,
    take_back,
)
from dreiklang.conflicts.tests.factories import (
    NOW,
    TODAY,
    candidate,
    changed,
    compared,
    ground,
    measure,
    plain_encoder,
    settlement,
)
from dreiklang.core import nearness
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures
from dreiklang.people.models import Account
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, Role, Viewer

pytestmark = pytest.mark.django_db
SAID = settlement(review_on=date(2027, 11, 22))


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
    climate = goal(title="Klima")
    made = (
        measure(
            "Parkhaus", geometry=ground(), hinders=(climate,), lead=lead, lead_department=lead.department
        ),
        measure(
            "Bäume",
            geometry=ground(40),
            helps=(climate,),
            lead=other_lead,
            lead_department=other_lead.department,
        ),
    )
    compared()
    return made


def as_lead(of: Account) -> Viewer:
    return measures.viewer(Role.LEAD, departments=[], of=of)


def test_who_looks_is_named(pair: tuple[Measure, Measure], lead: Account) -> None:
    found = look_at(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk)

    assert (found.state, found.said_by_name, found.said_at) == (State.SEEN, lead.name, NOW)
    assert {one["kind"] for one in found.said_facts} == set(found.kinds)


def test_looking_overrules_nobody(pair: tuple[Measure, Measure], lead: Account) -> None:
    pk = candidate(*pair).pk
    no_conflict(by=measures.coordinator(), now=NOW, pk=pk, reason="Andere Seite")

    assert look_at(by=as_lead(lead), now=NOW, pk=pk).state == State.NO_CONFLICT


def test_no_conflict_needs_its_reason(pair: tuple[Measure, Measure], lead: Account) -> None:
    with pytest.raises(CannotSay, match="needs_reason"):
        no_conflict(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk, reason="  ")


def test_strangers_of_the_administration_may_look_and_ask_but_not_judge(
    pair: tuple[Measure, Measure],
) -> None:
    stranger = as_lead(measures.account("Fremd", in_department=measures.department()))
    pk = candidate(*pair).pk

    look_at(by=stranger, now=NOW, pk=pk)
    invite_to_talk(by=stranger, now=NOW, pk=pk)

    with pytest.raises(NotAllowed):
        no_conflict(by=stranger, now=NOW, pk=pk, reason="Weil ich es sage")
    with pytest.raises(NotAllowed):
        save_weighing(by=stranger, now=NOW, pk=pk, version=0, said=SAID)


@pytest.mark.parametrize("who", [PUBLIC, measures.viewer(Role.PARTNER), measures.viewer(Role.COUNCIL_MEMBER)])
def test_from_outside_there_is_no_candidate(pair: tuple[Measure, Measure], who: Viewer) -> None:
    pk = candidate(*pair).pk

    for act in (look_at, take_back, reopen):
        with pytest.raises(NotFound):
            act(by=who, now=NOW, pk=pk)
    with pytest.raises(NotFound):
        no_conflict(by=who, now=NOW, pk=pk, reason="x")
    with pytest.raises(NotFound):
        invite_to_talk(by=who, now=NOW, pk=pk)
    with pytest.raises(NotAllowed):
        ask_about(by=who, key=f"measure:{pair[0].pk}", title="Neu")


def test_what_was_said_can_be_taken_back(pair: tuple[Measure, Measure], lead: Account) -> None:
    pk = candidate(*pair).pk
    who = as_lead(lead)
    no_conflict(by=who, now=NOW, pk=pk, reason="Andere Seite")

    found = take_back(by=who, now=NOW, pk=pk)

    assert (found.state, found.said_state, found.said_reason, found.said_by_name) == (
        State.NEW,
        State.NEW,
        "",
        "",
    )
    with pytest.raises(CannotSay, match="nothing_to_take_back"):
        take_back(by=who, now=NOW, pk=pk)


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


def test_a_weighing_is_written_closed_and_kept_with_its_facts(
    pair: tuple[Measure, Measure], lead: Account
) -> None:
    who, pk = as_lead(lead), candidate(*pair).pk
    draft = save_weighing(
        by=who, now=NOW, pk=pk, version=0, said=WeighingDraft(question="Parkhaus oder Bäume?")
    )
    assert candidate(*pair).state == State.IN_TALKS

    closed = close_weighing(by=who, now=NOW, pk=pk, version=draft.version, said=SAID)

    found = candidate(*pair)
    assert (closed.pk, closed.is_closed) == (draft.pk, True)
    assert (found.state, found.said_facts) == (State.WEIGHED, closed.weighed_facts)
    assert list(closed.options.order_by("order").values_list("title", "is_chosen")) == [
        ("Beides schmaler", False),
        ("Nur Bäume", True),
    ]
    assert closed.positions.count() == 2


def test_a_weighing_reopens_by_a_changed_fact_and_tells_who_settled_it(
    pair: tuple[Measure, Measure], lead: Account, other_lead: Account
) -> None:
    pk = candidate(*pair).pk
    close_weighing(by=measures.coordinator(), now=NOW, pk=pk, version=0, said=SAID)
    pair[0].geometry = ground(30, 0, 200, 200)
    pair[0].save()

    result = changed(pair[0])
    send_reopened_mail(candidate_ids=result.reopened)

    assert result.reopened == [pk]
    assert Weighing.objects.get().is_closed
    assert {lead.email, other_lead.email} < set(mail.outbox[0].to)
    assert "Wieder offen" in mail.outbox[0].subject


def test_a_second_weighing_leaves_the_first_as_it_was(pair: tuple[Measure, Measure]) -> None:
    who, pk = measures.coordinator(), candidate(*pair).pk
    first = close_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)
    reopen(by=who, now=NOW, pk=pk)

    close_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)

    first.refresh_from_db()
    assert Weighing.objects.filter(is_closed=True).count() == 2
    assert first.decision == SAID.decision


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"question": "  "}, "needs_question"),
        ({"decision": ""}, "incomplete"),
        ({"reason": " "}, "incomplete"),
        ({"decided_by": ""}, "incomplete"),
        ({"decided_on": None}, "incomplete"),
        ({"decided_on": date(2026, 11, 23)}, "decided_in_the_future"),
        ({"review_on": date(2026, 1, 1)}, "review_before_decision"),
        ({"options": (OptionDraft("a", is_chosen=True), OptionDraft("b", is_chosen=True))}, "two_chosen"),
        ({"paper_ids": (123456,)}, "no_such_paper"),
        ({"positions": (PositionDraft("x", "y"),) * 31}, "too_many"),
        ({"positions": (PositionDraft("Tiefbauamt", "200 Stellplätze"),)}, "incomplete"),
        ({"positions": (PositionDraft("a", "b"), PositionDraft("c", " "))}, "incomplete"),
        ({"options": (OptionDraft(" ", "teuer"),)}, "incomplete"),
    ],
)
def test_a_weighing_that_does_not_hold_is_refused(
    pair: tuple[Measure, Measure], change: dict[str, Any], code: str
) -> None:
    values = {name: getattr(SAID, name) for name in WeighingDraft.__dataclass_fields__}

    with pytest.raises(CannotWeigh, match=code):
        close_weighing(
            by=measures.coordinator(),
            now=NOW,
            pk=candidate(*pair).pk,
            version=0,
            said=WeighingDraft(**values | change),
        )
    assert not Weighing.objects.filter(is_closed=True).exists()


def test_two_editors_notice_each_other(pair: tuple[Measure, Measure]) -> None:
    who, pk = measures.coordinator(), candidate(*pair).pk
    first = save_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)
    save_weighing(by=who, now=NOW, pk=pk, version=first.version, said=SAID)

    with pytest.raises(ChangedMeanwhile):
        save_weighing(by=who, now=NOW, pk=pk, version=first.version, said=SAID)
    with pytest.raises(ChangedMeanwhile):
        save_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)


def test_a_draft_can_be_thrown_away_and_a_review_moved(pair: tuple[Measure, Measure]) -> None:
    who, pk = measures.coordinator(), candidate(*pair).pk
    save_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)
    discard_weighing(by=who, pk=pk)
    assert not Weighing.objects.exists()
    with pytest.raises(CannotWeigh, match="not_open"):
        discard_weighing(by=who, pk=pk)

    closed = close_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)
    set_review(by=who, pk=pk, weighing_id=closed.pk, review_on=None)

    assert Weighing.objects.get().review_on is None


def test_nothing_is_said_of_what_is_no_longer_found(pair: tuple[Measure, Measure]) -> None:
    who, pk = measures.coordinator(), candidate(*pair).pk
    look_at(by=who, now=NOW, pk=pk)
    for one in pair:
        one.goal_links.all().delete()
    pair[0].geometry = None
    pair[0].save()
    changed(*pair)

    assert Candidate.objects.get(pk=pk).state == State.OUTDATED
    with pytest.raises(CannotSay, match="outdated"):
        no_conflict(by=who, now=NOW, pk=pk, reason="x")
    with pytest.raises(CannotTalk, match="outdated"):
        invite_to_talk(by=who, now=NOW, pk=pk)
    with pytest.raises(CannotWeigh, match="outdated"):
        close_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)


def test_thresholds_are_the_coordinators_and_make_sense() -> None:
    who = measures.coordinator()
    kept = save_thresholds(by=who, now=NOW, version=0, values={"least_days": 30, "basis": "Ausschuss"})

    assert kept.least_days == 30
    with pytest.raises(ChangedMeanwhile):
        save_thresholds(by=who, now=NOW, version=0, values={"least_days": 31})
    for values in (
        {"least_nearness": 1.5},
        {"least_effect_weight": 0},
        {"near_months": -1},
        {"least_days": 10**12},
    ):
        with pytest.raises(CannotSet, match="out_of_range"):
            save_thresholds(by=who, now=NOW, version=kept.version, values=values)
    with pytest.raises(NotAllowed):
        save_thresholds(by=measures.viewer(Role.LEAD), now=NOW, version=kept.version, values={})
