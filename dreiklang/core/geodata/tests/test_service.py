import json
from urllib.parse import parse_qs, urlsplit

import pytest

from dreiklang.core.geodata.service import Fetched, fetch_places, new_client
from dreiklang.core.geodata.tests.gml_files import POLYGON, collection
from dreiklang.core.geodata.tests.packages import package
from dreiklang.core.geodata.tests.place_server import (
    EXCEPTION,
    HTML,
    JSON,
    PAGE,
    XML,
    Reply,
    capabilities,
    features,
    serving,
)
from dreiklang.core.tables import CannotRead, Limits


def fetched(address: str, layer: str = "", *, size: int = 1_000_000) -> Fetched:
    client = new_client(address)
    client.wait = lambda seconds: None
    return fetch_places(address, limits=Limits(size=size), layer=layer, client=client)


def numbers(found: Fetched) -> list[str]:
    return [one["properties"]["nummer"] for one in json.loads(found.content)["features"]]


def refusal_of(address: str, layer: str = "", *, size: int = 1_000_000) -> tuple[str, str]:
    with pytest.raises(CannotRead) as refusal:
        fetched(address, layer, size=size)
    return refusal.value.code, refusal.value.detail


def wfs(*names: str, json_format: str = "application/json", answer: Reply | None = None) -> dict[str, Reply]:
    question = "/wfs?SERVICE=WFS&"
    return {
        question + "REQUEST=GetCapabilities": (200, XML, capabilities(*names, json_format=json_format)),
        question + "VERSION=2.0.0&REQUEST=GetFeature": answer or (200, JSON, features("1", "2")),
    }


def test_a_wfs_with_one_layer_is_asked_for_its_geojson() -> None:
    with serving(wfs("plaene")) as (base, asked):
        found = fetched(f"{base}/wfs?service=WFS&request=GetCapabilities")

    question = {name.upper(): value for name, value in parse_qs(urlsplit(asked[-1]).query).items()}
    assert (numbers(found), found.file_name[-8:]) == (["1", "2"], ".geojson")
    assert question["TYPENAMES"] == ["stadt:plaene"]
    assert question["OUTPUTFORMAT"] == ["application/json"]


def test_a_wfs_without_geojson_gives_gml() -> None:
    with serving(wfs("plaene", json_format="", answer=(200, XML, collection(POLYGON)))) as (base, _):
        found = fetched(f"{base}/wfs")

    assert found.file_name.endswith("plaene.gml")
    assert b"V-1" in found.content


@pytest.mark.parametrize("layer", ["stadt:b", "b", "Ebene b"])
def test_of_several_layers_one_is_named(layer: str) -> None:
    with serving(wfs("a", "b")) as (base, asked):
        fetched(f"{base}/wfs", layer)
        several, unknown = refusal_of(f"{base}/wfs"), refusal_of(f"{base}/wfs", "c")

    assert "TYPENAMES=stadt:b" in next(one for one in asked if "GetFeature" in one)
    assert several == ("several_layers", "stadt:a | stadt:b")
    assert unknown == ("no_such_layer", "c")


def test_pages_of_gml_are_joined() -> None:
    first = collection(POLYGON).replace(
        b"<wfs:FeatureCollection ", b'<wfs:FeatureCollection next="/wfs?page=2&amp;a=b" '
    )
    replies = wfs("plaene", json_format="", answer=(200, XML, first)) | {
        "/wfs?page=2&a=b": (200, XML, collection(POLYGON))
    }

    with serving(replies) as (base, _):
        found = fetched(f"{base}/wfs")

    assert found.content.count(b"V-1<") == 2


def test_a_service_that_keeps_features_back_is_refused() -> None:
    head = b'<wfs:FeatureCollection numberMatched="900" numberReturned="1" '
    gml = collection(POLYGON).replace(b"<wfs:FeatureCollection ", head)

    with serving(wfs("a", json_format="", answer=(200, XML, gml))) as (base, _):
        assert refusal_of(f"{base}/wfs") == ("incomplete", "1/900")
    with serving(wfs("a", answer=(200, JSON, features("1", numberMatched=900)))) as (base, _):
        assert refusal_of(f"{base}/wfs") == ("incomplete", "1/900")


