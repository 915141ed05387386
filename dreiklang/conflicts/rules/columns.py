"""Claims as columns, so that thousands are compared by a few operations instead of one by one.

A pair is two row numbers. `Block` says which rows ask: a pair belongs to the block of its smaller row, so that blocks
together give every pair once, and the claims that changed, standing first, give just their pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from dreiklang.conflicts.rules.joins import Column, is_among, shared_values
from dreiklang.core.claims import Claim
from dreiklang.core.values import Period

# Days as numbers; an open end lies before or after every day.
OPEN_START, OPEN_END = 0, 4_000_000
Pairs = tuple[Column, Column]
NO_PAIRS: Pairs = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
# A street, a pipe, a path: long and narrow. What is wider and larger than a site is a quarter.
STRIP_WIDTH_M = 40.0
SITE_M2 = 100_000.0
# Vectors of so many pairs are in memory at once.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """The rows from `first` up to `last` (exclusive) ask all rows after themselves."""

    first: int
    last: int


class Columns:
    """Claims in the order given. `today` tells what is over."""

    def __init__(self, claims: Sequence[Claim], *, today: date) -> None:
        self.claims = claims
        self.today = today.toordinal()
        self.row_of = {claim.key: row for row, claim in enumerate(claims)}
        starts, ends = zip(*(_days(claim) for claim in claims), strict=True) if claims else ((), ())
        self.starts = np.array(starts, dtype=np.int64)
        self.ends = np.array(ends, dtype=np.int64)
        self.has_period = np.array([isinstance(claim.period, Period) for claim in claims], dtype=bool)
        self.is_fixed = np.array([claim.is_fixed for claim in claims], dtype=bool)
        self.is_lasting = np.array([claim.is_lasting for claim in claims], dtype=bool)
        self.lead = np.array([claim.lead_office or 0 for claim in claims], dtype=np.int64)
        # What ended before today claims nothing any more.
        self.is_open = self.ends >= self.today

    def __len__(self) -> int:
        return len(self.claims)

    @cached_property
    def places(self) -> Column:
        """The geometries of all rows; None where there is none."""
        return _objects([claim.place for claim in self.claims])

    @cached_property
    def sizes(self) -> Column:
        """The size of each place in m²; 0 where there is none."""
        return np.nan_to_num(shapely.area(self.places))

    @cached_property
    def boxes(self) -> Column:
        """left, bottom, right, top of each place; not a number where there is none."""
        return shapely.bounds(self.places)

    @cached_property
    def is_quarter(self) -> Column:
        """For each row whether its place is a quarter of the town and no site: larger than one, and no strip."""
        width = 2 * self.sizes / np.maximum(np.nan_to_num(shapely.length(self.places)), 1e-9)
        found: Column = (self.sizes > SITE_M2) & (width > STRIP_WIDTH_M)
        return found

    @cached_property
    def key_ranks(self) -> Column:
        """The place of each row in the order of keys."""
        found = np.empty(len(self), dtype=np.int64)
        found[sorted(range(len(self)), key=lambda row: self.claims[row].key)] = np.arange(len(self))
        return found

    @cached_property
    def tree(self) -> tuple[shapely.STRtree, Column]:
        """The index over all places that are there, and the row of each of its entries."""
        rows = np.flatnonzero(~shapely.is_missing(self.places) & ~shapely.is_empty(self.places))
        return shapely.STRtree(self.places[rows]), rows

    @cached_property
    def effects(self) -> tuple[Column, Column, Column]:
        """(row, goal or indicator, signed weight) of all effects, in order of rows, then goals."""
        number = {name: place for place, name in enumerate(self.effect_names)}
        found = [
            (row, number[effect.on], effect.weight if effect.supports else -effect.weight)
            for row, claim in enumerate(self.claims)
            for effect in sorted(claim.effects, key=lambda each: number[each.on])
        ]
        rows, names, weights = np.array(found, dtype=np.int64).reshape(-1, 3).T
        return rows, names, weights

    @cached_property
    def effect_names(self) -> list[str]:
        """The name behind each number of a goal or indicator."""
        return sorted({effect.on for claim in self.claims for effect in claim.effects})

    @cached_property
    def areas(self) -> tuple[Column, Column]:
        """(row, district) of all districts named, in order of rows."""
        found = [(row, area) for row, claim in enumerate(self.claims) for area in sorted(claim.areas)]
        rows, areas = zip(*found, strict=True) if found else ((), ())
        return np.array(rows, dtype=np.int64), np.array(areas, dtype=np.int64)

    @cached_property
    def vectors(self) -> Column:
        """The vectors one below the other; zeros where a text has not been read."""
        width = next((len(claim.vector) for claim in self.claims if claim.vector is not None), 1)
        found = np.zeros((len(self), width), dtype=np.float32)
        for row, claim in enumerate(self.claims):
            if claim.vector is not None:
                found[row] = claim.vector
        return found

    @cached_property
    def is_read(self) -> Column:
        """For each row whether its text has been read."""
        return self.vectors.any(axis=1)

    @cached_property
    def needs(self) -> Pairs:
        """All pairs of which one needs the other, the smaller row first; each once."""
        named = (
            (row, self.row_of[key])
            for row, claim in enumerate(self.claims)
            for key in claim.needs_first
            if key in self.row_of and key != claim.key
        )
        pairs = sorted({(min(pair), max(pair)) for pair in named})
        one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return one, other

    @cached_property
    def spending(self) -> list[int]:
        """The rows that want money and are not over."""
        return [row for row, claim in enumerate(self.claims) if claim.money and self.is_open[row]]

    @cached_property
    def working(self) -> list[int]:
        """The rows that want people and are not over."""
        return [row for row, claim in enumerate(self.claims) if claim.people and self.is_open[row]]

    @cached_property
    def kin(self) -> Column:
        """The codes of all pairs that belong together, sorted."""
        named = [
            (row, self.row_of[key])
            for row, claim in enumerate(self.claims)
            for key in claim.kin
            if key in self.row_of
        ]
        both = [*named, *((other, row) for row, other in named)]
        return np.unique(np.array([one * len(self) + other for one, other in both], dtype=np.int64))

    def parties(self, pairs: Pairs, n: int) -> tuple[str, str]:
        """The keys of the n-th pair, sorted."""
        one, other = self.claims[pairs[0][n]].key, self.claims[pairs[1][n]].key
        return (one, other) if one < other else (other, one)

    def strangers(self, pairs: Pairs) -> Column:
        """For each pair whether neither belongs to the other."""
        return ~is_among(pairs[0] * len(self) + pairs[1], self.kin)

    @cached_property
    def area_counts(self) -> Column:
        """For each row how many districts it names."""
        return np.bincount(self.areas[0], minlength=len(self))

    @cached_property
    def relatives(self) -> dict[int, list[int]]:
        """Of each row that has any the rows of its kin, whoever of the two named it."""
        found: dict[int, list[int]] = {}
        for one, other in zip(*divmod(self.kin, max(len(self), 1)), strict=True):
            found.setdefault(int(one), []).append(int(other))
        return found

    def shared_areas(self, pairs: Pairs) -> Column:
        """For each pair how many districts both name, as a share of those either names; 0 where nobody names one."""
        one, other = pairs
        rows, areas = self.areas
        both = shared_values(one, other, rows, areas)[0]
        count = np.bincount(both, minlength=len(one))
        either = self.area_counts[one] + self.area_counts[other] - count
        found: Column = count / np.maximum(either, 1)
        return found

    def shared_effects(self, pairs: Pairs) -> tuple[Column, Column, Column, Column]:
        """(pair, goal or indicator, signed weight of one, of the other) of everything both act on."""
        rows, names, weights = self.effects
        pair, entry, match = shared_values(*pairs, rows, names)
        return pair, names[entry], weights[entry], weights[match]

    def nearness(self, pairs: Pairs) -> Column:
        """The cosine of the texts of each pair to four digits; 0 where one has not been read."""
        found = np.zeros(len(pairs[0]))
        for start in range(0, len(found), _AT_ONCE):
            one, other = (side[start : start + _AT_ONCE] for side in pairs)
            found[start : start + _AT_ONCE] = np.einsum("ij,ij->i", self.vectors[one], self.vectors[other])
        return np.round(found, 4)


def keep(pairs: Pairs, which: Column) -> Pairs:
    """The pairs for which it is so, or of those numbers."""
    return pairs[0][which], pairs[1][which]


def day(number: int) -> str | None:
    """The day as in JSON; None where that end is open."""
    return None if number in {OPEN_START, OPEN_END} else date.fromordinal(number).isoformat()


def _days(claim: Claim) -> tuple[int, int]:
    if not isinstance(claim.period, Period):
        return OPEN_START, OPEN_END
    start, end = claim.period.start, claim.period.end
    return start.toordinal() if start else OPEN_START, end.toordinal() if end else OPEN_END


def _objects(values: list[Any]) -> Column:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
