"""Before a release and after it people read how many values do not count; a guess at a hidden count learns nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.monitoring.models import Delivery, Indicator
from dreiklang.monitoring.queries.deliveries import values_of
from dreiklang.monitoring.queries.overtaken import overtaken_count
from dreiklang.monitoring.services.releasing import bring_back, release, withdraw
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import NOW, delivered, districts
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role, Viewer
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
TEXT = "Stadtteil;2023\nAltstadt;{}\nNeustadt;{}\n"


@pytest.fixture
def indicator() -> Indicator:
    districts(("01", "Altstadt"), ("02", "Neustadt"))
    return make.indicator(department=people.department(), unit="count", responsible=people.account(Role.LEAD))


def lead(indicator: Indicator) -> Viewer:
    assert indicator.responsible
    return viewer_of(account=indicator.responsible)


def brought(indicator: Indicator, by: Viewer, *numbers: int) -> Delivery:
    done = delivered(TEXT.format(*numbers), by=by, use=indicator.key, areas="stadtteil", has_looked=True)
    assert done.delivery
    return done.delivery


def test_a_later_delivery_is_told_of_before_the_release_and_after_it(
    indicator: Indicator, client: Client
) -> None:
    by = people.viewer(Role.STATISTICS)
    older = brought(indicator, lead(indicator), 20, 7)
    newer = brought(indicator, by, 30, 7)
    page = reverse("monitoring:value-delivery", args=[older.pk])
    client.force_login(people.account(Role.STATISTICS))

    assert overtaken_count(by, delivery=older) == 1
    assert "1 Wert würde auch nach der Freigabe nicht gelten" in client.get(page).content.decode()
    older = release(by=by, delivery_id=older.pk, now=LATER)
    assert overtaken_count(by, delivery=older) == 1
    assert "1 Wert dieser Lieferung gilt nicht" in client.get(page).content.decode()

    withdraw(by=by, delivery_id=newer.pk, answer="falsch", now=LATER)
    assert overtaken_count(by, delivery=older) == 0


def test_what_a_later_delivery_only_confirmed_overtakes_what_comes_between(indicator: Indicator) -> None:
    by = people.viewer(Role.STATISTICS)
    brought(indicator, by, 10, 7)
    between = brought(indicator, lead(indicator), 20, 7)
    brought(indicator, by, 10, 7)

    assert overtaken_count(by, delivery=between) == 1
    assert release(by=by, delivery_id=between.pk, now=LATER).changed_count == 0


def test_a_delivery_that_was_replaced_shows_what_still_counts_and_withdrawn_all_it_said(
    indicator: Indicator,
) -> None:
    by = people.viewer(Role.STATISTICS)
    first = brought(indicator, by, 10, 7)
    brought(indicator, by, 20, 7)

    assert [one.value for one in values_of(by, first)[0]] == [7]
    first = withdraw(by=by, delivery_id=first.pk, answer="falsch", now=LATER)
    assert {one.value for one in values_of(by, first)[0]} == {10, 7}
    first = bring_back(by=by, delivery_id=first.pk)
    assert overtaken_count(by, delivery=first) == 1


@pytest.mark.parametrize("guess", [3, 4])
def test_who_sees_no_small_counts_is_not_told_whether_a_guess_was_overtaken(
    indicator: Indicator, guess: int
) -> None:
    indicator.suppress_below = 5
    indicator.save()
    statistics = people.viewer(Role.STATISTICS)
    waiting = brought(indicator, lead(indicator), guess, 700)
    brought(indicator, statistics, 3, 700)

    assert overtaken_count(lead(indicator), delivery=waiting) == 0
    assert overtaken_count(statistics, delivery=waiting) == 1
    released = release(by=statistics, delivery_id=waiting.pk, now=LATER)
    assert overtaken_count(lead(indicator), delivery=released) == 0
    assert overtaken_count(statistics, delivery=released) == 1
