"""Committees: created, changed, taken over from a council system; who sits in them."""

from datetime import date

import pytest

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.people.models import Committee
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.queries import (
    committee_ids_of_oparl,
    committees,
    committees_of_account,
    members_of_committee,
)
from dreiklang.people.rules import PUBLIC, SYSTEM, CommitteeKind, Role
from dreiklang.people.services import (
    CannotSaveCommittee,
    CannotSeat,
    CommitteeDraft,
    OutsideCommittee,
    change_committee,
    change_outside_committee,
    create_committee,
    seat_members,
    take_over_committees,
)
from dreiklang.people.tests.factories import account, viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
COUNCIL = CommitteeDraft("SR", "Stadtrat", CommitteeKind.COUNCIL)


def outside(oparl_id: str, draft: CommitteeDraft = COUNCIL) -> OutsideCommittee:
    return OutsideCommittee(oparl_id, draft)


def test_the_coordinator_creates_and_changes_a_committee() -> None:
    coordinator = viewer(Role.COORDINATOR)
    made = create_committee(by=coordinator, draft=COUNCIL)

    changed = change_committee(
        by=coordinator,
        committee=made,
        draft=CommitteeDraft("SR", "Rat der Stadt", CommitteeKind.COUNCIL),
        version=1,
    )

    assert (changed.name, changed.version) == ("Rat der Stadt", 2)
    with pytest.raises(ChangedMeanwhile):
        change_committee(by=coordinator, committee=made, draft=COUNCIL, version=1)


def test_others_create_none_and_no_key_is_given_twice() -> None:
    with pytest.raises(NotAllowed):
        create_committee(by=viewer(Role.LEAD), draft=COUNCIL)
    create_committee(by=SYSTEM, draft=COUNCIL)

    with pytest.raises(CannotSaveCommittee, match="key_taken"):
        create_committee(by=SYSTEM, draft=CommitteeDraft("sr", "Seniorenrat", CommitteeKind.ADVISORY))


def test_a_committee_made_by_hand_is_taken_for_the_one_of_the_same_name() -> None:
    by_hand = create_committee(by=SYSTEM, draft=COUNCIL)

    found = take_over_committees(by=SYSTEM, outside=[outside("https://ris.example/o/1")])

    assert found == {"https://ris.example/o/1": by_hand.pk}
    assert Committee.objects.count() == 1
    assert committee_ids_of_oparl(["https://ris.example/o/1"]) == found


def test_two_committees_with_one_short_name_get_keys_of_their_own() -> None:
    other = CommitteeDraft("SR", "Seniorenrat", CommitteeKind.ADVISORY)

    take_over_committees(by=SYSTEM, outside=[outside("a"), outside("b", other)])
    take_over_committees(by=SYSTEM, outside=[outside("a"), outside("b", other)])

    assert sorted(Committee.objects.values_list("key", flat=True)) == ["sr", "sr-2"]


def test_a_council_system_changes_the_name_but_never_the_key() -> None:
    take_over_committees(by=SYSTEM, outside=[outside("a")])

    changes: dict[str, object] = {"name": "Rat", "key": "X", "ended_on": date(2026, 1, 1)}
    assert change_outside_committee(by=SYSTEM, oparl_id="a", changes=changes)

    kept = Committee.objects.get()
    assert (kept.key, kept.name, kept.ended_on, kept.version) == ("sr", "Rat", date(2026, 1, 1), 2)


def test_seats_are_exactly_the_accounts_given() -> None:
    committee = create_committee(by=SYSTEM, draft=COUNCIL)
    member, former = account(Role.COUNCIL_MEMBER), account(Role.COUNCIL_MEMBER)
    seat_members(by=SYSTEM, on=TODAY, committee=committee, account_ids=[former.pk])

    changed = seat_members(by=SYSTEM, on=TODAY, committee=committee, account_ids=[member.pk])

    assert changed == 2
    assert members_of_committee(SYSTEM, committee_id=committee.pk) == [(member.pk, member.name)]
    assert members_of_committee(PUBLIC, committee_id=committee.pk) == []


def test_nobody_who_left_sits_anywhere() -> None:
    committee = create_committee(by=SYSTEM, draft=COUNCIL)
    gone = account(Role.COUNCIL_MEMBER, is_active=False)

    with pytest.raises(CannotSeat, match="seat_left"):
        seat_members(by=SYSTEM, on=TODAY, committee=committee, account_ids=[gone.pk])


def test_outsiders_see_committees_without_the_number_of_seats() -> None:
    committee = create_committee(by=SYSTEM, draft=COUNCIL)
    member = viewer(Role.COUNCIL_MEMBER)
    seat_members(by=SYSTEM, on=TODAY, committee=committee, account_ids=[member.account_id or 0])

    assert [line.seats for line in committees(PUBLIC)] == [None]
    assert [line.seats for line in committees(SYSTEM)] == [1]
    assert committees_of_account(member) == {committee.pk}
    assert committees_of_account(PUBLIC) == frozenset()
