"""Cells of a list become values, or are named with row, column, value and reason. Nothing is guessed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import FoundProblem
from dreiklang.monitoring.rules.ffcsv_parts import Axis, BreakdownRef
from dreiklang.monitoring.rules.layout_cells import unit_said
from dreiklang.monitoring.rules.layout_sums import Total
from dreiklang.monitoring.rules.layout_values import LongRow
from dreiklang.monitoring.rules.marks import ReadValue
from dreiklang.monitoring.rules.periods import TimeSpan
from dreiklang.monitoring.rules.row_facts import RowFacts
from dreiklang.monitoring.rules.storing import LONGEST_BREAKDOWN, decimals_of, storable
from dreiklang.monitoring.rules.value_plans import ValuePlan, day_made
from dreiklang.monitoring.rules.values import Refused, ValueKind
from dreiklang.monitoring.services.bulk import Incoming
from dreiklang.monitoring.services.references import kept_breakdowns
from dreiklang.monitoring.services.sorting_out import SortedOut, keep
from dreiklang.monitoring.services.suppression import wait_for_others
from dreiklang.monitoring.services.value_regions import Regions, regions_of
from dreiklang.monitoring.services.value_targets import Target, Targets, factor_to, in_kept_unit

TOTAL = ""


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The cells of a list as they were read.

    labels  index of a column → its label in the plan
    units   row → what its column of units says
    totals  rows that sum up others, with what they should be
    """

    rows: Sequence[LongRow]
    labels: Mapping[int, str]
    units: Mapping[int, str] = field(default_factory=dict)
    totals: Sequence[Total] = ()


@dataclass
class Sorting:
    """What of a list can be kept, and what is known of it."""

    found: SortedOut
    targets: dict[int, Target] = field(default_factory=dict)
    regions: Mapping[int, str] = field(default_factory=dict)
    # Key of a value → the column it stood in.
    columns: dict[tuple[object, ...], str] = field(default_factory=dict)


def sorted_cells(cells: Cells, targets: Targets, plan: ValuePlan, *, today: date) -> Sorting:
    """Every cell as a value or with its reason, in the transaction at hand.

    Empty cells are no values. Sums are left out, or are the city if the plan says so; where they do not fit their
    parts that is told.
    """
    rows = [one for one in cells.rows if plan.totals_are_city or not one.is_total]
    _wait_for_others(rows, cells, targets)
    regions = regions_of([one.regions for one in rows if not one.is_total], plan)
    breakdowns = kept_breakdowns(_breakdowns(rows, plan))
    sorting = Sorting(SortedOut(), regions=regions.names)
    reader = _Reader(cells, targets, plan, regions, breakdowns, today)
    twice: set[tuple[int, int, int, date, date, str, str]] = set()
    for row in rows:
        if row.value is None:
            sorting.found.empty_count += 1
            continue
        if reader.target(row) is None:
            continue
        column = row.column.name or row.column.group or row.column.letters
        read = reader.value(row)
        if isinstance(read, Refused):
            proposals = tuple(filter(None, read.proposal.split("|")))
            sorting.found.refuse(row.row, read.code, column=column, value=read.words, proposals=proposals)
            continue
        value, target, lost = read
        sorting.targets[value.quantity_id] = target
        first = sorting.columns.setdefault(_key(value), column)
        if lost:
            sorting.found.problems.append(
                FoundProblem("letters_lost", row.row, column, lost, weight=Weight.WARNING)
            )
        keep(sorting.found, twice, row.row, value, columns=(first, column))
    for key in twice:
        del sorting.found.values[key]
    _tell_once(sorting.found)
    _note_decimals(sorting.found)
    is_guarded = any(one.below is not None for one in sorting.targets.values())
    sorting.found.problems += _wrong_sums(cells, is_guarded=is_guarded)
    return sorting


