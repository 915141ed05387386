"""The page of one indicator among a million values, against the same page among ten thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from django.db import connection

from bench.databases import Databases
from bench.harness import Line, in_turn
from bench.pages import MOST_GROWTH, MOST_STATEMENTS, WHO, Page, Visit, forgetting
from dreiklang.core.enums import Visibility
from dreiklang.goals.models import Goal
from dreiklang.monitoring.models import (
    Breakdown,
    Dataset,
    Delivery,
    Indicator,
    IndicatorGoal,
    IndicatorVersion,
    Provider,
    Quantity,
    Region,
    Target,
)
from dreiklang.monitoring.rules.values import Comparison, Direction
from dreiklang.monitoring.services.regions import region_for_area, region_for_city
from dreiklang.people.models import Department
from dreiklang.places.models import Area

CITY = 500
INDICATORS = 100
KEY = "anzahl-037"
PAGES = (Page("indicator page", f"/indikatoren/{KEY}/"),)
LAST_YEAR = 2025
_FILL = """
INSERT INTO monitoring_observation (
    quantity_id, region_id, breakdown_id, starts_on, ends_on, value, mark, meaning, words, time_code, kind, scenario,
    state, "row", delivery_id
)
SELECT quantity, region, breakdown, make_date(%(last)s - year, 12, 31), make_date(%(last)s - year, 12, 31),
       1000 + hashint4((quantity * 31 + region * 7 + breakdown + year)::int) %% 400, '', '', '', 'STAG', 'actual', '',
       'released', NULL, %(delivery)s
FROM unnest(%(quantities)s::int[]) AS quantity, unnest(%(regions)s::int[]) AS region,
     unnest(%(breakdowns)s::int[]) AS breakdown, generate_series(0, %(years)s - 1) AS year
"""


@dataclass(frozen=True)
class Size:
    """How many values one indicator has: years × regions (the city and its districts first) × splits."""

    years: int
    regions: int
    splits: int

    @property
    def count(self) -> int:
        return self.years * self.regions * self.splits


# The same regions of this city in both, 4 years against 20: the page shows all of these. Splits it has to leave alone.
SMALL = Size(years=4, regions=25, splits=1)
LARGE = Size(years=20, regions=25, splits=20)


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case."""
    yield "indicator page", lambda: _lines(databases)


def _lines(databases: Databases) -> list[Line]:
    with ExitStack() as copies:
        small = copies.enter_context(databases.copy_of(databases.city(CITY)))
        large = copies.enter_context(databases.copy_of(small))
        for city, size in ((small, SMALL), (large, LARGE)):
            with databases.using(city):
                _fill(size)
        return [
            line
            for page in PAGES
            for email in page.viewers
            for line in _page(databases, small, large, page, email)
        ]


def _page(databases: Databases, small: str, large: str, page: Page, email: str) -> Iterator[Line]:
    here, there = (Visit(databases, city, path=page.path, email=email) for city in (large, small))
    here()
    count = len(here.count())
    name = f"{page.name}, {WHO[email]}"
    yield Line(f"{name}: statements", str(count), "", count, MOST_STATEMENTS, unit="SQL")
    many, few = INDICATORS * LARGE.count, INDICATORS * SMALL.count
    yield in_turn(here, there).line(f"{name}: {many} values", reference=f"at {few}", bound=MOST_GROWTH)
    anew = in_turn(forgetting(here), forgetting(there))
    yield anew.line(f"{name}: the same after a change", reference=f"at {few}")


def _fill(size: Size) -> None:
    """So many values for each of the indicators, the first of which are shown everywhere."""
    provider = Provider.objects.create(key="stadt", name="Stadt")
    dataset = Dataset.objects.create(provider=provider, code="zahlen", title="Zahlen der Stadt")
    delivery = Delivery.objects.create(
        dataset=dataset, made_at="2026-01-01T00:00Z", released_at="2026-01-01T00:00Z"
    )
    quantities = Quantity.objects.bulk_create(
        Quantity(dataset=dataset, code=f"Q{number:03}", name=f"Anzahl {number}", unit="personen")
        for number in range(INDICATORS)
    )
    _indicators(quantities, provider)
    with connection.cursor() as cursor:
        cursor.execute(
            _FILL,
            {
                "quantities": [one.pk for one in quantities],
                "regions": _regions(size.regions),
                "breakdowns": _breakdowns(size.splits),
                "years": size.years,
                "last": LAST_YEAR,
                "delivery": delivery.pk,
            },
        )
        cursor.execute("VACUUM ANALYZE")


def _regions(count: int) -> list[int]:
    """The city, its districts, and as many others as are missing."""
    city = region_for_city()
    assert city is not None
    areas = [region_for_area(area) for area in Area.objects.select_related("level").order_by("pk")]
    ours = [city.pk, *(one.pk for one in areas)][:count]
    others = Region.objects.bulk_create(
        Region(level="municipality", key=f"{number:08}", name=f"Ort {number}")
        for number in range(98_000_000, 98_000_000 + count - len(ours))
    )
    return [*ours, *(one.pk for one in others)]


def _breakdowns(count: int) -> list[int]:
    """The total, and groups of age."""
    keys = ["", *(f"ALT=ALT{number:03}" for number in range(1, count))]
    labels: list[list[list[str]]] = [[], *([["ALT", "Alter", key[4:], key[4:]]] for key in keys[1:])]
    made = Breakdown.objects.bulk_create(
        Breakdown(key=key, labels=words) for key, words in zip(keys, labels, strict=True)
    )
    return [one.pk for one in made]


def _indicators(quantities: list[Quantity], provider: Provider) -> None:
    department = Department.objects.order_by("pk").first()
    made = Indicator.objects.bulk_create(
        Indicator(
            key=f"anzahl-{number:03}",
            name=one.name,
            meaning="Wie viele es sind.",
            unit="personen",
            direction=Direction.MORE,
            quantity=one,
            provider=provider,
            department=department,
            visibility=Visibility.PUBLIC,
        )
        for number, one in enumerate(quantities)
    )
    goals = list(Goal.objects.order_by("pk").values_list("pk", flat=True))
    IndicatorVersion.objects.bulk_create(
        IndicatorVersion(indicator=one, number=1, valid_from="2020-01-01", definition={"name": one.name})
        for one in made
    )
    IndicatorGoal.objects.bulk_create(
        IndicatorGoal(indicator=one, goal_id=goals[number % len(goals)]) for number, one in enumerate(made)
    )
    Target.objects.bulk_create(
        Target(indicator=one, value=1500, on="2030-12-31", comparison=Comparison.AT_LEAST) for one in made
    )
