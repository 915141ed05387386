"""A weighing is written, closed, opened again by a changed fact; what does not hold is refused."""

from datetime import date
from typing import Any

import pytest
from django.core import mail

from dreiklang.conflicts.models import Weighing
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import (
    CannotWeigh,
    OptionDraft,
    PositionDraft,
    WeighingDraft,
    close_weighing,
    discard_weighing,
    reopen,
    save_weighing,
    send_reopened_mail,
    set_review,
)
from dreiklang.conflicts.tests.factories import (
    NOW,
    as_lead,
    candidate,
    car_park_and_trees,
    changed,
    ground,
    plain_encoder,
    settlement,
)
from dreiklang.core import nearness
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures
from dreiklang.people.models import Account
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC

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
    return car_park_and_trees(lead, other_lead)


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


def test_who_may_not_weigh_is_not_told_what_lacks(pair: tuple[Measure, Measure]) -> None:
    stranger = as_lead(measures.account("Fremd", in_department=measures.department()))
    pk = candidate(*pair).pk

    with pytest.raises(NotAllowed):
        close_weighing(by=stranger, now=NOW, pk=pk, version=0, said=WeighingDraft(question="?"))
    with pytest.raises(NotFound):
        close_weighing(by=PUBLIC, now=NOW, pk=pk, version=0, said=WeighingDraft(question="?"))


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
    draft = save_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)
    with pytest.raises(ChangedMeanwhile):
        discard_weighing(by=who, pk=pk, version=draft.version - 1)
    with pytest.raises(NotFound):
        set_review(by=who, pk=pk, weighing_id=draft.pk, review_on=None)
    discard_weighing(by=who, pk=pk, version=draft.version)
    assert not Weighing.objects.exists()
    with pytest.raises(CannotWeigh, match="not_open"):
        discard_weighing(by=who, pk=pk, version=draft.version)

    closed = close_weighing(by=who, now=NOW, pk=pk, version=0, said=SAID)
    set_review(by=who, pk=pk, weighing_id=closed.pk, review_on=None)

    assert Weighing.objects.get().review_on is None
