"""The map of an indicator: 39 districts × 30 years, all that a browser is sent for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from math import cos, sin

from django.db import connection, transaction
from shapely import Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from bench.databases import REPOSITORY, Databases
from bench.harness import Line, in_turn, statements
from bench.pages import MOST_STATEMENTS, PUBLIC, client_of
from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import Breakdown, Dataset, Delivery, Indicator, Provider, Quantity
from dreiklang.monitoring.services import Incoming, write_values
from dreiklang.monitoring.services.regions import region_for_area
from dreiklang.people.models import Department
from dreiklang.places.models import Area, SpatialLevel

CITY = 500
DISTRICTS, YEARS = 39, range(1996, 2026)
MOST_KILOBYTES = 150
# The boundaries of a real city where they are at hand; else rings of 400 points, as long as those.
BOUNDARIES = REPOSITORY.parent / "shared" / "data" / "stadtteile" / "chemnitz-stadtteile.geojson"
PAGE = "/karte/indikator/anzahl/?ebene=gebiet"


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case."""
    yield "choropleth", lambda: list(_lines(databases))


def _lines(databases: Databases) -> Iterator[Line]:
    with databases.copy_of(databases.city(CITY)) as city, databases.using(city):
        _fill()
        client = client_of(databases, city, email=PUBLIC)

        def ours() -> bytes:
            answer = client.get(PAGE)
            assert answer.status_code == 200
            return answer.content

        page = ours()
        assert page.count(b"<path") >= DISTRICTS, "the districts are not drawn"
        size = len(page) / 1000
        name = f"choropleth of {DISTRICTS} districts × {len(YEARS)} years"
        yield Line(f"{name}: page with all its data", f"{size:.0f} kB", "", size, MOST_KILOBYTES, "kB")
        with statements() as found:
            ours()
        yield Line(f"{name}: statements", str(len(found)), "", len(found), MOST_STATEMENTS, unit="SQL")
        yield in_turn(ours, lambda: client.get("/karte/indikatoren/")).line(name, reference="list of maps")


def _fill() -> None:
    level = SpatialLevel.objects.create(key="gebiet", name="Gebiet", plural="Gebiete", rank=2)
    areas = Area.objects.bulk_create(
        Area(level=level, key=f"{number:02}", name=name, geometry=geometry)
        for number, (name, geometry) in enumerate(_boundaries(), start=1)
    )
    provider = Provider.objects.create(key="stadt", name="Stadt")
    dataset = Dataset.objects.create(provider=provider, code="zahlen", title="Zahlen der Stadt")
    quantity = Quantity.objects.create(dataset=dataset, code="Q", name="Anzahl", unit="personen")
    Indicator.objects.create(
        key="anzahl",
        name="Anzahl",
        unit="personen",
        quantity=quantity,
        department=Department.objects.order_by("pk").first(),
        visibility=Visibility.PUBLIC,
    )
    total = Breakdown.objects.create(key="")
    delivery = Delivery.objects.create(
        dataset=dataset, made_at="2026-01-01T00:00Z", released_at="2026-01-01T00:00Z"
    )
    regions = [region_for_area(area) for area in areas]
    days = [date(year, 12, 31) for year in YEARS]
    values = [
        Incoming(
            quantity.pk, region.pk, total.pk, day, day, Decimal(900 + (at * 137 + day.year * 31) % 9_000)
        )
        for at, region in enumerate(regions)
        for day in days
    ]
    with transaction.atomic():
        write_values(values, delivery=delivery, quantity_ids=[quantity.pk])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _boundaries() -> list[tuple[str, BaseGeometry]]:
    if BOUNDARIES.is_file():
        features = json.loads(BOUNDARIES.read_text(encoding="utf-8"))["features"]
        found = [(str(one["properties"]["name"]), shape(one["geometry"])) for one in features]
        assert len(found) == DISTRICTS
        return found
    return [(f"Gebiet {number}", _ring(number)) for number in range(DISTRICTS)]


def _ring(number: int) -> Polygon:
    angles = [step / 400 * 6.283 for step in range(400)]
    x, y = 12.8 + number % 7 / 40, 50.75 + number // 7 / 40
    return Polygon([(x + 0.011 * cos(a) * (1 + 0.05 * sin(23 * a)), y + 0.008 * sin(a)) for a in angles])
