"""OGC API – Features, Part 1: Core 1.0.1. One test a requirement, named after it: features and one feature."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import shapely
from shapely.geometry import shape

from dreiklang.opendata.tests import town as t

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
ITEMS = "/collections/massnahmen/items"
EVERYWHERE = ["B 12/3", "M-1", "M-2", "M-3", "M-4"]


def parameter(client, collection: str, name: str) -> dict:
    """As the description for programs gives it."""
    paths = t.read(client, "/api")["paths"]
    found = paths[f"/collections/{collection}/items"]["get"]["parameters"]
    return next(one for one in found if one["name"] == name)


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_fc_op(client, collection):
    answer = client.get(f"/ogc/collections/{collection}/items")

    assert answer.status_code == 200
    assert answer["Content-Type"] == t.GEOJSON


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_fc_limit_definition(client, collection):
    limit = parameter(client, collection, "limit")

    assert (limit["in"], limit["required"]) == ("query", False)
    assert (limit["style"], limit["explode"]) == ("form", False)
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 10000, "default": 10}


@pytest.mark.parametrize("limit", [1, 2, 5, 10_000])
def test_req_core_fc_limit_response_1(client, limit):
    data = t.read(client, ITEMS, limit=limit)

    assert len(data["features"]) == min(limit, len(EVERYWHERE))


@pytest.mark.parametrize("limit", ["10001", "1000000000", "9" * 5000])
def test_req_core_fc_limit_response_1_more_than_the_most_is_no_error(client, limit):
    assert t.found(client, "massnahmen", limit=limit) == EVERYWHERE


def test_req_core_fc_limit_response_1_without_limit(client):
    for number in range(20):
        t.measures.measure(f"N-{number}")

    assert len(t.read(client, ITEMS)["features"]) == 10


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_fc_bbox_definition(client, collection):
    bbox = parameter(client, collection, "bbox")

    assert (bbox["in"], bbox["required"]) == ("query", False)
    assert (bbox["style"], bbox["explode"]) == ("form", False)
    assert bbox["schema"] == {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    }


@pytest.mark.parametrize(
    ("bbox", "placed"),
    [
        ("13.6,51.0,13.8,51.1", ["M-1", "M-2", "M-4"]),
        ("13.64,51.04,13.66,51.06", ["M-1"]),
        ("13.65,51.05,13.65,51.05", ["M-1"]),
        # Inside the hole of the market, where its own box says yes.
        ("13.712,51.006,13.718,51.009", []),
        # Touching is intersecting.
        ("13.73,50.9,13.9,51.0", ["M-2"]),
        # Beside the line, but within its box.
        ("13.701,51.075,13.71,51.079", []),
        ("13.6,51.0,-500,13.8,51.1,500", ["M-1", "M-2", "M-4"]),
        # The meridian, the equator, the 180th meridian, the poles.
        ("-1.5,50.0,1.5,53.0", []),
        ("-80.0,-5.0,-70.0,5.0", []),
        ("177.0,65.0,-177.0,70.0", []),
        ("-180.0,85.0,180.0,90.0", []),
        ("-180.0,-90.0,180.0,90.0", ["M-1", "M-2", "M-4"]),
        # West of 13.66 and east of 170: once around the earth, without the middle of the town.
        ("170,51.0,13.66,51.1", ["M-1"]),
    ],
)
def test_req_core_fc_bbox_response(client, bbox, placed):
    without_place = {"B 12/3", "M-3"}

    assert set(t.found(client, "massnahmen", bbox=bbox)) == without_place | set(placed)


def test_req_core_fc_bbox_response_features_without_geometry_match_too(client):
    found = t.read(client, ITEMS, bbox="0,0,1,1", limit=100)["features"]

    assert [one["id"] for one in found] == ["B 12/3", "M-3"]
    assert all(one["geometry"] is None for one in found)


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_fc_bbox_response_gives_only_what_intersects(client, collection):
    asked = shapely.box(13.69, 51.0, 13.715, 51.01)
    data = t.read(client, f"/collections/{collection}/items", bbox="13.69,51.0,13.715,51.01", limit=100)

    everything = t.read(client, f"/collections/{collection}/items", limit=100)["features"]
    expected = [
        one["id"] for one in everything if not one["geometry"] or shape(one["geometry"]).intersects(asked)
    ]
    assert [one["id"] for one in data["features"]] == expected


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_fc_time_definition(client, collection):
    said = parameter(client, collection, "datetime")

    assert (said["in"], said["required"]) == ("query", False)
    assert (said["style"], said["explode"]) == ("form", False)
    assert said["schema"] == {"type": "string"}


@pytest.mark.parametrize(
    ("said", "dated"),
    [
        ("2024-06-01T12:00:00Z", ["M-1"]),
        ("2024-06-01t12:00:00.25z", ["M-1"]),
        # The last report expects the end later than planned.
        ("2026-06-30T12:00:00+02:00", ["M-1"]),
        ("2026-07-01T12:00:00Z", []),
        # Midnight in the city is still the day before elsewhere.
        ("2023-12-31T23:30:00Z", ["M-1"]),
        ("2023-12-31T22:30:00Z", []),
        ("2020-12-31", ["M-3"]),
        ("2016-12-31T23:59:60Z", []),
        ("2019-01-01T00:00:00Z/2024-01-01T12:00:00Z", ["M-1", "M-3"]),
        ("../2020-06-01T00:00:00Z", ["M-3"]),
        ("/2020-06-01T00:00:00Z", ["M-3"]),
        ("2026-12-01T00:00:00Z/..", ["M-2"]),
        ("2026-12-01T00:00:00Z/", ["M-2"]),
        # M-2 has no end.
        ("2099-01-01T00:00:00Z", ["M-2"]),
    ],
)
def test_req_core_fc_time_response(client, said, dated):
    without_time = {"B 12/3", "M-4"}

    assert set(t.found(client, "massnahmen", datetime=said)) == without_time | set(dated)


def test_req_core_fc_time_response_features_without_time_match_too(client):
    assert t.found(client, "gebiete", datetime="1999-01-01T00:00:00Z") == t.found(client, "gebiete")
    assert t.found(client, "konzepte", datetime="1999-01-01T00:00:00Z") == ["FK-02"]


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_fc_response(client, collection):
    data = t.read(client, f"/collections/{collection}/items")

    assert data["type"] == "FeatureCollection"
    assert isinstance(data["features"], list)
    assert data["features"]


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_fc_links(client, collection):
    links = t.read(client, f"/collections/{collection}/items", limit=1)["links"]

    t.check_self_and_alternates(links, (t.GEOJSON, t.HTML))
    for one in links:
        assert client.get(one["href"]).status_code == 200


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_fc_rel_type(client, collection):
    t.check_links(t.read(client, f"/collections/{collection}/items", limit=1)["links"])


def test_req_core_fc_links_next_leads_to_every_feature_once(client):
    for number in range(23):
        t.measures.measure(f"N-{number}")
    address, met = f"{ITEMS}?limit=4&bbox=13.6,51.0,13.8,51.1", []

    while address:
        data = t.read(client, address)
        met += [one["id"] for one in data["features"]]
        address = next((one["href"] for one in t.by_rel(data["links"], "next")), "")

    assert met == t.found(client, "massnahmen", bbox="13.6,51.0,13.8,51.1")
    assert len(met) == len(set(met)) == 28
    (before,) = t.by_rel(data["links"], "prev")
    assert [one["id"] for one in t.read(client, before["href"])["features"]] == met[-8:-4]


def test_req_core_fc_timestamp(client):
    before = datetime.now(UTC) - timedelta(seconds=1)
    said = datetime.fromisoformat(t.read(client, ITEMS)["timeStamp"])

    assert before <= said <= datetime.now(UTC)


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_req_core_fc_number_matched(client, limit):
    assert t.read(client, ITEMS, limit=limit)["numberMatched"] == 5
    assert t.read(client, ITEMS, limit=limit, bbox="13.64,51.04,13.66,51.06")["numberMatched"] == 3
    assert t.read(client, ITEMS, limit=limit, datetime="2020-06-01")["numberMatched"] == 3
    assert t.read(client, ITEMS, limit=limit, phase="implementation")["numberMatched"] == 1


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_req_core_fc_number_returned(client, limit):
    data = t.read(client, ITEMS, limit=limit)

    assert data["numberReturned"] == len(data["features"])


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_f_op(client, collection):
    for key in t.found(client, collection):
        answer = client.get(f"/ogc/collections/{collection}/items/{quote(str(key), safe='')}")
        assert answer.status_code == 200
        assert json.loads(answer.content)["id"] == key


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_f_success(client, collection):
    for listed in t.read(client, f"/collections/{collection}/items", limit=100)["features"]:
        one = t.read(client, f"/collections/{collection}/items/{quote(str(listed['id']), safe='')}")
        links = one.pop("links")
        assert one == listed
        assert links


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_f_links(client, collection):
    for key in t.found(client, collection):
        links = t.read(client, f"/collections/{collection}/items/{quote(str(key), safe='')}")["links"]
        t.check_links(links)
        t.check_self_and_alternates(links, (t.GEOJSON, t.HTML))
        assert t.by_rel(links, "collection")
        for one in links:
            assert client.get(one["href"]).status_code == 200


@pytest.mark.parametrize("key", ["X-1", "M-99", "M-1/", "%00", "..", "0", "9" * 18, "9" * 5000])
def test_a_feature_that_is_not_there_or_not_public_is_missing(client, key):
    for collection in t.COLLECTIONS:
        answer = client.get(f"/ogc/collections/{collection}/items/{key}")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
