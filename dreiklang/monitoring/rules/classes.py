"""Classes for maps: equally wide, equally full, natural, or own. See docs/rules/map-classes.md.

Numbers only; how a class is written ("10 bis unter 20") is the page's matter.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from itertools import accumulate, pairwise

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.values import ClassMethod

# With more different values natural groups take seconds; then all classes hold as many, and `Classes.method` says so.
MOST_NATURAL = 2000


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` (included) to `high` (included only if closed); None is an open end."""

    low: Decimal | None
    high: Decimal | None
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a map, lowest first.

    edges     one more than there are classes, rising; None at an open end. The last two may be the same.
    counts    how many of the values lie in each
    left_out  how many values were unknown
    """

    method: ClassMethod
    edges: tuple[Decimal | None, ...]
    counts: tuple[int, ...]
    left_out: int = 0

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Each class with its ends; the last is closed unless it is open above."""
        last = len(self.edges) - 2
        return tuple(
            Interval(low, high, is_closed=at == last and high is not None)
            for at, (low, high) in enumerate(pairwise(self.edges))
        )

    def class_of(self, value: Decimal | Unknown) -> int | Unknown:
        """The place of the class that holds the value, from 0.

        unknown: the value's own reason, or `outside_classes` (a value the classes were not made for).
        """
        if isinstance(value, Unknown):
            return value
        first, last = self.edges[0], self.edges[-1]
        if (first is not None and value < first) or (last is not None and value > last):
            return Unknown("outside_classes")
        return bisect_right(_inner(self.edges), value)


def breaks(
    values: Sequence[Decimal | Unknown],
    *,
    method: ClassMethod,
    count: int = 5,
    own: Sequence[Decimal] = (),
    decimals: int | None = None,
    around: Decimal | None = None,
) -> Classes | Unknown:
    """The classes for these values, at most `count` of them.

    shape     values in any order, with repetitions; `own`: the inner cuts, strictly rising
    units     all in the unit of the indicator; `decimals`: places the ends are rounded to
    around    a cut that no class may straddle (0 for a balance); not used for own cuts
    unknown   `too_few_values` where none is known (own cuts need none)
    errors    Raises: ValueError for a value that is no finite number, for own cuts that do not rise, for count < 1
              (< 2 with values on both sides of `around`)
    source    docs/rules/map-classes.md
    """
    if count < 1:
        raise ValueError(f"{count} classes are none")
    known = sorted(value for value in values if not isinstance(value, Unknown) and _is_number(value))
    if method is ClassMethod.NATURAL and len(set(known)) > MOST_NATURAL:
        method = ClassMethod.QUANTILE
    edges: tuple[Decimal | None, ...]
    if method is ClassMethod.OWN:
        edges = (None, *_rising(own), None)
    elif not known:
        return Unknown("too_few_values")
    else:
        edges = tuple(_computed(known, method, count, decimals, around))
    inner = _inner(edges)
    full = Counter(bisect_right(inner, value) for value in known)
    counts = tuple(full[at] for at in range(len(edges) - 1))
    return Classes(method, edges, counts, left_out=len(values) - len(known))


def _computed(
    known: Sequence[Decimal], method: ClassMethod, count: int, decimals: int | None, around: Decimal | None
) -> list[Decimal]:
    if around is None or not known[0] < around < known[-1]:
        starts = _starts(known, method, count, decimals)
        return [_down(known[0], decimals), *starts, _up(known[-1], decimals)]
    if count < 2:
        raise ValueError("gain and loss need a class each")
    below = [value for value in known if value < around]
    above = [value for value in known if value >= around]
    # By its share of the values, but at least one class on either side.
    for_below = min(max(round(count * len(below) / len(known)), 1), count - 1)
    # The cut takes part in the equal width of both sides; for the other methods only values do.
    lower = [*below, around] if method is ClassMethod.EQUAL else below
    upper = [around, *above] if method is ClassMethod.EQUAL else above
    starts = _starts(lower, method, for_below, decimals)
    further = _starts(upper, method, count - for_below, decimals)
    return [
        _down(known[0], decimals),
        *(start for start in starts if start < around),
        around,
        *(start for start in further if start > around),
        _up(known[-1], decimals),
    ]


def _starts(known: Sequence[Decimal], method: ClassMethod, count: int, decimals: int | None) -> list[Decimal]:
    """Where the second and all further classes begin, rising."""
    weights = Counter(known)
    distinct = sorted(weights)
    count = min(count, len(distinct))
    if method is ClassMethod.EQUAL:
        return _equal(distinct[0], distinct[-1], count, decimals)
    sizes = [weights[value] for value in distinct]
    places = _full_alike(sizes, count) if method is ClassMethod.QUANTILE else _natural(distinct, sizes, count)
    return [_between(distinct[place - 1], distinct[place], decimals) for place in places]


