"""OGC API – Features, Part 2: Coordinate Reference Systems by Reference. One test a requirement, named after it."""

import json
from math import atan2, atanh, cos, cosh, radians, sin, sinh, sqrt
from urllib.parse import quote

import pytest
from pyproj import Transformer
from shapely.geometry import shape

from dreiklang.opendata.tests import town as t

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
CENTIMETRE, DEGREES = 0.011, 1.1e-7


def parameter(client, collection: str, name: str, tail: str = "/items") -> dict:
    found = t.read(client, "/api")["paths"][f"/collections/{collection}{tail}"]["get"]["parameters"]
    return next(one for one in found if one["name"] == name)


def moved(point: tuple[float, float], system: str) -> tuple[float, float]:
    """Longitude and latitude in that system, in the order of its axes: as the EPSG says, not as we do."""
    if system == t.CRS84:
        return point
    way = Transformer.from_crs("OGC:CRS84", f"EPSG:{system.rsplit('/', 1)[1]}", always_xy=False)
    return way.transform(*point)


def test_req_crs_crs_uri(client):
    for one in t.read(client, "/collections")["collections"]:
        assert all(uri.startswith("http://www.opengis.net/def/crs/") for uri in one["crs"])


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_crs_fc_md_crs_list(client, collection):
    found = t.read(client, f"/collections/{collection}")["crs"]

    assert found == list(t.SYSTEMS)
    assert t.CRS84 in found


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_crs_fc_md_storage_crs(client, collection):
    assert t.read(client, f"/collections/{collection}")["storageCrs"] == t.CRS84


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_crs_fc_md_storage_crs_valid_value(client, collection):
    data = t.read(client, f"/collections/{collection}")

    assert data["storageCrs"] in data["crs"]


def test_req_crs_fc_md_crs_list_global(client):
    data = t.read(client, "/collections")

    for one in data["collections"]:
        assert set(data["crs"]) <= set(one["crs"])


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_crs_fc_bbox_crs_definition(client, collection):
    said = parameter(client, collection, "bbox-crs")

    assert (said["in"], said["required"]) == ("query", False)
    assert (said["style"], said["explode"]) == ("form", False)
    assert (said["schema"]["type"], said["schema"]["format"]) == ("string", "uri")


@pytest.mark.parametrize("collection", t.COLLECTIONS)
@pytest.mark.parametrize("value", ["http://www.opengis.net/def/crs/EPSG/0/4711", "EPSG:25833", "25833"])
def test_req_crs_fc_bbox_crs_valid_value(client, collection, value):
    path = f"/collections/{collection}/items"

    assert t.read(client, path, expect=400, bbox="13,51,14,52", bbox_crs=value)["parameter"] == "bbox-crs"


def test_req_crs_fc_bbox_crs_valid_default_value(client):
    bbox = "13.64,51.04,13.66,51.06"

    assert t.found(client, "massnahmen", bbox=bbox) == t.found(
        client, "massnahmen", bbox=bbox, bbox_crs=t.CRS84
    )


@pytest.mark.parametrize("collection", t.COLLECTIONS)
@pytest.mark.parametrize("system", t.SYSTEMS)
@pytest.mark.parametrize(
    "box", [(13.64, 51.04, 13.66, 51.06), (13.69, 51.001, 13.709, 51.03), (13.6, 50.9, 13.9, 51.2)]
)
def test_req_crs_fc_bbox_crs_action(client, collection, system, box):
    west, south, east, north = box
    first, second = moved((west, south), system), moved((east, north), system)
    said = ",".join(str(number) for number in (*first, *second))

    expected = t.found(client, collection, bbox=",".join(map(str, box)))
    assert t.found(client, collection, bbox=said, bbox_crs=system) == expected


@pytest.mark.parametrize(
    ("system", "bbox"),
    [
        # Latitude first; turned round it lies in another country.
        ("4326", "91,13,92,14"),
        ("4326", "51.1,13.6,51.0,13.8"),
        # Degrees that say they are metres.
        ("25833", "13.6,51.0,13.8,51.1"),
        ("25833", "410000,5650000,400000,5660000"),
        ("25833", "400000,5650000,0,410000,5660000,10"),
        ("3857", "1e300,1e300,2e300,2e300"),
    ],
)
def test_req_crs_fc_bbox_crs_action_refuses_what_the_system_cannot_mean(client, system, bbox):
    problem = t.read(client, "/collections/massnahmen/items", expect=400, bbox=bbox, bbox_crs=t.EPSG + system)

    assert problem["parameter"] == "bbox"


def test_req_crs_fc_bbox_crs_action_across_the_antimeridian(client):
    expected = t.found(client, "massnahmen", bbox="170,51.0,13.66,51.1")

    found = t.found(client, "massnahmen", bbox="51.0,170,51.1,13.66", bbox_crs=f"{t.EPSG}4326")
    assert found == expected == ["B 12/3", "M-1", "M-3"]