def _wait_for_others(rows: Iterable[LongRow], cells: Cells, targets: Targets) -> None:
    """Before anything else is read or made: a table that is delivered meanwhile may name the same regions."""
    for named in {_named(row, cells): None for row in rows if row.value is not None}:
        targets.of(*named)
    wait_for_others(one.quantity_id for one in targets.taken)


def _named(row: LongRow, cells: Cells) -> tuple[str, str]:
    """The label of a cell's column and what it counts; columns of one name are told apart by their letters."""
    label, letters = cells.labels[row.column.at], f"({row.column.letters})"
    is_one_of_several = label.endswith(letters)
    return label, f"{row.quantity} {letters}".strip() if is_one_of_several else row.quantity


@dataclass
class _Reader:
    cells: Cells
    targets: Targets
    plan: ValuePlan
    regions: Regions
    breakdowns: Mapping[str, int]
    today: date
    _fitting: dict[int, ReadValue | Refused] = field(default_factory=dict)

    @cached_property
    def usual(self) -> RowFacts:
        """Of what sort the values are whose rows do not say."""
        plan = self.plan
        scenario = plan.scenario[:80] if plan.kind == ValueKind.FORECAST else ""
        return RowFacts(ValueKind(plan.kind), scenario, day_made(plan))

    def value(self, row: LongRow) -> tuple[Incoming, Target, str] | Refused:
        """The value of a cell and where it goes, with words of its area in which letters were lost."""
        target = self.target(row)
        if isinstance(target, Refused) or target is None:
            return target or Refused("nothing_chosen")
        facts = row.facts or self.usual
        if isinstance(facts, Refused):
            return facts
        region = self._region(row)
        if isinstance(region, Refused):
            return region
        span = self._span(row, facts)
        if isinstance(span, Refused):
            return span
        read = self._number(row, target)
        if isinstance(read, Refused):
            return read
        breakdown = target.breakdown_id or self._breakdown(row, target)
        if breakdown is None:
            return Refused("too_long", _breakdown(row, is_series=target.indicator is None).key[:80])
        if facts.words is not None:
            read = read._replace(words=facts.words)
        where = (target.quantity_id, region[0], breakdown)
        return self._incoming(row.row, read, span, where, facts), target, region[1]

    def target(self, row: LongRow) -> Target | Refused | None:
        """Where the column of a cell goes."""
        return self.targets.of(*_named(row, self.cells))

    def _region(self, row: LongRow) -> tuple[int, str] | Refused:
        if row.is_total:
            return Refused("city_without_key") if self.regions.city is None else (self.regions.city, "")
        found = self.regions.of(row.regions)
        if isinstance(found, Refused) and not self.plan.areas:
            return Refused("city_without_key")
        return found if isinstance(found, Refused) else (found.pk, found.lost)

    def _span(self, row: LongRow, facts: RowFacts) -> TimeSpan | Refused:
        span = row.period
        if span is None:
            return Refused("no_period")
        if isinstance(span, Refused):
            return span
        if facts.kind is ValueKind.ACTUAL and span.ends_on > self.today:
            return Refused("future_actual", span.words or span.ends_on.isoformat())
        return span

    def _number(self, row: LongRow, target: Target) -> ReadValue | Refused:
        read = row.value
        if isinstance(read, Refused) or read is None:
            return read or Refused("no_value")
        if id(read) not in self._fitting:
            self._fitting[id(read)] = storable(read)
        fitting = self._fitting[id(read)]
        said = self.cells.units.get(row.row, "") or unit_said(read)
        # A row or a cell that names its unit is in that one: the series' own, or the one all the others are in.
        factor = factor_to(target.unit.code if target.unit else "", said) if said else target.factor
        if isinstance(factor, Refused) or factor not in (1, target.factor):
            return Refused("unit_changed", said, target.unit.name if target.unit else "")
        return fitting if isinstance(fitting, Refused) else in_kept_unit(fitting, factor)

    def _breakdown(self, row: LongRow, target: Target) -> int | None:
        return self.breakdowns.get(_breakdown(row, is_series=target.indicator is None).key)

    def _incoming(
        self, row: int, read: ReadValue, span: TimeSpan, where: tuple[int, int, int], facts: RowFacts
    ) -> Incoming:
        return Incoming(
            *where,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            value=read.value,
            row=row,
            mark=f"{read.mark}{read.qualifiers}",
            meaning=read.meaning or "",
            words=read.words,
            time_code=span.time_code[:12],
            kind=facts.kind,
            scenario=facts.scenario[:80],
            made_on=facts.made_on,
        )


