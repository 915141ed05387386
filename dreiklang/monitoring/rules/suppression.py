"""Which small counts are not shown, and which others are hidden with them so that no sum gives them away.

Rule, worked example and limits: docs/rules/suppression.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dreiklang.core.values import Unknown

from .leeway import Leeway
from .values import ReleaseState

_HIDDEN = frozenset({ReleaseState.SUPPRESSED, ReleaseState.SUPPRESSED_SECONDARY})


class CannotSuppress(ValueError):
    """The table is none of counts: `code` says why, `key` which cell or line.

    Codes: not_a_count · cell_twice · part_twice · line_in_itself · threshold
    """

    def __init__(self, code: str, key: str) -> None:
        super().__init__(f"{code}: {key}")
        self.code = code
        self.key = key


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of persons or things: a whole number of 0 or more, or unknown."""

    key: str
    value: Decimal | Unknown


@dataclass(frozen=True, slots=True)
class Line:
    """Cells that add up to another one. `total` None: their sum is nowhere to be had, so that the line binds nothing."""

    key: str
    parts: tuple[str, ...]
    total: str | None


@dataclass(frozen=True, slots=True)
class Leak:
    """A hidden cell that the published sums narrow down too far: it can only lie in low…high (None: open above)."""

    key: str
    low: int
    high: int | None


def suppress(
    cells: Iterable[Cell],
    lines: Iterable[Line],
    *,
    below: int,
    zero_is_small: bool = False,
    also: Collection[str] = (),
) -> Mapping[str, ReleaseState]:
    """Released, suppressed (small itself) or suppressed_secondary (hides another), by cell key.

    Hidden is every count of 1 to below-1 (with `zero_is_small` from 0), then cells beside it until each hidden cell
    could be `below` different values or more as far as the sums tell. Taken is what is no total before a total, what is
    nearer, what is not 0, the smallest, the first by key: the same table always gives the same answer.
    `also` are hidden in any case, beside what is small.
    What is unknown stays released (its sign is shown) and is reckoned with as if everybody knew it.
    Raises: CannotSuppress if a value is no count, or the lines are none.
    """
    table = _Table.of(cells, lines, below=below)
    least = 0 if zero_is_small else 1
    primary = {key for key, count in table.counts.items() if least <= count < below}
    hidden = _with_partners(table, primary | (set(also) & table.counts.keys()))
    return {
        key: ReleaseState.SUPPRESSED
        if key in primary
        else ReleaseState.SUPPRESSED_SECONDARY
        if key in hidden
        else ReleaseState.RELEASED
        for key in table.keys
    }


def audit(
    cells: Iterable[Cell], lines: Iterable[Line], states: Mapping[str, ReleaseState], *, below: int
) -> tuple[Leak, ...]:
    """Every hidden cell that could not be `below` different values away, by key; nothing may be released while there is one.

    An empty answer is a proof: for every hidden cell two tables exist that fit everything published and differ by
    `below` or more in it. Across three dimensions and more the audit may complain too early, never too late.
    Raises: CannotSuppress.
    """
    table = _Table.of(cells, lines, below=below)
    return tuple(_leaks(table, {key for key in table.counts if states.get(key) in _HIDDEN}))


def interval(
    cells: Iterable[Cell], lines: Iterable[Line], states: Mapping[str, ReleaseState], *, key: str
) -> tuple[int, int | None]:
    """Between which values a hidden cell lies as far as the published sums tell; None is open above.

    Raises: CannotSuppress; KeyError if the cell is not hidden.
    """
    table = _Table.of(cells, lines, below=2)
    leeway = _leeway(table, {name for name in table.counts if states.get(name) in _HIDDEN})
    down, up = (leeway.reach(key, upwards=way).distance for way in (False, True))
    # Nothing falls below 0, so that there is always an end downwards.
    return table.counts[key] - (down or 0), None if up is None else table.counts[key] + up


def shown(value: Decimal | Unknown, state: ReleaseState) -> Decimal | Unknown:
    """What may be shown of a value. unknown: `suppressed`, or `not_released` while it waits or when it was withdrawn."""
    if state is ReleaseState.RELEASED:
        return value
    return Unknown("suppressed" if state in _HIDDEN else "not_released")


@dataclass(frozen=True, slots=True)
class _Table:
    """The counts that are known, the lines that bind them (part 1, total -1), and where each stands."""

    keys: tuple[str, ...]
    counts: Mapping[str, int]
    lines: Mapping[str, Mapping[str, int]]
    lines_of: Mapping[str, tuple[str, ...]]
    totals: frozenset[str]
    below: int

    @classmethod
    def of(cls, cells: Iterable[Cell], lines: Iterable[Line], *, below: int) -> "_Table":
        if below < 2:
            raise CannotSuppress("threshold", str(below))
        every = list(cells)
        keys = tuple(cell.key for cell in every)
        if len(set(keys)) < len(keys):
            raise CannotSuppress("cell_twice", next(key for key in keys if keys.count(key) > 1))
        counts = {cell.key: _count(cell) for cell in every if not isinstance(cell.value, Unknown)}
        there = sorted((line for line in lines if line.total is not None), key=lambda line: line.key)
        weights = {line.key: _weights(line, counts) for line in there}
        of: dict[str, list[str]] = {}
        for line, members in weights.items():
            for key in members:
                of.setdefault(key, []).append(line)
        totals = frozenset(line.total for line in there if line.total is not None)
        return cls(keys, counts, weights, {key: tuple(names) for key, names in of.items()}, totals, below)