def ogc() -> dict[str, Reply]:
    landing = {"links": [{"rel": "data", "href": "/ogc/collections"}]}
    collections = {
        "collections": [
            {
                "id": "plaene",
                "title": "Bebauungspläne",
                "links": [{"rel": "items", "href": "/ogc/collections/plaene/items", "type": JSON}],
            },
            {"id": "orte"},
        ]
    }
    return {
        "/ogc/": (200, HTML, PAGE),
        "/ogc/?f=json": (200, JSON, json.dumps(landing).encode()),
        "/ogc/collections": (200, JSON, json.dumps(collections).encode()),
        "/ogc/collections/plaene/items": (200, JSON, features("1", next_page="items?limit=1000&offset=1")),
        "/ogc/collections/plaene/items?limit=1000&offset=1": (200, JSON, features("2", numberMatched=2)),
    }


@pytest.mark.parametrize("layer", ["plaene", "Bebauungspläne"])
def test_an_ogc_api_is_followed_from_its_first_page_through_all_pages(layer: str) -> None:
    with serving(ogc()) as (base, _):
        found = fetched(f"{base}/ogc/", layer)

    assert numbers(found) == ["1", "2"]


def test_items_can_be_the_address_itself() -> None:
    with serving(ogc()) as (base, _):
        assert numbers(fetched(f"{base}/ogc/collections/plaene/items")) == ["1", "2"]
        assert refusal_of(f"{base}/ogc/collections") == ("several_layers", "plaene | orte")


def test_pages_that_lead_in_a_circle_are_left() -> None:
    with serving(
        {
            "/a": (200, JSON, features("1", next_page="/a?seite=2")),
            "/a?seite=2": (200, JSON, features("2", next_page="/a")),
        }
    ) as (base, _):
        assert refusal_of(f"{base}/a") == ("endless", "")


def test_files_on_the_web_are_taken_as_they_are() -> None:
    with serving({"/a.gpkg": (200, "", package({"a": []})), "/a.gml": (200, XML, collection(POLYGON))}) as (
        base,
        _,
    ):
        assert fetched(f"{base}/a.gpkg").file_name.endswith(".gpkg")
        assert fetched(f"{base}/a.gml").file_name.endswith(".gml")


@pytest.mark.parametrize(
    ("reply", "code", "detail"),
    [
        ((200, HTML, PAGE), "web_page", ""),
        ((200, XML, EXCEPTION), "service_error", "Ebene gesperrt"),
        ((400, XML, EXCEPTION), "service_error", "Ebene gesperrt"),
        ((401, HTML, b"nein"), "no_access", "401"),
        ((404, HTML, b"weg"), "nothing_there", "HTTP 404"),
        ((500, HTML, b"oh"), "no_answer", "HTTP 500"),
        ((200, JSON, b'{"a": 1}'), "no_places", ""),
        ((200, "text/plain", b"hallo"), "no_places", ""),
        ((200, JSON, b"{"), "broken", "json"),
        ((200, JSON, features(*map(str, range(500)))), "service_too_large", ""),
    ],
)
def test_what_gives_no_features_says_why(reply: Reply, code: str, detail: str) -> None:
    with serving(lambda path: reply) as (base, _):
        assert refusal_of(f"{base}/daten", size=20_000) == (code, detail)


@pytest.mark.parametrize(
    "address",
    ["", "geo.stadt.example", "ftp://a.example/", "file:///etc/passwd", "http://a:b@c.example/", "http://["],
)
def test_only_addresses_of_services_are_asked(address: str) -> None:
    with pytest.raises(CannotRead, match="not_an_address"):
        fetch_places(address, limits=Limits())


def test_a_service_that_nobody_runs_is_named() -> None:
    with serving({}) as (base, _):
        pass

    assert refusal_of(f"{base}/wfs") == ("no_answer", "unreachable")


def test_a_page_that_leads_into_the_own_network_is_not_followed() -> None:
    with (
        serving({"/": (200, JSON, features("9"))}) as (inside, _),
        serving({"/a": (200, JSON, features("1", next_page=f"{inside}/b"))}) as (base, _),
    ):
        assert refusal_of(f"{base}/a")[0] == "not_public"


def test_entities_in_what_a_service_says_of_itself_are_refused() -> None:
    hostile = b'<!DOCTYPE WFS_Capabilities [<!ENTITY a "b">]><WFS_Capabilities>&a;</WFS_Capabilities>'

    with serving({"/wfs": (200, XML, hostile)}) as (base, _):
        assert refusal_of(f"{base}/wfs") == ("broken", "entities")
