"""Generated claims at a constant density: ten thousand of them fill one city, a hundred thousand ten side by side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import shapely

from dreiklang.core.claims import Claim, Effect
from dreiklang.core.values import Period, Unknown

TODAY = date(2026, 11, 22)
PER_CITY = 10_000
# Each city has a framework of its own with so many goals, and districts of one square kilometre.
GOALS = 24
CITY_SIDE_M = 12_000.0
DISTRICT_M = 1_000.0
WIDTH = 512
_SEED = 2026
# So many texts have a twin that says nearly the same.
_TWINS = 0.01


def claims(count: int, *, one_framework: bool = False) -> list[Claim]:
    """The claims in the order of their numbers; `one_framework`: all cities share the same goals."""
    rng = np.random.default_rng(_SEED)
    middles, places = _places(rng, count)
    twins = _twins(rng, count)
    vectors = _vectors(rng, twins)
    starts = rng.integers(-1500, 1500, count)
    lengths = rng.integers(120, 2000, count)
    fate = rng.random((count, 4))
    made: list[Claim] = []
    for n in range(count):
        city = 0 if one_framework else n // PER_CITY
        model = int(twins[n])
        start = TODAY + timedelta(days=int(starts[n]))
        end = start + timedelta(days=int(lengths[n]))
        made.append(
            Claim(
                key=f"measure:{n:06}",
                number=f"M-{n:06}",
                title=f"Vorhaben {n}",
                place=places[model] if fate[n, 0] < 0.9 else None,
                areas=_areas(middles[model]),
                period=Period(start, end) if fate[n, 1] < 0.9 else Unknown("not_stated"),
                effects=made[model].effects if model < n else _effects(rng, city),
                vector=vectors[n],
                needs_first=frozenset([f"measure:{n - 1:06}"]) if n and fate[n, 2] < 0.1 else frozenset(),
                kin=frozenset([f"measure:{n - n % 50:06}"]) if n % 50 and fate[n, 2] > 0.6 else frozenset(),
                offices=(int(rng.integers(1, 30)),),
                is_fixed=bool(fate[n, 3] < 0.4),
                is_lasting=bool(fate[n, 3] > 0.85),
            )
        )
    return made


def _places(rng: np.random.Generator, count: int) -> tuple[Any, Any]:
    """Middles and outlines with 6 to 24 corners: half sites, a third strips, the rest larger fields."""
    cities = np.arange(count) // PER_CITY
    middles = rng.uniform(0, CITY_SIDE_M, (count, 2)) + np.column_stack(
        [cities * CITY_SIDE_M, np.zeros(count)]
    )
    sort = rng.random(count)
    long = np.where(sort < 0.5, rng.uniform(20, 90, count), rng.uniform(100, 300, count))
    wide = np.where(sort < 0.5, 0.8 * long, np.where(sort < 0.85, 6.0, long))
    turn, corners = rng.uniform(0, np.pi, count), rng.integers(6, 25, count)
    outlines = []
    for n in range(count):
        angle = np.linspace(0, 2 * np.pi, corners[n], endpoint=False)
        reach = rng.uniform(0.7, 1.0, corners[n])
        x, y = long[n] * reach * np.cos(angle), wide[n] * reach * np.sin(angle)
        cos, sin = np.cos(turn[n]), np.sin(turn[n])
        ring = np.column_stack([x * cos - y * sin, x * sin + y * cos]) + middles[n]
        outlines.append(shapely.linearrings(np.vstack([ring, ring[:1]])))
    return middles, shapely.polygons(outlines)


def _areas(middle: Any) -> frozenset[int]:
    column, row = (middle // DISTRICT_M).astype(int)
    return frozenset([int(column) * 1000 + int(row)])


def _effects(rng: np.random.Generator, city: int) -> tuple[Effect, ...]:
    goals = rng.choice(GOALS, int(rng.integers(1, 5)), replace=False)
    return tuple(
        Effect(f"goal:{city * GOALS + goal}", bool(rng.random() < 0.88), int(rng.integers(1, 4)))
        for goal in goals
    )


def _twins(rng: np.random.Generator, count: int) -> Any:
    """For each claim the earlier one it says the same as, or itself."""
    numbers = np.arange(count)
    earlier = np.maximum(numbers - rng.integers(1, 100, count), 0)
    return np.where(rng.random(count) < _TWINS, earlier, numbers)


def _vectors(rng: np.random.Generator, twins: Any) -> Any:
    """Directions around as many subjects as a city has goals; a few have a twin. City by city, to save memory."""
    count = len(twins)
    subjects = rng.standard_normal((GOALS, WIDTH), dtype=np.float32)
    found = np.empty((count, WIDTH), dtype=np.float32)
    for start in range(0, count, PER_CITY):
        part = found[start : start + PER_CITY]
        rng.standard_normal(dtype=np.float32, out=part)
        part += 0.5 * subjects[rng.integers(0, GOALS, len(part))]
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    for number in np.flatnonzero(twins < np.arange(count)):
        noise = rng.standard_normal(WIDTH, dtype=np.float32)
        near = found[twins[number]] + 0.5 * noise / np.linalg.norm(noise)
        found[number] = near / np.linalg.norm(near)
    return found
