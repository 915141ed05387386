"""What lies beside a draft, against 10,000 claims that are kept, against fetching what the indexes give by SQL alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import shapely
from django.db import connection
from shapely.affinity import translate
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from bench.databases import Databases
from bench.harness import Line, in_turn
from bench.radar_city import TODAY, claims
from dreiklang.conflicts.models import StoredClaim
from dreiklang.conflicts.queries import DraftClaim, beside
from dreiklang.conflicts.queries.near import met
from dreiklang.conflicts.queries.stored import stored_values
from dreiklang.core.geometry import cube_text
from dreiklang.core.metres import in_degrees
from dreiklang.people.rules import SYSTEM

CLAIMS = 10_000
MOST = 5.0
# Both take a few thousandths of a second, so many of them are soon measured and one does not decide.
RUNS = 201
# The panel as a person sees it: with names, districts, goals and words besides.
MOST_OF_PANEL = 20.0
ZONE = 25833
# A corner of the generated city on the map: its metres begin at 0.
EAST, NORTH = 400_000, 5_650_000
MIDDLE = 6_000
SIDE = 200
DISTRICT = 5005
PLAIN = """
    SELECT key, number, title, geometry, area_ids, starts_on, ends_on, has_period, office_ids, person_id, content, goal_ids
    FROM conflicts_storedclaim
    WHERE (bounds && %s::cube OR area_ids && %s::bigint[]) AND NOT is_gone
      AND (ends_on IS NULL OR ends_on >= %s) AND (starts_on IS NULL OR starts_on <= %s)
    ORDER BY bounds && %s::cube DESC NULLS LAST, id DESC LIMIT 200
"""


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case."""
    yield "drafting", lambda: _lines(databases)


def _lines(databases: Databases) -> list[Line]:
    with databases.copy_of(databases.template()) as copy, databases.using(copy):
        _keep_claims()
        draft = _draft()
        found = beside(SYSTEM, draft=draft, today=TODAY)
        compared = in_turn(lambda: met(draft, today=TODAY), lambda: _fetched(draft), runs=RUNS)
        panel = in_turn(lambda: beside(SYSTEM, draft=draft, today=TODAY), lambda: _fetched(draft))
        name = f"drafting, {CLAIMS} claims, {len(_fetched(draft))} near, {len(found.arising)} arise"
    reference = "the plain index query"
    return [
        compared.line(name, reference=reference, bound=MOST),
        panel.line(f"{name}, the panel with all names", reference=reference, bound=MOST_OF_PANEL),
    ]


def _keep_claims() -> None:
    made = claims(CLAIMS)
    placed = [one for one in made if one.place is not None]
    drawn = dict(zip((one.key for one in placed), _on_map([one.place for one in placed]), strict=True))
    StoredClaim.objects.bulk_create(
        [
            StoredClaim(key=one.key, **stored_values(replace(one, place=drawn.get(one.key), vector=None)))
            for one in made
        ],
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE conflicts_storedclaim")


def _on_map(places: list[Any]) -> Any:
    moved = shapely.transform(places, lambda points: np.add(points, (EAST, NORTH)))
    return in_degrees(list(moved), srid=ZONE)


def _draft() -> DraftClaim:
    site: BaseGeometry = translate(box(0, 0, SIDE, SIDE), MIDDLE - 800, MIDDLE - 800)
    (place,) = _on_map([site])
    return DraftClaim(
        title="Platz neu ordnen",
        place=place,
        area_ids=frozenset([DISTRICT]),
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=700),
        goals=((1, True, 3), (2, False, 3)),
    )


def _fetched(draft: DraftClaim) -> list[Any]:
    """The rows as the driver gives them, from the same indexes, in the same order."""
    year = timedelta(days=366)
    if draft.place is None or draft.starts_on is None or draft.ends_on is None:
        return []
    around = cube_text(draft.place.bounds)
    asked: list[Any] = [around, sorted(draft.area_ids), draft.starts_on - year, draft.ends_on + year, around]
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, asked)
        return list(cursor.fetchall())
