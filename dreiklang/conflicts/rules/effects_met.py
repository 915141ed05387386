"""Where both sides of a pair act on the same goal or indicator."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dreiklang.conflicts.rules.columns import Columns, Pairs
from dreiklang.conflicts.rules.joins import Column, any_of, within
from dreiklang.conflicts.rules.sharing import in_order
from dreiklang.conflicts.rules.thresholds import Limits


@dataclass(frozen=True, slots=True)
class Met:
    """For each pair: is anything opposed, do both hinder the same, do both support the same, and do both do so well.

    Each list has the weights in the order of keys, negative where it hinders.
    """

    is_opposed: Column
    both_hinder: Column
    both_support: Column
    helps: Column
    weight: Column
    _firsts: Column
    _names: Column
    _all_names: list[str]
    _weights: tuple[Column, Column]

    @property
    def clashes(self) -> Column:
        """Opposed, or both a burden to the same: together they are too much at once."""
        found: Column = self.is_opposed | self.both_hinder
        return found

    def facts(self, which: list[int]) -> list[dict[str, Any]]:
        """What both sides of each of these pairs act on, for JSON: `on` lists key and weights, in order of keys."""
        firsts, counts = self._firsts[which], np.diff(self._firsts)[which]
        places = np.repeat(firsts, counts) + within(counts)
        acts = [
            {"key": self._all_names[name], "weights": [one, other]}
            for name, one, other in zip(
                self._names[places].tolist(), *(side[places].tolist() for side in self._weights), strict=True
            )
        ]
        ends = np.cumsum(counts)
        return [
            {"on": acts[first:last]}
            for first, last in zip((ends - counts).tolist(), ends.tolist(), strict=True)
        ]


def met(columns: Columns, pairs: Pairs, limits: Limits) -> Met:
    """What both sides of each pair act on.

    Opposed or helpful only where both have the least weight: a strong gain beside a slight burden is everyday. A burden
    that both bring counts from weight 1, as two slight ones add up. `weight` is 0..1: how heavy what is opposed is.
    """
    pair, names, one, other = columns.shared_effects(in_order(columns, pairs))
    count, least = len(pairs[0]), limits.least_effect_weight
    heavy = np.minimum(np.abs(one), np.abs(other)) >= least
    opposed = heavy & (np.sign(one) != np.sign(other))
    hindered = (one < 0) & (other < 0)
    supported = (one > 0) & (other > 0)
    helped = heavy & supported
    spared = np.ones(count)
    # One pair of strong effects counts a half; each further one half of what is left.
    np.multiply.at(spared, pair[opposed], 1 - np.sqrt(np.abs(one * other)[opposed]) / 6)
    told = opposed | hindered | helped
    return Met(
        any_of(pair[opposed], count),
        any_of(pair[hindered], count),
        any_of(pair[supported], count),
        any_of(pair[helped], count),
        1 - spared,
        # Where what each pair acts on begins.
        np.searchsorted(pair[told], np.arange(count + 1)),
        names[told],
        columns.effect_names,
        (one[told], other[told]),
    )
