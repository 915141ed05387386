"""Meetings that move, and the checks that go with them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dreiklang.core.text import day
from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import Check
from dreiklang.papers.queries.checks.course import course_of
from dreiklang.papers.rules.kinds import CheckState, MeetingState
from dreiklang.papers.services.papers import change_meeting, checks_follow_meetings
from dreiklang.papers.tests import factories as make
from dreiklang.papers.tests.check_factories import published_checklist as checklist
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
SOON = timezone.now() + timedelta(days=5)


def test_a_meeting_that_moves_takes_its_checks_along_and_their_history_says_so():
    questions, meeting = checklist(), make.meeting(key="gr", starts_at=SOON)
    account = city.account("Karin Kern", role=Role.COORDINATOR)
    first = Check.objects.create(
        number="P-7", title="x", checklist=questions, meeting=meeting, committee_on=timezone.localdate(SOON)
    )
    given_up = Check.objects.create(
        number="P-8", title="y", checklist=questions, meeting=meeting, state=CheckState.GIVEN_UP,
        committee_on=timezone.localdate(SOON),
    )  # fmt: skip
    other = Check.objects.create(
        number="P-9", title="z", checklist=questions, meeting=make.meeting(starts_at=SOON)
    )

    change_meeting(
        by=viewer_of(account=account),
        key="gr",
        version=meeting.version,
        values={"starts_at": SOON + timedelta(days=7)},
    )

    for check in (first, given_up, other):
        check.refresh_from_db()
    moved = timezone.localdate(SOON + timedelta(days=7))
    assert first.committee_on == moved
    assert given_up.committee_on == timezone.localdate(SOON)
    assert other.committee_on is None
    (entry,) = course_of(first).entries
    assert entry.title == f"Soll am {day(moved)} ins Gremium"
    assert entry.text == f"Die Sitzung wurde verschoben. Vorher: {day(timezone.localdate(SOON))}."
    assert entry.source == "Karin Kern"
    assert course_of(given_up).entries == ()


def test_a_meeting_that_is_cancelled_leaves_its_checks_without_a_day_until_it_is_held_again():
    meeting, account = (
        make.meeting(key="gr", starts_at=SOON),
        city.account("Karin Kern", role=Role.COORDINATOR),
    )
    by, own_day = viewer_of(account=account), timezone.localdate(SOON)
    check = Check.objects.create(
        number="P-7", title="x", checklist=checklist(), meeting=meeting, committee_on=own_day
    )

    off = change_meeting(by=by, key="gr", version=meeting.version, values={"state": MeetingState.CANCELLED})
    check.refresh_from_db()
    assert (check.committee_on, check.meeting) == (None, meeting)
    (entry,) = course_of(check).entries
    assert (entry.title, entry.text) == (
        "Ohne Tag im Gremium",
        f"Die Sitzung fällt aus. Vorher: {day(own_day)}.",
    )

    change_meeting(by=by, key="gr", version=off.version, values={"state": MeetingState.PLANNED})
    check.refresh_from_db()
    assert check.committee_on == own_day


def test_a_day_typed_after_the_meeting_was_cancelled_stays():
    meeting = make.meeting(key="gr", starts_at=SOON, state=MeetingState.CANCELLED)
    typed = timezone.localdate(SOON) + timedelta(days=14)
    check = Check.objects.create(
        number="P-7", title="x", checklist=checklist(), meeting=meeting, committee_on=typed
    )

    assert checks_follow_meetings() == 0
    check.refresh_from_db()
    assert check.committee_on == typed


def test_a_meeting_that_is_renamed_leaves_the_day_of_its_checks():
    questions, meeting = checklist(), make.meeting(key="gr", starts_at=SOON)
    own_day = timezone.localdate(SOON)
    check = Check.objects.create(
        number="P-7", title="x", checklist=questions, meeting=meeting, committee_on=own_day
    )

    change_meeting(
        by=viewer_of(account=city.account(role=Role.COORDINATOR)),
        key="gr",
        version=meeting.version,
        values={"name": "Haushalt"},
    )

    assert course_of(check).entries == ()
