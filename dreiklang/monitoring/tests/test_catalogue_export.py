"""What goes out of the city's own catalogue, page by page, and what stays at home."""

from typing import Any

import pytest
from django.test import Client

from dreiklang.core.enums import Visibility
from dreiklang.core.rdf import read_rdf
from dreiklang.monitoring.models import Dataset, OwnCatalogue
from dreiklang.monitoring.rules.dcat.reading import read_catalogue
from dreiklang.monitoring.rules.dcat.values import Dataset as Described
from dreiklang.monitoring.rules.dcat.values import first_iri, first_text
from dreiklang.monitoring.tests.catalogues import AIR, TREES, dataset_named, harvested
from dreiklang.monitoring.tests.dcat import triples
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


def body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return bytes(answer.getvalue() if answer.streaming else answer.content)


def described(client: Client, address: str) -> tuple[Described, ...]:
    return read_catalogue(triples(body(client, address))).datasets


def the_city_publishes() -> OwnCatalogue:
    return OwnCatalogue.objects.create(
        title="Daten", description="Alle Daten", publisher_name="Stadt Klarenbrück"
    )


def test_a_dataset_is_described_here_and_goes_out(client: Client) -> None:
    the_city_publishes()
    editor = logged_in(Role.COORDINATOR)

    editor.post("/datenkatalog/neu/", OWN)
    made = dataset_named("Baustellen")
    editor.post(f"/datenkatalog/{made.pk}/ressourcen/neu/", {**FORM, "version": made.version})

    made = dataset_named("Baustellen")
    assert (made.keywords, made.gaps, made.is_complete) == (["Straße", "Bau"], [], True)
    found = described(client, "/catalog.ttl")[0]
    assert found.iri.endswith(f"/datenkatalog/{made.pk}/")
    assert first_text(found.title) == "Baustellen"
    assert first_iri(found.contact[0].email) == "mailto:bau@stadt.example"  # type: ignore[union-attr]
    assert first_text(found.publisher[0].name) == "Stadt Klarenbrück"  # type: ignore[union-attr]
    resource = found.resources[0]
    assert first_iri(resource.licence) == "http://dcat-ap.de/def/licenses/dl-by-de/2.0"  # type: ignore[union-attr]
    assert described(client, f"/datenkatalog/{made.pk}.ttl") == (found,)


def test_what_is_missing_keeps_it_at_home_and_is_named(client: Client) -> None:
    editor = logged_in(Role.COORDINATOR)
    editor.post("/datenkatalog/neu/", {**OWN, "description": ""})
    made = dataset_named("Baustellen")

    assert [code for code, _kind, _iri in made.gaps] == ["no_description", "no_publisher"]
    assert client.get("/catalog.ttl").status_code == 404
    assert "Es steht nicht da, wer veröffentlicht." in text_of(client, "/datenkatalog/luecken/")

    editor.post(
        "/arbeit/datenkataloge/eigener/",
        {"title": "Daten", "description": "Alle", "publisher_name": "Stadt", "version": "0"},
    )

    made = dataset_named("Baustellen")
    assert [code for code, _kind, _iri in made.gaps] == ["no_description"]
    assert described(client, "/catalog.ttl") == ()
    page = text_of(client, "/datenkatalog/luecken/")
    assert "Die Beschreibung fehlt." in page
    assert "Baustellen" in page


def test_only_public_datasets_of_the_city_go_out(client: Client) -> None:
    the_city_publishes()
    harvested(TREES)
    assert described(client, "/catalog.ttl") == ()
    trees = dataset_named("Bäume")
    assert client.get(f"/datenkatalog/{trees.pk}.ttl").status_code == 404

    harvested(TREES, is_ours=True)
    assert [first_text(one.title) for one in described(client, "/catalog.ttl")] == ["Bäume"]

    Dataset.objects.filter(pk=trees.pk).update(visibility=Visibility.INTERNAL)
    assert described(logged_in(Role.COORDINATOR), "/catalog.ttl") == ()


def test_pages_of_the_export_name_each_other_and_do_not_come_twice(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreiklang.monitoring.queries.catalogue_export.PER_PAGE", 1)
    the_city_publishes()
    harvested(TREES + AIR, is_ours=True)

    first = client.get("/catalog.ttl")

    assert 'catalog.ttl?page=2>; rel="next"' in first["Link"]
    assert 'rel="prev"' not in first["Link"]
    assert client.get("/catalog.ttl", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["ETag"] != client.get("/catalog.ttl?page=2")["ETag"]
    read = read_catalogue(triples(first.getvalue()))
    assert first_text(read.paging[0].total) == "2"
    assert first_text(read.paging[0].next).endswith("/catalog.ttl?page=2")
    assert [client.get(f"/catalog.ttl?page={page}").status_code for page in (0, 3, "x")] == [404, 404, 404]
    Dataset.objects.filter(title="Luft").update(is_own=False)
    assert client.get("/catalog.ttl", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_all_forms_say_the_same_of_a_page_with_links(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dreiklang.monitoring.queries.catalogue_export.PER_PAGE", 1)
    the_city_publishes()
    harvested(TREES + AIR, is_ours=True)
    logged_in(Role.COORDINATOR).post("/datenkatalog/neu/", OWN)

    turtle, rdf, jsonld = (body(client, f"/catalog.{form}?page=2") for form in ("ttl", "rdf", "jsonld"))

    # A reader of catalogues gets RDF/XML: read as any foreign file here, in a process of its own.
    said = read_catalogue(triples(turtle, "turtle"))
    others = (read_catalogue(read_rdf(rdf).triples), read_catalogue(triples(jsonld, "json-ld")))
    assert [first_text(one.title) for one in said.datasets] == ["Luft"]
    assert [one.datasets for one in others] == [said.datasets, said.datasets]
    for form, read in zip(("ttl", "rdf", "jsonld"), (said, *others), strict=True):
        assert first_text(read.catalogues[0].title) == "Daten"
        assert first_text(read.paging[0].next).endswith(f"/catalog.{form}?page=3")


def test_no_other_form_is_offered(client: Client) -> None:
    the_city_publishes()

    assert client.get("/catalog.xml").status_code == 404


def test_who_asks_about_a_dataset_without_a_contact_reaches_the_city(client: Client) -> None:
    own = the_city_publishes()
    OwnCatalogue.objects.filter(pk=own.pk).update(
        contact_name="Statistikstelle", contact_email="zahlen@stadt.example"
    )
    logged_in(Role.COORDINATOR).post("/datenkatalog/neu/", {**OWN, "contact_email": ""})

    contact = described(client, "/catalog.ttl")[0].contact[0]

    assert first_iri(contact.email) == "mailto:zahlen@stadt.example"  # type: ignore[union-attr]
    assert first_text(contact.name) == "Statistikstelle"  # type: ignore[union-attr]
