"""What people said of a candidate: talks, weighings, its page, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dreiklang.conflicts.queries.records.parties import CandidateLine, FoundLine, Names, Party
from dreiklang.conflicts.rules import State
from dreiklang.core.records import Ref


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
