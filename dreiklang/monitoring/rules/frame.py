"""Watching the frame: what is observed around and inside the administration, and when somebody looks again."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FrameSide(StrEnum):
    """Whether it comes from outside, or lies in the administration itself."""

    OUTER = "outer"
    INNER = "inner"


class FrameField(StrEnum):
    """What an observation is about."""

    LAW = "law"
    ECONOMY = "economy"
    DEMOGRAPHY = "demography"
    CLIMATE = "climate"
    FINANCE = "finance"
    STAFF = "staff"
    ORGANISATION = "organisation"


class FrameSign(StrEnum):
    """What an observation does to a goal. OPEN: nobody can tell yet."""

    SUPPORTS = "supports"
    HINDERS = "hinders"
    OPEN = "open"


class ReviewOutcome(StrEnum):
    """What came of looking at a topic again."""

    NOTHING_NEW = "nothing_new"
    OBSERVED = "observed"


def next_review(seen_on: date, *, every_months: int) -> date:
    """The day to look again: so many months later; the 31st becomes the last day of a shorter month.

    Raises: ValueError below one month.
    """
    if every_months < 1:
        raise ValueError("who never waits never stops looking")
    years, month = divmod(seen_on.month - 1 + every_months, 12)
    year, month = seen_on.year + years, month + 1
    return date(year, month, min(seen_on.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class WrittenMeaning:
    """What an observation means for a goal, as a list writes it; `goal` is still to be looked up."""

    goal: str
    sign: FrameSign
    text: str = ""


_MEANING = re.compile(r"^(?P<goal>[^:|]+?)(?:\s+(?P<sign>[+\-−–?]))?\s*(?::\s*(?P<text>.*))?$", re.DOTALL)
_SIGNS = {"+": FrameSign.SUPPORTS, "?": FrameSign.OPEN, None: FrameSign.OPEN}


def read_meanings(text: str) -> list[WrittenMeaning]:
    """Meanings in a cell: `5.2 -: Baugeld wird teurer | 3.1 ?`; without a sign it is open.

    Raises: ValueError with the part that cannot be read.
    """
    return [_read_meaning(part.strip()) for part in re.split(r"[|\n]", text) if part.strip()]


def _read_meaning(part: str) -> WrittenMeaning:
    found = _MEANING.match(part)
    if found is None:
        raise ValueError(part)
    sign = _SIGNS.get(found["sign"], FrameSign.HINDERS)
    return WrittenMeaning(found["goal"].strip(), sign, (found["text"] or "").strip())