def _count(cell: Cell) -> int:
    value = cell.value
    if isinstance(value, Unknown) or not value.is_finite() or value < 0 or value != value.to_integral_value():
        raise CannotSuppress("not_a_count", cell.key)
    return int(value)


def _weights(line: Line, counts: Mapping[str, int]) -> Mapping[str, int]:
    if len(set(line.parts)) < len(line.parts):
        raise CannotSuppress("part_twice", line.key)
    if line.total in line.parts:
        raise CannotSuppress("line_in_itself", line.key)
    weights = dict.fromkeys(line.parts, 1) | ({line.total: -1} if line.total is not None else {})
    return {key: weight for key, weight in weights.items() if key in counts}


def _with_partners(table: _Table, hidden: set[str]) -> set[str]:
    """More and more cells, until the audit finds nothing or nothing is left to hide."""
    hopeless: set[str] = set()
    while True:
        _fill_lines(table, hidden)
        touched: set[str] = set()
        for leak in [leak for leak in _leaks(table, hidden) if leak.key not in hopeless]:
            if touched.isdisjoint(table.lines_of[leak.key]):
                partner = _nearest_partner(table, hidden, leak.key)
                if partner is None:
                    hopeless.add(leak.key)
                else:
                    hidden.add(partner)
                    touched.update(table.lines_of[leak.key], table.lines_of[partner])
        if not touched:
            return hidden


def _fill_lines(table: _Table, hidden: set[str]) -> None:
    """No line is left with one hidden cell, or with hidden parts that are small together: the quick part of the work."""
    waiting = list(table.lines)
    while waiting:
        line = waiting.pop(0)
        members = table.lines[line]
        inside = hidden & members.keys()
        parts = [key for key in inside if members[key] > 0]
        is_small = len(parts) == len(inside) and sum(table.counts[key] for key in parts) < table.below
        if inside and (len(inside) == 1 or is_small):
            partner = _smallest(table, (key for key in members if key not in hidden), members)
            if partner is not None:
                hidden.add(partner)
                waiting.extend(name for name in table.lines_of[partner] if name not in waiting)


def _smallest(table: _Table, keys: Iterable[str], members: Mapping[str, int]) -> str | None:
    return min(keys, key=lambda key: (members[key] < 0, *_rank(table, key)), default=None)


def _rank(table: _Table, key: str) -> tuple[bool, bool, int, str]:
    count = table.counts[key]
    return (key in table.totals, count == 0, count, key)


def _nearest_partner(table: _Table, hidden: set[str], start: str) -> str | None:
    """The next cell to hide for one that leaks: what is no total first, then what is fewer lines away."""
    found: list[tuple[bool, int, tuple[bool, bool, int, str]]] = []
    seen_lines: set[str] = set()
    around = {start}
    distance = 0
    while around:
        lines = {line for key in around for line in table.lines_of.get(key, ())} - seen_lines
        seen_lines |= lines
        members = {key for line in lines for key in table.lines[line]}
        for key in members - hidden:
            found.append((key in table.totals, distance, _rank(table, key)))
        around = members
        distance += 1
    return min(found)[2][-1] if found else None


def _leeway(table: _Table, hidden: set[str]) -> Leeway:
    lines = [{key: weight for key, weight in line.items() if key in hidden} for line in table.lines.values()]
    return Leeway({key: table.counts[key] for key in hidden}, [line for line in lines if line])


def _leaks(table: _Table, hidden: set[str]) -> Iterator[Leak]:
    leeway = _leeway(table, hidden)
    proven: set[str] = set()
    for key in sorted(hidden):
        if key in proven:
            continue
        down = leeway.reach(key, upwards=False, most=table.below)
        up = leeway.reach(key, upwards=True, most=table.below - (down.distance or 0))
        if (down.distance or 0) + (up.distance or 0) < table.below:
            yield Leak(key, table.counts[key] - (down.distance or 0), table.counts[key] + (up.distance or 0))
        else:
            proven |= _moving(table.below, (down.moves, up.moves))


def _moving(below: int, ways: Sequence[Mapping[str, int]]) -> set[str]:
    """The cells that these moves prove as well."""
    moved = {key for way in ways for key in way}
    spread = {key: [0, *(way.get(key, 0) for way in ways)] for key in moved}
    return {key for key, places in spread.items() if max(places) - min(places) >= below}
