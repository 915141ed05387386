"""Frozen records that cross subjects: what a search found, what is new. Values only, no reading."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Hit:
    """One thing a search found.

    `kind` is the record's code ("measure", "goal", "task", "concept", "indicator", "criterion", "area",
    "department", "committee"); `key` is what people call it by (its number). `rank` is higher for better hits and comparable across
    subjects: 0..1 for words, plus 1 where the title itself holds the text.
    """

    kind: str
    key: str
    title: str
    snippet: str
    url: str
    rank: float


@dataclass(frozen=True)
class News:
    """Something that happened, for "what changed lately".

    `kind` is a code ("measure_phase", "measure_note", "priority", "concept"); wording belongs to
    the template. `title` names the record, `text` says what happened in the words of its office, or
    carries the code of the new state.
    """

    on: date
    kind: str
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Ref:
    """A record of another subject by name, with the address of its page (empty if it has none)."""

    key: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class Held:
    """A record in somebody's hands, as a hand-over shows and moves it. `key` is empty where people use none."""

    id: int
    key: str
    title: str
    url: str = ""
