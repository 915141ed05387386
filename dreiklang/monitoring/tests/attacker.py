"""An attacker on small tables: tries whole numbers until it knows between which values a hidden cell lies.

Knows nothing of how the rules reckon: only what is published, that counts are 0 or more, and that lines add up.
"""

from collections.abc import Mapping


class Attacker:
    """`lines` are (parts, total); `published` has the cells that are shown; the others lie in 0…largest."""

    def __init__(self, lines, published: Mapping[str, int], hidden, *, largest: int):
        self._lines = [({**dict.fromkeys(parts, 1), total: -1}) for parts, total in lines]
        self._start = {key: (count, count) for key, count in published.items()} | dict.fromkeys(
            hidden, (0, largest)
        )

    def range_of(self, key: str) -> tuple[int, int]:
        """The smallest and the largest value the cell can have."""
        bounds = self._narrowed(self._start)
        assert bounds is not None, "the published table contradicts itself"
        low, high = bounds[key]
        first = next(value for value in range(low, high + 1) if self._fits(bounds, key, value))
        last = next(value for value in range(high, low - 1, -1) if self._fits(bounds, key, value))
        return first, last

    def _fits(self, bounds, key, value):
        return self._has_solution(self._narrowed({**bounds, key: (value, value)}))

    def _has_solution(self, bounds):
        if bounds is None:
            return False
        open_cells = [(high - low, key) for key, (low, high) in bounds.items() if high > low]
        if not open_cells:
            return True
        _width, key = min(open_cells)
        low, high = bounds[key]
        middle = (low + high) // 2
        return any(
            self._has_solution(self._narrowed({**bounds, key: half}))
            for half in ((low, middle), (middle + 1, high))
        )

    def _narrowed(self, bounds):
        """What every line leaves of the bounds, again and again; None if nothing is left."""
        bounds = dict(bounds)
        moved = True
        while moved:
            moved = False
            for line in self._lines:
                ends = {key: sorted((w * bounds[key][0], w * bounds[key][1])) for key, w in line.items()}
                least, most = sum(low for low, _ in ends.values()), sum(high for _, high in ends.values())
                for key, weight in line.items():
                    low, high = ends[key]
                    # weight * value = 0 - all the others
                    new = sorted((-(most - high) * weight, -(least - low) * weight))
                    both = max(new[0], bounds[key][0]), min(new[1], bounds[key][1])
                    if both[0] > both[1]:
                        return None
                    if both != bounds[key]:
                        bounds[key], moved = both, True
                        ends[key] = sorted((weight * both[0], weight * both[1]))
                        least, most = sum(a for a, _ in ends.values()), sum(b for _, b in ends.values())
        return bounds
