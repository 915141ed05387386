"""The city's own values go out with its catalogue, by one button, and only what is public of them."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import Dataset, Indicator
from dreiklang.monitoring.rules.dcat.values import Resource, first_iri
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.monitoring.services.definitions import change_indicator
from dreiklang.monitoring.services.publishing_values import publish_values
from dreiklang.monitoring.tests import factories
from dreiklang.monitoring.tests.test_catalogue_export import described, logged_in, the_city_publishes
from dreiklang.people.rules import SYSTEM, Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Dataset:
    """As a list of values makes it, with a public indicator, a hidden count, and an internal indicator."""
    the_city_publishes()
    made = factories.dataset(title="Kitaplätze", provider=factories.provider(key="stadt"))
    quantity = factories.quantity(dataset=made)
    factories.indicator(
        key="kitas",
        quantity=quantity,
        visibility=Visibility.PUBLIC,
        department=people.department(),
        licence="dl-by-de/2.0",
    )
    factories.indicator(
        key="geheim", name="Geheim", quantity=factories.quantity(dataset=made), licence="cc-zero"
    )
    factories.observation(quantity=quantity, value=None, state=ReleaseState.SUPPRESSED)
    return made


def downloads(client: Client) -> list[str]:
    found = [part for one in described(client, "/catalog.ttl") for part in one.resources]
    return sorted(first_iri(part.download_url) for part in found if isinstance(part, Resource))


def test_a_list_of_values_goes_out_and_comes_home_again(client: Client, table: Dataset) -> None:
    editor = logged_in(Role.STATISTICS)
    address = f"/datenkatalog/{table.pk}/"
    assert "Als Datensatz veröffentlichen" in editor.get(address).content.decode()
    before = client.get("/catalog.ttl")["ETag"]

    editor.post(f"{address}veroeffentlichen/")

    at = f"{settings.SITE_URL}/indikatoren/kitas/daten"
    assert downloads(client) == [f"{at}.csv", f"{at}.json", f"{at}.xlsx"]
    assert client.get("/catalog.ttl")["ETag"] != before
    for form in ("csv", "json", "xlsx"):
        assert client.get(f"/indikatoren/kitas/daten.{form}").status_code == 200
    page = client.get(address).content.decode()
    assert "als CSV, XLSX und JSON" in page
    assert "Geheim" not in page

    editor.post(f"{address}zurueckziehen/")

    assert described(client, "/catalog.ttl") == ()
    assert client.get(address).status_code == 404


def test_an_indicator_that_is_withdrawn_is_gone_from_the_export_at_once(
    client: Client, table: Dataset
) -> None:
    logged_in(Role.STATISTICS).post(f"/datenkatalog/{table.pk}/veroeffentlichen/")
    first = client.get("/catalog.ttl")["ETag"]

    Indicator.objects.filter(key="kitas").update(visibility=Visibility.INTERNAL)

    assert downloads(client) == []
    assert client.get("/catalog.ttl", headers={"If-None-Match": first}).status_code == 200


def test_without_a_public_indicator_or_the_right_nothing_goes_out(client: Client, table: Dataset) -> None:
    address = f"/datenkatalog/{table.pk}/veroeffentlichen/"
    assert logged_in(Role.REVIEWER).post(address).status_code == 403
    assert client.post(address).status_code in (302, 403, 404)
    Indicator.objects.update(visibility=Visibility.INTERNAL)

    answer = logged_in(Role.STATISTICS).post(address, follow=True)

    assert "Veröffentlichen Sie zuerst einen Indikator" in answer.content.decode()
    table.refresh_from_db(fields=["visibility", "is_own"])
    assert (table.visibility, table.is_own) == (Visibility.INTERNAL, False)


def test_a_table_of_others_is_no_list_of_the_city() -> None:
    theirs = factories.dataset()
    factories.indicator(quantity=factories.quantity(dataset=theirs))

    editor = logged_in(Role.STATISTICS)

    assert editor.post(f"/datenkatalog/{theirs.pk}/veroeffentlichen/").status_code == 404
    assert "Als Datensatz veröffentlichen" not in editor.get(f"/datenkatalog/{theirs.pk}/").content.decode()


def test_what_keeps_it_out_is_told_anew_when_the_licence_of_an_indicator_changes(table: Dataset) -> None:
    publish_values(by=SYSTEM, dataset_id=table.pk, version=table.version)

    def gaps() -> list[str]:
        table.refresh_from_db(fields=["gaps"])
        return [code for code, _kind, _iri in table.gaps]

    def change(**values: str) -> None:
        version = Indicator.objects.get(key="kitas").version
        change_indicator(by=SYSTEM, key="kitas", version=version, values=values, on=date(2026, 11, 23))

    before = gaps()
    change(licence="")
    assert gaps() == [*before, *["no_licence"] * 3]
    change(licence="dl-by-de/2.0")
    assert gaps() == before
