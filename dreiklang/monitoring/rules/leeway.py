"""How far a hidden count could be from what it is while every published sum stays true.

This is what an attacker can work out, through any number of lines at once: the counts that are 0 or more and fit all
sums. It is a linear programme, solved by the simplex method in whole numbers and fractions, and only steps to points of
whole numbers count. So the answer is never too large: what it gives can really be reached. In tables of two dimensions it
is the exact answer; across three, where corners need not be whole, it may be too small. See docs/rules/suppression.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

Rational = int | Fraction


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one count can go (None: without end), and one way of how all of them move with it."""

    distance: int | None
    moves: Mapping[str, int]


class Leeway:
    """The hidden counts and what binds them. Each line says by how much its members change it: part 1, total -1."""

    def __init__(self, counts: Mapping[str, int], lines: Sequence[Mapping[str, int]]) -> None:
        self._keys = sorted(counts)
        self._number = {key: number for number, key in enumerate(self._keys)}
        self._room = [counts[key] for key in self._keys]
        # Each bound count as what the free ones make of it; and in which rows a free one stands.
        self._rows: dict[int, dict[int, Rational]] = {}
        self._stands_in: dict[int, set[int]] = {}
        for line in lines:
            self._bind({self._number[key]: weight for key, weight in line.items()})

    def reach(self, key: str, *, upwards: bool, most: int | None = None) -> Reached:
        """How far the count can go up or down; the search ends once it has gone `most`."""
        what, sign = self._number[key], 1 if upwards else -1
        moved: list[Rational] = [0] * len(self._keys)
        best, far = list(moved), 0
        for _step in range(50 * (len(self._keys) + 10)):  # Bland's rule ends by itself; this is the seat belt
            entering, way = self._entering(what, sign, moved)
            if entering is None or (most is not None and far >= most):
                break
            length, leaving = self._length(entering, way, moved)
            if length is None and most is None:
                return Reached(None, {})
            # What goes on for ever lets no count sink: it can start from the best whole point as well.
            start = best if length is None else moved
            whole = self._moved(entering, way, self._whole_length(entering, what, length, most), start)
            if _is_whole(whole) and sign * whole[what] > far:
                best, far = whole, int(sign * whole[what])
            if length is None:
                break
            moved = self._moved(entering, way, length, moved)
            if _is_whole(moved) and sign * moved[what] > far:
                best, far = moved, int(sign * moved[what])
            if leaving is not None:
                self._exchange(leaving, entering)
        return Reached(far, {self._keys[n]: int(move) for n, move in enumerate(best) if move})

    def _entering(self, what: int, sign: int, moved: list[Rational]) -> tuple[int | None, int]:
        """The first free count whose move helps, and which way: Bland's rule, so that it cannot run in a circle."""
        effect = self._rows.get(what, {what: 1})
        for number in sorted(effect):
            way = 1 if sign * effect[number] > 0 else -1
            if way > 0 or moved[number] > -self._room[number]:
                return number, way
        return None, 0

    def _length(self, entering: int, way: int, moved: list[Rational]) -> tuple[Rational | None, int | None]:
        """How far the step can go until a count is 0 (None: for ever), and which bound count that is."""
        length: Rational | None = moved[entering] + self._room[entering] if way < 0 else None
        leaving: int | None = None
        for bound in sorted(self._stands_in.get(entering, ())):
            change = self._rows[bound][entering] * way
            if change < 0:
                until = _divided(moved[bound] + self._room[bound], -change)
                if length is None or until < length:
                    length, leaving = until, bound
        return length, leaving

    def _whole_length(self, entering: int, what: int, length: Rational | None, most: int | None) -> int:
        """The longest step within `length` that keeps whole what is whole; no longer than `most` asks for."""
        bound = self._stands_in.get(entering, ())
        unit = lcm(*(Fraction(self._rows[row][entering]).denominator for row in bound))
        if length is None:
            effect = abs(Fraction(self._rows[what][entering])) if what in self._rows else Fraction(1)
            steps = -(-(most or 0) // (effect * unit))
        else:
            steps = Fraction(length) // unit
        return int(steps) * unit

    def _moved(self, entering: int, way: int, length: Rational, moved: list[Rational]) -> list[Rational]:
        after = list(moved)
        after[entering] = _simple(after[entering] + way * length)
        for bound in self._stands_in.get(entering, ()):
            after[bound] = _simple(after[bound] + self._rows[bound][entering] * way * length)
        return after

    def _bind(self, line: Mapping[int, int]) -> None:
        effect: dict[int, Rational] = {}
        for number, weight in line.items():
            for free, times in self._rows.get(number, {number: 1}).items():
                effect[free] = effect.get(free, 0) + weight * times
        effect = {free: weight for free, weight in effect.items() if weight}
        if not effect:
            return  # follows from the lines before
        bound = min(
            effect, key=lambda free: (abs(effect[free]) != 1, len(self._stands_in.get(free, ())), free)
        )
        of_bound = effect.pop(bound)
        self._put_in(bound, {free: _divided(-times, of_bound) for free, times in effect.items()})

    def _exchange(self, leaving: int, entering: int) -> None:
        """The bound count becomes free, the free one bound."""
        row = self._rows.pop(leaving)
        for free in row:
            self._stands_in[free].discard(leaving)
        weight = row.pop(entering)
        turned = {free: _divided(-times, weight) for free, times in row.items()}
        turned[leaving] = _divided(1, weight)
        self._put_in(entering, turned)

    def _put_in(self, bound: int, row: dict[int, Rational]) -> None:
        """A count becomes bound: everywhere it stood, its row stands instead."""
        for other in self._stands_in.pop(bound, set()):
            target = self._rows[other]
            weight = target.pop(bound)
            for free, times in row.items():
                sum_of_both = _simple(target.get(free, 0) + weight * times)
                if sum_of_both:
                    target[free] = sum_of_both
                    self._stands_in.setdefault(free, set()).add(other)
                elif free in target:
                    del target[free]
                    self._stands_in[free].discard(other)
        self._rows[bound] = row
        for free in row:
            self._stands_in.setdefault(free, set()).add(bound)


def _simple(number: Rational) -> Rational:
    """A whole number is always an int, so that the type tells whether it is one."""
    return number if type(number) is int or number.denominator != 1 else int(number)


def _divided(number: Rational, by: Rational) -> Rational:
    # Nearly always 1 or -1: then there is no need for fractions.
    return number * by if by in (1, -1) else _simple(Fraction(number) / by)


def _is_whole(moved: Sequence[Rational]) -> bool:
    return Fraction not in set(map(type, moved))
