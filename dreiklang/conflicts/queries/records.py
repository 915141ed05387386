"""What the queries of conflicts give: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.core.records import Ref
from dreiklang.core.values import Period, Unknown

Names = Mapping[str, str]


@dataclass(frozen=True)
class Party:
    """One of those that meet. `key` is "measure:12", "concept:3", "check:7".

    `is_gone`: it claims nothing any more (ended, merged, released); what stands here is as it was last.
    `place` is EPSG:4326; None where nobody drew it. `lead` is the person's name, "" where none is named.
    """

    key: str
    number: str
    title: str
    url: str
    lead: str
    lead_id: int | None
    offices: tuple[str, ...]
    office_ids: tuple[int, ...]
    areas: tuple[str, ...]
    period: Period | Unknown
    place: BaseGeometry | None
    is_fixed: bool
    is_lasting: bool
    is_gone: bool

    @property
    def subject(self) -> str:
        """ "measure", "concept" or "check"."""
        return self.key.partition(":")[0]

    @property
    def office(self) -> str:
        """The office that leads it, "" where none does."""
        return self.offices[0] if self.offices else ""


@dataclass(frozen=True)
class FoundLine:
    """One finding. `facts` are codes and numbers, see rules.Finding; `place` the shared area (EPSG:4326)."""

    kind: Kind
    sense: Sense
    strength: float
    facts: Mapping[str, Any]
    place: BaseGeometry | None = None


@dataclass(frozen=True)
class CandidateLine:
    """A candidate in a list. `names`: what keys in the facts are called ("measure:12", "goal:3", "office:4").

    `is_reopened`: a changed fact opened it again, and nobody has said anything since.
    """

    pk: int
    key: str
    state: State
    state_label: str
    sense: Sense
    strength: float
    kinds: tuple[Kind, ...]
    parties: tuple[Party, ...]
    findings: tuple[FoundLine, ...]
    found_at: datetime
    is_reopened: bool
    names: Names


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


@dataclass(frozen=True)
class TalkLine:
    """Who was asked to talk, and what came of it."""

    pk: int
    asked_at: datetime
    asked_by: str
    to: tuple[str, ...]
    message: str
    note: str
    held_on: date | None
    # What was being typed when somebody asked; "" where a candidate was there already.
    draft_title: str = ""
    may_note: bool = False


@dataclass(frozen=True)
class PositionLine:
    """What one party of a weighing needs."""

    party: str
    claim_key: str
    need: str


@dataclass(frozen=True)
class OptionLine:
    """One way to settle it."""

    title: str
    effects: str
    is_chosen: bool


@dataclass(frozen=True)
class WeighingLine:
    """A weighing, whole. `weighed_facts` are the findings it answered."""

    pk: int
    version: int
    question: str
    positions: tuple[PositionLine, ...]
    options: tuple[OptionLine, ...]
    decision: str
    reason: str
    decided_by: str
    decided_on: date | None
    review_on: date | None
    papers: tuple[Ref, ...]
    weighed_facts: tuple[FoundLine, ...]
    by_name: str
    changed_at: datetime
    is_closed: bool


@dataclass(frozen=True)
class CandidatePage:
    """A candidate with everything there is to know and to do.

    `said_*`: what somebody said last ("looked at", "no conflict", a weighing), and of which facts.
    `changes`: what opened it again, as rules.what_changed says it. `may_weigh` covers "no conflict", too.
    """

    line: CandidateLine
    version: int
    said_state: State
    said_by: str
    said_at: datetime | None
    said_reason: str
    said_facts: tuple[FoundLine, ...]
    reopened_at: datetime | None
    changes: tuple[Mapping[str, Any], ...]
    talks: tuple[TalkLine, ...]
    draft: WeighingLine | None
    weighings: tuple[WeighingLine, ...]
    others: tuple[CandidateLine, ...]
    may_weigh: bool

    @property
    def parties(self) -> tuple[Party, ...]:
        return self.line.parties

    @property
    def names(self) -> Names:
        return self.line.names


@dataclass(frozen=True)
class WeighingPage:
    """The form of a weighing: the candidate, and the draft or an empty one with its parties filled in."""

    page: CandidatePage
    weighing: WeighingLine


@dataclass(frozen=True)
class DueCandidate:
    """What waits for somebody: a candidate nobody looked at, one reopened, a weighing to look at again."""

    pk: int
    reason: str
    title: str
    on: date | None


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
class DraftClaim:
    """What somebody types now. `own_key` names the record that is edited, so that it does not meet itself.

    `place` is EPSG:4326; `goals` are (id, supports, weight); `kin` keys of what it belongs to.
    """

    title: str = ""
    text: str = ""
    own_key: str = ""
    place: BaseGeometry | None = None
    area_ids: frozenset[int] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    goals: tuple[tuple[int, bool, int], ...] = ()
    kin: frozenset[str] = frozenset()
    needs_first: frozenset[str] = frozenset()
    office_ids: tuple[int, ...] = ()
    is_lasting: bool = False


@dataclass(frozen=True)
class Neighbour:
    """What already runs or is planned beside a draft, and what they share.

    `same_time` is None where one of them has no dates. `nearness` of the texts: 0..1, or None where not compared.
    """

    party: Party
    shares_place: bool
    areas: tuple[str, ...]
    goals: tuple[str, ...]
    same_time: bool | None
    nearness: float | None


@dataclass(frozen=True)
class Arising:
    """What a draft would come up against: the other party and the findings; the candidate if there is one already."""

    party: Party
    findings: tuple[FoundLine, ...]
    candidate: int | None
    strength: float


@dataclass(frozen=True)
class Beside:
    """What lies beside a draft, nearest first; `is_text_read`: whether the contents were compared, not only names."""

    neighbours: tuple[Neighbour, ...] = ()
    arising: tuple[Arising, ...] = ()
    names: Names = field(default_factory=dict)
    is_text_read: bool = False


@dataclass(frozen=True)
class ComparisonState:
    """How far the latest comparison of everything is. `share` 0..1; `problem` is a code."""

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