@pytest.mark.parametrize("collection", t.COLLECTIONS)
@pytest.mark.parametrize("tail", ["/items", "/items/{featureId}"])
def test_req_crs_fc_crs_definition(client, collection, tail):
    said = parameter(client, collection, "crs", tail)

    assert (said["in"], said["required"]) == ("query", False)
    assert (said["style"], said["explode"]) == ("form", False)
    assert (said["schema"]["type"], said["schema"]["format"]) == ("string", "uri")


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_crs_fc_crs_valid_value(client, collection):
    for path in ("items", f"items/{t.found(client, collection)[0]}"):
        for system in t.SYSTEMS:
            t.read(client, f"/collections/{collection}/{path}", crs=system)
        unknown = t.read(client, f"/collections/{collection}/{path}", expect=400, crs=f"{t.EPSG}4711")
        assert unknown["parameter"] == "crs"


@pytest.mark.parametrize("collection", t.COLLECTIONS)
def test_req_crs_fc_crs_default_value(client, collection):
    path = f"/collections/{collection}/items"

    assert t.read(client, path)["features"] == t.read(client, path, crs=t.CRS84)["features"]


@pytest.mark.parametrize("collection", t.COLLECTIONS)
@pytest.mark.parametrize("system", t.SYSTEMS)
def test_req_crs_fc_crs_action(client, collection, system):
    path = f"/collections/{collection}/items"
    usual = t.read(client, path)["features"]
    close = DEGREES if system in t.SYSTEMS[:2] else CENTIMETRE

    for before, after in zip(usual, t.read(client, path, crs=system)["features"], strict=True):
        one = t.read(client, f"{path}/{quote(str(after['id']), safe='')}", crs=system)
        assert one["geometry"] == after["geometry"]
        if before["geometry"] is not None:
            expected = [moved(one, system) for one in t.positions(before["geometry"]["coordinates"])]
            given = list(t.positions(after["geometry"]["coordinates"]))
            assert [pytest.approx(one, abs=close) for one in expected] == [tuple(one) for one in given]


def test_req_crs_fc_crs_action_north_first_in_4326(client):
    one = t.read(client, "/collections/massnahmen/items/M-1", crs=f"{t.EPSG}4326")

    assert one["geometry"]["coordinates"] == [51.05, 13.65]


def test_req_crs_fc_crs_action_known_point_in_utm(client):
    """The point 13.65° E, 51.05° N: reckoned with the series of Krüger, not with our library."""
    one = t.read(client, "/collections/massnahmen/items/M-1", crs=f"{t.EPSG}25833")

    east, north = one["geometry"]["coordinates"]
    assert (east, north) == pytest.approx(utm33(13.65, 51.05), abs=0.02)


@pytest.mark.parametrize("collection", t.COLLECTIONS)
@pytest.mark.parametrize("system", [None, *t.SYSTEMS])
def test_req_crs_ogc_crs_header(client, collection, system):
    asked = {"crs": system} if system else {}
    for path in ("items", f"items/{t.found(client, collection)[0]}"):
        answer = client.get(f"/ogc/collections/{collection}/{path}", asked)
        assert answer["Content-Crs"] == f"<{system or t.CRS84}>"


def test_req_crs_ogc_crs_header_value(client):
    value = client.get("/ogc/collections/massnahmen/items")["Content-Crs"]

    assert (value[0], value[-1]) == ("<", ">")
    assert value[1:-1] in t.SYSTEMS


@pytest.mark.parametrize("system", t.SYSTEMS)
def test_req_crs_geojson(client, system):
    """By prior arrangement other systems are GeoJSON, too: the parameter is the arrangement."""
    answer = client.get("/ogc/collections/gebiete/items", {"crs": system})

    assert answer["Content-Type"] == t.GEOJSON
    data = json.loads(answer.content)
    assert all(shape(one["geometry"]).is_valid for one in data["features"])
    for one in t.by_rel(data["links"], "self"):
        assert f"crs={quote(system, safe='')}" in one["href"]


def utm33(longitude: float, latitude: float) -> tuple[float, float]:
    """Transverse Mercator on GRS80, zone 33, to the fourth order of the third flattening."""

    flat = 1 / 298.257222101
    n = flat / (2 - flat)
    radius = 6378137 / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    series = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16,
        13 * n**2 / 48 - 3 * n**3 / 5,
        61 * n**3 / 240,
    )
    root = 2 * sqrt(n) / (1 + n)
    phi, lam = radians(latitude), radians(longitude - 15)
    t_ = sinh(atanh(sin(phi)) - root * atanh(root * sin(phi)))
    xi, eta = atan2(t_, cos(lam)), atanh(sin(lam) / sqrt(1 + t_**2))
    east = eta + sum(a * cos(2 * j * xi) * sinh(2 * j * eta) for j, a in enumerate(series, 1))
    north = xi + sum(a * sin(2 * j * xi) * cosh(2 * j * eta) for j, a in enumerate(series, 1))
    return 500_000 + 0.9996 * radius * east, 0.9996 * radius * north
