"""Pages of one city that holds few of something and then many: statements, and time against the fewer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from bench.databases import Databases
from bench.harness import Line, in_turn
from bench.pages import MOST_GROWTH, MOST_STATEMENTS, WHO, Page, Visit

CITY = 500
SMALL, LARGE = 1_000, 10_000


def measured(
    databases: Databases, *, fill: Callable[[int], None], noun: str, pages: Sequence[Page]
) -> list[Line]:
    """Two lines for each page and viewer; `fill` puts so many into a city, `noun` says of what."""
    with ExitStack() as copies:
        small = copies.enter_context(databases.copy_of(databases.city(CITY)))
        large = copies.enter_context(databases.copy_of(small))
        for city, count in ((small, SMALL), (large, LARGE)):
            with databases.using(city):
                fill(count)
        return [
            line
            for page in pages
            for email in page.viewers
            for line in _lines(databases, small, large, page, email, noun)
        ]


def _lines(databases: Databases, small: str, large: str, page: Page, email: str, noun: str) -> list[Line]:
    here, there = (Visit(databases, city, path=page.path, email=email) for city in (large, small))
    here()
    count = len(here.count())
    name = f"{page.name}, {WHO[email]}"
    growth = in_turn(here, there).line(
        f"{name}: {LARGE} {noun}", reference=f"at {SMALL}", bound=MOST_GROWTH if page.grows else None
    )
    return [Line(f"{name}: statements", str(count), "", count, MOST_STATEMENTS, unit="statements"), growth]
