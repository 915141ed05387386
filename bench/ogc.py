"""Features for machines: against one statement written by hand, with points and with outlines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import shapely
from django.conf import settings
from django.db import connection
from django.test import Client

from bench.databases import Databases
from bench.harness import Line, in_turn, statements

SIZES = (1000, 5000)
MOST_STATEMENTS, MOST_OF_SQL = 12, 3.0
STALE_AFTER = timedelta(days=200)
BY_HAND = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
ITEMS = "/ogc/collections/massnahmen/items?limit={limit}"
# Around half of the city's places, for a window that has to be looked at.
WINDOW = "&bbox=12,51,12.1,51.2&datetime=2026-01-01/2027-01-01"
# A circle of 65 points around each place, about as many as an outline has.
DRAWN = """
UPDATE measures_measure SET geometry = drawn.shape, bounds = drawn.box::cube
FROM unnest(%s::bigint[], %s::bytea[], %s::text[]) AS drawn (id, shape, box) WHERE drawn.id = measures_measure.id
"""


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of each case."""
    yield "features", lambda: _lines(databases)


def _lines(databases: Databases) -> list[Line]:
    client = Client(raise_request_exception=True, SERVER_NAME="localhost")
    lines = []
    for size in SIZES:
        databases.turn_to(databases.city(size))
        lines += _points(databases, client, size)
    city = databases.city(SIZES[-1])
    with databases.copy_of(city) as copy:
        databases.turn_to(copy)
        lines.append(_outlines(databases, client, SIZES[-1]))
    databases.turn_to(databases.city(SIZES[0]))
    return lines


def _points(databases: Databases, client: Client, size: int) -> list[Line]:
    address = ITEMS.format(limit=size)

    def ours() -> bytes:
        return _answer(client, address)

    def by_hand() -> str:
        return _by_hand(databases, size)

    # The comparison is one of speed only where both say the same.
    assert _content(ours()) == orjson.loads(by_hand()), "the statement by hand gives another content"
    with statements() as found:
        _answer(client, address + WINDOW)
    name = f"features, {size}"
    return [
        Line(f"{name}: statements", str(len(found)), "", len(found), MOST_STATEMENTS, unit="SQL"),
        in_turn(ours, by_hand).line(name, reference="db", bound=MOST_OF_SQL),
    ]


def _by_hand(databases: Databases, size: int) -> str:
    stale_before = databases.today - STALE_AFTER
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"limit": size, "stale_before": stale_before, "site": settings.SITE_URL})
        return str(cursor.fetchone()[0])


def _content(answer: bytes) -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(answer)
    del data["links"], data["timeStamp"]
    return data


def _outlines(databases: Databases, client: Client, size: int) -> Line:
    """The same with an outline each. A statement cannot write these: the reference is the same statement, and
    Shapely that reads and writes the outlines alone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, geometry FROM measures_measure ORDER BY id")
        ids, stored = zip(*cursor.fetchall(), strict=True)
        shapes = shapely.buffer(shapely.from_wkb([bytes(one) for one in stored]), 0.001, quad_segs=16)
        boxes = [f"({w},{s}),({e},{n})" for w, s, e, n in shapely.bounds(shapes).tolist()]
        cursor.execute(DRAWN, [list(ids), list(shapely.to_wkb(shapes)), boxes])
    address = ITEMS.format(limit=size)

    def by_hand() -> int:
        rest = len(_by_hand(databases, size))
        with connection.cursor() as cursor:
            cursor.execute("SELECT geometry FROM measures_measure ORDER BY id")
            found = shapely.from_wkb([bytes(row[0]) for row in cursor.fetchall()])
        return rest + sum(map(len, shapely.to_geojson(found)))

    pair = in_turn(lambda: _answer(client, address), by_hand, runs=7)
    return pair.line(f"features, {size} with outlines", reference="db and Shapely", bound=MOST_OF_SQL)


def _answer(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content
