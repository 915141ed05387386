"""What people said stands, falls or opens again: by changed facts, never by thresholds alone."""

from datetime import date
from typing import Any

import pytest
from django.core import mail

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.rules import Kind, State
from dreiklang.conflicts.services import (
    close_weighing,
    invite_to_talk,
    look_at,
    no_conflict,
    note_talk,
    reopen,
    save_thresholds,
    save_weighing,
    send_overtaken_mail,
    send_reopened_mail,
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
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure, MeasureGoal
from dreiklang.measures.tests import factories as measures
from dreiklang.people.models import Account
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import Role, Viewer

pytestmark = pytest.mark.django_db
Pair = tuple[Measure, Measure]
SAID = settlement()


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
def pair(lead: Account, other_lead: Account) -> Pair:
    climate = goal(title="Klima")
    made = (
        measure("Parkhaus", geometry=ground(), hinders=(climate,), lead=lead),
        measure("Bäume", geometry=ground(40), helps=(climate,), lead=other_lead),
    )
    compared()
    return made


def as_lead(of: Account) -> Viewer:
    return measures.viewer(Role.LEAD, departments=[], of=of)


def parted(pair: Pair) -> None:
    """Nothing of it is left: another place, no effects."""
    MeasureGoal.objects.filter(measure=pair[0]).delete()
    Measure.objects.filter(pk=pair[0].pk).update(geometry=None)


def limits(**values: Any) -> None:
    """The coordinator sets thresholds, and everything is compared anew."""
    current = {"version": 0} | values
    save_thresholds(by=measures.coordinator(), now=NOW, version=current.pop("version"), values=current)
    compared()


def test_what_was_settled_and_is_found_no_more_says_what_no_longer_holds(pair: Pair, lead: Account) -> None:
    pk = candidate(*pair).pk
    close_weighing(by=as_lead(lead), now=NOW, pk=pk, version=0, said=SAID)
    parted(pair)

    result = changed(pair[0])

    found = candidate(*pair)
    assert (found.state, found.reopened_at, result.overtaken) == (State.OUTDATED, NOW, [pk])
    told = {one["kind"]: one for one in found.reopened_by}
    assert {one["code"] for one in told.values()} == {"gone"}
    assert told.keys() == {one["kind"] for one in found.said_facts}
    assert told[Kind.PLACE_AND_TIME]["facts"]["area_m2"] == pytest.approx(6000, rel=0.1)


def test_whoever_settled_it_hears_that_it_is_found_no_more(pair: Pair, lead: Account) -> None:
    no_conflict(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk, reason="Andere Seite.")
    parted(pair)

    result = changed(pair[0])

    assert send_overtaken_mail(candidate_ids=result.overtaken) == 1
    letter = mail.outbox[0]
    assert (letter.to, letter.subject.partition(":")[0]) == ([lead.email], "Überholt")
    assert f"/arbeit/zielkonflikte/{candidate(*pair).pk}/" in letter.body
    assert changed(pair[1]).overtaken == []


def test_nobody_is_written_to_where_nobody_settled_anything(pair: Pair, lead: Account) -> None:
    look_at(by=as_lead(lead), now=NOW, pk=candidate(*pair).pk)
    parted(pair)

    assert changed(pair[0]).overtaken == []
    assert (candidate(*pair).state, candidate(*pair).reopened_by) == (State.OUTDATED, [])


def test_what_comes_back_with_other_facts_opens_again_and_is_told(
    pair: Pair, lead: Account, other_lead: Account
) -> None:
    pk = candidate(*pair).pk
    close_weighing(by=measures.coordinator(), now=NOW, pk=pk, version=0, said=SAID)
    goals = [one.goal for one in pair[0].goal_links.all()]
    parted(pair)
    changed(pair[0])
    pair[0].geometry = ground(30, 0, 200, 200)
    pair[0].save()
    MeasureGoal.objects.create(measure=pair[0], goal=goals[0], sign="hinders", weight=3)

    result = changed(pair[0])

    found = candidate(*pair)
    assert (found.state, result.reopened) == (State.NEW, [pk])
    assert "area_m2" in {one["fact"] for one in found.reopened_by}
    send_reopened_mail(candidate_ids=result.reopened)
    assert {lead.email, other_lead.email} <= set(mail.outbox[0].to)


@pytest.mark.parametrize("ends", ["deleted", "merged", "finished"])
def test_a_party_that_is_gone_leaves_what_was_said(pair: Pair, ends: str) -> None:
    close_weighing(by=measures.coordinator(), now=NOW, pk=candidate(*pair).pk, version=0, said=SAID)
    first, before = pair[0], candidate(*pair)
    if ends == "deleted":
        first.delete()
    elif ends == "merged":
        Measure.objects.filter(pk=first.pk).update(merged_into=pair[1])
    else:
        measures.report(first, phase="in_use", expected_end_on=None)

    compared()

    found = Candidate.objects.get(pk=before.pk)
    assert (found.state, found.said_state) == (State.OUTDATED, State.WEIGHED)
    assert found.weighings.get().decision == SAID.decision
    assert {one["code"] for one in found.reopened_by} == {"gone"}


def test_stricter_thresholds_leave_what_was_settled(pair: Pair) -> None:
    found = no_conflict(by=measures.coordinator(), now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")

    limits(least_strength=1.0, least_area_m2=50_000)

    found.refresh_from_db()
    assert (found.state, found.reopened_by) == (State.NO_CONFLICT, [])
    assert found.findings.exists()


@pytest.mark.parametrize("taken_up", ["talk", "draft"])
def test_stricter_thresholds_leave_what_people_talk_about(pair: Pair, lead: Account, taken_up: str) -> None:
    pk = candidate(*pair).pk
    if taken_up == "talk":
        invite_to_talk(by=as_lead(lead), now=NOW, pk=pk)
    else:
        save_weighing(by=as_lead(lead), now=NOW, pk=pk, version=0, said=SAID)

    limits(least_strength=1.0, least_area_m2=50_000)

    assert candidate(*pair).state == State.IN_TALKS
    assert candidate(*pair).findings.exists()


@pytest.mark.parametrize("is_upgraded", [False, True])
def test_what_was_said_before_new_thresholds_are_compared_answers_what_was_found(
    pair: Pair, is_upgraded: bool
) -> None:
    coordinator, strict = measures.coordinator(), {"least_strength": 1.0, "least_area_m2": 50_000}
    if is_upgraded:
        # An earlier release found them, and kept no thresholds.
        Candidate.objects.update(found_limits={})
    save_thresholds(by=coordinator, now=NOW, version=0, values=strict)
    found = no_conflict(by=coordinator, now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")

    compared()

    found.refresh_from_db()
    assert (found.state, found.reopened_by) == (State.NO_CONFLICT, [])


def test_what_was_said_again_of_a_kept_candidate_answers_the_thresholds_it_was_kept_under(pair: Pair) -> None:
    coordinator = measures.coordinator()
    found = no_conflict(by=coordinator, now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    limits(least_strength=1.0, least_area_m2=50_000)
    reopen(by=coordinator, now=NOW, pk=found.pk)
    no_conflict(by=coordinator, now=NOW, pk=found.pk, reason="Immer noch nur der Rand.")

    compared()

    found.refresh_from_db()
    assert (found.state, found.reopened_by) == (State.NO_CONFLICT, [])


def test_stricter_thresholds_take_away_what_nobody_settled(pair: Pair) -> None:
    limits(least_strength=1.0, least_area_m2=50_000)

    assert not Candidate.objects.exists()


def test_a_reason_that_only_other_thresholds_tell_opens_nothing(pair: Pair) -> None:
    limits(least_effect_weight=3, least_nearness=0.9, least_days=400)
    for one in pair:
        one.goal_links.update(weight=2)
    # They still meet by their ground alone, one after the other.
    save_thresholds(
        by=measures.coordinator(), now=NOW, version=1, values={"least_effect_weight": 3, "least_days": 14}
    )
    compared()
    found = no_conflict(by=measures.coordinator(), now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    before = set(found.kinds)

    limits(version=2, least_effect_weight=2)

    found.refresh_from_db()
    assert set(found.kinds) > before
    assert (found.state, found.reopened_by) == (State.NO_CONFLICT, [])


def test_a_reason_that_thresholds_not_compared_yet_tell_opens_nothing(pair: Pair) -> None:
    for one in pair:
        one.goal_links.update(weight=2)
    limits(least_effect_weight=3, least_nearness=0.9)
    before = set(candidate(*pair).kinds)
    save_thresholds(by=measures.coordinator(), now=NOW, version=1, values={"least_effect_weight": 2})
    found = no_conflict(by=measures.coordinator(), now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")

    compared()

    found.refresh_from_db()
    assert set(found.kinds) > before
    assert (found.state, found.reopened_by) == (State.NO_CONFLICT, [])


def test_a_changed_fact_opens_also_under_other_thresholds(pair: Pair) -> None:
    found = no_conflict(by=measures.coordinator(), now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    limits(least_strength=1.0, least_area_m2=50_000)
    pair[0].geometry = ground(30, 0, 200, 200)
    pair[0].save()

    assert changed(pair[0]).reopened == [found.pk]


def test_what_is_gone_is_gone_under_any_thresholds(pair: Pair) -> None:
    found = no_conflict(by=measures.coordinator(), now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    limits(least_strength=1.0, least_area_m2=50_000)
    parted(pair)

    assert changed(pair[0]).overtaken == [found.pk]


def test_a_stranger_takes_back_only_what_she_said_herself(pair: Pair, lead: Account) -> None:
    pk = candidate(*pair).pk
    stranger, other = (as_lead(measures.account(name)) for name in ("Fremd", "Auch fremd"))

    look_at(by=stranger, now=NOW, pk=pk)
    with pytest.raises(NotAllowed):
        take_back(by=other, now=NOW, pk=pk)
    assert take_back(by=stranger, now=NOW, pk=pk).state == State.NEW

    invite_to_talk(by=as_lead(lead), now=NOW, pk=pk)
    with pytest.raises(NotAllowed):
        take_back(by=stranger, now=NOW, pk=pk)
    assert take_back(by=measures.coordinator(), now=NOW, pk=pk).state == State.NEW


def test_a_talk_is_noted_by_those_it_concerns(pair: Pair, lead: Account, other_lead: Account) -> None:
    asker = as_lead(measures.account("Fragt"))
    talk = invite_to_talk(by=asker, now=NOW, pk=candidate(*pair).pk)
    said: dict[str, Any] = {"today": TODAY, "talk_id": talk.pk, "held_on": date(2026, 11, 20)}

    with pytest.raises(NotAllowed):
        note_talk(by=as_lead(measures.account("Fremd")), note="Überschrieben", **said)
    for who in (asker, as_lead(lead), as_lead(other_lead), measures.coordinator()):
        assert note_talk(by=who, note=f"Von {who.name}", **said).note == f"Von {who.name}"