def _breakdowns(rows: Iterable[LongRow], plan: ValuePlan) -> Iterable[BreakdownRef]:
    """All splits these rows may need: with the group of their column as a series, without it for an indicator."""
    parts = {(row.breakdown, row.column.group) for row in rows}
    yield BreakdownRef()
    for breakdown, group in parts:
        for pairs in (breakdown, _own(breakdown, group)):
            ref = _ref(pairs)
            if len(ref.key) <= LONGEST_BREAKDOWN and "\x00" not in ref.key:
                yield ref


def _breakdown(row: LongRow, *, is_series: bool) -> BreakdownRef:
    return _ref(row.breakdown if is_series else _own(row.breakdown, row.column.group))


def _own(breakdown: tuple[tuple[str, str], ...], group: str) -> tuple[tuple[str, str], ...]:
    """Without what the head of the column adds: the indicator it was given to says that."""
    return breakdown[:-1] if group and breakdown and breakdown[-1][0] == group else breakdown


def _ref(pairs: Iterable[tuple[str, str]]) -> BreakdownRef:
    axes = tuple(Axis(at, name, name, said, said) for at, (name, said) in enumerate(pairs, start=1))
    return BreakdownRef(";".join(sorted(f"{one.variable}={one.code}" for one in axes)), axes)


def _key(value: Incoming) -> tuple[object, ...]:
    return (*value[:5], value.kind, value.scenario)


def _tell_once(found: SortedOut) -> None:
    """A row whose area is not known says so once, not in each of its columns."""
    by_row = ("unknown_region", "leading_zero_lost", "area_contradicts", "no_region", "letters_lost")
    seen: set[tuple[int | None, str]] = set()
    kept = []
    for one in found.problems:
        if one.code in by_row or (one.code == "broken_text"):
            if (one.row, one.code) in seen:
                continue
            seen.add((one.row, one.code))
        kept.append(one)
    found.problems[:] = kept


def _note_decimals(found: SortedOut) -> None:
    for one in found.values.values():
        found.decimals[one.quantity_id] = max(found.decimals.get(one.quantity_id, 0), decimals_of(one.value))


def _wrong_sums(cells: Cells, *, is_guarded: bool) -> list[FoundProblem]:
    """Sums that differ from their parts by more than rounding them may do; of small counts none is named."""
    parts = len({one.row for one in cells.rows})
    found = []
    for total in cells.totals:
        nearest, gap = _nearest_sum(total)
        decimals = decimals_of(total.delivered)
        allowed = Decimal(parts + 1) / 2 * Decimal(1).scaleb(-decimals) if decimals else Decimal(0)
        if gap > allowed:
            said = f"{total.delivered:f} ({nearest:f})".replace(".", ",")
            said = _("nicht gezeigt") if is_guarded else said
            column = total.column.name or total.column.letters
            found.append(FoundProblem("total_differs", total.row, column, said, weight=Weight.WARNING))
    return found


def _nearest_sum(total: Total) -> tuple[Decimal, Decimal]:
    """The sum of parts that a delivered one is nearest to, and how far it is away."""
    sums = [one for one in (total.since_last, total.of_all, total.of_name) if one is not None]
    gap, at = min((abs(total.delivered - one), at) for at, one in enumerate(sums))
    return sums[at], gap
