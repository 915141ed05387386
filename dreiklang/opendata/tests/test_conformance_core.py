"""OGC API – Features, Part 1: Core 1.0.1. One test a requirement, named after it: what there is."""

import json
import re
from urllib.parse import urlsplit

import pytest
import shapely
from shapely.geometry import shape

from dreiklang.opendata.tests import town as t

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
PAGES = ("/", "/conformance", "/api", "/collections", "/collections/massnahmen")


def test_req_core_root_op(client):
    assert client.get("/ogc/").status_code == 200
    assert client.get("/ogc").status_code == 200


def test_req_core_root_success(client):
    data = t.read(client, "/")

    t.check_links(data["links"])
    assert t.by_rel(data["links"], "service-desc") or t.by_rel(data["links"], "service-doc")
    for rel, path in (("conformance", "/conformance"), ("data", "/collections")):
        (found,) = t.by_rel(data["links"], rel)
        assert urlsplit(found["href"]).path == f"{t.ROOT}{path}"
    for one in data["links"]:
        assert client.get(one["href"]).status_code == 200, one


def test_req_core_api_definition_op(client):
    links = t.read(client, "/")["links"]

    for one in t.by_rel(links, "service-desc") + t.by_rel(links, "service-doc"):
        answer = client.get(one["href"])
        assert answer.status_code == 200
        assert answer["Content-Type"].split(";")[0] == one["type"].split(";")[0]


def test_req_core_api_definition_success(client):
    (described,) = t.by_rel(t.read(client, "/")["links"], "service-desc")
    answer = client.get(described["href"], headers={"Accept": described["type"]})

    assert answer.status_code == 200
    assert answer["Content-Type"] == described["type"]
    assert json.loads(answer.content)["openapi"].startswith("3.0")


def test_req_core_conformance_op(client):
    assert client.get("/ogc/conformance").status_code == 200


def test_req_core_conformance_success(client):
    data = t.read(client, "/conformance")

    assert all(isinstance(one, str) for one in data["conformsTo"])
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in data["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson" in data["conformsTo"]


@pytest.mark.parametrize("path", PAGES)
def test_req_core_http(client, path):
    assert client.head(f"/ogc{path}").status_code == 200
    assert client.options(f"/ogc{path}")["Allow"] == "GET, HEAD, OPTIONS"
    for refused in (client.post, client.put, client.patch, client.delete):
        answer = refused(f"/ogc{path}")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get("/ogc/collections/nirgends").status_code == 404
    assert client.get("/ogc/", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    "path", [*PAGES, "/collections/massnahmen/items", "/collections/massnahmen/items/M-1"]
)
def test_req_core_query_param_unknown(client, path):
    problem = t.read(client, path, expect=400, unknownQueryParameter17="1")

    assert problem["parameter"] == "unknownQueryParameter17"
    assert problem["status"] == 400


@pytest.mark.parametrize("path", PAGES)
def test_req_core_query_param_invalid_form(client, path):
    assert t.read(client, path, expect=400, f="png")["parameter"] == "f"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "unlimited"),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "1e9"),
        ("limit", "١"),
        ("offset", "-1"),
        ("offset", "9" * 5000),
        ("bbox", "a,b,c,d"),
        ("bbox", "13,51,14"),
        ("bbox", "13,51,14,52,53"),
        ("bbox", "13,52,14,51"),
        ("bbox", "nan,51,14,52"),
        ("bbox", "13,51,1e999,52"),
        ("bbox", "181,51,182,52"),
        ("bbox", "13,51,14,91"),
        ("bbox", "13,51,9,14,52,1"),
        ("bbox-crs", "EPSG:4711"),
        ("crs", "http://www.opengis.net/def/crs/EPSG/0/4711"),
        ("datetime", "gestern"),
        ("datetime", "2024-13-01T00:00:00Z"),
        ("datetime", "2024-02-30"),
        ("datetime", "2024-01-01T00:00:00"),
        ("datetime", "2025-01-01/2024-01-01"),
        ("datetime", "../.."),
        ("datetime", "/"),
        ("datetime", "2024-01-01/2025-01-01/2026-01-01"),
        ("phase", "unbekannt"),
        ("department", ""),
        ("department", "6\x006"),
    ],
)
def test_req_core_query_param_invalid(client, name, value):
    problem = t.read(client, "/collections/massnahmen/items", expect=400, **{name: value})

    assert problem["parameter"] == name
    assert problem["detail"]


