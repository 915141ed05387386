"""Pages of the data catalogue: what everybody reads, what the administration does, what never goes out."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from dreiklang.core import text
from dreiklang.core.enums import Visibility
from dreiklang.core.models import Run
from dreiklang.monitoring.models import Catalogue, Dataset, Indicator, OwnCatalogue
from dreiklang.monitoring.queries.datasets_due import datasets_due_for
from dreiklang.monitoring.rules.dcat.reading import read_catalogue
from dreiklang.monitoring.rules.dcat.values import Dataset as Described
from dreiklang.monitoring.tests import factories
from dreiklang.monitoring.tests.catalogues import AIR, NOW, TREES, dataset_named, harvested, neighbours
from dreiklang.monitoring.tests.dcat import triples
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db
OWN = {
    "title": "Baustellen",
    "description": "Wo gebaut wird",
    "keywords": "Straße, Bau, Straße",
    "themes": ["TRAN"],
    "rhythm": "DAILY",
    "modified_on": "2026-01-02",
    "contact_email": "bau@stadt.example",
    "visibility": "public",
    "is_own": "on",
    "access_rights": "PUBLIC",
    "version": "0",
}
FORM = {
    "title": "als GeoJSON",
    "access_url": "https://stadt.example/baustellen",
    "format": "GEOJSON",
    "licence": "dl-by-de/2.0",
    "byte_size": "1200",
}


def logged_in(*roles: Role, **facts: Any) -> Client:
    client = Client()
    client.force_login(people.account(*roles, **facts))
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def described(client: Client, address: str) -> tuple[Described, ...]:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    content = answer.getvalue() if answer.streaming else answer.content
    return read_catalogue(triples(content)).datasets


def the_city_publishes() -> OwnCatalogue:
    return OwnCatalogue.objects.create(
        title="Daten", description="Alle Daten", publisher_name="Stadt Klarenbrück"
    )


def test_an_empty_catalogue_says_so(client: Client) -> None:
    page = text_of(client, "/datenkatalog/")

    assert "Noch kein Datensatz" in page
    assert "Der Katalog der Stadt geht noch nicht hinaus" in page


def test_the_list_is_narrowed_by_theme_format_publisher_origin_and_words(client: Client) -> None:
    harvested(TREES + AIR)

    for query, titles in (
        ("thema=ENVI", ["Bäume"]),
        ("format=CSV", ["Bäume"]),
        ("herausgeber=Umweltamt", ["Luft"]),
        ("herkunft=harvested", ["Bäume", "Luft"]),
        ("herkunft=own", []),
        ("q=Messwerte", ["Luft"]),
        ("stand=ueberfaellig", ["Bäume"]),
        ("thema=unsinn", ["Bäume", "Luft"]),
    ):
        page = text_of(client, f"/datenkatalog/?{query}")
        assert [one for one in ("Bäume", "Luft") if f">{one}<" in page] == titles, query


def test_the_list_takes_as_many_statements_for_many_datasets(
    client: Client, django_assert_max_num_queries: object
) -> None:
    harvested(TREES + AIR)
    more = "".join(f':d{n} a dcat:Dataset ; dct:title "Datensatz {n}" .' for n in range(20))
    harvested(TREES + AIR + more)

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        text_of(client, "/datenkatalog/")


def test_the_public_page_says_everything_and_nothing_internal(client: Client) -> None:
    harvested(TREES)
    trees = dataset_named("Bäume")
    person = people.account(name="Petra Person")
    Dataset.objects.filter(pk=trees.pk).update(responsible=person, quality_note="Ohne Straßenbäume")

    page = text_of(client, f"/datenkatalog/{trees.pk}/")

    for words in (
        "Alle Bäume der Stadt",
        "Grünflächenamt",
        "https://stadt.example/baeume.csv",
        "nur zum Ansehen",
        "jährlich",
        text.day(date(2024, 2, 1)),
        "Ohne Straßenbäume",
        f"Ein neuer Stand ist seit {text.day(date(2025, 2, 1))} überfällig.",
    ):
        assert words in page, words
    for words in ("Petra Person", "im Sommer", "Bearbeiten", "Verlauf"):
        assert words not in page, words


def test_an_internal_dataset_is_no_page_for_others(client: Client) -> None:
    harvested(TREES, visibility=Visibility.INTERNAL)
    pk = dataset_named("Bäume").pk

    assert client.get(f"/datenkatalog/{pk}/").status_code == 404
    assert "Bäume" not in text_of(client, "/datenkatalog/")
    assert b"B\xc3\xa4ume" not in client.get("/datenkatalog/datensaetze.csv").content
    assert "im Sommer" in text_of(logged_in(Role.STATISTICS), f"/datenkatalog/{pk}/")


def test_used_by_shows_public_indicators_only(client: Client) -> None:
    table = factories.dataset(title="Bevölkerung", visibility=Visibility.PUBLIC)
    used, unused = factories.quantity(dataset=table, name="Einwohner"), factories.quantity(dataset=table)
    office = people.department()
    factories.indicator(
        name="Wie viele wir sind", quantity=used, visibility=Visibility.PUBLIC, department=office
    )
    factories.indicator(name="Geheimplan", quantity=used)

    outside, inside = (
        text_of(one, f"/datenkatalog/{table.pk}/") for one in (client, logged_in(Role.COORDINATOR))
    )

    assert "Wie viele wir sind" in outside
    assert "Geheimplan" not in outside
    assert unused.name not in outside
    assert "Geheimplan" in inside
    assert unused.name in inside
    assert "noch kein Indikator" in inside


def test_a_quantity_becomes_an_internal_indicator_with_one_click() -> None:
    table = factories.dataset(title="Bevölkerung", code="12411", rhythm="ANNUAL")
    quantity = factories.quantity(dataset=table, name="Bevölkerungsstand", unit_words="Anzahl")
    statistics = logged_in(Role.STATISTICS)
    assert "Bevölkerungsstand" in text_of(statistics, "/arbeit/groessen/?q=bevölk")

    answer = statistics.post(f"/arbeit/groessen/{quantity.pk}/indikator/")

    made = Indicator.objects.defer("search").get()
    assert answer.status_code == 302
    assert made.key in answer["Location"]
    assert (made.quantity_id, made.visibility, made.rhythm) == (quantity.pk, Visibility.INTERNAL, "ANNUAL")
    assert made.source_words == "Bevölkerung (12411)"
    assert "Keine Größe wartet" in text_of(statistics, "/arbeit/groessen/")


def test_a_unit_stands_there_by_its_name_and_not_by_its_code() -> None:
    table = factories.dataset(title="Mieten")
    factories.quantity(dataset=table, name="Miete", unit_words="eur_je_m2")

    page = text_of(logged_in(Role.STATISTICS), f"/datenkatalog/{table.pk}/")

    assert "Euro je m²" in page
    assert "eur_je_m2" not in page


def test_others_make_no_indicators(client: Client) -> None:
    quantity = factories.quantity()

    assert client.post(f"/arbeit/groessen/{quantity.pk}/indikator/").status_code in (302, 403)
    assert logged_in(Role.REVIEWER).post(f"/arbeit/groessen/{quantity.pk}/indikator/").status_code == 403
    assert not Indicator.objects.exists()


def test_of_a_harvested_dataset_only_the_citys_own_words_are_asked(client: Client) -> None:
    harvested(TREES)
    trees = dataset_named("Bäume")
    editor = logged_in(Role.STATISTICS)
    page = text_of(editor, f"/datenkatalog/{trees.pk}/bearbeiten/")
    assert 'name="quality_note"' in page
    assert 'name="title"' not in page
    person = people.account(Role.DEPARTMENT_EDITOR)

    editor.post(
        f"/datenkatalog/{trees.pk}/bearbeiten/",
        {"version": trees.version, "visibility": "public", "responsible_id": person.pk, "title": "Anders"},
    )

    after = dataset_named("Bäume")
    assert after.responsible_id == person.pk
    due = datasets_due_for(viewer_of(account=person), today=date(2026, 11, 23))
    assert [(one.title, one.due_on) for one in due] == [("Bäume", date(2025, 2, 1))]
    assert datasets_due_for(people.viewer(Role.COORDINATOR), today=date(2026, 11, 23)) == []
    assert editor.get(f"/datenkatalog/{trees.pk}/ressourcen/neu/").status_code == 404


def test_who_saved_meanwhile_is_shown_and_not_overwritten() -> None:
    harvested(TREES)
    trees = dataset_named("Bäume")
    editor = logged_in(Role.STATISTICS)
    address = f"/datenkatalog/{trees.pk}/bearbeiten/"
    editor.post(address, {"version": trees.version, "visibility": "public", "quality_note": "zuerst"})

    answer = editor.post(address, {"version": trees.version, "visibility": "public", "quality_note": "dann"})

    assert "Inzwischen hat jemand anders gespeichert" in answer.content.decode()
    assert dataset_named("Bäume").quality_note == "zuerst"


def test_an_editor_describes_datasets_of_her_department_only() -> None:
    office, other = people.department(), people.department()
    editor = logged_in(Role.DEPARTMENT_EDITOR, where=office, department=office)

    assert editor.post("/datenkatalog/neu/", {**OWN, "department_id": other.pk}).status_code == 403
    assert editor.post("/datenkatalog/neu/", {**OWN, "department_id": office.pk}).status_code == 302


def test_bad_input_is_refused_at_its_field() -> None:
    editor = logged_in(Role.COORDINATOR)

    for field, value in (
        ("title", ""),
        ("contact_email", "keine Adresse"),
        ("themes", ["ERFUNDEN"]),
        ("modified_on", "morgen"),
        ("landing_page", "javascript:alert(1)"),
    ):
        answer = editor.post("/datenkatalog/neu/", {**OWN, field: value})
        assert answer.status_code == 422, field
        assert field in answer.context["form"].errors, field
    answer = editor.post("/datenkatalog/neu/", {**OWN, "begins_on": "2026-02-01", "ends_on": "2026-01-01"})
    assert "ends_on" in answer.context["form"].errors
    assert not Dataset.objects.exists()


def test_catalogues_are_added_started_and_refused(client: Client) -> None:
    statistics = logged_in(Role.STATISTICS)
    assert "Noch kein Katalog" in text_of(statistics, "/arbeit/datenkataloge/")
    form = {"title": "Land", "address": "https://land.example/catalog.ttl", "is_active": "on"}

    made = statistics.post("/arbeit/datenkataloge/neu/", form)

    land = Catalogue.objects.get()
    assert made["Location"] == f"/arbeit/datenkataloge/{land.pk}/"
    assert "Noch kein Abruf" in text_of(statistics, made["Location"])
    for field, value in (("title", "Land"), ("address", form["address"]), ("address", "/etc/passwd")):
        again = statistics.post("/arbeit/datenkataloge/neu/", {**form, "title": "Neu", field: value})
        assert again.status_code == 422, (field, value)
    statistics.post(f"/arbeit/datenkataloge/{land.pk}/abrufen/")
    assert "wird gerade abgerufen" in text_of(statistics, f"/arbeit/datenkataloge/{land.pk}/").lower()
    assert client.get(f"/arbeit/datenkataloge/{land.pk}/").status_code in (302, 403)
    assert logged_in(Role.DEPARTMENT_EDITOR).get("/arbeit/datenkataloge/").status_code == 403


def test_the_report_of_a_harvest_says_what_was_wrong() -> None:
    harvested(TREES)
    statistics = logged_in(Role.STATISTICS)

    page = text_of(statistics, f"/arbeit/datenkataloge/{neighbours().pk}/")

    assert "„im Sommer“ ist kein Datum nach ISO 8601." in page
    assert "Ein Datensatz gelesen: 1 neu" in page
    run = Run.objects.get()
    coordinator = logged_in(Role.COORDINATOR)
    assert "Datenkatalog" in text_of(coordinator, "/arbeit/importe/laeufe/")
    elsewhere = coordinator.get(f"/arbeit/importe/{run.pk}/")
    assert elsewhere["Location"] == f"/arbeit/datenkataloge/{neighbours().pk}/?lauf={run.pk}"
    assert "Verlauf" in text_of(statistics, f"/datenkatalog/{dataset_named('Bäume').pk}/")
    assert "Datenkatalog abgerufen" in text_of(statistics, f"/verlauf/datensatz/{dataset_named('Bäume').pk}/")


def test_a_delivery_that_waits_or_was_withdrawn_tells_nobody_of_new_data(client: Client) -> None:
    table = factories.dataset(title="Bevölkerung", visibility=Visibility.PUBLIC, rhythm="ANNUAL")
    factories.delivery(dataset=table, made_at=datetime(2024, 5, 6, tzinfo=UTC), released_at=NOW)
    factories.delivery(dataset=table, made_at=datetime(2025, 7, 8, tzinfo=UTC))
    factories.delivery(
        dataset=table, made_at=datetime(2025, 9, 1, tzinfo=UTC), released_at=NOW, withdrawn_at=NOW
    )

    page, listed = text_of(client, f"/datenkatalog/{table.pk}/"), text_of(client, "/datenkatalog/")

    assert f"Zuletzt geändert am {text.day(date(2024, 5, 6))}." in page
    assert "06.05.2024" in listed
    assert "08.07.2025" not in listed
    assert "01.09.2025" not in listed
    assert text.day(date(2025, 7, 8)) not in page
