"""Claims as columns, so that thousands are compared by a few operations instead of one by one.

A pair is two row numbers. `Block` says which rows ask: a pair belongs to the block of its smaller row, so that blocks
together give every pair once, and the claims that changed, standing first, give just their pairs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
import shapely

from dreiklang.conflicts.rules.joins import Column, is_among, or_zero, shared_values, within
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
        # One walk over the claims: with a hundred thousand of them each further one costs more than the reckoning.
        plain = np.fromiter(map(_plain, claims), dtype=list(_PLAIN), count=len(claims))
        self.starts, self.ends, self.lead, self.has_period, self.is_fixed, self.is_lasting = (
            np.ascontiguousarray(plain[name]) for name, _kind in _PLAIN
        )
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
        return or_zero(shapely.area(self.places))

    @cached_property
    def boxes(self) -> Column:
        """left, bottom, right, top of each place; not a number where there is none."""
        return shapely.bounds(self.places)

    @cached_property
    def is_quarter(self) -> Column:
        """For each row whether its place is a quarter of the town and no site: larger than one, and no strip."""
        width = 2 * self.sizes / np.maximum(or_zero(shapely.length(self.places)), 1e-9)
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
        return self._effects_and_names[0]

    @cached_property
    def effect_names(self) -> list[str]:
        """The name behind each number of a goal or indicator."""
        return self._effects_and_names[1]

    @cached_property
    def acting(self) -> tuple[Column, Column]:
        """The rows that act on each goal or indicator, one after the other, and where those of each begin."""
        rows, names, _weights = self.effects
        order = np.argsort(names, kind="stable")
        return rows[order], np.searchsorted(names[order], np.arange(len(self.effect_names) + 1))

    @cached_property
    def _effects_and_names(self) -> tuple[tuple[Column, Column, Column], list[str]]:
        rows, acts = self._hanging("effects")
        seen: dict[str, int] = {}
        found = np.fromiter(
            (
                (seen.setdefault(act.on, len(seen)), act.weight if act.supports else -act.weight)
                for act in acts
            ),
            dtype=[("name", np.int64), ("weight", np.int64)],
            count=len(rows),
        )
        in_order = sorted(seen)
        ranks = np.empty(len(seen), dtype=np.int64)
        ranks[[seen[name] for name in in_order]] = np.arange(len(seen))
        names = ranks[found["name"]]
        order = np.lexsort((names, rows))
        return (rows[order], names[order], found["weight"][order]), in_order

    @cached_property
    def areas(self) -> tuple[Column, Column]:
        """(row, district) of all districts named, in order of rows."""
        rows, named = self._hanging("areas")
        areas = np.fromiter(named, dtype=np.int64, count=len(rows))
        return rows, areas[np.lexsort((areas, rows))]

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
        one, other = self._named("needs_first")
        codes = np.unique(np.minimum(one, other) * len(self) + np.maximum(one, other))
        return np.divmod(codes, max(len(self), 1))

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
        one, other = self._named("kin")
        return np.unique(np.concatenate([one * len(self) + other, other * len(self) + one]))

    def _named(self, field: str) -> Pairs:
        """(row, row it names) of all claims that a field names by their keys; nobody names itself."""
        rows, keys = self._hanging(field)
        named = np.fromiter((self.row_of.get(key, -1) for key in keys), dtype=np.int64, count=len(rows))
        return keep((rows, named), (named >= 0) & (named != rows))

    def _hanging(self, field: str) -> tuple[Column, Iterator[Any]]:
        """The row of everything that hangs on the rows in a field, and these things themselves."""
        lists = list(map(attrgetter(field), self.claims))
        counts = np.fromiter(map(len, lists), dtype=np.int64, count=len(self))
        return np.repeat(np.arange(len(self)), counts), chain.from_iterable(lists)

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

    def subjects(self, rows: Column) -> Column:
        """What sort of thing each of these rows is: a measure, a concept."""
        distinct, places = np.unique(rows, return_inverse=True)
        return np.array([self.claims[row].subject for row in distinct.tolist()], dtype=object)[places]

    def relatives(self, rows: Column) -> Pairs:
        """(number among the rows, row of its kin) of all kin of these rows, whoever of the two named it."""
        owners, others = np.divmod(self.kin, max(len(self), 1))
        firsts = np.searchsorted(owners, rows, side="left")
        counts = np.searchsorted(owners, rows, side="right") - firsts
        return np.repeat(np.arange(len(rows)), counts), others[np.repeat(firsts, counts) + within(counts)]

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


_PLAIN = (
    ("start", np.int64),
    ("end", np.int64),
    ("lead", np.int64),
    ("has_period", np.bool_),
    ("is_fixed", np.bool_),
    ("is_lasting", np.bool_),
)


def _plain(claim: Claim) -> tuple[int, int, int, bool, bool, bool]:
    """What of a claim is a number, as in _PLAIN."""
    period = claim.period if isinstance(claim.period, Period) else None
    start, end = (period.start, period.end) if period else (None, None)
    return (
        start.toordinal() if start else OPEN_START,
        end.toordinal() if end else OPEN_END,
        claim.lead_office or 0,
        period is not None,
        claim.is_fixed,
        claim.is_lasting,
    )


def _objects(values: list[Any]) -> Column:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found
