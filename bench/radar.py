"""The radar: comparing 10,000 and 100,000 generated claims, kind by kind, against what the libraries take alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache, partial

import numpy as np
import psycopg
import shapely

from bench.databases import REPOSITORY, Databases, url_of
from bench.harness import Line, in_turn
from bench.radar_city import TODAY, claims
from dreiklang.conflicts.rules import Kind, Limits, step_names, steps
from dreiklang.core.claims import Claim

USUAL, MANY = 10_000, 100_000
MOST_OF_SHAPELY, MOST_OF_PRODUCT, MOST_GROWTH, MOST_MEGABYTES = 1.5, 1.5, 12.0, 1000
# "≥ 2 × faster than PostGIS": our share of its time.
MOST_OF_POSTGIS = 0.5
RUNS, RUNS_OF_POSTGIS, RUNS_OF_GROWTH = 7, 3, 5
# Place and time of both sizes are asked of Shapely and PostGIS, too; the rest only grows.
GROWING = (Kind.EFFECT, Kind.CONTENT, Kind.ORDER)


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of each case."""
    yield "radar place", lambda: _place(databases)
    yield "radar growth", _growth
    yield "radar content", _content
    yield "radar memory", _memory


def _place(databases: Databases) -> list[Line]:
    usual = _claims(USUAL)
    pair = in_turn(lambda: _found(usual, Kind.PLACE_AND_TIME), lambda: _plain(usual), runs=RUNS)
    lines = [
        pair.line(f"radar place and time, {USUAL} claims", reference="STRtree + areas", bound=MOST_OF_SHAPELY)
    ]
    many = _claims(MANY)
    ours, plain = _timed(lambda: _found(many, Kind.PLACE_AND_TIME)), _timed(lambda: _plain(many))
    lines.append(
        _line(
            f"radar place and time, {MANY} claims",
            ours,
            plain,
            reference="STRtree + areas",
            bound=MOST_OF_SHAPELY,
        )
    )
    return [*lines, _of_postgis(databases, usual)]


def _growth() -> list[Line]:
    lines = []
    few, many = _claims(USUAL), _claims(MANY)
    for kind in (Kind.PLACE_AND_TIME, *GROWING):
        # In turn and by the median of ratios: a single run of the smaller city is off by a third either way.
        pair = in_turn(partial(_found, many, kind), partial(_found, few, kind), runs=RUNS_OF_GROWTH)
        name = f"radar {kind.value.replace('_', ' and ')}, {MANY} claims"
        lines.append(pair.line(name, reference=f"for {USUAL}", bound=MOST_GROWTH))
    return lines


def _content() -> list[Line]:
    lines = []
    for count in (USUAL, MANY):
        told = _child("content", count)
        part = "" if count == USUAL else ", a tenth of them"
        lines.append(
            Line(
                f"radar content, {count} claims{part}",
                f"{told['ours'] * 1000:.1f} ms",
                f"{told['product'] * 1000:.1f} ms bare product",
                told["ratio"],
                MOST_OF_PRODUCT,
            )
        )
    return lines


def _memory() -> list[Line]:
    told = _child("memory", MANY)
    return [
        Line(
            f"radar memory, {MANY} claims",
            f"{told['most']:.0f} MB",
            f"{told['before']:.0f} MB the claims alone",
            told["most"],
            MOST_MEGABYTES,
            unit="MB",
        )
    ]


def _found(compared: list[Claim], kind: Kind) -> int:
    """How many findings of one kind there are, by the steps of the job."""
    done = frozenset(name for name in step_names(len(compared)) if not name.startswith(f"{kind}:"))
    return sum(len(step.findings) for step in steps(compared, limits=Limits(), today=TODAY, done=done))


def _plain(compared: list[Claim]) -> int:
    """Shapely's index over itself and the exact shared area of each pair, nothing else."""
    places = np.array([claim.place for claim in compared], dtype=object)
    places = places[~shapely.is_missing(places)]
    one, other = shapely.STRtree(places).query(places)
    one, other = one[one < other], other[one < other]
    return int((shapely.area(shapely.intersection(places[one], places[other])) > 0).sum())


def _of_postgis(databases: Databases, compared: list[Claim]) -> Line:
    """The same self-join in PostGIS; one plain line where it is not installed."""
    name = f"radar place and time, {len(compared)} claims, PostGIS"
    places = [claim.place for claim in compared if claim.place is not None]
    with psycopg.connect(url_of(databases.address, "postgres"), autocommit=True) as connection:
        has_it = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone()
        if has_it is None:
            return Line(name, "PostGIS is not installed", "", 0, unit="")
        connection.execute("DROP DATABASE IF EXISTS radar WITH (FORCE)")
        connection.execute("CREATE DATABASE radar")
    with psycopg.connect(url_of(databases.address, "radar"), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION postgis")
        connection.execute("CREATE TABLE claim (id int PRIMARY KEY, place geometry)")
        with connection.cursor().copy("COPY claim FROM STDIN") as copy:
            for number, place in enumerate(places):
                copy.write_row((number, shapely.to_wkb(place, hex=True)))
        connection.execute("CREATE INDEX ON claim USING gist (place)")
        connection.execute("ANALYZE claim")
        asked = (
            "SELECT count(*) FROM (SELECT ST_Area(ST_Intersection(a.place, b.place)) AS area FROM claim a"
            " JOIN claim b ON a.id < b.id AND a.place && b.place) AS pair WHERE area > 0"
        )
        pair = in_turn(
            lambda: _found(compared, Kind.PLACE_AND_TIME),
            lambda: connection.execute(asked).fetchone(),
            runs=RUNS_OF_POSTGIS,
        )
    with psycopg.connect(url_of(databases.address, "postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE radar WITH (FORCE)")
    return pair.line(name, reference="PostGIS self-join", bound=MOST_OF_POSTGIS)


def _child(what: str, count: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.radar_child", what, str(count)],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@cache
def _claims(count: int) -> list[Claim]:
    return claims(count)


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _line(name: str, ours: float, theirs: float, *, reference: str, bound: float) -> Line:
    return Line(name, f"{ours * 1000:.1f} ms", f"{theirs * 1000:.1f} ms {reference}", ours / theirs, bound)
