"""What a page hands to a component: small frozen values, wording already chosen by the subject."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

# Text for people: str, or a lazy translation, which only Django knows the type of.
Words = Any


class Tone(StrEnum):
    """How a state is drawn. Each tone has its own sign and pattern, so that colour never stands alone."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = "unknown"
    NEUTRAL = "neutral"
    ACCENT = "accent"
    ACCENT_SOFT = "accent-soft"
    DONE = "done"


@dataclass(frozen=True)
class Sign:
    """A state in a word; the tone chooses colour, shape and pattern."""

    code: str
    label: Words
    tone: Tone = Tone.NEUTRAL
    note: Words = ""


@dataclass(frozen=True)
class Part:
    """One counted part of a distribution bar. `href` leads to the list of exactly these records."""

    code: str
    label: Words
    count: float
    tone: Tone = Tone.NEUTRAL
    href: str = ""
    shown: str = ""  # text inside instead of the count, for money: "2,8"

    @property
    def figure(self) -> str:
        """The number as it is written: the given text, or the count."""
        return self.shown or f"{self.count:g}"


@dataclass(frozen=True)
class RailItem:
    """One link of the chain future task → goal → concept → measure → paper → money."""

    kind: Words
    label: Words = ""
    href: str = ""
    count: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Figure:
    """A number with its date and, where there is one, its target. `share` is 0..1 of the way, None if unknown."""

    label: Words
    value: str
    unit: Words = ""
    stand: Words = ""
    baseline: Words = ""
    target: Words = ""
    target_note: Words = ""
    share: float | None = None
    sign: Sign | None = None
    href: str = ""
    unknown_because: Words = ""


@dataclass(frozen=True)
class Evidence:
    """Why the system proposes something, in words, with the two answers a person can give."""

    title: Words
    text: Words
    reasons: tuple[str, ...] = ()
    confirm_url: str = ""
    confirm_label: Words = ""
    reject_url: str = ""
    reject_label: Words = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    sign: Sign | None = None


@dataclass(frozen=True)
class Deadline:
    """A day by which something is owed. `days_left` below zero means overdue."""

    due_on: date
    days_left: int
    obligation: Words = ""
    in_working_days: bool = False
    href: str = ""


@dataclass(frozen=True)
class PersonLine:
    """Who is responsible: the office first, names only where the reader may see them."""

    office: str
    role: Words = ""
    name: str = ""
    deputy: str = ""
    deputy_until: date | None = None
    phone: str = ""
    mail: str = ""
    href: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of a course of reports, newest first in the list that carries it."""

    on: date
    title: Words
    text: Words = ""
    sign: Sign | None = None
    source: Words = ""
    href: str = ""
    is_withdrawn: bool = False
    withdrawn_note: Words = ""
    label: Words = ""


class StepState(StrEnum):
    """Where a step of a longer task stands."""

    DONE = "done"
    CURRENT = "current"
    OPEN = "open"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Step:
    """One step of a longer task such as the first hour of a new city."""

    label: Words
    state: StepState = StepState.OPEN
    href: str = ""
    note: Words = ""


@dataclass(frozen=True)
class Chip:
    """An active filter in words, with the address of the same page without it."""

    label: Words
    remove_href: str
