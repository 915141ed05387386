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
from dreiklang.monitoring.rules.storing import PartLimits, decimals_of, storable
from dreiklang.monitoring.rules.values import Refused
from dreiklang.monitoring.services.bulk import Incoming
from dreiklang.monitoring.services.references import References

Key = tuple[int, int, int, date, date, str, str]


@dataclass
class SortedOut:
    """What of a table can be kept, and what cannot."""

    values: dict[Key, Incoming] = field(default_factory=dict)
    problems: list[FoundProblem] = field(default_factory=list)
    refused_rows: set[int] = field(default_factory=set)
    # Digits behind the comma of the finest value of each quantity.
    decimals: dict[int, int] = field(default_factory=dict)
    empty_count: int = 0

    def refuse(
        self, row: int, code: str, *, column: str, value: str, proposals: tuple[str, ...] = ()
    ) -> None:
        """This row is left out, for this reason."""
        self.refused_rows.add(row)
        self.problems.append(FoundProblem(code, row, column, value, proposals=proposals))


def rows_that_fit(rows: Iterable[FfcsvRow | BadRow], found: SortedOut) -> list[FfcsvRow | BadRow]:
    """The rows whose words the tables hold; the others are refused with `too_long` or `broken_text`."""
    limits = PartLimits()
    fitting: list[FfcsvRow | BadRow] = []
    for row in rows:
        flaw = limits.flaw(row) if isinstance(row, FfcsvRow) else None
        if flaw is None:
            fitting.append(row)
        else:
            found.refuse(row.number, flaw[1].code, column=flaw[0], value=flaw[1].words)
    return fitting


def sort_out(rows: Iterable[FfcsvRow | BadRow], known: References, found: SortedOut, *, today: date) -> None:
    """Every row as a value to be kept, or with its reason.

    Refused: what `rules.ffcsv` refuses; `unknown_region`, `unknown_period`, `future_actual`; `unit_changed`;
    `twice_other`: one key with two values, where neither can be believed; `too_large`. `twice_same` is only told.
    """
    twice: set[Key] = set()
    fitting = _Fitting()
    for row in rows:
        if isinstance(row, BadRow):
            found.refuse(row.number, row.code, column="", value=row.words)
            continue
        value, span, region = fitting.value(row.value), row.time.span, row.region.key
        if value is None:
            found.empty_count += 1
        elif problem := _problem(row, value, known, today):
            found.refuse(row.number, problem[0], column=problem[1], value=problem[2], proposals=problem[3:])
        elif isinstance(value, ReadValue) and isinstance(span, TimeSpan) and isinstance(region, RegionKey):
            column = row.quantity.code
            incoming = _incoming(row, value, span, region, known)
            keep(found, twice, row.number, incoming, columns=(column, column))
    for key in twice:
        del found.values[key]
    _note_decimals(found)


class _Fitting:
    """Values as the table holds them, each looked at once: rows share theirs."""

    def __init__(self) -> None:
        self._known: dict[int, ReadValue | Refused] = {}

    def value(self, read: ReadValue | Refused | None) -> ReadValue | Refused | None:
        if not isinstance(read, ReadValue):
            return read
        known = self._known.get(id(read))
        if known is None:
            known = self._known[id(read)] = storable(read)
        return known


def _note_decimals(found: SortedOut) -> None:
    # Cells that are written alike share one number; equal ones that are not ("66,2" and "66,20") do not.
    seen = {(value.quantity_id, id(value.value)): value.value for value in found.values.values()}
    for (quantity, _shared), number in seen.items():
        found.decimals[quantity] = max(found.decimals.get(quantity, 0), decimals_of(number))


def _problem(
    row: FfcsvRow, value: ReadValue | Refused, known: References, today: date
) -> tuple[str, ...] | None:
    """Code, column, value and proposals of what is wrong; None where nothing is."""
    region, span = row.region.key, row.time.span
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


def keep(
    found: SortedOut, twice: set[Key], number: int, value: Incoming, *, columns: tuple[str, str]
) -> None:
    """Keep a value, unless its key has another one already: then both are refused and the key stands in `twice`.

    columns  where the one before and this one stand
    """
    key: Key = (*value[:5], value.kind, value.scenario)
    before = found.values.setdefault(key, value)
    if before is value:
        return
    first, column = columns
    row = "" if before.row is None else str(before.row)
    if before[5:6] + before[7:] == value[5:6] + value[7:]:
        found.problems.append(FoundProblem("twice_same", number, column, row, weight=Weight.WARNING))
        return
    found.refuse(number, "twice_other", column=column, value=row)
    found.refuse(before.row or number, "twice_other", column=first, value=str(number))
    twice.add(key)
