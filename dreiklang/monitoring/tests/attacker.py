"""An attacker on small tables: tries whole numbers until it knows between which values a hidden cell lies.

Knows nothing of how the rules reckon: only what is published, that counts are 0 or more, and that lines add up.
"""

from collections.abc import Mapping


class Attacker:
    """`lines` are (parts, total); `published` has the cells that are shown; the others lie in 0…largest."""

    def __init__(self, lines, published: Mapping[str, int], hidden, *, largest: int):
        # Each line as what is published of it, and its hidden cells with 1 for a part and -1 for the total.
        self._lines = []
        for parts, total in lines:
            weights = {**dict.fromkeys(parts, 1), total: -1}
            shown = sum(weight * published[key] for key, weight in weights.items() if key in published)
            self._lines.append((shown, [(key, weight) for key, weight in weights.items() if key in hidden]))
        self._lines_of = {key: [] for key in hidden}
        for number, (_shown, members) in enumerate(self._lines):
            for key, _weight in members:
                self._lines_of[key].append(number)
        self._start = self._narrowed(dict.fromkeys(hidden, (0, largest)), range(len(self._lines)))
        assert self._start is not None, "the published table contradicts itself"

    def range_of(self, key: str) -> tuple[int, int]:
        """The smallest and the largest value the cell can have."""
        low, high = self._start[key]
        first = next(value for value in range(low, high + 1) if self._is_there(key, value, value))
        last = next(value for value in range(high, low - 1, -1) if self._is_there(key, value, value))
        return first, last

    def is_left_with(self, key: str, *, true: int, by: int) -> bool:
        """Whether two solutions differ by so much in this cell, looked for around the true one: quicker than the range."""
        low, high = self._start[key]
        return any(
            (down == 0 or self._is_there(key, low, true - down))
            and (down == by or self._is_there(key, true - down + by, high))
            for down in range(min(by, true) + 1)
        )

    def _is_there(self, key, first, last):
        return first <= last and self._has_solution(self._with(self._start, key, first, last))

    def _with(self, bounds, key, first, last):
        return self._narrowed({**bounds, key: (first, last)}, self._lines_of[key])

    def _has_solution(self, bounds):
        if bounds is None:
            return False
        open_cells = [(high - low, key) for key, (low, high) in bounds.items() if high > low]
        if not open_cells:
            return True
        _width, key = min(open_cells)
        low, high = bounds[key]
        middle = (low + high) // 2
        return self._has_solution(self._with(bounds, key, low, middle)) or self._has_solution(
            self._with(bounds, key, middle + 1, high)
        )

    def _narrowed(self, bounds, lines):
        """What the lines leave of the bounds, again and again; None if nothing is left."""
        waiting = set(lines)
        while waiting:
            shown, members = self._lines[waiting.pop()]
            least = most = shown
            for key, weight in members:
                low, high = bounds[key]
                least += low if weight > 0 else -high
                most += high if weight > 0 else -low
            if least > 0 or most < 0:
                return None
            for key, weight in members:
                low, high = bounds[key]
                # The cell makes up for all the others: together they are 0.
                new = (
                    (max(low, high - most), min(high, low - least))
                    if weight > 0
                    else (max(low, high + least), min(high, low + most))
                )
                if new[0] > new[1]:
                    return None
                if new != (low, high):
                    bounds[key] = new
                    waiting.update(self._lines_of[key])
        return bounds
