"""A delivered file comes back byte for byte, with small counts only for the statistics office."""

import pytest
from django.test import Client

from dreiklang.monitoring.models import Delivery, Indicator
from dreiklang.monitoring.services.suppression import hide_small_counts
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import delivered, districts
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account, viewer

pytestmark = pytest.mark.django_db
CONTENT = "Stadtteil;2023\nAltstadt;3\nNeustadt;900\n"


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def brought(*, below: int | None) -> tuple[Indicator, str]:
    districts(("01", "Altstadt"), ("02", "Neustadt"))
    indicator = make.indicator(unit="personen", suppress_below=below)
    office = viewer(Role.STATISTICS)
    delivered(
        CONTENT, by=office, use=indicator.key, areas="stadtteil", has_looked=True, file_name="Zählung „3“.csv"
    )
    return indicator, f"/arbeit/lieferungen/{Delivery.objects.get().pk}/datei/"


def test_it_comes_back_as_it_came() -> None:
    _indicator, address = brought(below=None)

    answer = client_of(Role.COORDINATOR).get(address)

    assert answer.content == CONTENT.encode()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"


def test_nobody_outside_gets_it() -> None:
    _indicator, address = brought(below=None)

    assert Client().get(address).status_code == 302
    assert client_of(Role.COUNCIL_MEMBER).get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.DEPARTMENT_EDITOR])
def test_with_small_counts_it_is_for_the_statistics_office(role: Role) -> None:
    _indicator, address = brought(below=5)

    assert client_of(role).get(address).status_code == 403
    assert client_of(Role.STATISTICS).get(address).content == CONTENT.encode()


def test_an_earlier_file_is_as_secret_as_the_one_that_is_in_force() -> None:
    indicator, address = brought(below=None)
    indicator.refresh_from_db()
    Indicator.objects.filter(pk=indicator.pk).update(suppress_below=5)
    assert indicator.quantity_id is not None
    hide_small_counts(quantity_ids=[indicator.quantity_id])
    delivered(
        CONTENT.replace(";3", ";4"),
        by=viewer(Role.STATISTICS),
        use=indicator.key,
        areas="stadtteil",
        has_looked=True,
    )

    assert client_of(Role.COORDINATOR).get(address).status_code == 403


def test_the_page_of_the_delivery_says_why_there_is_no_link() -> None:
    _indicator, address = brought(below=5)
    page = f"/arbeit/werte/lieferungen/{Delivery.objects.get().pk}/"

    assert address not in client_of(Role.COORDINATOR).get(page).content.decode()
    assert address in client_of(Role.STATISTICS).get(page).content.decode()
