"""The counts of one day as a table of cells and lines, and which of them are hidden: never one too few.

How a delivered table is understood, and what is done where nothing can be proven: docs/rules/suppression.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dreiklang.core.values import Unknown

from .suppression import CannotSuppress, Cell, Line, audit, suppress
from .units import Unit, shipped_units
from .values import ReleaseState

Split = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Count:
    """One count of a day. `split` is the key of its breakdown ("GES=GESW;NAT=")."""

    key: str
    region: int
    split: str
    value: Decimal | Unknown


@dataclass(frozen=True, slots=True)
class RegionSum:
    """A region that is the sum of others: a city of its districts. With one part: the same area under another key."""

    total: int
    parts: tuple[int, ...]


class Proof(StrEnum):
    """How it is known that nothing can be worked out.

    SHOWN       nothing is hidden
    AUDITED     two whole tables fit all that is shown, for every hidden count
    ALL_HIDDEN  it could not be proven, so that no number of the table is shown
    """

    SHOWN = "shown"
    AUDITED = "audited"
    ALL_HIDDEN = "all_hidden"


@dataclass(frozen=True, slots=True)
class Hiding:
    """What is hidden of a table. `why` is the code of what stood against a proof (`leak`, `not_a_count`)."""

    states: Mapping[str, ReleaseState]
    proof: Proof
    why: str = ""


def are_counts(unit: Unit | None) -> bool:
    """Whether values in this unit are counted one by one: only these add up, and only these can be small counts."""
    if unit is None or unit.factor != 1 or unit.is_share or unit.is_points:
        return False
    return len(unit.dimension) == 1 and all(
        power == 1 and what in shipped_units().counted for what, power in unit.dimension.items()
    )


def split_of(key: str) -> Split:
    """What a breakdown splits by; axes without a value are totals and say nothing ("GES=;NAT=" is the whole)."""
    axes = (axis.partition("=") for axis in key.split(";") if axis)
    return frozenset((name, code) for name, _equals, code in axes if code)


def hiding(
    counts: Sequence[Count], sums: Iterable[RegionSum], *, below: int, also: Collection[str] = ()
) -> Hiding:
    """Which counts of one day are hidden below this threshold; `also` stay hidden beside them.

    Where the audit finds a leak, or values are no counts, all numbers of the table are hidden.
    """
    grid = _Grid(counts, sums)
    try:
        return _proven(grid, below, set(also))
    except CannotSuppress as problem:
        return _everything(counts, below, problem.code)


def _proven(grid: "_Grid", below: int, also: set[str]) -> Hiding:
    while True:
        states = suppress(grid.cells, grid.lines, below=below, also=also)
        hidden = {key for key, state in states.items() if state is not ReleaseState.RELEASED}
        if not hidden:
            return Hiding(states, Proof.SHOWN)
        more = grid.hidden_together(hidden) - hidden
        if not more:
            break
        also = also | more
    if audit(grid.cells, grid.lines, states, below=below):
        return _everything(grid.counts, below, "leak")
    return Hiding(states, Proof.AUDITED)


def _everything(counts: Sequence[Count], below: int, why: str) -> Hiding:
    states = {one.key: _alone(one.value, below) for one in counts}
    return Hiding(states, Proof.ALL_HIDDEN, why)


def _alone(value: Decimal | Unknown, below: int) -> ReleaseState:
    if isinstance(value, Unknown):
        return ReleaseState.RELEASED
    return ReleaseState.SUPPRESSED if 0 < value < below else ReleaseState.SUPPRESSED_SECONDARY


class _Grid:
    """Regions by splits, and the lines through them."""

    def __init__(self, counts: Sequence[Count], sums: Iterable[RegionSum]) -> None:
        self.counts = counts
        self.cells = [Cell(one.key, one.value) for one in counts]
        self._values = {one.key: one.value for one in counts}
        self._at: dict[int, dict[Split, list[str]]] = defaultdict(lambda: defaultdict(list))
        for one in counts:
            self._at[one.region][split_of(one.split)].append(one.key)
        self._split_lines = {axis: list(lines) for axis, lines in self._lines_of_splits().items()}
        self._overlapping = [
            line
            for lines in self._split_lines.values()
            if any(self._is_too_much(line) for line in lines)
            for line in lines
        ]
        self.lines = [
            *self._lines_of_twins(),
            *self._lines_of_regions(sums),
            *(line for lines in self._split_lines.values() for line in lines),
        ]

    def hidden_together(self, hidden: Collection[str]) -> set[str]:
        """What has to be hidden with these: of groups that overlap ("under 3", "under 6") all, or none."""
        touched = (line for line in self._overlapping if not set(line.parts).isdisjoint(hidden))
        return {key for line in touched for key in line.parts if not isinstance(self._values[key], Unknown)}

    def _is_too_much(self, line: Line) -> bool:
        """Whether the parts are more than their total: then they are not parts that exclude each other."""
        values = [self._values[key] for key in line.parts]
        total = self._values[line.total] if line.total else Unknown("not_delivered")
        known = [value for value in values if not isinstance(value, Unknown)]
        return not isinstance(total, Unknown) and sum(known) > total

    def _lines_of_twins(self) -> Iterator[Line]:
        """The same whole delivered twice, as "" and as "GES=": one is the other."""
        for splits in self._at.values():
            for first, *others in splits.values():
                yield from (Line(f"twin {other}", (first,), other) for other in others)

    def _lines_of_regions(self, sums: Iterable[RegionSum]) -> Iterator[Line]:
        for number, one in enumerate(sums):
            for split, (total, *_twins) in self._at.get(one.total, {}).items():
                there = (self._at[part].get(split) for part in one.parts if part in self._at)
                parts = tuple(keys[0] for keys in there if keys)
                if parts:
                    yield Line(f"region {number} {total}", parts, total)

    def _lines_of_splits(self) -> Mapping[str, list[Line]]:
        found: dict[str, list[Line]] = defaultdict(list)
        for region, splits in self._at.items():
            parts: dict[tuple[Split, str], list[str]] = defaultdict(list)
            for split, (key, *_twins) in splits.items():
                for axis in split:
                    parts[split - {axis}, axis[0]].append(key)
            for (whole, name), keys in parts.items():
                if whole in splits:
                    total = splits[whole][0]
                    found[name].append(Line(f"split {region} {name} {total}", tuple(keys), total))
        return found
