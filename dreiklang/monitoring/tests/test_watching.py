"""The watch list: topics, reviews, what is due for whom."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.monitoring.models import FrameChange, WatchItem, WatchReview
from dreiklang.monitoring.queries.watching import item_page, reviews_due_for, watch_list
from dreiklang.monitoring.rules.frame import next_review
from dreiklang.monitoring.services import watching as services
from dreiklang.monitoring.services.frame import CannotObserve
from dreiklang.monitoring.tests import frame_factories as make
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests.factories import account, department, viewer

TODAY = make.TODAY


@pytest.mark.parametrize(
    ("seen", "months", "next_on"),
    [
        (date(2026, 11, 23), 6, date(2027, 5, 23)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_the_next_review_is_so_many_months_later(seen: date, months: int, next_on: date) -> None:
    assert next_review(seen, every_months=months) == next_on


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_the_next_review_lies_ahead_in_the_right_month(seen: date, months: int) -> None:
    found = next_review(seen, every_months=months)

    assert (found.year * 12 + found.month) - (seen.year * 12 + seen.month) == months
    assert found > seen


def test_never_is_no_rhythm() -> None:
    with pytest.raises(ValueError, match="never waits"):
        next_review(TODAY, every_months=0)


@pytest.mark.django_db
def test_a_topic_that_was_looked_at_waits_its_months_again() -> None:
    item = make.watch_item(every_months=3, review_on=date(2026, 10, 1))
    editor = viewer(Role.DEPARTMENT_EDITOR, where=item.department)

    services.review_topic(by=editor, pk=item.pk, version=1, seen_on=TODAY, today=TODAY, note="Nichts.")

    item.refresh_from_db()
    assert (item.last_seen_on, item.review_on, item.version) == (TODAY, date(2027, 2, 23), 2)
    assert [(one.outcome, one.note) for one in item.reviews.all()] == [("nothing_new", "Nichts.")]


@pytest.mark.django_db
def test_what_was_seen_becomes_an_observation_of_the_topic() -> None:
    item = make.watch_item(field="climate", side="outer")
    editor = viewer(Role.DEPARTMENT_EDITOR, where=item.department)
    seen = {"title": "Neue Karte der Hitze", "noticed_on": TODAY}

    review = services.review_topic(
        by=editor, pk=item.pk, version=1, seen_on=TODAY, today=TODAY, observed=seen
    )

    change = FrameChange.objects.defer("search").get()
    assert (change.item_id, change.field, change.department_id) == (item.pk, "climate", item.department_id)
    assert (review.change_id, review.outcome) == (change.pk, "observed")


@pytest.mark.django_db
def test_an_observation_that_is_refused_leaves_no_review() -> None:
    item = make.watch_item()
    ahead = {"title": "Morgen", "noticed_on": date(2026, 11, 24)}

    with pytest.raises(CannotObserve, match="in_the_future"):
        services.review_topic(
            by=viewer(Role.COORDINATOR), pk=item.pk, version=1, seen_on=TODAY, today=TODAY, observed=ahead
        )

    assert not WatchReview.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "seen_on", "code"),
    [({}, date(2026, 11, 24), "in_the_future"), ({"ended_on": TODAY}, TODAY, "ended")],
)
def test_what_is_no_review_is_refused(facts: dict[str, date], seen_on: date, code: str) -> None:
    item = make.watch_item(**facts)

    with pytest.raises(services.CannotWatch, match=code):
        services.review_topic(
            by=viewer(Role.COORDINATOR), pk=item.pk, version=1, seen_on=seen_on, today=TODAY
        )


@pytest.mark.django_db
def test_a_department_watches_its_own_topics_each_once() -> None:
    office = department()
    editor = viewer(Role.DEPARTMENT_EDITOR, where=office)
    given = {
        "department_id": office.pk,
        "topic": "Förderung",
        "field": "law",
        "side": "outer",
        "every_months": 6,
        "review_on": TODAY,
    }

    services.watch(by=editor, values=given)

    with pytest.raises(services.CannotWatch, match="topic_taken"):
        services.watch(by=editor, values=given)
    with pytest.raises(NotAllowed):
        services.watch(by=editor, values=given | {"department_id": department().pk})


@pytest.mark.django_db
def test_a_review_is_due_for_the_person_named_else_for_the_editors() -> None:
    office, named = department(), account(Role.LEAD, where=department())
    hers = make.watch_item(responsible=named, review_on=date(2026, 11, 1))
    theirs = make.watch_item(department=office, review_on=date(2026, 12, 1))
    make.watch_item(department=office, review_on=date(2027, 3, 1))
    make.watch_item(department=office, review_on=date(2026, 1, 1), ended_on=TODAY)

    def due(one: object) -> list[tuple[int, bool]]:
        return [(item.pk, item.is_overdue) for item in reviews_due_for(one, today=TODAY)]  # type: ignore[arg-type]

    assert due(viewer_of(account=named)) == [(hers.pk, True)]
    assert due(viewer(Role.DEPARTMENT_EDITOR, where=office)) == [(theirs.pk, False)]
    assert due(viewer(Role.COORDINATOR)) == []
    assert due(PUBLIC) == []


@pytest.mark.django_db
def test_the_watch_list_is_for_the_administration_and_takes_one_statement(
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    items = [make.watch_item() for _number in range(3)]
    inside = viewer(Role.REVIEWER)

    with django_assert_num_queries(1):
        found = [one.department.name for one in watch_list(inside)]

    assert len(found) == 3
    assert watch_list(PUBLIC) == []
    for address in ("/arbeit/beobachtung/", f"/arbeit/beobachtung/{items[0].pk}/"):
        answer = client.get(address)
        assert answer.status_code in {302, 403}
        assert items[0].topic not in answer.content.decode()


@pytest.mark.django_db
def test_the_pages_lead_from_nothing_to_a_review(client: Client) -> None:
    office = department()
    client.force_login(account(Role.COORDINATOR))
    empty = client.get("/arbeit/beobachtung/").content.decode()

    client.post(
        "/arbeit/beobachtung/neu/",
        {"topic": "Förderung", "field": "law", "side": "outer", "department_id": office.pk,
         "every_months": 6, "review_on": "2026-11-01"},
    )  # fmt: skip
    item = WatchItem.objects.get()
    page = f"/arbeit/beobachtung/{item.pk}/"
    before = client.get(page).content.decode()
    client.post(f"{page}angesehen/", {"seen_on": "2026-11-02", "version": 1})
    client.post(
        f"{page}neues/",
        {"title": "Neue Richtlinie", "noticed_on": "2026-11-02", "side": "outer", "field": "law",
         "department_id": office.pk},
    )  # fmt: skip
    after = client.get(page).content.decode()
    client.post(f"{page}beenden/", {"version": 3})
    ended = client.get(page).content.decode()

    assert "Noch kein Thema" in empty
    assert "Die Durchsicht war am" in before
    assert "angesehen, nichts Neues" in after
    assert "Neue Richtlinie" in after
    assert "nicht mehr beobachtet" in ended
    assert item_page(viewer(Role.REVIEWER), pk=item.pk).reviews.count() == 2
