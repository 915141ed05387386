"""OGC API – Features, Part 1: GeoJSON. Checked against RFC 7946 by our own reading of it."""

import json

import pytest

from dreiklang.opendata.tests import town as t

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_geojson_definition(client, collection):
    for accept in (t.GEOJSON, t.JSON, "application/json, */*;q=0.1", "*/*", ""):
        for path in ("items", f"items/{t.found(client, collection)[0]}"):
            answer = client.get(f"/ogc/collections/{collection}/{path}", headers={"Accept": accept})
            assert answer["Content-Type"] == t.GEOJSON
    for path in ("/", "/conformance", "/collections", f"/collections/{collection}"):
        assert client.get(f"/ogc{path}", headers={"Accept": t.JSON})["Content-Type"] == t.JSON


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_geojson_content(client, collection):
    data = t.read(client, f"/collections/{collection}/items", limit=100)

    t.check_collection(data)
    assert data["links"]
    for one in data["features"]:
        t.check_feature(t.read(client, f"/collections/{collection}/items/{one['id']}"))


def test_req_geojson_content_holds_every_kind_of_geometry(client):
    kinds = {
        one["geometry"] and one["geometry"]["type"]
        for collection in t.COLLECTIONS
        for one in t.read(client, f"/collections/{collection}/items", limit=100)["features"]
    }

    assert kinds == {None, "Point", "LineString", "Polygon", "MultiPolygon"}


def test_req_geojson_content_names_no_system_in_the_document(client):
    assert "crs" not in t.read(client, "/collections/massnahmen/items")


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_geojson_content_has_the_properties_that_are_described(client, collection):
    described = t.read(client, "/api")["components"]["schemas"][collection]["properties"]["properties"]

    for one in t.read(client, f"/collections/{collection}/items", limit=100)["features"]:
        assert list(one["properties"]) == list(described["properties"])
        for name, value in one["properties"].items():
            schema = described["properties"][name]
            kinds = {"string": str, "number": float, "array": list}
            assert isinstance(value, kinds[schema["type"]]) or (value is None and schema.get("nullable"))


def test_the_text_is_json_for_the_strictest_reader(client):
    def refuse(name: str) -> None:
        raise AssertionError(name)

    content = client.get("/ogc/collections/massnahmen/items").content
    json.loads(content.decode("utf-8"), parse_constant=refuse)
