"""What a row of a list says of its value itself: measured or forecast, since when, with which sign.

So one list holds values of every sort, and what was downloaded here comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from .marks import ReadValue
from .periods import TimeSpan, read_time
from .storing import LONGEST_WORDS, NUL
from .values import MarkMeaning, Refused, ValueKind

if TYPE_CHECKING:
    from .layout_values import LongRow

# What a column may say, besides where, when and what.
KIND, SCENARIO, MADE_ON, STARTS_ON, MARK, MEANING, BREAKDOWN, TIME_CODE, WORDS = ROLES = (
    "kind",
    "scenario",
    "made_on",
    "starts_on",
    "mark",
    "meaning",
    "breakdown",
    "time_code",
    "words",
)


class RowFacts(NamedTuple):
    """Of what sort a value is. `words`: the cell its source wrote; None where nobody says."""

    kind: ValueKind = ValueKind.ACTUAL
    scenario: str = ""
    made_on: date | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class SaidWords:
    """How lists write closed lists, in small letters, and what is meant."""

    kinds: Mapping[str, ValueKind]
    meanings: Mapping[str, MarkMeaning]


def rows_that_say(rows: Iterable[LongRow], *, words: SaidWords, usual: RowFacts) -> Iterator[LongRow]:
    """The rows with what they say understood; `usual` holds where they say nothing.

    Refused: `unknown_kind`, `unknown_sign` for a sign with a meaning nobody knows, `unknown_period`,
    `forecast_needs_scenario`, `too_long`.
    """
    for row in rows:
        yield row._replace(
            value=_signed(row, words),
            period=_period(row),
            breakdown=_parts(row),
            facts=_facts(row, words, usual),
        )


def _facts(row: LongRow, words: SaidWords, usual: RowFacts) -> RowFacts | Refused:
    said = row.said.get(KIND, "")
    kind = words.kinds.get(said.casefold()) if said else usual.kind
    if kind is None:
        return Refused("unknown_kind", said)
    scenario, made_on = row.said.get(SCENARIO) or usual.scenario, _day(row.said.get(MADE_ON, ""))
    if isinstance(made_on, Refused):
        return made_on
    written = row.said.get(WORDS)
    if written and (len(written) > LONGEST_WORDS or NUL in written):
        return Refused("too_long", written.replace(NUL, "")[:LONGEST_WORDS])
    facts = RowFacts(kind, scenario, made_on or usual.made_on, written)
    if kind is not ValueKind.FORECAST:
        return facts._replace(scenario="", made_on=made_on)
    return facts if facts.scenario and facts.made_on else Refused("forecast_needs_scenario", scenario)


def _signed(row: LongRow, words: SaidWords) -> ReadValue | Refused | None:
    mark, said = row.said.get(MARK, ""), row.said.get(MEANING, "")
    if not mark or isinstance(row.value, Refused):
        return row.value
    meaning = words.meanings.get(said.casefold())
    if said and meaning is None:
        return Refused("unknown_sign", f"{mark} ({said})")
    return (row.value or ReadValue(None))._replace(mark=mark, qualifiers="", meaning=meaning)


def _period(row: LongRow) -> TimeSpan | Refused | None:
    """From the first day the row names to the last one of its time."""
    said, code = row.said.get(STARTS_ON, ""), row.said.get(TIME_CODE, "")
    if not isinstance(row.period, TimeSpan):
        return row.period
    span = row.period._replace(time_code=code) if code else row.period
    if not said:
        return span
    first = read_time(said)
    if isinstance(first, Refused) or first.starts_on > span.ends_on:
        return Refused("unknown_period", f"{said} – {span.words}")
    return span._replace(starts_on=first.starts_on)


def _parts(row: LongRow) -> tuple[tuple[str, str], ...]:
    """The split a row names by its key ("GES=GESM"), beside what its columns say."""
    pairs = (one.partition("=") for one in row.said.get(BREAKDOWN, "").split(";") if one)
    return (*row.breakdown, *((name, code) for name, _sign, code in pairs))


def _day(said: str) -> date | Refused | None:
    if not said:
        return None
    read = read_time(said)
    return read.ends_on if isinstance(read, TimeSpan) and read.is_day else Refused("unknown_period", said)
