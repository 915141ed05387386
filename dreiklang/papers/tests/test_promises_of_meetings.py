"""Promises and questions from a meeting: kept from its page, shown there, and silent where the item is closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import Resolution
from dreiklang.papers.queries.resolutions import resolution_page, resolutions_of_meeting
from dreiklang.papers.rules.kinds import Result, TrackedKind
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import PUBLIC, SYSTEM, Role

pytestmark = pytest.mark.django_db
HELD = timezone.now() - timedelta(days=10)
DAY = timezone.localdate(HELD).isoformat()


@pytest.fixture
def coordinator(client):
    account = city.account("Karin Kern", role=Role.COORDINATOR)
    client.force_login(account)
    return account


def held(**fields):
    return make.meeting(make.committee("SR"), key="rat", starts_at=HELD, **fields)


def text_of(answer):
    return answer.content.decode()


def said(page, **changes):
    """The form as it came, with a title."""
    form = page.context["form"]
    start = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in start.items() if value is not None} | {"title": "Zaun"} | changes


def test_a_promise_is_kept_from_the_page_of_the_meeting(client, coordinator):
    meeting = held()
    item = make.item(meeting, "3", title="Spielplatz")
    page = client.get("/sitzungen/rat/")
    assert f"/beschluesse/neu/?sitzung=rat&amp;punkt={item.pk}" in text_of(page)
    address = f"/beschluesse/neu/?sitzung=rat&punkt={item.pk}"

    made = client.post(address, said(client.get(address)))

    assert made.url == "/sitzungen/rat/#zusagen"
    kept = Resolution.objects.get()
    assert (kept.kind, kept.number, kept.meeting, kept.item) == (
        TrackedKind.PROMISE,
        f"Z-{DAY}-1",
        meeting,
        item,
    )
    assert (kept.committee, kept.decided_on.isoformat()) == (meeting.committee, DAY)
    assert kept.result == Result.OPEN
    assert kept.visibility == Visibility.INTERNAL
    assert "Zaun" in text_of(client.get("/sitzungen/rat/"))
    assert "TOP 3" in text_of(client.get(f"/beschluesse/Z-{DAY}-1/"))


def test_the_next_one_gets_the_next_number(client, coordinator):
    held()
    for _n in range(2):
        address = "/beschluesse/neu/?sitzung=rat"
        client.post(address, said(client.get(address)))

    numbers = Resolution.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [f"Z-{DAY}-1", f"Z-{DAY}-2"]


def test_before_a_meeting_nobody_is_asked_for_promises(client, coordinator):
    meeting = make.meeting(starts_at=timezone.now() + timedelta(days=3))

    assert "Zusage festhalten" not in text_of(client.get(f"/sitzungen/{meeting.key}/"))


def test_an_item_falls_away_with_another_meeting(client, coordinator):
    item = make.item(held(), "3")
    other = make.meeting(starts_at=HELD)
    address = f"/beschluesse/neu/?sitzung=rat&punkt={item.pk}"

    client.post(address, said(client.get(address), meeting_id=other.pk))

    kept = Resolution.objects.get()
    assert (kept.meeting, kept.item) == (other, None)


def test_editing_keeps_the_meeting_and_offers_its_items(client, coordinator):
    meeting = held()
    item = make.item(meeting, "3")
    make.resolution("Z 1", meeting=meeting, item=item)
    address = "/beschluesse/Z 1/bearbeiten/"

    client.post(address, said(client.get(address)))

    kept = Resolution.objects.get()
    assert (kept.meeting, kept.item, kept.title) == (meeting, item, "Zaun")


def test_a_decision_read_from_a_route_is_asked_for_no_meeting(client, coordinator):
    meeting = held()
    step = make.step(make.paper(), make.item(meeting))
    make.resolution("B 1", consultation=step)

    form = client.get("/beschluesse/B 1/bearbeiten/").context["form"]

    assert not {"meeting_id", "item_id"} & set(form.fields)


def test_an_address_with_a_meeting_that_is_not_there_asks_as_usual(client, coordinator):
    page = client.get("/beschluesse/neu/?sitzung=nirgends&punkt=x")

    assert page.status_code == 200
    assert "Beschluss eintragen" in text_of(page)


def test_outsiders_read_public_promises_and_no_way_to_make_one(client):
    meeting = held()
    make.resolution("Z 1", title="Offen zugesagt", kind="promise", meeting=meeting)
    make.resolution("Z 2", title="Intern", visibility=Visibility.INTERNAL, meeting=meeting)

    page = text_of(client.get("/sitzungen/rat/"))

    assert "Offen zugesagt" in page
    assert "Intern" not in page
    assert "Zusage festhalten" not in page


def test_under_a_closed_item_outsiders_learn_of_no_link():
    meeting = held()
    closed = make.item(meeting, "9", is_public=False)
    make.resolution("Z 1", meeting=meeting, item=closed)

    assert resolutions_of_meeting(PUBLIC, meeting=meeting.pk, today=HELD.date()) == []
    assert resolution_page(PUBLIC, number="Z 1", today=HELD.date()).meeting is None
    assert resolution_page(SYSTEM, number="Z 1", today=HELD.date()).meeting.key == "9"


def test_of_a_closed_meeting_outsiders_learn_nothing():
    make.resolution("Z 1", meeting=held(visibility=Visibility.INTERNAL))

    assert resolution_page(PUBLIC, number="Z 1", today=HELD.date()).meeting is None
