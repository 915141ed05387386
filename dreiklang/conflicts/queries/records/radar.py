"""The list of candidates, and what it is narrowed by."""

from dataclasses import dataclass

from dreiklang.conflicts.queries.records.parties import CandidateLine
from dreiklang.conflicts.rules import Kind, Sense, State


@dataclass(frozen=True)
class RadarFilter:
    """What a list of candidates is narrowed by. Without a state all open ones: new, looked at, in talks."""

    kind: Kind | None = None
    sense: Sense | None = None
    goal: int | None = None
    area: int | None = None
    office: int | None = None
    state: State | None = None
    text: str = ""


@dataclass(frozen=True)
class Choice:
    """One value a list can be narrowed to, and how many it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Radar:
    """One page of the list, strongest first, with the choices of each filter.

    A filter's counts heed all other filters.
    """

    lines: tuple[CandidateLine, ...]
    count: int
    page: int
    page_count: int
    kinds: tuple[Choice, ...]
    senses: tuple[Choice, ...]
    states: tuple[Choice, ...]
    goals: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    offices: tuple[Choice, ...]
