"""Who brings a guess at a hidden count reads the same on every page, whether the guess was right or wrong."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from dreiklang.monitoring.models import Delivery, Indicator
from dreiklang.monitoring.services.releasing import release
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import NOW, delivered, districts
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role, Viewer
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db
TEXT = "Stadtteil;2023\nAltstadt;{}\nNeustadt;700\nSüdstadt;{}\n"
TRUE, WRONG = 3, 4


@pytest.fixture
def indicator() -> Indicator:
    """Small counts of two districts are in force, hidden."""
    districts(("01", "Altstadt"), ("02", "Neustadt"), ("03", "Südstadt"))
    found = make.indicator(
        department=people.department(),
        unit="count",
        responsible=people.account(Role.LEAD),
        suppress_below=5,
    )
    brought(found, people.viewer(Role.STATISTICS), TRUE)
    return found


def brought(indicator: Indicator, by: Viewer, number: int, *, is_dry_run: bool = False) -> Delivery | None:
    return delivered(
        TEXT.format(number, 2),
        by=by,
        use=indicator.key,
        areas="stadtteil",
        has_looked=True,
        is_dry_run=is_dry_run,
    ).delivery


def told(indicator: Indicator, guess: int, office: Viewer) -> Iterator[str]:
    """All the pages of the one who brings the guess: of it while it waits and once it counts, and of the one before."""
    assert indicator.responsible
    by, browser = viewer_of(account=indicator.responsible), Client()
    browser.force_login(indicator.responsible)
    before = Delivery.objects.get()
    delivery = brought(indicator, by, guess)
    assert delivery
    for _is_released in (False, True):
        pages = [reverse("monitoring:value-delivery", args=[one.pk]) for one in (before, delivery)]
        for page in (*pages, reverse("monitoring:value-deliveries"), reverse("monitoring:values")):
            yield browser.get(page).content.decode()
        if delivery.released_at is None:
            delivery = release(by=office, delivery_id=delivery.pk, now=NOW + timedelta(days=1))


def without_ids(page: str) -> str:
    """Numbers of records, forms and minutes are others each time."""
    return re.sub(r"/\d+/|\d\d:\d\d Uhr|nonce=\S+|csrfmiddlewaretoken\S+ value=\S+|<time[^>]*>", "#", page)


def test_no_page_tells_whether_a_guess_was_right(indicator: Indicator) -> None:
    office, said = people.viewer(Role.STATISTICS), []
    for guess in (TRUE, WRONG):
        point = transaction.savepoint()
        said.append([without_ids(page) for page in told(indicator, guess, office)])
        transaction.savepoint_rollback(point)

    assert len(said[0]) == 8
    for right, wrong in zip(*said, strict=True):
        assert right.splitlines() == wrong.splitlines()


def test_the_statistics_office_still_reads_what_changed(indicator: Indicator, client: Client) -> None:
    client.force_login(people.account(Role.STATISTICS))
    newer = brought(indicator, people.viewer(Role.STATISTICS), WRONG)
    assert newer

    page = client.get(reverse("monitoring:value-delivery", args=[newer.pk])).content.decode()

    assert "Altstadt" in page.split("Werte der Lieferung")[1].split("</table>")[0]
