"""OGC API – Features, Part 1: OpenAPI 3.0. The description is read, and every path in it walked."""

import pytest

from dreiklang.opendata.tests import town as t

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


@pytest.fixture
def described(client):
    return t.read(client, "/api")


def filled(path: str, client) -> str:
    """The path with a feature that there is."""
    return path.replace("{featureId}", str(t.found(client, path.split("/")[2])[0])) if "{" in path else path


def test_req_oas30_oas_definition_1(client):
    for accept, kind in (
        ("application/vnd.oai.openapi+json;version=3.0", "application/vnd.oai.openapi+json;version=3.0"),
        ("text/html", "text/html; charset=utf-8"),
    ):
        answer = client.get("/ogc/api", headers={"Accept": accept})
        assert answer.status_code == 200
        assert answer["Content-Type"] == kind


def test_req_oas30_oas_definition_2(described):
    assert described["openapi"].startswith("3.0.")
    assert described["info"]["title"]
    assert described["info"]["version"]
    names = [one["get"]["operationId"] for one in described["paths"].values()]
    assert len(names) == len(set(names))
    for path, operations in described["paths"].items():
        for one in operations["get"]["parameters"]:
            assert one["in"] in ("query", "path")
            assert one["schema"]
            assert one["in"] == "query" or (one["required"] and f"{{{one['name']}}}" in path)
    for reference in _references(described):
        assert reference.startswith("#/components/schemas/")
        assert reference.rsplit("/", 1)[1] in described["components"]["schemas"]


def test_req_oas30_oas_impl(client, described):
    (server,) = described["servers"]
    assert server["url"].endswith(t.ROOT)
    for path, operations in described["paths"].items():
        address = filled(path, client)
        for kind in operations["get"]["responses"]["200"]["content"]:
            answer = client.get(f"{t.ROOT}{address}", headers={"Accept": kind})
            assert answer.status_code == 200
            assert answer["Content-Type"].split(";")[0] == kind.split(";")[0]


def test_req_oas30_completeness(client, described):
    """Every parameter described is understood, and no other is; every filter's value too."""
    usual = {"limit": "1", "offset": "0", "bbox": "13,51,14,52", "datetime": "2024-01-01T00:00:00Z"}
    for path, operations in described["paths"].items():
        for one in operations["get"]["parameters"]:
            if one["in"] == "query":
                for value in one["schema"].get("enum", [usual.get(one["name"], "x")])[::3]:
                    answer = client.get(f"{t.ROOT}{filled(path, client)}", {one["name"]: value})
                    assert answer.status_code == 200, (path, one["name"], value)


def test_req_oas30_exceptions_codes(client, described):
    for path, operations in described["paths"].items():
        said, address = operations["get"]["responses"], f"{t.ROOT}{filled(path, client)}"
        tag = client.get(address, headers={"Accept": "application/json, application/geo+json"}).get("ETag")
        met = {
            client.get(address, headers={"If-None-Match": tag}).status_code: "304",
            client.get(address, {"nie": "1"}).status_code: "400",
            client.post(address).status_code: "405",
            client.get(address, headers={"Accept": "image/png"}).status_code: "406",
        }
        assert {str(code): wanted for code, wanted in met.items()} == {code: code for code in met.values()}
        assert set(met.values()) <= set(said)
        assert ("404" in said) is ("{" in path)


def test_req_oas30_security(described):
    """Nothing asks who somebody is: no scheme is described, none is needed."""
    assert "securitySchemes" not in described["components"]
    assert all("security" not in operations["get"] for operations in described["paths"].values())


def _references(part):
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
