"""A small town to ask about, and the checks that any answer has to stand."""

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from dreiklang.concepts.models import Concept
from dreiklang.concepts.rules import ConceptKind
from dreiklang.concepts.tests import factories as concepts
from dreiklang.core.enums import Visibility
from dreiklang.measures.models import Measure
from dreiklang.measures.rules import Phase, Timeliness
from dreiklang.measures.tests import factories as measures
from dreiklang.places.models import Area
from dreiklang.places.tests import factories as places

ROOT = "/ogc"
COLLECTIONS = ("massnahmen", "konzepte", "plaene", "gebiete")
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
SYSTEMS = (CRS84, f"{EPSG}4326", f"{EPSG}25832", f"{EPSG}25833", f"{EPSG}3857")
GEOJSON, JSON, HTML = "application/geo+json", "application/json", "text/html"
SECRETS = ("nur für uns", "Geheimes Konzept", "interne Bemerkung")
# Runs with the clock, as no outer ring of GeoJSON may; and has a hole.
MARKET = Polygon(
    [(13.70, 51.00), (13.70, 51.02), (13.73, 51.02), (13.73, 51.00)],
    [[(13.71, 51.005), (13.72, 51.005), (13.72, 51.01), (13.71, 51.01)]],
)


def build() -> None:
    """Six measures (one internal), three concepts (one internal), one plan, three areas (one not ours)."""
    places.municipality(name="Musterstadt")
    west = places.area(
        key="01", name="Weststadt", geometry=box(13.6, 51.0, 13.7, 51.1), attribution="Vermessungsamt"
    )
    places.area(
        key="02",
        name="Oststadt",
        geometry=MultiPolygon([box(13.7, 51, 13.8, 51.1), box(13.81, 51, 13.82, 51.1)]),
    )
    places.area(key="99", name="Nachbarort", geometry=box(13.9, 51.0, 14.0, 51.1), is_ours=False)
    _measures(west)
    concepts.concept(
        number="FK-01",
        title="Radverkehrskonzept",
        geometry=box(13.6, 51.0, 13.75, 51.05),
        valid_from=date(2020, 1, 1),
        valid_to=date(2030, 12, 31),
        areas=(west,),
    )
    concepts.concept(number="FK-02", title="Klimakonzept")
    concepts.concept(
        number="FK-03",
        title="Geheimes Konzept",
        visibility=Visibility.INTERNAL,
        geometry=box(13.6, 51.0, 13.75, 51.05),
    )
    plan = concepts.concept(
        number="BP 7",
        title="Bebauungsplan 7",
        kind=ConceptKind.FORMAL_PLAN,
        geometry=MARKET,
        valid_from=date(2025, 3, 1),
    )
    plan.steps.create(step="display", on=date(2024, 5, 2), until=date(2024, 6, 3))
    plan.steps.create(step="display", on=date(2024, 9, 2), until=date(2024, 10, 4))
    plan.steps.create(step="in_force", on=date(2025, 3, 1))


