"""Meetings and their agendas as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dreiklang.papers.rules.kinds import ConsultationRole, MeetingState, Result


@dataclass(frozen=True)
class MeetingFilter:
    """What a list of meetings is narrowed to. An id of 0 names nothing and finds nothing."""

    committee: int | None = None
    year: int | None = None
    text: str = ""


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list. `starts_at` is None where the day is not known."""

    id: int
    key: str
    name: str
    url: str
    committee: str
    starts_at: datetime | None
    place: str
    state: MeetingState
    is_internal: bool
    is_withdrawn: bool
    committee_url: str = ""


@dataclass(frozen=True)
class ItemPaper:
    """The paper an item deals with, and in which role the committee does."""

    id: int
    number: str
    title: str
    url: str
    role: ConsultationRole
    is_deciding: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class ItemRow:
    """One item of an agenda. `is_hidden`: only that there is such an item may be said."""

    id: int
    number: str
    title: str
    is_public: bool
    result: Result
    result_words: str
    resolution_text: str
    is_withdrawn: bool
    papers: tuple[ItemPaper, ...] = ()
    is_hidden: bool = False


def hidden_item() -> ItemRow:
    """All that an outsider learns of an item that is not public."""
    return ItemRow(0, "", "", False, Result.OPEN, "", "", False, (), is_hidden=True)


@dataclass(frozen=True)
class Agenda:
    """How an agenda is made up: items the viewer may read, and how many stay closed."""

    open_count: int
    hidden_count: int
    decided_count: int


def agenda(items: Sequence[ItemRow]) -> Agenda:
    """The agenda counted."""
    shown = [one for one in items if not one.is_hidden]
    decided = sum(one.result is not Result.OPEN for one in shown)
    return Agenda(len(shown), len(items) - len(shown), decided)


def is_over(line: MeetingLine, *, today: date) -> bool | None:
    """Whether the meeting's day has passed; None where the day is not known."""
    return None if line.starts_at is None else line.starts_at.date() < today
