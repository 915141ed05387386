"""Whole columns at once: pairs by equal keys, and the lists that hang on the two sides of a pair."""

from typing import Any

import numpy as np

Column = Any  # a numpy array; one row for each element


def pairs_of_equal(left: Column, right: Column) -> tuple[Column, Column]:
    """Row numbers (of `left`, of `right`) of all pairs with equal keys, in the order of `left`."""
    order = np.argsort(right, kind="stable")
    in_order = right[order]
    first = np.searchsorted(in_order, left, side="left")
    count = np.searchsorted(in_order, left, side="right") - first
    rows = np.repeat(np.arange(len(left)), count)
    return rows, order[np.repeat(first, count) + within(count)]


def within(counts: Column) -> Column:
    """0, 1, … for each run: [2, 3] → [0, 1, 0, 1, 2]."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)


def is_among(keys: Column, sorted_keys: Column) -> Column:
    """For each key whether it stands in the sorted ones."""
    if not len(sorted_keys):
        return np.zeros(len(keys), dtype=bool)
    place = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    found: Column = sorted_keys[place] == keys
    return found


def shared_values(one: Column, other: Column, rows: Column, values: Column) -> tuple[Column, Column, Column]:
    """(pair, entry of the first, entry of the second) of every value that hangs on both sides of a pair.

    `rows` and `values` list what hangs on each row, in order of rows, then values; no value twice on one row.
    """
    width = int(values.max()) + 1 if len(values) else 1
    codes = rows * width + values
    pair, entry = pairs_of_equal(one, rows)
    wanted = other[pair] * width + values[entry]
    hit = is_among(wanted, codes)
    return pair[hit], entry[hit], np.searchsorted(codes, wanted[hit])


def any_of(rows: Column, count: int) -> Column:
    """For each of `count` rows whether it is named at least once."""
    found = np.zeros(count, dtype=bool)
    found[rows] = True
    return found


def numbers(which: Column) -> list[int]:
    """The numbers of the rows for which it is so."""
    found: list[int] = np.flatnonzero(which).tolist()
    return found


def or_zero(values: Column) -> Column:
    """The numbers, and 0 where there is none: a tenth of what numpy's own takes for a few."""
    return np.where(np.isnan(values), 0.0, values)