def _measures(west: Any) -> None:
    office = measures.department("66", name="Tiefbauamt")
    bridge = measures.measure(
        "M-1",
        title="Brücke",
        geometry=Point(13.65, 51.05),
        starts_on=date(2024, 1, 1),
        ends_on=date(2025, 12, 31),
        lead_department=office,
        cost_eur=1234567.89,
        note="interne Bemerkung",
    )
    bridge.area_links.create(area=west)
    measures.report(
        bridge,
        on=date(2026, 11, 1),
        phase=Phase.IMPLEMENTATION,
        timeliness=Timeliness.DELAYED,
        expected_end_on=date(2026, 6, 30),
    )
    measures.measure("M-2", title="Markt", geometry=MARKET, starts_on=date(2027, 1, 1))
    measures.measure("M-3", title="Beratung", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    measures.measure("M-4", title="Radweg", geometry=LineString([(13.7, 51.06), (13.8, 51.08)]))
    measures.measure("B 12/3", title="Ohne alles")
    measures.measure("X-1", title="nur für uns", visibility=Visibility.INTERNAL, geometry=Point(13.65, 51.05))


def raze() -> None:
    """Nothing is left but the town's name."""
    for model in (Measure, Concept, Area):
        model.objects.all().delete()


def read(client: Any, path: str, *, expect: int = 200, **parameters: Any) -> Any:
    """The JSON at an address below the root, or an absolute one of ours."""
    address = path if path.startswith("http") else f"{ROOT}{path}"
    parts = urlsplit(address)
    named = f"{parts.path}?{parts.query}" if parts.query else parts.path
    answer = client.get(named, {name.replace("_", "-"): one for name, one in parameters.items()} or None)
    assert answer.status_code == expect, (address, answer.status_code, answer.content[:300])
    return json.loads(answer.content)


def found(client: Any, collection: str, **parameters: Any) -> list[str]:
    """The ids that an asked list gives."""
    parameters.setdefault("limit", 100)
    return [one["id"] for one in read(client, f"/collections/{collection}/items", **parameters)["features"]]


def by_rel(links: list[dict[str, str]], rel: str) -> list[dict[str, str]]:
    """The links of that relation."""
    return [one for one in links if one["rel"] == rel]


def check_links(links: list[dict[str, str]]) -> None:
    """Every link absolute, with what it is and in which form."""
    assert links
    for one in links:
        assert one["rel"]
        assert one["type"]
        assert re.match(r"https?://", one["href"]), one


def check_self_and_alternates(links: list[dict[str, str]], kinds: tuple[str, ...]) -> None:
    """One `self`, and an `alternate` for every other form; both say which form they are."""
    assert len(by_rel(links, "self")) == 1
    said = [one["type"] for one in by_rel(links, "self") + by_rel(links, "alternate")]
    assert sorted(said) == sorted(kinds)


def check_geometry(geometry: Any) -> None:
    """RFC 7946, 3.1: members, nesting, closed rings with four positions, outer rings against the clock."""
    if geometry is None:
        return
    assert set(geometry) <= {"type", "coordinates", "bbox"}
    for position in positions(geometry["coordinates"]):
        assert len(position) == 2
        assert all(isinstance(number, int | float) for number in position)
    depth = {
        "Point": 0,
        "MultiPoint": 1,
        "LineString": 1,
        "MultiLineString": 2,
        "Polygon": 2,
        "MultiPolygon": 3,
    }
    assert _depth(geometry["coordinates"]) == depth[geometry["type"]]
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for rings in polygons.get(geometry["type"], []):
        for place, ring in enumerate(rings):
            assert len(ring) >= 4
            assert ring[0] == ring[-1]
            assert (_turn(ring) > 0) is (place == 0), "outer rings against the clock, holes with it"


def check_feature(feature: Any) -> None:
    """RFC 7946, 3.2: a Feature has a geometry (null where there is none) and properties."""
    assert feature["type"] == "Feature"
    assert isinstance(feature["id"], str | int)
    assert isinstance(feature["properties"], dict)
    assert "geometry" in feature
    assert not {"coordinates", "geometries", "features"} & set(feature)
    check_geometry(feature["geometry"])


def check_collection(data: Any) -> None:
    """RFC 7946, 3.3, with the members that the standard adds."""
    assert data["type"] == "FeatureCollection"
    assert isinstance(data["features"], list)
    assert not {"coordinates", "geometries", "geometry", "properties"} & set(data)
    for one in data["features"]:
        check_feature(one)


def positions(coordinates: Any) -> Iterator[Any]:
    """Every position of a geometry."""
    if coordinates and not isinstance(coordinates[0], list):
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part)


def _depth(coordinates: Any) -> int:
    return 0 if not isinstance(coordinates[0], list) else 1 + _depth(coordinates[0])


def _turn(ring: Any) -> float:
    return sum((x2 - x1) * (y2 + y1) * -1 for (x1, y1), (x2, y2) in pairwise(ring))
