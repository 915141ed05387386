"""Counts of measures by standing, phase and duration. Counts, never percentages. docs/rules/counting.md"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dreiklang.measures.rules.values import Duration, Phase, Standing

# How a bar is drawn from left to right.
ORDER = (
    Standing.IN_USE,
    Standing.ON_TRACK,
    Standing.DELAYED,
    Standing.STOPPED,
    Standing.UNREPORTED,
    Standing.ENDED,
)


@dataclass(frozen=True)
class Cell:
    """So many measures of one standing, phase (None: unknown) and duration."""

    standing: Standing
    phase: Phase | None
    duration: Duration
    count: int


@dataclass(frozen=True)
class Distribution:
    """How the measures are spread. Each measure is in exactly one cell, so sums count it once."""

    cells: tuple[Cell, ...] = ()

    @property
    def total(self) -> int:
        """All counted measures, continuous tasks included."""
        return sum(cell.count for cell in self.cells)

    @property
    def continuous(self) -> int:
        """How many of them are continuous tasks."""
        return sum(cell.count for cell in self.cells if cell.duration is Duration.CONTINUOUS)

    @property
    def by_standing(self) -> Mapping[Standing, int]:
        """Count per standing, all of them in drawing order, 0 included."""
        found: Counter[Standing] = Counter()
        for cell in self.cells:
            found[cell.standing] += cell.count
        return {one: found[one] for one in ORDER}

    @property
    def by_phase(self) -> Mapping[Phase | None, int]:
        """Count per phase in the order of the way, 0 included; None is the unknown phase."""
        found: Counter[Phase | None] = Counter()
        for cell in self.cells:
            found[cell.phase] += cell.count
        return {one: found[one] for one in (*Phase, None)}

    def of(self, standing: Standing) -> int:
        """The count of one standing."""
        return sum(cell.count for cell in self.cells if cell.standing is standing)

    def only(self, duration: Duration) -> "Distribution":
        """The same for dated measures or continuous tasks alone."""
        return Distribution(tuple(cell for cell in self.cells if cell.duration is duration))

    @property
    def live(self) -> int:
        """Measures that still run: neither in use nor ended."""
        return self.total - self.of(Standing.IN_USE) - self.of(Standing.ENDED)


def distribution(cells: Iterable[Cell]) -> Distribution:
    """Cells of the same kind added up, in drawing order, empty ones left out."""
    found: Counter[tuple[Standing, Phase | None, Duration]] = Counter()
    for cell in cells:
        found[cell.standing, cell.phase, cell.duration] += cell.count
    phases = (*Phase, None)
    ordered = sorted(found, key=lambda key: (ORDER.index(key[0]), phases.index(key[1]), key[2]))
    return Distribution(tuple(Cell(*key, found[key]) for key in ordered if found[key]))


@dataclass(frozen=True)
class TaskDistribution:
    """A future task with the spread of the measures that serve it."""

    task_id: int
    number: str
    title: str
    rank: int | None
    url: str
    distribution: Distribution
