"""All measures as data: against one statement written by hand, and how it grows with the city."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import orjson
from django.db import connection
from django.test import Client

from bench.databases import Databases
from bench.harness import Line, in_turn, statements

USUAL, MANY = 1000, 5000
AT_ONCE = 1000
MOST_STATEMENTS, MOST_OF_SQL, MOST_GROWTH = 12, 4.0, 5.5
STALE_AFTER = timedelta(days=200)
BY_HAND = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of each case."""
    yield "measures as data", lambda: _lines(databases)


def _lines(databases: Databases) -> list[Line]:
    usual, many = databases.city(USUAL), databases.city(MANY)
    databases.turn_to(usual)
    client = Client(raise_request_exception=True, SERVER_NAME="localhost")

    def ours() -> bytes:
        return _answer(client, 0)

    def by_hand() -> str:
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND, _parameters(databases))
            return str(cursor.fetchone()[0])

    def growing(city: str, measures: int) -> Callable[[], None]:
        def work() -> None:
            databases.turn_to(city)
            for offset in range(0, measures, AT_ONCE):
                _answer(client, offset)

        return work

    # The comparison is one of speed only where both say the same.
    assert orjson.loads(ours()) == orjson.loads(by_hand()), "the statement by hand gives another content"
    with statements() as found:
        ours()
    name = f"measures as data, {USUAL}"
    lines = [
        Line(f"{name}: statements", str(len(found)), "", len(found), MOST_STATEMENTS, unit="SQL"),
        in_turn(ours, by_hand).line(name, reference="db", bound=MOST_OF_SQL),
    ]
    growth = in_turn(growing(many, MANY), growing(usual, USUAL))
    lines.append(growth.line(f"measures as data, {MANY}", reference=f"for {USUAL}", bound=MOST_GROWTH))
    databases.turn_to(usual)
    return lines


def _answer(client: Client, offset: int) -> bytes:
    answer = client.get(f"/api/v1/measures?limit={AT_ONCE}&offset={offset}")
    assert answer.status_code == 200
    return answer.content


def _parameters(databases: Databases) -> dict[str, object]:
    today = databases.today
    return {"limit": AT_ONCE, "today": today, "stale_before": today - STALE_AFTER}