def _equal(low: Decimal, high: Decimal, count: int, decimals: int | None) -> list[Decimal]:
    starts = [low + (high - low) * step / count for step in range(1, count)]
    if decimals is not None:
        starts = [start.quantize(_unit(decimals), ROUND_HALF_EVEN) for start in starts]
    return sorted({start for start in starts if low < start < high})


def _full_alike(sizes: Sequence[int], count: int) -> list[int]:
    """Where to cut so that each class holds nearly as many: for each aim the place nearest to it, the lower of two."""
    until = list(accumulate(sizes))
    places = set()
    for step in range(1, count):
        aim = until[-1] * step
        nearest = min(range(1, len(sizes)), key=lambda place: (abs(until[place - 1] * count - aim), place))
        places.add(nearest)
    return sorted(places)


def _natural(values: Sequence[Decimal], sizes: Sequence[int], count: int) -> list[int]:
    """Where to cut so that the squared distances from the means of the classes are smallest in sum.

    Exact: dynamic programming over the sorted values (Fisher 1958). The best last cut never moves left when
    more values come, so halves are searched in turn: values × classes × log(values) steps. A thousand different
    values take a tenth of a second, ten thousand would take some: above `MOST_NATURAL` nobody looks for groups.
    Reckoned in floating point on 0..1, where what is lost is far less than any difference a map could show.
    """
    low, span = values[0], values[-1] - values[0]
    scaled = [float((value - low) / span) if span else 0.0 for value in values]
    weight = [0, *accumulate(sizes)]
    total = [0.0, *accumulate(size * value for size, value in zip(sizes, scaled, strict=True))]
    square = [0.0, *accumulate(size * value * value for size, value in zip(sizes, scaled, strict=True))]

    def cost(begin: int, end: int) -> float:
        mass = total[end] - total[begin]
        return square[end] - square[begin] - mass * mass / (weight[end] - weight[begin])

    best = [0.0, *(cost(0, end) for end in range(1, len(values) + 1))]
    cuts: list[list[int]] = []
    for classes in range(2, count + 1):
        best, last_cut = _with_one_more(best, classes, cost)
        cuts.append(last_cut)
    places = []
    end = len(values)
    for last_cut in reversed(cuts):
        end = last_cut[end]
        places.append(end)
    return places[::-1]


def _with_one_more(
    best: Sequence[float], classes: int, cost: Callable[[int, int], float]
) -> tuple[list[float], list[int]]:
    """The smallest sums with one class more, and where the last class then begins, by the number of values."""
    size = len(best)
    better, last_cut = [float("inf")] * size, [0] * size
    # From and to which number of values, and between which cuts the best one lies.
    work = [(classes, size - 1, classes - 1, size - 2)]
    while work:
        first, last, lowest, highest = work.pop()
        if first > last:
            continue
        end = (first + last) // 2
        candidates = range(lowest, min(highest, end - 1) + 1)
        better[end], last_cut[end] = min((best[at] + cost(at, end), at) for at in candidates)
        work.append((first, end - 1, lowest, last_cut[end]))
        work.append((end + 1, last, last_cut[end], highest))
    return better, last_cut


def _inner(edges: Sequence[Decimal | None]) -> list[Decimal]:
    return [edge for edge in edges[1:-1] if edge is not None]


def _between(below: Decimal, value: Decimal, decimals: int | None) -> Decimal:
    """Where a class that holds `value` but not `below` begins: rounded if that still parts them."""
    rounded = _down(value, decimals)
    return rounded if rounded > below else value


def _down(value: Decimal, decimals: int | None) -> Decimal:
    return value if decimals is None else value.quantize(_unit(decimals), ROUND_FLOOR)


def _up(value: Decimal, decimals: int | None) -> Decimal:
    return value if decimals is None else value.quantize(_unit(decimals), ROUND_CEILING)


def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def _rising(own: Sequence[Decimal]) -> Sequence[Decimal]:
    if not own or not all(_is_number(each) for each in own):
        raise ValueError("own classes need their cuts")
    if any(low >= high for low, high in pairwise(own)):
        raise ValueError("own cuts rise")
    return own


def _is_number(value: Decimal) -> bool:
    if not value.is_finite():
        raise ValueError(f"{value} has no place in a class")
    return True
