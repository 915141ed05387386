"""Who meets whom over the whole city, and how far the comparison is."""

from dataclasses import dataclass
from datetime import datetime

from dreiklang.conflicts.queries.records.parties import Party
from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.core.records import Ref


@dataclass(frozen=True)
class Cell:
    """How often two meet, and where to read on: keys of claims or ids of candidates."""

    row: int
    column: int
    conflicts: int
    synergies: int
    ids: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """Two by two. `heads` in order, id → name; only cells where something meets, `row` before or equal `column`."""

    heads: tuple[Ref, ...]
    head_ids: tuple[int, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Link:
    """A candidate between two of the network's parties."""

    pk: int
    one: str
    other: str
    sense: Sense
    state: State
    kinds: tuple[Kind, ...]
    strength: float


@dataclass(frozen=True)
class Network:
    """Who meets whom: the strongest candidates and their parties. `left_out`: weaker ones that are not drawn."""

    parties: tuple[Party, ...]
    links: tuple[Link, ...]
    left_out: int


@dataclass(frozen=True)
class ComparisonState:
    """How far the latest comparison of everything is. `share` 0..1.

    `problem`: a code of core.nearness where not all texts could be read; the error's name and words where it broke off.
    """

    is_running: bool
    started_at: datetime | None
    finished_at: datetime | None
    done: int
    total: int
    claim_count: int
    candidate_count: int
    by_name: str
    problem: str
    waiting_count: int

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 0.0
