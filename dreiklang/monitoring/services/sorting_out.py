"""Rows of a delivered table: which can be kept as values, and what is wrong with the others. Nothing is guessed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import FoundProblem
from dreiklang.monitoring.rules.ffcsv_parts import BadRow, FfcsvRow
from dreiklang.monitoring.rules.marks import ReadValue
from dreiklang.monitoring.rules.periods import TimeSpan
from dreiklang.monitoring.rules.regions import RegionKey
from dreiklang.monitoring.rules.values import Refused
from dreiklang.monitoring.services.bulk import Incoming
from dreiklang.monitoring.services.references import References

Key = tuple[int, int, int, date, date]


@dataclass
class SortedOut:
    """What of a table can be kept, and what cannot."""

    values: dict[Key, Incoming] = field(default_factory=dict)
    problems: list[FoundProblem] = field(default_factory=list)
    refused_rows: set[int] = field(default_factory=set)
    empty_count: int = 0

    def refuse(
        self, row: int, code: str, *, column: str, value: str, proposals: tuple[str, ...] = ()
    ) -> None:
        """This row is left out, for this reason."""
        self.refused_rows.add(row)
        self.problems.append(FoundProblem(code, row, column, value, proposals=proposals))


def sorted_out(rows: Iterable[FfcsvRow | BadRow], known: References, *, today: date) -> SortedOut:
    """Every row as a value to be kept, or with its reason.

    Refused: what `rules.ffcsv` refuses; `unknown_region`, `unknown_period`, `future_actual`; `unit_changed`;
    `twice_other`: one key with two values, where neither can be believed. `twice_same` is only told.
    """
    found = SortedOut()
    twice: set[Key] = set()
    for row in rows:
        if isinstance(row, BadRow):
            found.refuse(row.number, row.code, column="", value=row.words)
            continue
        value, span, region = row.value, row.time.span, row.region.key
        if value is None:
            found.empty_count += 1
        elif problem := _problem(row, known, today):
            found.refuse(row.number, problem[0], column=problem[1], value=problem[2], proposals=problem[3:])
        elif isinstance(value, ReadValue) and isinstance(span, TimeSpan) and isinstance(region, RegionKey):
            _keep(found, twice, row.number, _incoming(row, value, span, region, known))
    for key in twice:
        del found.values[key]
    return found


def _problem(row: FfcsvRow, known: References, today: date) -> tuple[str, ...] | None:
    """Code, column, value and proposals of what is wrong; None where nothing is."""
    region, span, value = row.region.key, row.time.span, row.value
    if isinstance(region, Refused):
        code = row.region.axis.code if row.region.axis else ""
        return (region.code, "region", code, *([region.proposal] if region.proposal else []))
    if isinstance(span, Refused):
        return (span.code, "time", row.time.words)
    if span.ends_on > today:
        return ("future_actual", "time", row.time.words)
    if isinstance(value, Refused):
        return (value.code, row.quantity.code, value.words)
    unit = known.units[row.quantity.code]
    if unit != row.quantity.unit_words:
        return ("unit_changed", row.quantity.code, row.quantity.unit_words, unit)
    return None


def _incoming(
    row: FfcsvRow, value: ReadValue, span: TimeSpan, region: RegionKey, known: References
) -> Incoming:
    return Incoming(
        known.quantities[row.quantity.code],
        known.regions[region.level.value, region.key],
        known.breakdowns[row.breakdown.key],
        span.starts_on,
        span.ends_on,
        value.value,
        row.number,
        f"{value.mark}{value.qualifiers}",
        value.meaning or "",
        value.words,
        span.time_code,
    )


def _keep(found: SortedOut, twice: set[Key], number: int, value: Incoming) -> None:
    key: Key = value[:5]
    before = found.values.setdefault(key, value)
    if before is value:
        return
    column = "" if before.row is None else str(before.row)
    if before[5:6] + before[7:] == value[5:6] + value[7:]:
        found.problems.append(FoundProblem("twice_same", number, "", column, weight=Weight.WARNING))
        return
    found.refuse(number, "twice_other", column="", value=column)
    found.refuse(before.row or number, "twice_other", column="", value=str(number))
    twice.add(key)
