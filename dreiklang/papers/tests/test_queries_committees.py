"""What pages of committees show of meetings, papers and resolutions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.papers.queries import next_of_each, work_of_committee
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import PUBLIC, SYSTEM

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def in_days(days: int):
    return NOW + timedelta(days=days)


def work(viewer, committee):
    return work_of_committee(viewer, committee=committee.pk, key=committee.key, today=TODAY)


def test_the_next_meetings_come_soonest_first_and_the_last_ones_newest_first() -> None:
    council = make.committee("SR")
    for days in (9, 2, -3, -8):
        make.meeting(council, name=f"Tag {days}", starts_at=in_days(days))
    make.meeting(name="Andere", starts_at=in_days(1))

    found = work(PUBLIC, council)

    assert [one.name for one in found.coming] == ["Tag 2", "Tag 9"]
    assert [one.name for one in found.last] == ["Tag -3", "Tag -8"]
    assert found.meetings_url == "/sitzungen/?gremium=SR"


def test_cancelled_withdrawn_and_closed_meetings_are_not_announced() -> None:
    council = make.committee("SR")
    make.meeting(council, starts_at=in_days(1), state="cancelled")
    make.meeting(council, starts_at=in_days(2), withdrawn_at=NOW)
    closed = make.meeting(council, starts_at=in_days(3), visibility=Visibility.INTERNAL)
    opened = make.meeting(council, starts_at=in_days(4))

    assert [one.key for one in work(PUBLIC, council).coming] == [opened.key]
    assert [one.key for one in work(SYSTEM, council).coming] == [closed.key, opened.key]
    assert {pk: one.key for pk, one in next_of_each(PUBLIC, today=TODAY).items()} == {council.pk: opened.key}
    assert {pk: one.key for pk, one in next_of_each(SYSTEM, today=TODAY).items()} == {council.pk: closed.key}


def test_papers_and_resolutions_are_counted_as_far_as_they_are_public() -> None:
    council = make.committee("SR")
    for visibility in (Visibility.PUBLIC, Visibility.INTERNAL):
        make.step(make.paper(visibility=visibility), committee=council)
        make.resolution(committee=council, visibility=visibility)

    outside, inside = work(PUBLIC, council), work(SYSTEM, council)

    assert (outside.papers.number, outside.resolutions) == (1, 1)
    assert (inside.papers.number, inside.resolutions) == (2, 2)


def test_the_pages_of_committees_link_meetings_and_back(client: Client) -> None:
    council = make.committee("SR", name="Stadtrat")
    meeting = make.meeting(council, starts_at=in_days(2), place="Ratssaal")
    make.meeting(council, starts_at=in_days(1), name="Geheim", visibility=Visibility.INTERNAL)

    listed = client.get("/gremien/").content.decode()
    page = client.get("/gremien/SR/").content.decode()
    back = client.get(f"/sitzungen/{meeting.key}/").content.decode()

    assert f"/sitzungen/{meeting.key}/" in listed
    assert f"/sitzungen/{meeting.key}/" in page
    assert "Ratssaal" in page
    assert "Geheim" not in listed + page
    assert 'href="/gremien/SR/"' in back


def test_the_page_of_a_committee_stays_within_twelve_statements(
    client: Client, django_assert_max_num_queries
) -> None:
    council = make.committee("SR")
    for days in range(-4, 5):
        make.step(make.paper(), make.item(make.meeting(council, starts_at=in_days(days))))

    with django_assert_max_num_queries(12):
        client.get("/gremien/SR/")
    with django_assert_max_num_queries(12):
        client.get("/gremien/")