def test_req_core_query_param_invalid_when_given_twice(client):
    assert client.get("/ogc/collections/massnahmen/items?limit=1&limit=2").status_code == 400


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_crs84(client, collection):
    answer = client.get(f"/ogc/collections/{collection}/items?limit=100")

    places = [shape(one["geometry"]) for one in json.loads(answer.content)["features"] if one["geometry"]]
    assert places
    assert all(shapely.box(13.5, 50.9, 13.9, 51.2).contains(one) for one in places)
    assert answer["Content-Crs"] == f"<{t.CRS84}>"


def test_req_core_fc_md_op(client):
    assert client.get("/ogc/collections").status_code == 200


def test_req_core_fc_md_success(client):
    data = t.read(client, "/collections")

    assert isinstance(data["links"], list)
    for one in data["collections"]:
        assert isinstance(one["id"], str)
        assert isinstance(one["links"], list)
        assert one["itemType"] == "feature"


def test_req_core_fc_md_links(client):
    data = t.read(client, "/collections")

    t.check_links(data["links"])
    t.check_self_and_alternates(data["links"], (t.JSON, t.HTML))
    for one in t.by_rel(data["links"], "self") + t.by_rel(data["links"], "alternate"):
        assert client.get(one["href"])["Content-Type"].startswith(one["type"])


def test_req_core_fc_md_items(client):
    data = t.read(client, "/collections")

    assert [one["id"] for one in data["collections"]] == list(t.COLLECTIONS)


def test_req_core_fc_md_items_links(client):
    for one in t.read(client, "/collections")["collections"]:
        t.check_links(one["links"])
        items = t.by_rel(one["links"], "items")
        assert sorted(link["type"] for link in items) == [t.GEOJSON, t.HTML]
        for link in items:
            assert client.get(link["href"])["Content-Type"].startswith(link["type"])


def test_req_core_fc_md_extent(client):
    for one in t.read(client, "/collections")["collections"]:
        west, south, east, north = one["extent"]["spatial"]["bbox"][0]
        features = t.read(client, f"/collections/{one['id']}/items", limit=100)["features"]
        places = [shape(feature["geometry"]) for feature in features if feature["geometry"]]
        assert places
        assert all(shapely.box(west, south, east, north).covers(place) for place in places)
        assert one["extent"]["spatial"]["crs"] == t.CRS84


def test_req_core_fc_md_extent_times(client):
    extents = {one["id"]: one["extent"] for one in t.read(client, "/collections")["collections"]}

    # M-2 has begun and has no end; the concept ends; areas have no time.
    assert extents["massnahmen"]["temporal"]["interval"] == [["2019-12-31T23:00:00Z", None]]
    assert extents["konzepte"]["temporal"]["interval"] == [["2019-12-31T23:00:00Z", "2030-12-31T22:59:59Z"]]
    assert "temporal" not in extents["gebiete"]


def test_req_core_fc_md_extent_multi(client):
    for one in t.read(client, "/collections")["collections"]:
        assert len(one["extent"]["spatial"]["bbox"]) == 1
        assert len(one["extent"].get("temporal", {"interval": [[]]})["interval"]) == 1


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_sfc_md_op(client, collection):
    assert client.get(f"/ogc/collections/{collection}").status_code == 200


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_core_sfc_md_success(client, collection):
    listed = {one["id"]: one for one in t.read(client, "/collections")["collections"]}

    assert t.read(client, f"/collections/{collection}") == listed[collection]


def test_an_empty_town_has_no_extent_and_no_features(client):
    t.raze()

    for one in t.read(client, "/collections")["collections"]:
        assert "extent" not in one
    assert t.found(client, "massnahmen", bbox="13,51,14,52") == []


def test_every_time_in_the_documents_is_rfc_3339(client):
    text = client.get("/ogc/collections").content.decode()

    for said in re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', text):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said)
