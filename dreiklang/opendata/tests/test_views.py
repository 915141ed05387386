"""What people and browsers see: pages, downloads, what a tag and another site may do, and what stays inside."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures
from dreiklang.opendata.tests import town as t
from dreiklang.people.rules import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ADDRESSES = (
    "/ogc/",
    "/ogc/conformance",
    "/ogc/api",
    "/ogc/collections",
    "/ogc/collections/massnahmen",
    "/ogc/collections/massnahmen/items",
    "/ogc/collections/massnahmen/items/M-1",
    "/ogc/collections/konzepte/items",
    "/ogc/collections/konzepte/items/FK-02",
    "/ogc/collections/plaene/items/BP%207",
    "/ogc/collections/gebiete/items",
)


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """What a second factor asks for is tested where it is built."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_internal_reaches_anybody(client, address):
    for who in ("public", "coordinator"):
        if who == "coordinator":
            client.force_login(measures.account(role=Role.COORDINATOR))
        for asked in ({"f": "json"}, {"f": "html"}):
            text = client.get(address, asked).content.decode()
            assert [secret for secret in t.SECRETS if secret in text] == []


def test_the_answer_is_the_same_whoever_asks(client):
    address = "/ogc/collections/massnahmen/items?limit=100"
    before = client.get(address)["ETag"]

    client.force_login(measures.account(role=Role.COORDINATOR))

    assert client.get(address)["ETag"] == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_browser_gets_a_page(client, address):
    answer = client.get(address, headers=BROWSER)

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_sites_may_read_and_no_more(client, address):
    answer = client.get(address, {"f": "json"}, headers={"Origin": "https://karten.example"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "Accept" in answer["Vary"]
    allowed = client.options(address, headers={"Origin": "https://karten.example"})
    assert allowed.status_code == 200
    assert allowed["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_known_is_not_sent_again(client, address):
    first = client.get(address, {"f": "json"})

    again = client.get(address, {"f": "json"}, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again["Access-Control-Allow-Origin"] == "*"


def test_the_tag_changes_with_the_data(client):
    address = "/ogc/collections/massnahmen/items?limit=100"
    before = client.get(address)["ETag"]

    Measure.objects.filter(number="M-1").update(title="Neue Brücke")

    assert client.get(address, headers={"If-None-Match": before}).status_code == 200


def test_a_wrong_parameter_is_named_on_a_page_too(client):
    answer = client.get("/ogc/collections/massnahmen/items?bbox=a,b", headers=BROWSER)

    assert answer.status_code == 400
    assert b"<code>bbox</code>" in answer.content


def test_what_a_stranger_types_is_shown_as_text(client):
    answer = client.get("/ogc/collections/massnahmen/items", {"phase": "<script>x</script>", "f": "html"})

    assert answer.status_code == 400
    assert b"<script>x" not in answer.content


def test_a_download_is_a_file_with_everything(client):
    answer = client.get("/ogc/collections/massnahmen/items?f=geojson&limit=10000")

    assert answer["Content-Disposition"] == 'attachment; filename="massnahmen.geojson"'
    assert len(json.loads(answer.content)["features"]) == 5
    one = client.get("/ogc/collections/massnahmen/items/B%2012/3?f=geojson")
    assert one["Content-Disposition"] == 'attachment; filename="B-12-3.geojson"'


def test_the_page_of_data_offers_every_collection(client):
    text = client.get("/daten/").content.decode()

    for collection in t.COLLECTIONS:
        assert f"/ogc/collections/{collection}/items?f=geojson&amp;limit=10000" in text


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/massnahmen/M-1/", "/ogc/collections/massnahmen/items/M-1?f=geojson"),
        ("/konzepte/FK-01/", "/ogc/collections/konzepte/items/FK-01?f=geojson"),
        ("/konzepte/BP%207/", "/ogc/collections/plaene/items/BP%207?f=geojson"),
    ],
)
def test_a_page_with_a_place_offers_it(client, page, address):
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200


def test_a_page_without_a_place_or_not_public_offers_none(client):
    assert b"f=geojson" not in client.get("/massnahmen/M-3/").content
    client.force_login(measures.account(role=Role.COORDINATOR))
    assert b"f=geojson" not in client.get("/massnahmen/X-1/").content
    assert b"f=geojson" not in client.get("/konzepte/FK-03/").content


def test_pages_lead_on_with_the_same_selection(client):
    text = client.get(
        "/ogc/collections/massnahmen/items?f=html&limit=2&offset=2&datetime=2024-06-01"
    ).content.decode()

    assert 'rel="prev" href="?f=html&amp;limit=2&amp;offset=0&amp;datetime=2024-06-01"' in text


def test_a_stretch_beyond_the_end_says_so(client):
    data = t.read(client, "/collections/massnahmen/items", offset=500)
    text = client.get("/ogc/collections/massnahmen/items?f=html&offset=500").content.decode()

    assert (data["numberMatched"], data["numberReturned"]) == (5, 0)
    assert "So weit reicht die Auswahl nicht" in text


@pytest.mark.parametrize(
    ("collection", "said", "expected"),
    [
        ("massnahmen", {"department": "66"}, ["M-1"]),
        ("massnahmen", {"areas": "01"}, ["M-1"]),
        ("massnahmen", {"areas": "01", "phase": "idea"}, []),
        ("massnahmen", {"standing": "delayed"}, ["M-1"]),
        ("massnahmen", {"number": "B 12/3"}, ["B 12/3"]),
        ("konzepte", {"status": "adopted", "areas": "01"}, ["FK-01"]),
        ("plaene", {"number": "BP 7"}, ["BP 7"]),
    ],
)
def test_properties_can_be_asked_for(client, collection, said, expected):
    assert t.found(client, collection, **said) == expected


def test_areas_can_be_asked_for_by_key_and_level(client):
    (west,) = t.read(client, "/collections/gebiete/items", key="01")["features"]

    assert west["properties"]["name"] == "Weststadt"
    assert len(t.found(client, "gebiete", level="stadtteil")) == 2
    assert t.found(client, "gebiete", key="99") == [], "a neighbouring town is no feature of ours"


def test_a_plan_tells_the_days_of_its_procedure(client):
    plan = t.read(client, "/collections/plaene/items/BP%207")["properties"]

    assert (plan["display_from"], plan["display_until"]) == ("2024-09-02", "2024-10-04")
    assert plan["in_force_on"] == "2025-03-01"
    assert plan["resolved_on"] is None


def test_the_number_of_statements_does_not_grow(client):
    address = "/ogc/collections/massnahmen/items?limit=100&bbox=13,51,14,52&datetime=2024-01-01/.."
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for number in range(30):
        made = measures.measure(f"N-{number}", geometry=t.MARKET)
        made.area_links.create(area_id=t.Area.objects.values_list("pk", flat=True)[0])

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few) <= 12
